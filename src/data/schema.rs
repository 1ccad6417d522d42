//! JSON Schema (draft 2020-12) of the record, built from the same declarations that read it.
//!
//! This file must not know any type of the record but the record itself.

use serde_json::{Map, Value, json};

use crate::data::Record;
use crate::data::read::Read;

/// The definitions that schemas refer to, by name.
#[derive(Debug, Default)]
pub struct Schemas {
    definitions: Map<String, Value>,
}

impl Schemas {
    /// Defines a type once and refers to it.
    pub fn define(&mut self, name: &str, build: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            // Keeps the place in the order while the fields are built.
            self.definitions.insert(name.to_owned(), Value::Null);
            let built = build(self);
            self.definitions.insert(name.to_owned(), built);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
}

/// The lines of a documentation comment as one text.
pub fn words(lines: &[&str]) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    lines.join(" ").trim().to_owned()
}

/// A map of known keys.
#[derive(Debug, Default)]
pub struct Object {
    properties: Map<String, Value>,
    required: Vec<Value>,
}

impl Object {
    /// Adds a key with the schema and the description of its value.
    pub fn key<T: Read>(&mut self, schemas: &mut Schemas, key: String, docs: &[&str]) {
        let mut schema = T::schema(schemas);
        if let Value::Object(schema) = &mut schema {
            schema.insert("description".to_owned(), words(docs).into());
        }
        if T::absent().is_none() {
            self.required.push(key.clone().into());
        }
        self.properties.insert(key, schema);
    }

    /// The schema of the map.
    pub fn build(self, docs: &[&str]) -> Value {
        let mut schema = json!({
            "description": words(docs),
            "type": "object",
            "properties": self.properties,
            "additionalProperties": false,
        });
        if let (Value::Object(schema), false) = (&mut schema, self.required.is_empty()) {
            schema.insert("required".to_owned(), self.required.into());
        }
        schema
    }
}

/// The same schema, with nothing allowed too.
pub fn optional(schema: Value) -> Value {
    match schema {
        Value::Object(mut map) => match map.get_mut("type") {
            Some(Value::String(one)) => {
                let kinds = json!([one, "null"]);
                map.insert("type".to_owned(), kinds);
                Value::Object(map)
            }
            _ => json!({ "anyOf": [map, { "type": "null" }] }),
        },
        other => other,
    }
}

/// The keys a record has, for whom the schema of one is printed.
pub fn keys() -> Vec<String> {
    let mut schemas = Schemas::default();
    Record::schema(&mut schemas);
    let properties = schemas.definitions.get("Record").and_then(|record| record.get("properties"));
    properties
        .and_then(Value::as_object)
        .map(|keys| keys.keys().cloned().collect())
        .unwrap_or_default()
}

/// The schema of a whole record, or of what stands in the file or folder named after one key.
/// `None` when a record has no such key.
pub fn schema(key: Option<&str>) -> Option<Value> {
    let mut schemas = Schemas::default();
    let mut root = Record::schema(&mut schemas);
    let mut title = "A record for `resume`".to_owned();
    if let Some(key) = key {
        let record = schemas.definitions.get("Record")?;
        root = record.get("properties")?.get(key)?.clone();
        title = format!("`{key}` of a record for `resume`");
        // A file of the folder holds one item, named after the file.
        let item = root.get("items").and_then(|item| item.get("$ref")).and_then(Value::as_str);
        let item = item.and_then(|item| schemas.definitions.get(item.rsplit('/').next()?));
        if let Some(mut item) =
            item.filter(|item| item.pointer("/properties/id").is_some()).cloned()
        {
            if let Some(Value::Array(required)) = item.get_mut("required") {
                required.retain(|key| key != "id");
            }
            root = json!({ "if": { "type": "object" }, "then": item, "else": root });
        }
    }
    let mut whole = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
    });
    if let (Value::Object(whole), Value::Object(root)) = (&mut whole, root) {
        whole.extend(root);
        whole.insert("$defs".to_owned(), schemas.definitions.into());
    }
    Some(whole)
}
