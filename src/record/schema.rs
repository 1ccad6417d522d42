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

/// The key of a field, and other names by which it is read.
#[derive(Debug)]
pub struct Key {
    /// The name that is documented and written.
    pub name: String,
    /// Other names, such as those of other programs.
    pub also: &'static [&'static str],
}

impl Key {
    /// The key of a Rust field: `link_marks` is written `link-marks`.
    pub fn of(field: &str, also: &'static [&'static str]) -> Self {
        Self { name: field.trim_start_matches("r#").replace('_', "-"), also }
    }

    /// All its names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.also.iter().copied())
    }
}

/// A map of known keys.
#[derive(Debug, Default)]
pub struct Object {
    properties: Map<String, Value>,
    required: Vec<Value>,
    /// Which of the names of a key may be given: one.
    names: Vec<Value>,
}

impl Object {
    /// Adds a key with the schema and the description of its value.
    pub fn key(&mut self, key: &Key, mut schema: Value, required: bool, docs: &[&str]) {
        for other in key.also {
            let mut same = schema.clone();
            if let Value::Object(same) = &mut same {
                let words = format!("Another name of `{}`.", key.name);
                same.insert("description".to_owned(), words.into());
                same.insert("deprecated".to_owned(), true.into());
            }
            self.properties.insert((*other).to_owned(), same);
        }
        if let Value::Object(schema) = &mut schema {
            schema.insert("description".to_owned(), words(docs).into());
        }
        self.properties.insert(key.name.clone(), schema);
        let names: Vec<&str> = key.names().collect();
        match (names.as_slice(), required) {
            ([name], true) => self.required.push((*name).into()),
            ([_], false) => {}
            (several, _) => {
                let mut one: Vec<Value> =
                    several.iter().map(|name| json!({ "required": [name] })).collect();
                if !required {
                    one.push(json!({ "not": { "anyOf": one } }));
                }
                self.names.push(json!({ "oneOf": one }));
            }
        }
    }

    /// The schema of the map.
    pub fn build(self, docs: &[&str]) -> Value {
        let mut schema = json!({
            "description": words(docs),
            "type": "object",
            "properties": self.properties,
            "additionalProperties": false,
        });
        if let Value::Object(schema) = &mut schema {
            if !self.required.is_empty() {
                schema.insert("required".to_owned(), self.required.into());
            }
            if !self.names.is_empty() {
                schema.insert("allOf".to_owned(), self.names.into());
            }
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
