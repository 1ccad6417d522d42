//! A record in one of its languages, in its short form: what exports begin with.

use serde_json::Value;

/// Keys that are no part of a career: they say where the person applies.
pub const PRIVATE: [&str; 2] = ["applications", "tailoring"];
/// Values that a key has where it is not written.
const DEFAULTS: [(&str, &str); 3] = [("kind", "work"), ("order", "newest"), ("importance", "3")];

/// A record in one of its languages, without what it has where nothing is written. `languages` are its
/// languages, the most important first.
pub fn one_language(record: &Value, language: &str, languages: &[String]) -> Value {
    essential(&in_language(record, language, languages))
}

/// The kind of a career entry.
pub fn kind_of(entry: &Value) -> &str {
    entry["kind"].as_str().unwrap_or("work")
}

/// Texts in one language instead of a map of languages.
fn in_language(value: &Value, language: &str, languages: &[String]) -> Value {
    match value {
        Value::Object(entries)
            if !entries.is_empty() && entries.keys().all(|key| languages.contains(key)) =>
        {
            let wide = language.split('-').next().unwrap_or(language);
            let own = entries.get(language).or_else(|| entries.get(wide));
            let own = own.or_else(|| languages.iter().find_map(|language| entries.get(language)));
            own.cloned().unwrap_or_default()
        }
        Value::Object(entries) => {
            let inner = |(key, value): (&String, &Value)| {
                (key.clone(), in_language(value, language, languages))
            };
            Value::Object(entries.iter().map(inner).collect())
        }
        Value::Array(items) => {
            items.iter().map(|item| in_language(item, language, languages)).collect()
        }
        other => other.clone(),
    }
}

/// A value without what it has where nothing is written, in its short form.
fn essential(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let default = |key: &str, value: &Value| {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                DEFAULTS.contains(&(key, value.as_str()))
            };
            let kept = entries.iter().filter(|(key, value)| !default(key, value));
            let kept = kept.map(|(key, value)| {
                let value = essential(value);
                let value = match (key.as_str(), value) {
                    ("highlights" | "role" | "headline" | "summary", Value::Array(items)) => {
                        short(items, "text")
                    }
                    ("skills", Value::Array(items)) if entries.contains_key("name") => {
                        short(items, "name")
                    }
                    (_, value) => value,
                };
                (key.clone(), value)
            });
            Value::Object(kept.collect())
        }
        Value::Array(items) => items.iter().map(essential).collect(),
        Value::Number(number) => number.to_string().into(),
        Value::Bool(word) => word.to_string().into(),
        other => other.clone(),
    }
}

/// Items that have one key as the value of it.
fn short(items: Vec<Value>, only: &str) -> Value {
    let short = |item: Value| match &item {
        Value::Object(entries) if entries.len() == 1 => entries.get(only).cloned().unwrap_or(item),
        _ => item,
    };
    items.into_iter().map(short).collect()
}
