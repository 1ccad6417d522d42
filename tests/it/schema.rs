//! The JSON Schema accepts what the reader accepts, and rejects what it rejects.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use boon::{Compiler, SchemaIndex, Schemas};
use resume::check::rules;
use resume::record::json_schema::schema;
use saphyr::{LoadableYamlNode as _, ScalarOwned, YamlOwned};
use serde_json::{Map, Value};

use crate::check_reading::cases;
use crate::support::bless::{bless, bless_part};
use crate::support::program::root;
use crate::support::record::with_profile;

/// Rules that the form of a record alone decides.
const FORMAL: &[&str] =
    &["E010", "E011", "E012", "E013", "E015", "E016", "E019", "E024", "E026", "E027", "E060"];
/// Rules that the form decides in part: a date has a form and a calendar, a language a tag and a record.
const PARTLY: &[&str] = &["E014", "E017"];
/// Bad examples that no parser of YAML turns into a value.
const UNREADABLE: &[&str] =
    &["E001", "E002", "E003", "E004", "E005", "E006", "E007", "E008", "E084", "E087"];

/// Wrong records whose fault is how a value is spelt, which JSON values no longer show.
const SPELLINGS: &[&str] = &[
    "importance 1e0",
    "minutes 1e3",
    "quoted merge",
    "importance beyond numbers",
    "weight that is no number",
];

/// A schema that other people's validator has understood.
struct Validator {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Validator {
    fn errors(&self, value: &Value) -> Option<String> {
        self.schemas.validate(value, self.index).err().map(|error| format!("{error:#}"))
    }

    fn is_valid(&self, value: &Value) -> bool {
        self.errors(value).is_none()
    }
}

fn validator(key: Option<&str>) -> Validator {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    // The compiler also holds the schema to the schema of draft 2020-12.
    compiler.add_resource("record.json", schema(key).expect("a schema")).expect("a resource");
    let index = compiler.compile("record.json", &mut schemas).expect("a schema of draft 2020-12");
    Validator { schemas, index }
}

/// A text as other people's reader of YAML reads it; `None` where it is none.
fn parsed(text: &str) -> Option<Value> {
    json(YamlOwned::load_from_str(text).ok()?.first()?)
}

/// YAML as JSON; `None` where it holds what JSON does not have.
fn json(node: &YamlOwned) -> Option<Value> {
    Some(match node {
        YamlOwned::Value(ScalarOwned::Null) => Value::Null,
        YamlOwned::Value(ScalarOwned::Boolean(value)) => (*value).into(),
        YamlOwned::Value(ScalarOwned::Integer(value)) => (*value).into(),
        YamlOwned::Value(ScalarOwned::FloatingPoint(value)) => value.into_inner().into(),
        YamlOwned::Value(ScalarOwned::String(value)) => value.as_str().into(),
        YamlOwned::Sequence(items) => items.iter().map(json).collect::<Option<_>>()?,
        YamlOwned::Mapping(map) => {
            let (mut own, mut merged) = (Map::new(), Map::new());
            for (key, value) in map {
                let key = json(key)?;
                match (key.as_str(), json(value)?) {
                    (Some("<<"), Value::Object(base)) => merged = base,
                    (Some(key), value) => drop(own.insert(key.to_owned(), value)),
                    (None, value) => drop(own.insert(key.to_string(), value)),
                }
            }
            merged.extend(own);
            merged.into()
        }
        _ => return None,
    })
}

pub(crate) fn yaml(text: &str) -> Value {
    parsed(text).expect("YAML")
}

#[track_caller]
fn accepts(validator: &Validator, value: &Value, what: &str) {
    let errors = validator.errors(value);
    assert_eq!(errors, None, "{what}");
}

#[test]
fn the_shipped_schema_is_current() {
    bless("docs/resume.schema.json", &format!("{:#}\n", schema(None).expect("a schema")));
}

#[test]
fn every_key_is_described() {
    let schema = schema(None).expect("a schema");
    let definitions = schema["$defs"].as_object().expect("definitions");
    let mut keys = 0;
    for (name, definition) in definitions {
        assert!(definition["description"].is_string(), "{name}");
        for (key, property) in definition["properties"].as_object().into_iter().flatten() {
            assert!(
                property["description"].as_str().is_some_and(|words| words.len() > 3),
                "{name}.{key}"
            );
            keys += 1;
        }
    }
    assert!(keys > 80, "{keys} keys");
}

#[test]
fn the_reference_record_is_accepted_file_by_file() {
    let check = |path: &Path, key: Option<&str>| {
        let text = fs::read_to_string(path).expect("read");
        accepts(&validator(key), &yaml(&text), &path.display().to_string());
    };
    let mut files = 0;
    for entry in fs::read_dir(root().join("data")).expect("a folder").flatten() {
        let (path, stem) = (entry.path(), entry.path());
        let stem = stem.file_stem().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() {
            let yaml = |file: &fs::DirEntry| {
                file.path().extension().is_some_and(|ending| ending == "yaml")
            };
            for file in fs::read_dir(&path).expect("a folder").flatten().filter(yaml) {
                check(&file.path(), Some(&stem));
                files += 1;
            }
        } else if stem == "resume" {
            // The main file of a split record lacks what the other files hold.
            let mut whole = yaml(&fs::read_to_string(&path).expect("read"));
            whole["profile"] =
                yaml(&fs::read_to_string(root().join("data/profile.yaml")).expect("read"));
            accepts(&validator(None), &whole, "resume.yaml");
        } else {
            check(&path, Some(&stem));
            files += 1;
        }
    }
    assert!(files > 10, "{files} files");
}

#[test]
fn good_examples_are_accepted_and_formal_mistakes_rejected() {
    let validator = validator(None);
    // Templates have no schema; some examples are no texts.
    let records =
        rules().into_iter().filter(|rule| !rule.bad.is_empty() && !rule.bad.starts_with("//"));
    for rule in records {
        accepts(&validator, &yaml(&with_profile(rule.good)), rule.code);
        if FORMAL.contains(&rule.code) {
            assert!(!validator.is_valid(&yaml(&with_profile(rule.bad))), "{}", rule.code);
        } else if ![UNREADABLE, PARTLY].concat().contains(&rule.code) {
            // These are not wrong in form.
            accepts(&validator, &yaml(&with_profile(rule.bad)), rule.code);
        }
    }
}

#[test]
fn dates_and_texts_have_their_forms() {
    let validator = validator(None);
    let with = |date: &str| yaml(&format!("profile: {{name: A}}\nsite: {{date: {date}}}\n"));
    for date in ["2024", "2024-06", "2024-06-01", "\"2024\"", "2024.06", "2024/6", "Jun 2024"] {
        accepts(&validator, &with(date), date);
    }
    for date in ["24", "2024-13", "24/06/01", "June", "present", "20240601", "[2024]"] {
        assert!(!validator.is_valid(&with(date)), "{date}");
    }
    for name in ["\"\"", "{}", "{korean: 가}", "[a]", "{ko: [a]}"] {
        assert!(!validator.is_valid(&yaml(&format!("profile: {{name: {name}}}\n"))), "{name}");
    }
}

#[test]
fn wrong_records_are_rejected_where_their_form_is_wrong() {
    let validator = validator(None);
    let file = fs::read_to_string(root().join("tests/it/invalid.txt")).expect("read");
    let (mut rejected, mut slipped, mut held) = (0, Vec::new(), Vec::new());
    for case in cases(&file) {
        let says =
            |codes: &[&str]| codes.iter().any(|code| case.reported.contains(&format!(" {code} ")));
        // What no parser of YAML reads has no form to judge.
        let Some(value) = parsed(case.text) else { continue };
        if says(UNREADABLE) {
            continue;
        }
        match (says(FORMAL), validator.is_valid(&value)) {
            (true, true) => slipped.push(case.name),
            (true, false) => rejected += 1,
            (false, false) if !says(PARTLY) => held.push(case.name),
            (false, _) => {}
        }
    }
    assert_eq!(slipped, SPELLINGS, "accepted though the reader refuses them");
    assert_eq!(held, [""; 0], "rejected though only their content is wrong");
    assert!(rejected > 50, "{rejected} rejected");
}

/// The kinds of text that a part of the schema accepts.
fn kinds<'a>(part: &'a Value, definitions: &'a Map<String, Value>, found: &mut BTreeSet<&'a str>) {
    match part {
        Value::Array(parts) => parts.iter().for_each(|part| kinds(part, definitions, found)),
        Value::Object(map) => {
            let name = map.get("$ref").and_then(Value::as_str);
            let name = name.and_then(|path| path.strip_prefix("#/$defs/"));
            match name {
                Some(name) if KINDS.contains(&name) => drop(found.insert(name)),
                // An entry is listed with its own fields.
                Some(name) if definitions[name].get("properties").is_none() => {
                    kinds(&definitions[name], definitions, found);
                }
                Some(_) => {}
                None => map.values().for_each(|part| kinds(part, definitions, found)),
            }
        }
        _ => {}
    }
}

/// The kinds of text.
const KINDS: [&str; 4] = ["Text", "Phrase", "Inline", "Prose"];

#[test]
fn the_fields_of_each_kind_of_text_are_documented() {
    let schema = schema(None).expect("a schema");
    let definitions = schema["$defs"].as_object().expect("definitions");
    let mut fields: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (name, definition) in definitions {
        let entry = name.trim_start_matches("Long");
        let mut words = String::new();
        for c in entry.chars() {
            if c.is_uppercase() && !words.is_empty() {
                words.push(' ');
            }
            words.extend(c.to_lowercase());
        }
        let mut own: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (key, property) in definition["properties"].as_object().into_iter().flatten() {
            let mut found = BTreeSet::new();
            kinds(property, definitions, &mut found);
            found.iter().for_each(|kind| own.entry(kind).or_default().push(key));
        }
        for (kind, keys) in own {
            let line = format!("{words} `{}`", keys.join("`, `"));
            let lines = fields.entry(kind).or_default();
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    let lines = KINDS.map(|kind| format!("- `{kind}`: {}\n", fields[kind].join("; ")));
    bless_part("docs/markdown.md", ("<!-- fields -->\n", "<!-- end -->"), &lines.concat());
}
