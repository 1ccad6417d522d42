//! Formats of other programs ⇄ the record: a pure function from a file to the text of a record and an
//! account of where every value went.
//!
//! One file for each format, with a table of its fields. A new format is a file and a line in
//! [`FORMATS`]. This layer must not know where files are written.

pub mod account;
mod bibtex;
pub mod commented_yaml;
mod entry;
mod europass;
mod europass_lists;
pub mod export;
mod fields;
pub mod format;
mod jsonresume;
mod linkedin;
pub mod mapping;
pub mod merge;
mod one_language;
mod period;
mod positions;
mod rendercv;
pub mod rendercv_export;
mod rendercv_sections;
mod section_order;
pub mod source;
mod steps;
mod values;
pub mod walk;
mod yamlresume;

use std::path::Path;

use crate::error::Error;
use crate::interchange::account::Account;
use crate::interchange::format::Format;

use crate::interchange::commented_yaml::{Block, Written, of_source};
use crate::interchange::source::{Source, read};
use crate::interchange::walk::{Walk, Words};
use crate::language::detect::detected;
use crate::record::model::profile::Profile;
use crate::record::model::record::Record;
use crate::record::schema::Key;

/// All formats that are imported.
pub const FORMATS: [&Format; 6] = [
    &jsonresume::FORMAT,
    &rendercv::FORMAT,
    &yamlresume::FORMAT,
    &linkedin::FORMAT,
    &europass::FORMAT,
    &bibtex::FORMAT,
];

/// Where files name the language of their texts.
const LANGUAGE: [&str; 4] = [
    "locale.language",
    "language",
    "Candidate.CandidateProfile.@languageCode",
    "SkillsPassport.@locale",
];

/// What an import needs beside the file.
#[derive(Debug, Clone)]
pub struct Options {
    /// The format; by default what the file looks like.
    pub format: Option<String>,
    /// The language of the texts; by default what the source names or the texts look like.
    pub language: Option<String>,
    /// The day of the import, which what goes on is counted to: `2024-11-08`.
    pub today: String,
    /// The languages that documents can be in.
    pub languages: Vec<String>,
}

/// What became of a file.
#[derive(Debug)]
pub struct Imported {
    /// The name of its format.
    pub format: &'static str,
    /// The language of its texts; none where they may be in any.
    pub language: Option<String>,
    /// The record.
    pub record: Block,
    /// Where every value went.
    pub account: Account,
    /// What has no place in the record.
    pub leftovers: Block,
}

/// Makes a record of a file. `words` are the words of a language that the record needs where the source
/// has none.
///
/// # Errors
/// A file that cannot be read, or in a format that is not imported.
pub fn import(
    bytes: Vec<u8>,
    path: &Path,
    options: &Options,
    words: &dyn Fn(&str) -> Words,
) -> Result<Imported, Error> {
    let asked = options.format.as_deref();
    let format = asked.map(|word| {
        let known = FORMATS.iter().copied().find(|format| format.word == word);
        known.ok_or_else(|| {
            let known = FORMATS.map(|format| format.word);
            let message = format!("`{word}` is not a format that is imported");
            Error::unknown(message, word, known, || format!("there are {}", known.join(", ")))
        })
    });
    let format = format.transpose()?;
    let contents = read(bytes, path, &linkedin::is_table)?;
    let format = match format.or_else(|| recognise(&contents.tree)) {
        Some(format) => format,
        None => return Err(refused(&contents.tree, path)),
    };
    let named = |tree: &Source| {
        LANGUAGE.iter().find_map(|key| {
            let name = tree.get(key)?.text()?;
            language_of(name, &options.languages)
        })
    };
    let language = options.language.clone().or_else(|| named(&contents.tree));
    let guessed = language.is_none();
    let language = language.unwrap_or_else(|| spoken(&contents.tree, &options.languages));
    let mut walk = Walk::default();
    walk.words = words(&language);
    let mut site = Block::default();
    site.set("date", Written::Bare(options.today.clone()));
    site.set("languages", Written::List(vec![Written::Bare(language.clone())]));
    walk.record.set("site", Written::Block(site));
    (format.import)(contents.tree, &mut walk);
    for (name, rows) in contents.unread {
        walk.account.remark(format!(
            "the table `{name}` says nothing about a career: {rows} rows were not read"
        ));
    }
    contents.remarks.into_iter().for_each(|remark| walk.account.remark(remark));
    if guessed && !format.any_language {
        walk.account
            .remark(format!("the texts look like `{language}`; `--lang` names another language"));
    }
    let names = |keys: Vec<Key>| keys.into_iter().map(|key| key.name).collect::<Vec<String>>();
    let Walk { mut record, account, leftovers, .. } = walk;
    if record.get("profile.name").is_none() {
        record.set("profile.name", Written::Text(mapping::MISSING.to_owned()));
        let Written::Block(profile) = record.place("profile") else {
            return Err(refused(&Source::Empty, path));
        };
        profile
            .comments
            .push(format!("name: the source has none; write it in place of {}", mapping::MISSING));
    }
    if let Written::Block(profile) = record.place("profile") {
        profile.arrange(&names(Profile::keys()));
    }
    record.arrange(&names(Record::keys()));
    let mut beside = Block::default();
    for (path, source) in leftovers {
        match beside.entries.iter_mut().find(|(there, _)| *there == path) {
            // Several values of one path are a list.
            Some((_, Written::List(items))) => items.push(of_source(&source)),
            Some((_, first)) => *first = Written::List(vec![first.clone(), of_source(&source)]),
            None => beside.entries.push((path, of_source(&source))),
        }
    }
    let language = Some(language).filter(|_| !format.any_language);
    Ok(Imported { format: format.name, language, record, account, leftovers: beside })
}

/// The name of the format that a file of another program looks like, where it is one that is imported.
pub fn recognised(bytes: Vec<u8>, path: &Path) -> Option<&'static str> {
    let contents = read(bytes, path, &linkedin::is_table).ok()?;
    recognise(&contents.tree).map(|format| format.name)
}

fn recognise(tree: &Source) -> Option<&'static Format> {
    FORMATS.into_iter().find(|format| (format.recognises)(tree))
}

/// The error for a file in no format that is imported: by its name where it is known.
fn refused(tree: &Source, path: &Path) -> Error {
    let shown = path.display();
    let has = |key: &str| tree.get(key).is_some();
    let formats = FORMATS.map(|format| format.name).join(", ");
    let known = match () {
        () if has("disposition")
            || has("employment.history")
            || tree
                .get("meta.format")
                .and_then(Source::text)
                .is_some_and(|format| format.starts_with("FRESH")) =>
        {
            Some("FRESH")
        }
        () if has("sections.basics") || has("sections.experience") || has("metadata.template") => {
            Some("Reactive Resume")
        }
        () if has("profile") && (has("career") || has("site") || has("projects")) => {
            let message = format!("`{shown}` is a record already");
            return Error::new(message, format!("`resume render --data {shown}` prints it"));
        }
        () => None,
    };
    if let Some(name) = known {
        let message = format!("`{shown}` is a {name} file, which is not imported");
        return Error::new(message, "export it as JSON Resume, and import that");
    }
    let keys: Vec<String> =
        tree.keys().take(6).map(|key| format!("`{}`", crate::diagnostics::brief(key))).collect();
    let found = match keys.as_slice() {
        [] => "it has no keys".to_owned(),
        keys => format!("its keys are {}", keys.join(", ")),
    };
    let message = format!("`{shown}` is in no format that is imported: {found}");
    Error::new(message, format!("these are: {formats}; `--from` names one"))
}

/// The tag of a language that another program names: `en`, `en_US`, `zh-hans`, `german`.
fn language_of(name: &str, known: &[String]) -> Option<String> {
    const NAMES: [(&str, &str); 24] = [
        ("english", "en"),
        ("german", "de"),
        ("french", "fr"),
        ("spanish", "es"),
        ("portuguese", "pt"),
        ("italian", "it"),
        ("dutch", "nl"),
        ("swedish", "sv"),
        ("danish", "da"),
        ("norwegian", "nb"),
        ("finnish", "fi"),
        ("polish", "pl"),
        ("czech", "cs"),
        ("hungarian", "hu"),
        ("romanian", "ro"),
        ("turkish", "tr"),
        ("vietnamese", "vi"),
        ("indonesian", "id"),
        ("russian", "ru"),
        ("ukrainian", "uk"),
        ("korean", "ko"),
        ("japanese", "ja"),
        ("hindi", "hi"),
        ("arabic", "ar"),
    ];
    let name = name.trim().replace('_', "-").to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(english, _)| name.contains(english)) {
        return Some((*tag).to_owned());
    }
    let exact = known.iter().find(|tag| tag.eq_ignore_ascii_case(&name));
    let wide = name.split('-').next().unwrap_or_default();
    let fits = (2..=3).contains(&wide.len()) && wide.chars().all(|c| c.is_ascii_lowercase());
    exact.cloned().or_else(|| fits.then(|| wide.to_owned()))
}

/// The language that most words of a source are in, of those that documents can be in.
fn spoken(tree: &Source, known: &[String]) -> String {
    let mut words = String::new();
    tree.each_value("", &mut |_, text| {
        // Names and addresses say nothing about a language.
        if text.split_whitespace().count() > 3 && words.len() < 100_000 {
            words += &format!("{text}\n");
        }
    });
    let tag = detected(&words).filter(|tag| known.iter().any(|other| other == tag));
    tag.unwrap_or("en").to_owned()
}

/// The tables of a format as a page of the documentation.
pub fn reference() -> String {
    let mut page = include_str!("reference.md").to_owned();
    for format in FORMATS {
        page += &format!("\n## {}\n\n`--from {}`. {}\n", format.name, format.word, format.about);
        for (title, sections) in format.tables {
            if !title.is_empty() {
                page += &format!("\n### {title}\n");
            }
            page += "\n| in the file | in the record | how |\n|---|---|---|\n";
            for section in *sections {
                page += &section.rows();
            }
        }
    }
    page
}
