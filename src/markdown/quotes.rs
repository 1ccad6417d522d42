//! Straight quotation marks become those of the language.
//!
//! Prose and single texts (names, titles) follow one rule. Marks the author wrote as they should look
//! are left alone, as are dashes and dots: what is typed is printed.

use std::borrow::Cow;
use std::fmt;

use comrak::Node;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::NodeValue;

use crate::markdown::links::is_bare;

/// The quotation marks of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks {
    /// Open, close, open inside, close inside.
    signs: [char; 4],
    /// Whether the first two have a blank on their inner side.
    spaced: bool,
}

/// The marks of English, and of Korean in the south.
pub const COMMON: Marks = Marks { signs: ['“', '”', '‘', '’'], spaced: false };

impl Marks {
    /// The marks as they are displayed: four signs, and a blank behind them where the outer ones have one.
    pub fn read(text: &str) -> Option<Self> {
        let signs: Vec<char> = text.trim_end_matches(' ').chars().collect();
        Some(Self { signs: signs.try_into().ok()?, spaced: text.ends_with(' ') })
    }
}

impl fmt::Display for Marks {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let [open, close, inner, end] = self.signs;
        write!(f, "{open}{close}{inner}{end}{}", if self.spaced { " " } else { "" })
    }
}

/// The sign that stands for what is left out, whatever the marks.
const APOSTROPHE: char = '’';

/// The marks of a language tag.
pub fn of(language: &str) -> Marks {
    let signs = match (language, language.split('-').next().unwrap_or_default()) {
        ("ko-KP", _) => ['《', '》', '〈', '〉'],
        ("zh-TW" | "zh-HK" | "zh-MO" | "zh-Hant" | "zh-Hant-TW" | "zh-Hant-HK", _) | (_, "ja") => {
            ['「', '」', '『', '』']
        }
        (_, "de" | "cs" | "sk" | "sl" | "is" | "lt" | "bg") => ['„', '“', '‚', '‘'],
        (_, "pl" | "hu" | "ro") => ['„', '”', '«', '»'],
        (_, "ru" | "uk" | "be") => ['«', '»', '„', '“'],
        ("pt-PT", _) | (_, "fr" | "es" | "it" | "el" | "nb" | "nn" | "no" | "ar") => {
            ['«', '»', '“', '”']
        }
        (_, "sv" | "fi" | "he") => ['”', '”', '’', '’'],
        _ => return COMMON,
    };
    // In Switzerland nothing is between the marks and the words.
    Marks { signs, spaced: language.starts_with("fr") && language != "fr-CH" }
}

/// A text of its own with the marks of a language.
pub fn typographic<'t>(text: &'t str, language: &str) -> Cow<'t, str> {
    Quoter::new(of(language)).set(' ', text)
}

/// Sets the marks of a tree, paragraph by paragraph: neither in code nor in an address that stands for
/// itself.
pub(super) fn set_quotes<'a>(root: Node<'a>, marks: Marks) {
    let (mut quoter, mut before) = (Quoter::new(marks), ' ');
    let mut outer = Vec::new();
    for edge in root.traverse() {
        let node = match edge {
            NodeEdge::Start(node) => node,
            NodeEdge::End(node) => {
                if matches!(node.data().value, NodeValue::Image(_)) {
                    quoter = outer.pop().unwrap_or(quoter);
                    before = OBJECT;
                }
                continue;
            }
        };
        let bare = node.parent().is_some_and(is_bare);
        match &mut node.data_mut().value {
            NodeValue::Text(text) => {
                let last = text.chars().next_back().unwrap_or(' ');
                if !bare {
                    *text = quoter.set(before, text).into_owned().into();
                }
                before = last;
            }
            NodeValue::Code(code) => before = code.literal.chars().next_back().unwrap_or(' '),
            NodeValue::HtmlInline(html) => before = html.chars().next_back().unwrap_or(' '),
            NodeValue::SoftBreak | NodeValue::LineBreak => before = ' ',
            NodeValue::FootnoteReference(_) => before = OBJECT,
            // The words that stand for a picture are a text of their own.
            NodeValue::Image(_) => {
                outer.push(std::mem::replace(&mut quoter, Quoter::new(marks)));
                before = ' ';
            }
            value if value.block() => {
                quoter = Quoter::new(marks);
                before = ' ';
            }
            _ => {}
        }
    }
}

/// U+FFFC: a picture or a footnote mark among words.
const OBJECT: char = '\u{fffc}';

/// Sets the marks of one paragraph, run by run.
#[derive(Debug, Clone)]
pub struct Quoter {
    marks: Marks,
    /// Whether a double, a single mark is open.
    open: [bool; 2],
}

impl Quoter {
    /// Nothing is open yet.
    pub fn new(marks: Marks) -> Self {
        Self { marks, open: [false; 2] }
    }

    /// A run of text after the character `before`.
    pub fn set<'t>(&mut self, before: char, text: &'t str) -> Cow<'t, str> {
        if !text.contains(['"', '\'']) {
            return Cow::Borrowed(text);
        }
        let mut before = before;
        let mut out = String::with_capacity(text.len() + 8);
        for (at, c) in text.char_indices() {
            let after = &text[at + c.len_utf8()..];
            let set = match c {
                '"' => self.double(before, after),
                '\'' => self.single(before, after),
                other => other,
            };
            let [open, close, ..] = self.marks.signs;
            let spaced = self.marks.spaced && c == '"';
            if spaced && set == close {
                out.push(' ');
            }
            out.push(set);
            if spaced && set == open {
                out.push(' ');
            }
            before = c;
        }
        Cow::Owned(out)
    }

    fn double(&mut self, before: char, after: &str) -> char {
        let next = after.chars().next();
        if self.open[0] {
            self.open[0] = false;
            return self.marks.signs[1];
        }
        // `24"` is a measure, and a mark that nothing follows opens nothing.
        let begins = opens_after(before) || next.is_some_and(char::is_alphanumeric);
        if before.is_ascii_digit() || !begins || next.is_some_and(char::is_whitespace) {
            return '"';
        }
        self.open[0] = true;
        self.marks.signs[0]
    }

    fn single(&mut self, before: char, after: &str) -> char {
        let next = after.chars().next();
        let inside = before.is_alphanumeric() && next.is_some_and(|c| c.is_ascii_alphabetic());
        if self.open[1] && !(inside && before.is_ascii_alphabetic()) {
            self.open[1] = false;
            return self.marks.signs[3];
        }
        if opens_after(before) {
            // `'24` leaves the century out.
            if next.is_some_and(|c| c.is_ascii_digit()) && !after.contains('\'') {
                return APOSTROPHE;
            }
            if next.is_some_and(char::is_whitespace) {
                return '\'';
            }
            self.open[1] = true;
            return self.marks.signs[2];
        }
        // `6'` is a measure.
        if before.is_ascii_digit() && !inside { '\'' } else { APOSTROPHE }
    }
}

/// Whether a mark after this character begins a quotation.
fn opens_after(before: char) -> bool {
    before.is_whitespace() || "([{<「『《〈“‘\"'-–—/=:".contains(before)
}

#[cfg(test)]
mod tests {
    use super::{Marks, Quoter, of, typographic};

    #[test]
    fn marks_are_written_as_they_are_read() {
        for language in ["en", "fr", "ru"] {
            assert_eq!(Marks::read(&of(language).to_string()), Some(of(language)));
        }
        assert_eq!(Marks::read("“”"), None);
    }

    #[test]
    fn straight_marks_become_those_of_the_language() {
        assert_eq!(typographic("그는 \"안녕\"이라고 했다", "ko"), "그는 “안녕”이라고 했다");
        assert_eq!(typographic("the \"lab's 'own'\" tool", "en"), "the “lab’s ‘own’” tool");
        assert_eq!(typographic("\"하나\"와 '둘'을", "ko-KP"), "《하나》와 〈둘〉을");
        assert_eq!(typographic("ein \"Wort\"", "de-AT"), "ein „Wort“");
        assert_eq!(typographic("(\"x\")", "en"), "(“x”)");
        assert_eq!(typographic("le \"mot 'clé'\"", "fr"), "le « mot “clé” »");
        assert_eq!(typographic("le \"mot\"", "fr-CH"), "le «mot»");
        assert_eq!(typographic("말했다\"그렇다\"", "ko"), "말했다“그렇다”");
    }

    #[test]
    fn an_apostrophe_is_no_quotation_mark() {
        assert_eq!(typographic("clients' data, Master's", "en"), "clients’ data, Master’s");
        assert_eq!(typographic("since '24", "ko-KP"), "since ’24");
        assert_eq!(typographic("the 90's", "en"), "the 90’s");
        assert_eq!(typographic("'24시간' 운영", "ko"), "‘24시간’ 운영");
    }

    #[test]
    fn measures_and_marks_alone_stay() {
        assert_eq!(typographic("27\" and 6'", "en"), "27\" and 6'");
        assert_eq!(typographic("a \" b ' c", "en"), "a \" b ' c");
        assert_eq!(typographic("“그대로” -- ... ‘둔다’", "ko"), "“그대로” -- ... ‘둔다’");
    }

    #[test]
    fn a_quotation_reaches_over_runs() {
        let mut quoter = Quoter::new(of("en"));
        assert_eq!(quoter.set(' ', "say \""), "say “");
        assert_eq!(quoter.set('e', "\" again"), "” again");
    }
}
