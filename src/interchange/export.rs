//! The record → JSON Resume 1.2, by the same table that imports it.
//!
//! What JSON Resume lacks stands under `meta.resume` as a JSON Patch (RFC 6902): the difference between
//! the record that an import of the rest would make and the record itself. So an import of the whole
//! makes the same record again.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::interchange::jsonresume::TABLE;
use crate::interchange::mapping::{Field, How, Section};
use crate::interchange::one_language::{PRIVATE, kind_of, one_language};
use crate::interchange::positions::OF_POSITION;
use crate::interchange::walk::Words;
use crate::interchange::{Options, import};

/// The parts of a place: their names in JSON Resume and in the record.
const LOCATION: [(&str, &str); 5] = [
    ("address", "address"),
    ("postalCode", "postal-code"),
    ("city", "city"),
    ("region", "region"),
    ("countryCode", "country"),
];
/// A record as JSON Resume in one of its languages. `record` is the record as data; `languages` are its
/// languages, the most important first.
///
/// # Errors
/// The record cannot be read back.
pub fn json_resume(record: &Value, language: &str, languages: &[String]) -> Result<Value, Error> {
    let mut record = one_language(record, language, languages);
    record["site"]["languages"] = json!([language]);
    if let Value::Object(keys) = &mut record {
        keys.retain(|key, _| !PRIVATE.contains(&key.as_str()));
    }
    // In the order in which an import makes them.
    if let Some(Value::Array(career)) = record.get_mut("career") {
        let kinds = ["work", "volunteering", "education"];
        career.sort_by_key(|entry| kinds.iter().position(|kind| *kind == kind_of(entry)));
    }
    let mut resume = Map::new();
    let schema = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.2.0/schema.json";
    resume.insert("$schema".to_owned(), schema.into());
    let mut done = BTreeSet::new();
    for section in TABLE {
        // Old names of a section stand below it.
        if done.insert((section.to, section.fixed)) {
            export_section(section, &record, &mut resume);
        }
    }
    let mut meta = json!({ "version": "v1.2.0" });
    if let Some(date) = record["site"]["date"].as_str().filter(|date| date.len() == 10) {
        meta["lastModified"] = format!("{date}T00:00:00").into();
    }
    let text = Value::Object(resume.clone()).to_string();
    let options = Options {
        format: Some("jsonresume".to_owned()),
        language: Some(language.to_owned()),
        today: "1970-01-01".to_owned(),
        languages: languages.to_vec(),
    };
    let words = |_: &str| Words::default();
    let back = import(text.into_bytes(), Path::new("the export"), &options, &words)?;
    let patch = json_patch::diff(&back.record.value(), &record);
    meta["resume"] = serde_json::to_value(&patch)
        .map_err(|error| Error::from(format!("cannot write the export: {error}")))?;
    resume.insert("meta".to_owned(), meta);
    Ok(Value::Object(resume))
}

/// Adds the entries of a section to the export.
fn export_section(section: &Section, record: &Value, resume: &mut Map<String, Value>) {
    let mut at = record;
    for key in section.to.trim_end_matches("[]").split('.') {
        at = &at[key];
    }
    let list = section.from.ends_with("[]");
    let items: Vec<&Value> = match at {
        Value::Array(items) => items.iter().collect(),
        Value::Object(_) if !list => vec![at],
        _ => return,
    };
    let kind =
        section.fixed.iter().find(|(key, _)| *key == "kind").map_or("work", |(_, kind)| kind);
    let items = items.into_iter().filter(|item| section.to != "career[]" || kind_of(item) == kind);
    let mut entries = Vec::new();
    for item in items {
        let mut positions = item["positions"].as_array().cloned().unwrap_or_default();
        if positions.is_empty() {
            positions.push(json!({}));
        }
        for (at, mut position) in positions.into_iter().enumerate() {
            // What an employer's entry says stands with its first position.
            let mut item = item.clone();
            for key in OF_POSITION {
                if !position[key].is_null() || at > 0 {
                    item[key] = position[key].take();
                }
            }
            let (mut entry, mut exported) = (Map::new(), BTreeSet::new());
            for field in section.fields.iter().filter(|field| exported.insert(field.to)) {
                export_field(field, section.to == "profile", &item, &position, &mut entry);
            }
            entries.push(Value::Object(entry));
        }
    }
    let (parent, key) = match section.from.trim_end_matches("[]").split_once('.') {
        Some((parent, key)) => (Some(parent), key),
        None => (None, section.from.trim_end_matches("[]")),
    };
    let value = match list {
        true if entries.is_empty() => return,
        true => Value::Array(entries),
        false => entries.into_iter().next().unwrap_or_default(),
    };
    let place = match parent {
        Some(parent) => resume.entry(parent).or_insert_with(|| json!({})),
        None => match (resume.get_mut(key), &value) {
            // A part of it is there already.
            (Some(Value::Object(there)), Value::Object(more)) => {
                more.iter().for_each(|(key, value)| {
                    there.insert(key.clone(), value.clone());
                });
                return;
            }
            _ => {
                resume.insert(key.to_owned(), value);
                return;
            }
        },
    };
    place[key] = value;
}

/// Adds the value of a field to an entry of the export, under its first name.
fn export_field(
    field: &Field,
    person: bool,
    item: &Value,
    position: &Value,
    entry: &mut Map<String, Value>,
) {
    let (owner, path) = match field.to.strip_prefix("positions[]") {
        Some(path) => (position, path.trim_start_matches('.')),
        None => (item, field.to),
    };
    let Some(name) = field.from.first() else { return };
    if entry.contains_key(*name) {
        return;
    }
    let text = |key: &str| owner[key].as_str();
    if let How::Period { .. } = field.how {
        let date = |date: Option<&str>| date.filter(|date| *date != "present").map(Value::from);
        let start = text("start").or_else(|| text("date"));
        let end = text("end").or_else(|| text("date").filter(|_| text("start").is_none()));
        let end_name = field.from.get(1).unwrap_or(name);
        let dates = [(name, date(start)), (end_name, date(end))];
        for (name, date) in dates {
            if let Some(date) = date {
                entry.insert((*name).to_owned(), date);
            }
        }
        return;
    }
    let value = &owner[path];
    let words = |value: &Value| match value {
        Value::Object(entries) => entries.get("text").or_else(|| entries.get("name")).cloned(),
        value => Some(value.clone()),
    };
    let exported = match (field.how, value) {
        (How::Date, _) => {
            text("date").or_else(|| text("start")).or_else(|| text("end")).map(Value::from)
        }
        (_, Value::Null) => None,
        (How::Highlights | How::Names, Value::Array(items)) => {
            Some(Value::Array(items.iter().filter_map(words).collect()))
        }
        (How::Joined(_), Value::String(_)) if *name == "roles" => Some(json!([value])),
        (How::Joined(_), _) => None,
        (How::Picture, _) => value.get("file").cloned(),
        (How::Location, Value::Object(parts)) if person => {
            let own =
                LOCATION.iter().filter_map(|(name, key)| Some((*name, parts.get(*key)?.clone())));
            Some(own.map(|(name, part)| (name.to_owned(), part)).collect::<Map<_, _>>().into())
        }
        (How::Location, Value::Object(parts)) => {
            let parts: Vec<&str> = parts.values().filter_map(Value::as_str).collect();
            Some(parts.join(", ").into())
        }
        (How::Location, _) if person => Some(json!({ "city": value })),
        (_, Value::String(_)) => Some(value.clone()),
        // Of several versions the first is the one for everybody.
        (How::Plain | How::Inline, Value::Array(versions)) if person => {
            versions.first().and_then(words)
        }
        _ => None,
    };
    if let Some(exported) = exported {
        entry.insert((*name).to_owned(), exported);
    }
}
