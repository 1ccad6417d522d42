//! `resume tailor new`: an application made of an advertisement, to be edited by hand. Overwrites nothing.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::commands::context::{OpenOptions, Opened, job_of, open};
use crate::diagnostics::Severity;
use crate::error::Error;
use crate::language::detect::detected;
use crate::output::write::Staging;
use crate::tailor::{Asked, asked};
use crate::util::slug::slug;

/// What a new application is made of.
#[derive(Debug, Clone)]
pub struct NewApplicationOptions {
    /// The organisation, or whatever the application is to be called.
    pub name: String,
    /// The file with the advertisement; `-` for standard input.
    pub job: PathBuf,
}

/// Writes an application and its advertisement into the `applications` folder of a record; returns what
/// was written.
///
/// # Errors
/// A record that cannot be read or is a single file; an advertisement that cannot be read; an application
/// of this name.
pub fn new_application(data: &Path, options: &NewApplicationOptions) -> Result<String, Error> {
    let name = options.name.trim();
    if !data.is_dir() {
        let message =
            format!("`{}` is no folder, which an application is a file of", data.display());
        return Err(Error::new(
            message,
            "name the folder with `--data`; in a single file, applications stand under `applications`",
        ));
    }
    let opened = open(data, &OpenOptions { least: Severity::Error, ..OpenOptions::default() })?;
    let Opened { context: Some(context), .. } = opened else {
        let message = format!("`{}` has errors", data.display());
        return Err(Error::new(message, "`resume check` lists them"));
    };
    let job = job_of(&options.job)?;
    let record = &context.record;
    let asked = asked(record, &job.text);
    let folder = data.join("applications");
    let taken = |id: &str| {
        ["yaml", "txt"].iter().any(|ending| folder.join(format!("{id}.{ending}")).exists())
    };
    let id = match slug(name) {
        // A name without Latin letters keeps its own.
        slug if slug.is_empty() => {
            let words = name.split(|c: char| !c.is_alphanumeric());
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
        }
        slug => slug,
    };
    if id.is_empty() {
        let message = format!("`{name}` has no letters to name a file with");
        return Err(Error::new(message, "name the organisation, as in `Company A`"));
    }
    if record.applications.iter().any(|application| *application.id == id) || taken(&id) {
        let message = format!("there is an application `{id}` already");
        return Err(Error::new(message, "choose another name, or edit its file"));
    }
    let file = format!("applications/{id}.txt");
    let languages = record.languages();
    let language = language(&asked, &job.text, &languages);
    let text = application(name, &asked, language.as_deref(), &languages, &file);
    let paths = [folder.join(format!("{id}.yaml")), data.join(&file)];
    let staging = Staging::new(data);
    for (path, text) in paths.iter().zip([&text, &job.text]) {
        staging.add_new(path, text.as_bytes())?;
    }
    staging.commit_all()?;
    let written: String = paths.iter().map(|path| format!("{}\n", path.display())).collect();
    Ok(format!("{written}`resume tailor {id}` explains its page\n"))
}

/// The language of an advertisement: the tag of the record's own, or the short one.
fn language(asked: &Asked, text: &str, languages: &[String]) -> Option<String> {
    let short = if asked.korean { "ko" } else { detected(text)? };
    let own = languages.iter().find(|own| own.split('-').next() == Some(short));
    Some(own.map_or(short, String::as_str).to_owned())
}

/// A letter to begin with, as comments.
const LETTER: &str = "\
# The letter: take the `# ` away and write it. `[[id]]` names an entry of the record.
# letter:
#   recipient: {name: Name Surname, title: Head of Engineering}
#   subject: \"{role}\"
#   opening: Dear Name Surname,
#   paragraphs:
#     - What you look for, and where I did it.
#   closing: Kind regards
";

/// The text of an application.
fn application(
    name: &str,
    asked: &Asked,
    language: Option<&str>,
    languages: &[String],
    file: &str,
) -> String {
    let mut text = format!("organization: {}\n", json!(name));
    if let Some(role) = &asked.role {
        text += &format!("role: {}\n", json!(role));
    }
    match language {
        Some(language) if languages.iter().any(|own| own == language) => {
            text += &format!("language: {language}\n");
        }
        Some(language) => {
            let own = languages.join(", ");
            text += &format!(
                "# The advertisement is in `{language}`, the record in {own}: the page is in {}.\n",
                languages.first().map_or("the record's language", String::as_str)
            );
        }
        None => {}
    }
    text += &format!("job: {{file: {file}}}\n");
    if let Some(years) = asked.background.years {
        text += &format!("# It asks for {years} years of experience.\n");
    }
    if !asked.list.is_empty() {
        text += "# What it asks for, with what each counts; `keywords` and `tags` add to it, `pin` and `drop` overrule it.\n";
    }
    let mut list: Vec<_> = asked.list.iter().collect();
    list.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    for term in list {
        let name = asked.terms.name(term.term).replace('\n', " ");
        text += &format!(
            "#   {:<4} {} ({})\n",
            (term.weight * 100.0).round() / 100.0,
            name,
            term.part.word()
        );
    }
    text + LETTER
}
