//! `resume schema`: the JSON Schema of the record.

use crate::error::Error;
use crate::record::json_schema;

/// The JSON Schema of the record, or of one of its keys.
///
/// # Errors
/// The record has no such key.
pub fn schema(key: Option<&str>) -> Result<String, Error> {
    json_schema::schema(key).map(|schema| format!("{schema:#}\n")).ok_or_else(|| {
        let (key, keys) = (key.unwrap_or_default(), json_schema::keys());
        let message = format!("a record has no key `{key}`");
        Error::unknown(message, key, keys.iter().map(String::as_str), || {
            format!("it has {}", keys.join(", "))
        })
    })
}
