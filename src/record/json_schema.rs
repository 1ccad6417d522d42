//! The JSON Schema (draft 2020-12) of the record, built from the declarations that read it.
//!
//! This file must not know any type of the record but the record itself.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::record::model::record::Record;
use crate::record::read::Read;
use crate::record::schema::Schemas;

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

/// The schema of a whole record, or of the file or folder named after one key. `None` when a record
/// has no such key.
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
        let mut needed = BTreeSet::new();
        let mut found = vec![Value::Object(root.clone())];
        while let Some(value) = found.pop() {
            let new = references(&value).into_iter().filter(|name| needed.insert(name.clone()));
            let new: Vec<String> = new.collect();
            found.extend(new.iter().filter_map(|name| schemas.definitions.get(name).cloned()));
        }
        schemas.definitions.retain(|name, _| needed.contains(name));
        whole.extend(root);
        whole.insert("$defs".to_owned(), schemas.definitions.into());
    }
    Some(whole)
}

/// The names of the definitions that a schema refers to.
fn references(schema: &Value) -> Vec<String> {
    match schema {
        Value::Object(entries) => {
            let own = entries.get("$ref").and_then(Value::as_str).into_iter();
            let own = own.filter_map(|path| Some(path.rsplit('/').next()?.to_owned()));
            own.chain(entries.values().flat_map(references)).collect()
        }
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
