//! `resume schema`: the JSON Schema of the record, and of the report of `resume tailor`.

use crate::error::Error;
use crate::record::json_schema;

/// The word for what `resume tailor` prints for programs.
const TAILOR: &str = "tailor";

/// The JSON Schema of the record, of one of its keys, or of what `resume tailor` prints for programs.
///
/// # Errors
/// The record has no such key.
pub fn schema(key: Option<&str>) -> Result<String, Error> {
    if key == Some(TAILOR) {
        return Ok(include_str!("../../docs/tailor.schema.json").to_owned());
    }
    json_schema::schema(key).map(|schema| format!("{schema:#}\n")).ok_or_else(|| {
        let (key, keys) = (key.unwrap_or_default(), json_schema::keys());
        let message = format!("a record has no key `{key}`");
        Error::unknown(message, key, keys.iter().map(String::as_str), || {
            format!("it has {}; `{TAILOR}` is the report of `resume tailor`", keys.join(", "))
        })
    })
}
