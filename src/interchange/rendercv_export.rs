//! The record → RenderCV, in the fields that the import reads. What is exported is taken out of the record:
//! what is left is what RenderCV has no place for, and is returned by its path.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::interchange::one_language::{PRIVATE, kind_of, one_language};
use crate::interchange::positions::OF_POSITION;
use crate::interchange::rendercv_sections::{is_titled, locale};
use crate::interchange::section_order::usual_place;
use crate::interchange::walk::Words;

/// What became of a record.
#[derive(Debug)]
pub struct Exported {
    /// The file.
    pub value: Value,
    /// How many values have no place, by their paths.
    pub left: BTreeMap<String, usize>,
}

/// Writes an entry of the record as RenderCV has it.
type Write = fn(&mut Value) -> Value;

/// Sections with entries of one kind: their key in the record, and how an entry is written.
const SECTIONS: [(&str, Write); 8] = [
    ("projects", project),
    ("skills", skill),
    ("certificates", credit),
    ("awards", credit),
    ("publications", publication),
    ("languages", language_line),
    ("interests", interest),
    ("references", reference),
];

/// A record as RenderCV in one of its languages. `record` is the record as data; `languages` are its
/// languages, the most important first; `words` are the titles of sections in that language.
pub fn render_cv(record: &Value, language: &str, languages: &[String], words: &Words) -> Exported {
    let mut record = one_language(record, language, languages);
    let chosen = chosen(&record["formats"]["cv"]["sections"]);
    if let Value::Object(keys) = &mut record {
        // Settings of documents are no part of a career.
        keys.retain(|key, _| !PRIVATE.contains(&key.as_str()) && !SETTINGS.contains(&key.as_str()));
    }
    let mut cv = head(&mut record["profile"]);
    let mut sections = Vec::new();
    // A title by which an import knows the section again; RenderCV makes one of the key.
    let title = |key: &str| {
        let chosen =
            chosen.iter().find(|(word, _)| word == key).and_then(|(_, title)| title.clone());
        let titles = chosen.into_iter().chain([words.title(key)]);
        { titles }.find(|title| is_titled(title, key)).unwrap_or_else(|| key.to_owned())
    };
    let mut add = |word: &str, title: String, entries: Vec<Value>| {
        if !entries.is_empty() {
            sections.push((word.to_owned(), title, Value::from(entries)));
        }
    };
    let summary = version(&mut record["profile"], "summary");
    add("", title("summary"), summary.into_iter().map(Value::from).collect());
    for (kind, key) in
        [("work", "experience"), ("education", "education"), ("volunteering", "volunteering")]
    {
        let career = items(&mut record, "career").iter_mut();
        let entries = career.filter(|entry| kind_of(entry) == kind);
        add(key, title(key), entries.flat_map(|entry| positions(entry, kind)).collect());
    }
    for (key, write) in SECTIONS {
        add(key, title(key), items(&mut record, key).iter_mut().map(write).collect());
    }
    for section in items(&mut record, "sections") {
        let id = text(section, "id").unwrap_or_default();
        let name = text(section, "title").unwrap_or_else(|| words.title(&id));
        let entries: Vec<Value> = items(section, "entries").iter_mut().map(credit).collect();
        let lines: Vec<Value> = items(section, "lines").iter_mut().map(line).collect();
        let said =
            if entries.is_empty() && lines.is_empty() { text(section, "text") } else { None };
        // A section of RenderCV has entries of one kind.
        add(&id, name.clone(), entries);
        add(&id, name.clone(), lines);
        add(&id, name, said.into_iter().map(Value::from).collect());
    }
    let place = |word: &str| match chosen.iter().position(|(other, _)| other == word) {
        _ if word.is_empty() => (0, 0),
        Some(at) => (1, at),
        None => (2, usual_place(word)),
    };
    sections.sort_by_key(|(word, ..)| place(word));
    let mut titled = Map::new();
    for (_, title, entries) in sections {
        let names = (1..).map(|number| match number {
            1 => title.clone(),
            number => format!("{title} ({number})"),
        });
        if let Some(name) = { names }.find(|name| !titled.contains_key(name)) {
            titled.insert(name, entries);
        }
    }
    if !titled.is_empty() {
        cv.insert("sections".to_owned(), titled.into());
    }
    let mut value = json!({ "cv": cv });
    if let Some(name) = locale(language) {
        value["locale"] = json!({ "language": name });
    }
    let mut left = BTreeMap::new();
    count(&record, "", &mut left);
    Exported { value, left }
}

/// The order of sections that the record has for the complete résumé, with titles.
fn chosen(sections: &Value) -> Vec<(String, Option<String>)> {
    let sections = sections.as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let section = |section: &Value| match section {
        Value::String(word) => Some((word.clone(), None)),
        section => Some((text(&section["name"])?, text(&section["title"]))),
    };
    sections.filter_map(section).collect()
}

/// Keys of the record that are about documents.
const SETTINGS: [&str; 7] = ["site", "theme", "formats", "build", "checks", "tags", "cover"];

/// The paths of the values in what is left, and how many there are.
fn count(value: &Value, path: &str, left: &mut BTreeMap<String, usize>) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            items.iter().for_each(|item| count(item, &format!("{path}[]"), left));
        }
        // Ids are made anew by an import.
        Value::Object(entries) => {
            entries.iter().filter(|(key, _)| *key != "id").for_each(|(key, value)| {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                count(value, &path, left);
            })
        }
        _ => *left.entry(path.to_owned()).or_default() += 1,
    }
}

fn take(value: &mut Value, key: &str) -> Option<Value> {
    value.as_object_mut()?.remove(key)
}

/// Takes a text.
fn text(value: &mut Value, key: &str) -> Option<String> {
    match value.get(key)? {
        Value::String(_) => take(value, key)?.as_str().map(str::to_owned),
        _ => None,
    }
}

/// Takes a text of the profile; of several versions the first, which is the one for everybody.
fn version(profile: &mut Value, key: &str) -> Option<String> {
    match items(profile, key).first_mut() {
        Some(Value::String(first)) => Some(std::mem::take(first)),
        Some(first) => text(first, "text"),
        None => text(profile, key),
    }
}

/// The items of a list.
fn items<'a>(value: &'a mut Value, key: &str) -> &'a mut [Value] {
    value.get_mut(key).and_then(Value::as_array_mut).map(Vec::as_mut_slice).unwrap_or_default()
}

/// Takes the texts of a list; of its items that are maps, those of a key.
fn texts(value: &mut Value, key: &str, of: &str) -> Vec<String> {
    let texts: Vec<String> = items(value, key)
        .iter_mut()
        .filter_map(|item| match item {
            Value::String(text) => Some(std::mem::take(text)),
            item => text(item, of),
        })
        .collect();
    if let Some(Value::Array(items)) = value.get_mut(key) {
        items.retain(|item| item != "");
    }
    texts
}

/// Takes a place, as one text.
fn location(value: &mut Value) -> Option<String> {
    match take(value, "location")? {
        Value::String(text) => Some(text),
        Value::Object(parts) => {
            let parts: Vec<&str> = parts.values().filter_map(Value::as_str).collect();
            Some(parts.join(", "))
        }
        _ => None,
    }
}

/// An entry with those of its values that there are.
fn entry<const N: usize>(values: [(&str, Option<Value>); N]) -> Value {
    let values = values.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Value::Object(values.collect())
}

fn some(text: Option<String>) -> Option<Value> {
    text.map(Value::from)
}

/// The head of the page.
fn head(profile: &mut Value) -> Map<String, Value> {
    // RenderCV takes only numbers that can be dialled from anywhere.
    let phone = profile["phone"].as_str().is_some_and(|phone| phone.starts_with('+'));
    let phone = if phone { text(profile, "phone") } else { None };
    let links = items(profile, "links").iter_mut().map(|link| {
        let (network, url) = (text(link, "network"), text(link, "url"));
        entry([
            ("placeholder", some(network)),
            ("url", some(url)),
            ("fontawesome_icon", Some("link".into())),
        ])
    });
    let links: Vec<Value> = links.collect();
    let head = entry([
        ("name", some(text(profile, "name"))),
        ("headline", some(version(profile, "role").or_else(|| version(profile, "headline")))),
        ("location", some(location(profile))),
        ("email", some(text(profile, "email"))),
        ("phone", some(phone)),
        ("website", some(text(profile, "url"))),
        ("custom_connections", (!links.is_empty()).then(|| links.into())),
    ]);
    head.as_object().cloned().unwrap_or_default()
}

/// The keys that most entries have: dates, place, words, address.
fn details(value: &mut Value) -> [(&'static str, Option<Value>); 8] {
    let (start, end) = (text(value, "start"), text(value, "end"));
    let date = text(value, "dates").or_else(|| text(value, "date"));
    // RenderCV lets a start without an end go on, and takes an end only with a start.
    let (start, end, date) = match (start, end, date) {
        (start, end, Some(date)) => {
            give_back(value, "start", start);
            give_back(value, "end", end);
            (None, None, Some(date))
        }
        (Some(start), None, None) => (None, None, Some(start)),
        (None, Some(end), None) => (None, None, Some(end)),
        dates => dates,
    };
    let technologies = texts(value, "technologies", "name");
    let highlights = texts(value, "highlights", "text");
    let highlights: Vec<String> =
        highlights.into_iter().map(|text| text.replace("\n- ", " - ")).collect();
    [
        ("date", some(date)),
        ("start_date", some(start)),
        ("end_date", some(end)),
        ("location", some(location(value))),
        ("summary", some(text(value, "summary"))),
        ("highlights", (!highlights.is_empty()).then(|| highlights.into())),
        // RenderCV's templates take keys of one's own as texts.
        ("technologies", (!technologies.is_empty()).then(|| technologies.join(", ").into())),
        ("url", some(text(value, "url"))),
    ]
}

/// Puts a value back that was taken.
fn give_back(value: &mut Value, key: &str, taken: Option<String>) {
    if let (Some(entries), Some(taken)) = (value.as_object_mut(), taken) {
        entries.insert(key.to_owned(), taken.into());
    }
}

fn with(mut entry: Value, more: impl IntoIterator<Item = (&'static str, Option<Value>)>) -> Value {
    if let Some(entries) = entry.as_object_mut() {
        let more = more.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
        entries.extend(more);
    }
    entry
}

/// The positions of a career entry, each an entry of its own.
fn positions(career: &mut Value, kind: &str) -> Vec<Value> {
    let _ = take(career, "kind");
    let organization = text(career, "organization");
    let (place, url) = (location(career), text(career, "url"));
    let of_entry: Vec<(&str, Option<Value>)> =
        OF_POSITION.iter().map(|key| (*key, take(career, key))).collect();
    let mut entries = Vec::new();
    for (at, position) in items(career, "positions").iter_mut().enumerate() {
        if let Some(keys) = position.as_object_mut() {
            // What an employer's entry says stands with its first position.
            let first = of_entry.iter().filter(|_| at == 0);
            let first = first.filter_map(|(key, value)| Some((*key, value.clone()?)));
            first.for_each(|(key, value)| {
                keys.entry(key).or_insert(value);
            });
            for (key, value) in [("location", &place), ("url", &url)] {
                if let Some(value) = value {
                    keys.entry(key).or_insert_with(|| value.as_str().into());
                }
            }
        }
        let (title, department) = (text(position, "title"), text(position, "department"));
        let name = some(organization.clone());
        let entry = match kind {
            "education" => {
                // An area is what RenderCV needs, a degree is not.
                let (degree, area) = match department {
                    Some(area) => (title, Some(area)),
                    None => (None, title),
                };
                let score = text(position, "score");
                entry([
                    ("institution", name),
                    ("area", some(area)),
                    ("degree", some(degree)),
                    ("grade", some(score)),
                ])
            }
            _ => {
                give_back(position, "department", department);
                entry([("company", name), ("position", some(title))])
            }
        };
        entries.push(with(entry, details(position)));
    }
    entries
}

fn project(value: &mut Value) -> Value {
    let name = entry([("name", some(text(value, "name")))]);
    with(name, details(value))
}

/// A certificate, an award, or an entry of a section of one's own.
fn credit(value: &mut Value) -> Value {
    let (name, by) = (text(value, "name"), text(value, "by"));
    with(entry([("name", some(name)), ("issuer", some(by))]), details(value))
}

fn line(value: &mut Value) -> Value {
    let (label, details) = (text(value, "label"), text(value, "text"));
    entry([("label", some(label)), ("details", some(details))])
}

fn skill(value: &mut Value) -> Value {
    let name = text(value, "name");
    named(name, texts(value, "skills", "name"))
}

fn interest(value: &mut Value) -> Value {
    let name = text(value, "name");
    named(name, texts(value, "keywords", ""))
}

fn language_line(value: &mut Value) -> Value {
    let (language, fluency) = (text(value, "language"), text(value, "fluency"));
    named(language, fluency.into_iter().collect())
}

/// A line of names; RenderCV needs something in it.
fn named(label: Option<String>, names: Vec<String>) -> Value {
    entry([("label", some(label)), ("details", Some(names.join(", ").into()))])
}

fn publication(value: &mut Value) -> Value {
    let (name, authors) = (text(value, "name"), texts(value, "authors", ""));
    let journal = text(value, "venue").or_else(|| text(value, "by"));
    let doi = text(value, "doi");
    let paper = entry([
        ("title", some(name)),
        ("authors", Some(authors.into())),
        ("journal", some(journal)),
        ("doi", some(doi)),
    ]);
    with(paper, details(value))
}

fn reference(value: &mut Value) -> Value {
    entry([("name", some(text(value, "name"))), ("summary", some(text(value, "reference")))])
}
