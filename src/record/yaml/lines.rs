//! Lines of a YAML file, and how a value is written in quotes.
//!
//! This file must not know what any key means.

/// Where the line of a byte ends, before its line feed.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline)
}

/// Start and end of the line that contains a byte.
pub(super) fn line_at(text: &str, at: usize) -> (usize, usize) {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    (start, line_end(text, at))
}

/// Bytes of white space at the beginning of a line.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A text as a YAML value in quotes.
pub fn quoted(text: &str) -> String {
    match text.contains(['"', '\\']) && !text.contains('\'') {
        true => format!("'{text}'"),
        false => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
    }
}

/// The words from one byte to another in quotes, after the `-` or the key that they belong to:
/// `- "Migrated billing: 40 % cheaper"`.
pub fn quoted_line(text: &str, start: usize, end: usize) -> String {
    let words: Vec<&str> = text[start..end].split_whitespace().collect();
    // Inside brackets the value alone is shown. A line may be as long as its file.
    let before = text[..start].rfind(['\n', '[', '{', '"', '\'']).map_or(0, |at| at + 1);
    let own_line = before == 0 || text[..before].ends_with('\n');
    let head = if own_line { text[before..start].trim() } else { "" };
    let blank = if head.is_empty() { "" } else { " " };
    format!("{head}{blank}{}", quoted(&words.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::{quoted, quoted_line};

    #[test]
    fn values_are_quoted_where_they_stand() {
        let text = "a:\n  - Led it: fast\n  b: [x, y: z]\n";
        assert_eq!(quoted_line(text, 7, 19), "- \"Led it: fast\"");
        assert_eq!(quoted_line(text, 29, 33), "\"y: z\"");
        assert_eq!(quoted(r#"a "b" \c"#), r#"'a "b" \c'"#);
        assert_eq!(quoted("it's \"b\""), "\"it's \\\"b\\\"\"");
    }
}
