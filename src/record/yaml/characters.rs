//! Characters that cannot be what a writer meant: they do not show, turn the line around, or have
//! no meaning at all. Joiners and selectors stay where scripts and emoji need them.
//!
//! This file must not know YAML.

use unicode_properties::{
    EmojiStatus, GeneralCategory, UnicodeEmoji, UnicodeGeneralCategory, emoji,
};

use crate::diagnostics::Diagnostic;

/// What is wrong with a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// A control character: C0, C1, DEL.
    Control,
    /// Turns the order of the letters around (Unicode Standard Annex 9).
    Direction,
    /// Does not show.
    Invisible,
    /// Means nothing, or something else in every font: unassigned or for private use.
    Meaningless,
    /// U+FFFD: replaces a character that was lost.
    Lost,
}

/// The first characters of a text that should not be there, with their byte offsets.
pub fn oddities(text: &str) -> impl Iterator<Item = (usize, char, Oddity)> {
    text.char_indices().filter_map(|(at, c)| {
        // Nearly every character of a text is one of these.
        if matches!(c, ' '..='~' | '\n' | '\r' | '\t' | '가'..='힣') {
            return None;
        }
        Some((at, c, judge(text, at, c)?))
    })
}

fn judge(text: &str, at: usize, c: char) -> Option<Oddity> {
    let before = || text[..at].chars().next_back();
    let after = || text[at + c.len_utf8()..].chars().next();
    match c {
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => Some(Oddity::Control),
        '\u{202a}'..='\u{202e}' => Some(Oddity::Direction),
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2066}'..='\u{2069}' => {
            (!line(text, at).chars().any(leftward)).then_some(Oddity::Direction)
        }
        // A joiner holds an emoji sequence together, or shapes the letters of some scripts.
        '\u{200c}' | '\u{200d}' => {
            let joins = before().is_some_and(|b| joined(b) || (c == '\u{200d}' && pictured(b)))
                && after().is_some_and(|a| joined(a) || pictured(a));
            (!joins).then_some(Oddity::Invisible)
        }
        '\u{fe0e}' | '\u{fe0f}' => {
            let shaped = before().is_some_and(|b| b.emoji_status() != EmojiStatus::NonEmoji);
            (!shaped).then_some(Oddity::Invisible)
        }
        '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => {
            let letter = before().is_some_and(char::is_alphabetic);
            (!letter).then_some(Oddity::Invisible)
        }
        // Tags spell the region of a flag after a black flag.
        '\u{e0020}'..='\u{e007f}' => {
            let flag = text[..at].chars().rev().find(|&c| !emoji::is_tag_character(c));
            (flag != Some('\u{1f3f4}')).then_some(Oddity::Invisible)
        }
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'
        | '\u{2060}'..='\u{2065}'
        | '\u{206a}'..='\u{206f}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' => Some(Oddity::Invisible),
        '\u{fffd}' => Some(Oddity::Lost),
        c => matches!(
            c.general_category(),
            GeneralCategory::Unassigned | GeneralCategory::PrivateUse | GeneralCategory::Surrogate
        )
        .then_some(Oddity::Meaningless),
    }
}

/// The line of a text that contains a byte.
fn line(text: &str, at: usize) -> &str {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default()
}

/// Letters of scripts that run from right to left.
fn leftward(c: char) -> bool {
    c.is_alphabetic()
        && matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1eeff}')
}

/// Letters of scripts that joiners shape: Arabic to Khmer, and their marks.
fn joined(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// What an emoji sequence is made of.
fn pictured(c: char) -> bool {
    !c.is_ascii() && c.is_emoji_char_or_emoji_component()
}

/// The problem for a character.
pub fn odd_character(c: char, oddity: Oddity) -> Diagnostic {
    let name = format!("U+{:04X}", u32::from(c));
    match oddity {
        Oddity::Control => Diagnostic::error("E080", format!("the control character {name}")),
        Oddity::Direction => {
            Diagnostic::error("E080", format!("{name} turns the reading direction"))
        }
        Oddity::Invisible => Diagnostic::error("E080", format!("the invisible character {name}")),
        Oddity::Meaningless => {
            Diagnostic::error("E080", format!("{name} is no character of Unicode"))
        }
        Oddity::Lost => {
            Diagnostic::error("E081", format!("{name} marks where a character was lost"))
                .hint("write the character that belongs there")
        }
    }
    .hint_unless_any("delete it; it came along with a copied text")
}

#[cfg(test)]
mod tests {
    use super::{Oddity, oddities};

    fn found(text: &str) -> Vec<(usize, Oddity)> {
        oddities(text).map(|(at, _, oddity)| (at, oddity)).collect()
    }

    #[test]
    fn hidden_characters_are_found() {
        assert_eq!(found("a\u{200b}b"), [(1, Oddity::Invisible)]);
        assert_eq!(found("a\u{202e}b"), [(1, Oddity::Direction)]);
        assert_eq!(found("가\u{8}"), [(3, Oddity::Control)]);
        assert_eq!(
            found("가\u{e000}\u{378}"),
            [(3, Oddity::Meaningless), (6, Oddity::Meaningless)]
        );
        assert_eq!(found("가\u{200d}나\u{fe0f}").len(), 2);
        assert_eq!(found("\u{fffd}"), [(0, Oddity::Lost)]);
        assert_eq!(found("left\u{200f}"), [(4, Oddity::Direction)]);
        assert_eq!(found("\u{ad}\u{2060}\u{feff}\u{3164}\u{e0061}").len(), 5);
    }

    #[test]
    fn emoji_and_scripts_keep_their_joiners() {
        for text in [
            "👨‍👩‍👧 🏳️‍🌈 1️⃣ ❤️ 🧑🏽‍💻 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
            "می‌خواهم",
            "שלום\u{200f}!",
            "क्‍ष",
            "漢\u{e0100} — “인용” · 1·2 → ② ☑ ﷽",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
