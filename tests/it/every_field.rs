//! Nothing that a record may hold is silently missing: a record whose every field has a word of its own
//! is made from the schema, and each word stands in the complete résumé and in the manual.
//!
//! A field that is added stands in the schema at once, so this fails until a document prints it.

use std::collections::BTreeMap;

use resume::record::json_schema::schema;
use serde_json::{Map, Value, json};

use crate::support::pdf::{Pdf, Target};
use crate::support::program::{folder, resume_in};
use crate::support::readers::reader;
use crate::support::words::squash;

/// How many different entries every list of entries has.
const VARIANTS: usize = 4;

/// Fields that a record is made without, and why no document can print them.
const LEFT_OUT: &[(&str, &str)] = &[
    ("resume", "the version of the record's format"),
    ("site", "where the record is published; the languages and the date of documents"),
    ("theme", "how documents look"),
    ("build", "how documents are made"),
    ("formats", "how documents are made"),
    ("tailoring", "how entries are chosen"),
    ("applications", "how documents are tailored, and what letters say"),
    ("snippets", "what letters say"),
    ("tags", "labels are printed with what has them"),
    ("*.path", "an address on the site"),
    ("*.weight", "an order"),
    ("projects.diagrams", "a choice of diagrams, which the portfolio prints"),
];

/// Fields that a document does not print, and why.
const UNPRINTED: &[(&str, &str, &str)] = &[
    ("cv", "articles", "long texts are the manual's"),
    ("cv", "posts", "long texts are the manual's"),
    ("cv", "cover", "the manual's cover"),
    ("cv", "career.body", "a long text, which is the manual's"),
    ("cv", "sections.description", "the cover of a chapter"),
    ("cv", "projects.emoji", "a picture beside a name that is printed"),
    (
        "cv,full",
        "skills.skills.aliases",
        "other spellings of what is printed, for job descriptions",
    ),
    ("cv,full", "profile.links.username", "the address is printed, and has it"),
    ("cv,full", "profile.links.network", "the address is printed, and has it"),
    ("cv,full", "profile.photo.alt", "what those read who cannot see the picture"),
];

/// Makes a record from the schema.
struct Maker {
    definitions: Map<String, Value>,
    /// What stands for a field in a document: the field, and words or an address.
    marks: Vec<(String, String)>,
    /// How often each exception was met.
    left_out: BTreeMap<&'static str, usize>,
}

impl Maker {
    /// A mark that no other field has.
    fn mark(&mut self, path: &str, form: impl Fn(usize) -> (String, String)) -> Value {
        let (written, printed) = form(self.marks.len());
        self.marks.push((path.to_owned(), printed));
        written.into()
    }

    /// A value of a schema; `None` where the field is left out.
    fn value(&mut self, schema: &Value, path: &str, variant: usize) -> Option<Value> {
        let is = |pattern: &str| match pattern.strip_prefix('*') {
            Some(end) => path.ends_with(end),
            None => path == pattern,
        };
        if let Some((pattern, _)) = LEFT_OUT.iter().find(|(pattern, _)| is(pattern)) {
            *self.left_out.entry(pattern).or_default() += 1;
            return None;
        }
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
            let definition = self.definitions[name].clone();
            return self.defined(name, &definition, path, variant);
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            let choices: Vec<&Value> = choices.iter().filter(|one| one["type"] != "null").collect();
            return self.value(choices[variant % choices.len()], path, variant);
        }
        let kinds = &schema["type"];
        let is_kind = |kind: &str| {
            *kinds == kind || kinds.as_array().is_some_and(|kinds| kinds.iter().any(|k| k == kind))
        };
        let key = path.rsplit('.').next().unwrap_or_default();
        if is_kind("array") {
            let items = &schema["items"];
            let values = (0..VARIANTS).filter_map(|variant| self.value(items, path, variant));
            return Some(values.collect());
        }
        if is_kind("integer") {
            return Some(
                self.mark(path, |n| ((700_000 + n).to_string(), (700_000 + n).to_string())),
            )
            .and_then(|value| value.as_str()?.parse::<u32>().ok().map(Value::from));
        }
        assert!(is_kind("string"), "{path}: no value for {schema}");
        Some(match key {
            "email" => self.mark(path, |n| {
                let address = format!("mark{n:04}@example.org");
                (address.clone(), address)
            }),
            "phone" => self.mark(path, |n| {
                let number = format!("+1202555{n:04}");
                (number.clone(), number)
            }),
            "url" => self.mark(path, |n| {
                let address = format!("https://mark{n:04}.example/");
                (address.clone(), address)
            }),
            "file" => "photo.png".into(),
            _ => self.mark(path, word),
        })
    }

    fn defined(
        &mut self,
        name: &str,
        definition: &Value,
        path: &str,
        variant: usize,
    ) -> Option<Value> {
        let parts: Vec<&str> = path.split('.').collect();
        let (key, list) = (parts[parts.len() - 1], parts[parts.len().saturating_sub(2)]);
        Some(match name {
            "Text" | "Inline" | "Phrase" | "Prose" => self.mark(path, word),
            "Id" => match key {
                "at" => format!("career-{variant}").into(),
                "section" => format!("sections-{variant}").into(),
                "tags" if variant > 0 => return None,
                "tags" => "tag".into(),
                _ if parts.len() == 2 => format!("{list}-{variant}").into(),
                _ => format!("{list}-{variant}-{}", self.marks.len()).into(),
            },
            "Date" | "End" => self.mark(path, |n| {
                let (year, month) = (1900 + n / 12, 1 + n % 12);
                (format!("{year}-{month:02}"), format!("{year}.{month:02}"))
            }),
            "Importance" => 5.into(),
            "Doi" => {
                self.mark(path, |n| (format!("10.1000/mark{n:04}"), format!("10.1000/mark{n:04}")))
            }
            _ if definition["enum"].is_array() => {
                let words = definition["enum"].as_array().expect("words");
                words[variant % words.len()].clone()
            }
            _ if definition["properties"].is_object() => {
                let properties = definition["properties"].as_object().expect("keys");
                let mut map = Map::new();
                for (key, property) in properties {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    if other_way(properties, key, variant) {
                        continue;
                    }
                    let before = self.marks.len();
                    if let Some(value) = self.value(property, &path, variant) {
                        map.insert(key.clone(), value);
                    }
                    // Words in place of dates: the dates only sort.
                    if variant == 2 && matches!(key.as_str(), "start" | "end") {
                        self.marks.truncate(before);
                        let day = if key == "start" { "1990-01" } else { "1990-02" };
                        map.insert(key.clone(), day.into());
                    }
                }
                map.into()
            }
            _ => return self.value(definition, path, variant),
        })
    }
}

/// Dates are given in one of several ways: from a day to another, a single one, in words. Old spellings
/// of a key stand for the key.
fn other_way(properties: &Map<String, Value>, key: &str, variant: usize) -> bool {
    if properties[key]["deprecated"] == true {
        return true;
    }
    if !["start", "end", "date", "dates", "duration"]
        .iter()
        .all(|key| properties.contains_key(*key))
    {
        return false;
    }
    match key {
        "start" | "end" => variant == 1,
        "date" => variant != 1,
        "dates" => variant != 2,
        "duration" => variant != 3,
        _ => false,
    }
}

/// A word that no text has.
fn word(n: usize) -> (String, String) {
    (format!("Mark{n:04}x"), format!("Mark{n:04}x"))
}

/// A record with every field, and the mark of each.
fn record() -> (String, Vec<(String, String)>) {
    let schema = schema(None).expect("a schema");
    let definitions = schema["$defs"].as_object().expect("definitions").clone();
    let mut maker = Maker { definitions, marks: Vec::new(), left_out: BTreeMap::new() };
    let mut record = maker.value(&schema, "", 0).expect("a record");
    for (pattern, why) in LEFT_OUT {
        assert!(maker.left_out.contains_key(pattern), "no field is `{pattern}`: {why}");
    }
    for (formats, path, why) in UNPRINTED {
        let met = maker.marks.iter().any(|(known, _)| is_at(known, path));
        assert!(met, "no field of {formats} is `{path}`: {why}");
    }
    record["site"] =
        json!({ "languages": ["en"], "date": "2090-01", "url": "https://site.example/" });
    // Every date in the same figures, as its mark has them.
    record["theme"] = json!({ "dates": "dotted" });
    record["tags"] = json!({ "tag": "Tag" });
    (format!("{record:#}"), maker.marks)
}

/// Whether a field is one or inside one.
fn is_at(path: &str, field: &str) -> bool {
    path == field || path.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'))
}

/// Checks that everything stands in a text of a format.
fn assert_stands(format: &str, text: &str, marks: &[(String, String)]) {
    let text = squash(text);
    let unprinted = |path: &str| {
        UNPRINTED.iter().any(|(formats, field, _)| {
            formats.split(',').any(|one| one == format) && is_at(path, field)
        })
    };
    let missing =
        marks.iter().filter(|(path, mark)| !unprinted(path) && !text.contains(mark.as_str()));
    let missing: Vec<String> = missing.map(|(path, mark)| format!("{path} ({mark})")).collect();
    assert!(missing.is_empty(), "{format} lacks:\n{}", missing.join("\n"));
}

/// The record in a folder.
fn files(record: &str) -> tempfile::TempDir {
    let folder = folder(&[("data/resume.yaml", record)]);
    let photo = include_bytes!("../records/graduate/photo.png");
    std::fs::write(folder.path().join("data/photo.png"), photo).expect("a photo");
    folder
}

#[test]
fn every_field_is_in_the_text_of_the_resume_and_of_the_manual() {
    let (record, marks) = record();
    assert!(marks.len() > 200, "{} fields", marks.len());
    let folder = files(&record);
    for format in ["cv", "full"] {
        let flags = ["render", "--format", format, "--as", "md", "-o", "-"];
        let run = resume_in(folder.path(), flags, &[]).exits(0);
        assert_stands(format, &String::from_utf8(run.stdout).expect("UTF-8"), &marks);
    }
}

/// What the complete résumé says of projects beside their highlights.
const BESIDE: [&str; 2] = ["For bedrooms.", "**Outcome** In production."];

/// A small record with something of everything, and what the complete résumé says of it.
#[test]
fn a_small_record_is_printed_whole_in_order() {
    let record = "\
site: {date: 2025-06-30, languages: [en]}
profile: {name: Name Surname, email: name@example.org}
career:
  - id: work
    organization: Company A
    location: Leeds
    positions: [{title: Engineer, department: Pumps, start: 2022-01, end: present}]
    summary: Built pumps.
    highlights: [Halved the noise.]
  - id: school
    kind: education
    organization: University B
    positions: [{title: B.Sc., start: 2018-09, end: 2021-12, score: First class, courses: [Optics, Acoustics]}]
    highlights: [Thesis on bubbles.]
  - id: club
    kind: volunteering
    organization: Club C
    positions: [{title: Trainer, start: 2020-01, end: 2020-12}]
projects:
  - {id: quiet, name: Quiet pump, at: work, date: 2024-01, role: Lead, summary: For bedrooms., highlights: [Runs at 20 dB.], outcome: In production., technologies: [Creo], url: \"https://quiet.example/\"}
skills: [{name: Tools, skills: [Creo]}]
languages: [{language: German, fluency: Native}]
awards: [{title: Prize, date: 2023-05, awarder: Society D, summary: For the pump., url: \"https://prize.example/\"}]
certificates: [{name: Green Belt, date: 2024-02, issuer: Institute E}]
interests: [{name: Music, keywords: [choir]}]
references: [{name: Manager G, reference: Thorough and kind.}]
";
    let wanted = [
        "# Name Surname",
        "## Experience",
        "**Company A** · Engineer · Pumps · Leeds · 3 years 6 months",
        "Built pumps.",
        "- Halved the noise.",
        "**[Quiet pump](https://quiet.example/)** · Company A",
        "Lead",
        "For bedrooms.",
        "- Runs at 20 dB.",
        "**Outcome** In production.",
        "## Skills",
        "**Tools**: Creo",
        "**University B** · B.Sc. · First class",
        "Optics, Acoustics",
        "- Thesis on bubbles.",
        "**Club C** · Trainer · 1 year",
        "**Green Belt** · Institute E",
        "**[Prize](https://prize.example/)** · Society D",
        "For the pump.",
        "German (Native)",
        "Music (choir)",
        "Manager G",
        "Thorough and kind.",
    ];
    let folder = files(record);
    for format in ["cv", "one-page"] {
        let flags = ["render", "--format", format, "--as", "md", "-o", "-"];
        let run = resume_in(folder.path(), flags, &[]).exits(0);
        let text = String::from_utf8(run.stdout).expect("UTF-8");
        let mut rest = text.as_str();
        // On one page they stand in for highlights.
        let is_whole = |words: &&&str| format == "cv" || !BESIDE.contains(words);
        for words in wanted.iter().filter(is_whole) {
            let at =
                rest.find(words).unwrap_or_else(|| panic!("{format}: no `{words}` in:\n{rest}"));
            rest = &rest[at + words.len()..];
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn every_field_is_on_the_pages_of_the_resume_and_of_the_manual() {
    let (record, marks) = record();
    let folder = files(&record);
    for format in ["cv", "full"] {
        let file = folder.path().join("a.pdf");
        resume_in(folder.path(), ["render", "--format", format, "-o", "a.pdf"], &[]).exits(0);
        let links = Pdf::read(&file).links();
        let links = links.iter().filter_map(|link| match &link.target {
            Target::Address(address) => Some(address.as_str()),
            Target::Place(_) | Target::Name(_) => None,
        });
        let links = links.collect::<Vec<_>>().join("\n");
        assert_stands(format, &format!("{}\n{links}", reader("pdftotext", &[], &file)), &marks);
    }
}
