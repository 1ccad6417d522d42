//! `docs/fields.md`: every key of a record, from the schema of its types.

use std::collections::VecDeque;

use resume::record::json_schema::schema;
use serde_json::Value;

use crate::support::bless::bless;
use crate::theme_settings::{SETTINGS, picture};

/// Examples of what is any text to the schema.
const EXAMPLES: [(&str, &str); 42] = [
    ("url", "https://example.org/"),
    ("email", "name@example.org"),
    ("phone", "+82 2-123-4567"),
    ("file", "photo.jpg"),
    ("path", "/notes/"),
    ("home", "Home"),
    ("title", "Staff engineer"),
    ("name", "Name Surname"),
    ("by", "Organization"),
    ("venue", "Journal of Examples"),
    ("volume", "12"),
    ("issue", "3"),
    ("pages", "34–56"),
    ("dates", "Spring 2026"),
    ("duration", "two summers"),
    ("kind", "conference paper"),
    ("status", "under review"),
    ("level", "advanced"),
    ("fluency", "fluent"),
    ("role", "Developer"),
    ("department", "Platform"),
    ("score", "4.3/4.5"),
    ("courses", "Databases"),
    ("location", "Seoul"),
    ("address", "1 Main Street"),
    ("postal-code", "12345"),
    ("city", "Seoul"),
    ("region", "Gyeonggi"),
    ("country", "Korea"),
    ("label", "Work permit"),
    ("network", "GitHub"),
    ("username", "name"),
    ("organization", "Organization"),
    ("technologies", "Rust"),
    ("keywords", "Typst"),
    ("aliases", "k8s"),
    ("authors", "N. Surname, A. Author"),
    ("language", "English"),
    ("headline", "Builds **quiet** systems"),
    ("alt", "Portrait"),
    ("footer", "Printed from {site}"),
    ("emoji", "🔧"),
];
/// Types of any text.
const TEXTS: [&str; 3] = ["Text", "Phrase", "Location"];

const HEAD: &str = "\
# Fields

Every key of a record, with its type and an example. The program reads and checks the same types;
`resume schema` prints them for editors. A key marked * is required. A key in parentheses is another name
of the one after it.

";

/// The words of a type's name: `LongSkill` is `long skill`.
fn words(name: &str) -> String {
    let mut words = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

/// The definitions of the schema, in the order in which they are met, each once.
struct Fields {
    schema: Value,
    open: VecDeque<String>,
    seen: Vec<String>,
}

impl Fields {
    fn definition(&self, name: &str) -> &Value {
        &self.schema["$defs"][name]
    }

    /// The type of a value in words, and an example of it.
    fn kind(&mut self, key: &str, schema: &Value) -> (String, String) {
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
            if !self.seen.iter().any(|seen| seen == name) {
                self.seen.push(name.to_owned());
                self.open.push_back(name.to_owned());
            }
            let definition = self.definition(name).clone();
            let known = EXAMPLES.iter().find(|(known, _)| *known == key && TEXTS.contains(&name));
            let link = format!("[{0}](#{1})", words(name), words(name).replace(' ', "-"));
            let example = definition["examples"][0].clone();
            let example = known.map_or(example, |(_, example)| (*example).into());
            let example = match (&example, definition["enum"][0].as_str()) {
                (Value::Null, Some(word)) => word.to_owned(),
                (Value::Null, None) if definition["type"] == "integer" => "5".to_owned(),
                (Value::Null, None) => String::new(),
                (Value::String(text), _) => text.clone(),
                (other, _) => other.to_string(),
            };
            return (link, example);
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            let found: Vec<(String, String)> = choices
                .iter()
                .filter(|choice| choice["type"] != "null")
                .map(|choice| self.kind(key, choice))
                .collect();
            let kinds: Vec<&str> = found.iter().map(|(kind, _)| kind.as_str()).collect();
            let example = found.iter().map(|(_, example)| example).find(|one| !one.is_empty());
            return (kinds.join(" or "), example.cloned().unwrap_or_default());
        }
        let is = |kind: &str| match &schema["type"] {
            Value::Array(kinds) => kinds.iter().any(|one| one == kind),
            one => one == kind,
        };
        if is("array") {
            let (kind, example) = self.kind(key, &schema["items"]);
            let example = if example.is_empty() { example } else { format!("[{example}]") };
            return (format!("list of {kind}"), example);
        }
        let known = EXAMPLES.iter().find(|(name, _)| *name == key).map(|(_, example)| *example);
        let (kind, example) = match () {
            () if schema["enum"].is_array() => ("word", schema["enum"][0].as_str().unwrap_or("1")),
            () if is("boolean") => ("`true` or `false`", "true"),
            () if is("integer") => ("whole number", "3"),
            () if is("number") && !is("string") => ("number", "1"),
            () if is("object") => ("map", ""),
            () => ("text", known.unwrap_or("words")),
        };
        (kind.to_owned(), example.to_owned())
    }

    /// The heading, the description and the keys of a definition.
    fn describe(&mut self, name: &str) -> String {
        let definition = self.definition(name).clone();
        let about = definition["description"].as_str().unwrap_or_default();
        let mut out = format!("## {}\n\n{about}\n\n", words(name));
        let Some(properties) = definition["properties"].as_object() else {
            // The forms of a value may have keys of their own.
            let (kind, _) = self.kind("", &definition);
            let examples = definition["examples"].as_array().into_iter().flatten();
            let examples: Vec<String> = examples.map(|one| format!("`{one}`")).collect();
            if kind.contains('#') {
                out += &format!("It is {kind}.\n\n");
            }
            if !examples.is_empty() {
                out += &format!("Examples: {}\n\n", examples.join(", "));
            }
            return out;
        };
        let required = |key: &str| {
            let named = definition["required"].as_array().into_iter().flatten().any(|k| k == key);
            let one_of = definition["allOf"].as_array().into_iter().flatten().any(|names| {
                let names = names["oneOf"].as_array().expect("names");
                names.iter().all(|name| name["not"].is_null())
                    && names.iter().any(|name| name["required"][0] == key)
            });
            named || one_of
        };
        out += "| key | type | is | example |\n|---|---|---|---|\n";
        for (key, property) in properties {
            let (kind, example) = self.kind(key, property);
            let about = property["description"].as_str().unwrap_or_default();
            let shown = match (property["deprecated"] == true, required(key)) {
                (true, _) => format!("(`{key}`)"),
                (false, true) => format!("`{key}` *"),
                (false, false) => format!("`{key}`"),
            };
            // A map has keys of its own, below.
            let example = match (example.as_str(), kind.starts_with("list of ")) {
                ("", true) => "[{…}]".to_owned(),
                ("", false) => "{…}".to_owned(),
                // YAML reads the quotation marks of JSON.
                (text, _)
                    if text.contains(['\n', '#', '{', '"']) && !text.starts_with(['{', '[']) =>
                {
                    Value::from(text).to_string()
                }
                (text, _) => text.to_owned(),
            };
            let ticks = if example.contains('`') { "`` " } else { "`" };
            let end: String = ticks.chars().rev().collect();
            let example = format!("{ticks}{key}: {}{end}", example.replace('|', "\\|"));
            out += &format!("| {shown} | {kind} | {} | {example} |\n", about.replace('|', "\\|"));
        }
        out += "\n";
        if name == "Theme" {
            for setting in &SETTINGS {
                let shown =
                    setting.values.iter().map(|value| format!("`{}: {value}`", setting.key));
                let shown = shown.collect::<Vec<_>>().join(", ");
                let picture = picture(setting);
                out += &format!("{shown}:\n\n![{shown}](images/settings/{picture}.png)\n\n");
            }
        }
        out
    }
}

#[test]
fn every_key_has_its_line() {
    let schema = schema(None).expect("a schema");
    let mut fields = Fields { schema, open: VecDeque::new(), seen: vec!["Record".to_owned()] };
    fields.open.push_back("Record".to_owned());
    let mut out = HEAD.to_owned();
    while let Some(name) = fields.open.pop_front() {
        out += &fields.describe(&name);
    }
    let all = fields.schema["$defs"].as_object().expect("definitions");
    let missing: Vec<&String> = all.keys().filter(|name| !fields.seen.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?} are not documented");
    bless("docs/fields.md", &format!("{}\n", out.trim_end()));
}
