//! JSON Schema (draft 2020-12): the pieces that the declarations of the record are described with.

use serde_json::{Map, Value, json};

/// The definitions that schemas refer to, by name.
#[derive(Debug, Default)]
pub struct Schemas {
    pub(super) definitions: Map<String, Value>,
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
    pub fn key(&mut self, key: String, mut schema: Value, required: bool, docs: &[&str]) {
        if let Value::Object(schema) = &mut schema {
            schema.insert("description".to_owned(), words(docs).into());
        }
        if required {
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
