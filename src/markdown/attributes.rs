//! The attributes of code blocks and pictures: `mermaid caption="…"`, `width=60%`.

use crate::markdown::quotes::{Marks, Quoter};

/// The language of fenced code that is drawn as a diagram.
pub const DIAGRAM: &str = "mermaid";

/// Splits an info string into its language and its `key=value` pairs.
pub fn info(info: &str) -> (Option<String>, Vec<(String, String)>) {
    let info = info.trim();
    let (lang, rest) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
    let lang = (!lang.is_empty()).then(|| lang.to_owned());
    (lang, attributes(rest))
}

/// Reads `key=value key="value with spaces"` pairs; anything else is skipped.
pub fn attributes(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let Some(value) = after.strip_prefix('=') else {
            rest = after.trim_start();
            continue;
        };
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if !key.is_empty() {
            pairs.push((key.to_owned(), value.to_owned()));
        }
        rest = after.trim_start();
    }
    pairs
}

/// The caption in the title of a picture: its `caption`, or the whole title where it has no
/// attributes.
pub fn caption(title: &str, marks: Marks) -> Option<String> {
    let pairs = attributes(title);
    let caption = match pairs.iter().find(|(key, _)| key == "caption") {
        Some((_, caption)) => caption,
        None if pairs.is_empty() && !title.is_empty() => title,
        None => return None,
    };
    Some(Quoter::new(marks).set(' ', caption).into_owned())
}
