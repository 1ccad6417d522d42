//! Text of unknown origin in a message: control characters are shown as escapes.

use std::borrow::Cow;

/// Whether a character controls a terminal or changes the reading direction: C0, DEL and C1, the
/// directional marks of Unicode, and the separators that some terminals take for line feeds.
fn is_control(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with such characters written as escapes (`\u{1b}`). Line feeds and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c.escape_unicode().to_string())
}

/// JSON with such characters written as JSON escapes (`\u001b`): it means the same.
pub fn visible_json(json: &str) -> Cow<'_, str> {
    escaped(json, |c| format!("\\u{:04x}", u32::from(c)))
}

fn escaped(text: &str, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_control(c) { out += &escape(c) } else { out.push(c) }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_json};

    #[test]
    fn control_characters_are_escaped() {
        assert_eq!(visible("a\u{1b}[31m\u{9b}b\u{7f}\r"), "a\\u{1b}[31m\\u{9b}b\\u{7f}\\u{d}");
        assert_eq!(visible("\u{202e}x\u{2069}"), "\\u{202e}x\\u{2069}");
        let kept = "한글 é 👨‍👩‍👧\n\tשלום";
        assert_eq!(visible(kept), kept);
        let json = serde_json::to_string("\u{9b}\u{202e}\u{7f}").expect("JSON");
        assert!(visible_json(&json).is_ascii());
        let back: String = serde_json::from_str(&visible_json(&json)).expect("JSON");
        assert_eq!(back, "\u{9b}\u{202e}\u{7f}");
    }
}
