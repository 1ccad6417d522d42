//! `resume init`: a small, complete, commented record that renders at once. Overwrites nothing.
//!
//! The files are in `starter/`: a record in English and one in Korean, and for each language the words that
//! replace the English ones and what a résumé of that language customarily has. One file and many files have
//! the same content.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rust_embed::RustEmbed;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::commands::context::today;
use crate::error::Error;
use crate::language::tag::{fallbacks, of_locale};
use crate::output::write::Staging;
use crate::record::json_schema::{keys, schema};
use crate::record::model::text::Language;

/// What a new record is made as.
#[derive(Debug, Clone)]
pub struct InitOptions {
    /// The folder of the new project.
    pub folder: PathBuf,
    /// The language of the record; by default that of this machine.
    pub language: Option<String>,
    /// Whether the whole record goes into `data/resume.yaml`.
    pub single_file: bool,
}

/// The files under `starter/languages/`, in the binary.
#[derive(RustEmbed)]
#[folder = "starter/languages/"]
struct Languages;

/// A portrait that holds the place.
const PHOTO: &str = include_str!("../../starter/photo.svg");

/// What a new record is in a language.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Customs {
    /// The words of the English record, and those of the language.
    words: BTreeMap<String, String>,
    /// What the portrait is called, where a résumé has one.
    photo: Option<String>,
    /// What else a résumé says about a person, with words that hold the place.
    facts: Map<String, Value>,
}

impl Customs {
    /// Those of a language, or of the next wider one that has some; English ones otherwise.
    ///
    /// # Errors
    /// A file of the program that is broken.
    fn of(language: &str) -> Result<Self, Error> {
        let file =
            fallbacks(language).iter().find_map(|tag| Languages::get(&format!("{tag}.yaml")));
        let read = file.map(|file| serde_yaml::from_slice(&file.data)).transpose();
        Ok(read.map_err(|error| Error::from(error.to_string()))?.unwrap_or_default())
    }

    /// A file of the English record in the words of the language. Comments stay.
    fn translated(&self, text: &str) -> String {
        let mut words: Vec<_> = self.words.iter().collect();
        // A word may be a part of another one.
        words.sort_by_key(|(english, _)| std::cmp::Reverse(english.len()));
        let line = |line: &str| match line.trim_start().starts_with('#') {
            true => line.to_owned(),
            false => words
                .iter()
                .fold(line.to_owned(), |line, (english, own)| line.replace(english.as_str(), own)),
        };
        text.split_inclusive('\n').map(line).collect()
    }

    /// The profile with what is customary, behind the place where the person lives.
    fn completed(&self, profile: &str) -> String {
        let mut more = String::new();
        if let Some(photo) = &self.photo {
            more += &format!("photo: {{file: photo.svg, alt: {photo}}}\n");
        }
        if !self.facts.is_empty() {
            more += "facts:\n";
        }
        for (label, text) in &self.facts {
            more += &format!("  - {{label: {label}, text: {text}}}\n");
        }
        let lines = profile.split_inclusive('\n');
        lines
            .flat_map(|line| [line, if line.starts_with("location:") { &more } else { "" }])
            .collect()
    }
}

/// The keys that have files of their own, with their content.
struct Starter {
    main: &'static str,
    keys: [(&'static str, &'static str); 3],
    project: &'static str,
}

/// The name of the first project, in its file's name and its id.
const PROJECT: &str = "first-project";

impl Starter {
    /// The starter in a language: in Korean, or else in English.
    fn of(language: &str) -> Self {
        match language.split('-').next() {
            Some("ko") => Self {
                main: include_str!("../../starter/ko/resume.yaml"),
                keys: [
                    ("profile", include_str!("../../starter/ko/profile.yaml")),
                    ("career", include_str!("../../starter/ko/career.yaml")),
                    ("skills", include_str!("../../starter/ko/skills.yaml")),
                ],
                project: include_str!("../../starter/ko/project.yaml"),
            },
            _ => Self {
                main: include_str!("../../starter/en/resume.yaml"),
                keys: [
                    ("profile", include_str!("../../starter/en/profile.yaml")),
                    ("career", include_str!("../../starter/en/career.yaml")),
                    ("skills", include_str!("../../starter/en/skills.yaml")),
                ],
                project: include_str!("../../starter/en/project.yaml"),
            },
        }
    }

    /// The files of the record, each with the line that names its schema for editors.
    ///
    /// # Errors
    /// A file of the program that is broken.
    fn files(&self, language: &str, single: bool) -> Result<Vec<(String, String)>, Error> {
        let customs = Customs::of(language)?;
        let line = |up: &str, key: &str| {
            format!("# yaml-language-server: $schema={up}schema/{key}.json\n")
        };
        let main = self.main.replace("2024-12-31", &today().to_string());
        // Each starter names its own language.
        let main = ["ko", "en"].iter().fold(main, |main, own| {
            let languages = |tag: &str| format!("  languages: [{tag}]\n");
            main.replace(&languages(own), &languages(language))
        });
        let mut main = line("../", "resume") + &customs.translated(&main);
        let keys = self.keys.map(|(key, words)| {
            let words = customs.translated(words);
            (key, if key == "profile" { customs.completed(&words) } else { words })
        });
        let project = customs.translated(self.project);
        let photo =
            customs.photo.is_some().then(|| ("data/photo.svg".to_owned(), PHOTO.to_owned()));
        if single {
            // The second line refers to the other files.
            let lines = main.split_inclusive('\n');
            main = lines.enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| line).collect();
            for (key, words) in &keys {
                main += &format!("\n{key}:\n{}", indented(words, "  "));
            }
            let project = project.split_once('\n').map_or(project.as_str(), |(_, rest)| rest);
            main += &format!("\nprojects:\n  - id: {PROJECT}\n{}", indented(project, "    "));
            return Ok([("data/resume.yaml".to_owned(), main)].into_iter().chain(photo).collect());
        }
        let mut files = vec![("data/resume.yaml".to_owned(), main)];
        for (key, words) in keys {
            files.push((format!("data/{key}.yaml"), line("../", key) + &words));
        }
        let project = line("../../", "projects") + &project;
        files.push((format!("data/projects/{PROJECT}.yaml"), project));
        files.extend(photo);
        Ok(files)
    }
}

fn indented(text: &str, indent: &str) -> String {
    text.lines().map(|line| format!("{indent}{line}\n")).collect()
}

/// The settings of Visual Studio Code that give each file of a record its schema: the file of a key, and
/// the items in the folder of a list.
fn vscode_settings(keys: &[String]) -> String {
    let one = |key: &String| {
        (
            format!("./schema/{key}.json"),
            json!([format!("data/{key}.yaml"), format!("data/{key}/*.yaml")]),
        )
    };
    let main = ("./schema/resume.json".to_owned(), json!(["data/resume.yaml"]));
    let schemas: Map<String, Value> = [main].into_iter().chain(keys.iter().map(one)).collect();
    format!("{:#}\n", json!({ "yaml.schemas": schemas }))
}

/// The language of a new record: the one that is asked for, that of this machine, or English.
fn language(asked: Option<&str>) -> Result<String, Error> {
    if let Some(tag) = asked {
        let wrong = || Error::new(format!("`{tag}` is not a language tag"), Language::instead(tag));
        return Ok(Language::parse(tag).ok_or_else(wrong)?.0);
    }
    let locale = sys_locale::get_locale();
    Ok(locale.and_then(|locale| of_locale(&locale)).unwrap_or_else(|| "en".to_owned()))
}

/// Makes a new record, and lists its files.
///
/// # Errors
/// A language that is none; files that are there already; a folder that cannot be written.
pub fn init(options: &InitOptions) -> Result<String, Error> {
    let language = language(options.language.as_deref())?;
    let mut files = Starter::of(&language).files(&language, options.single_file)?;
    // Also for the sections that are still to come.
    let mut keys = if options.single_file { Vec::new() } else { keys() };
    // `resume.yaml` is the main file, so this key has none of its own.
    keys.retain(|key| key != "resume");
    for key in [None].into_iter().chain(keys.iter().map(|key| Some(key.as_str()))) {
        let mut schema = schema(key).unwrap_or_default();
        if !options.single_file
            && let Some(Value::Object(record)) = schema.pointer_mut("/$defs/Record")
        {
            // `resume.yaml` lacks what has a file of its own.
            record.remove("required");
        }
        files.push((format!("schema/{}.json", key.unwrap_or("resume")), format!("{schema:#}\n")));
    }
    files.push((".vscode/settings.json".to_owned(), vscode_settings(&keys)));
    let vscode = [
        ("extensions", include_str!("../../starter/vscode/extensions.json")),
        ("tasks", include_str!("../../starter/vscode/tasks.json")),
    ];
    files.extend(vscode.map(|(name, text)| (format!(".vscode/{name}.json"), text.to_owned())));
    files.push((".gitignore".to_owned(), include_str!("../../starter/gitignore").to_owned()));
    let workflow = include_str!("../../starter/workflow.yaml");
    let workflow = workflow.replace("OWNER/resume@v0.0.0", env!("RESUME_ACTION"));
    files.push((".github/workflows/resume.yaml".to_owned(), workflow));
    let files: Vec<(PathBuf, String)> =
        files.into_iter().map(|(path, text)| (options.folder.join(path), text)).collect();
    let there: Vec<String> = files
        .iter()
        .filter(|(path, _)| path.symlink_metadata().is_ok())
        .map(|(path, _)| path.display().to_string())
        .collect();
    if !there.is_empty() {
        let message = format!("nothing was written: these exist already: {}", there.join(", "));
        return Err(Error::new(message, "name another folder, as in `resume init my-resume`"));
    }
    let staging = Staging::new(&options.folder);
    for (path, text) in &files {
        staging.add_new(path, text.as_bytes())?;
    }
    staging.commit_all()?;
    Ok(files.iter().map(|(path, _)| format!("{}\n", path.display())).collect())
}
