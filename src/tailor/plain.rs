//! The lines of an advertisement: its text without HTML, addresses and marks, with the line breaks that were lost and
//! without those of a page.

use std::sync::LazyLock;

use htmd::{Element, HtmlToMarkdown};
use regex::{Captures, Regex};
use unicode_normalization::UnicodeNormalization;

use crate::tailor::lexicon::{is_common, is_stop};

/// How many line breaks were lost at least where more are looked for.
const MANY_BREAKS: usize = 3;

/// The lines of an advertisement; those that a page broke are joined, a rule is a blank line.
pub(super) fn lines(text: &str) -> Vec<String> {
    joined(&plain(text))
}

/// The text without what no reader takes for words: HTML, addresses, soft hyphens, compatible forms of
/// characters.
fn plain(text: &str) -> String {
    static TAG: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)</?(p|div|ul|li|br|h[1-6]|body|html|span|b|strong)(?-u:\b)[^>]*>").ok()
    });
    static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)(?-u:\b)(https?://|www\.)[^\s<>)\]]+|[\w.+-]+@[\w-]+(\.[\w-]+)+").ok()
    });
    // A line that is bold as a whole is a heading, below those with signs.
    static BOLD: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?m)^[ \t]*\*\*([^*\n]+)\*\*[ \t:]*$").ok());
    let tags = TAG.as_ref().map_or(0, |tag| tag.find_iter(text).count());
    // A few tags in a text of many lines are not its form.
    let is_html = tags * 2 > text.lines().count();
    let text = match &*TAG {
        _ if is_html => unhtml(text),
        Some(tag) if tags > 0 => tag.replace_all(text, "").into_owned(),
        _ => text.to_owned(),
    };
    let text = match BOLD.as_ref() {
        Some(bold) => bold.replace_all(&text, "####### $1").replace("**", ""),
        None => text,
    };
    let text: String = text.chars().filter(|c| !is_invisible(*c)).nfkc().collect();
    let text = with_breaks(&text);
    match ADDRESS.as_ref() {
        Some(address) => address.replace_all(&text, " ").into_owned(),
        None => text,
    }
}

/// A text whose line breaks were lost: `good writing skillsAbility to drive`, `to the directors.This role`. Where many
/// were, words that both have a capital are parted, too: `Valid LicenceDriving`.
fn with_breaks(text: &str) -> String {
    static LOST: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?-u:\b)([A-Za-z][a-z]+)(\.?)([A-Z](?:[a-z]+| ))").ok());
    let Some(lost) = LOST.as_ref() else { return text.to_owned() };
    let is_word = |word: &str| {
        let small = word.trim_end().to_lowercase();
        [small.strip_suffix('s').unwrap_or(&small), &small]
            .iter()
            .any(|word| is_stop(word) || is_common(word))
    };
    let part = |found: &Captures, is_lost: bool| {
        let [before, sign, after] = [1, 2, 3].map(|at| &found[at]);
        let is_long = before.len() > 2 && after.len() > 2;
        let is_small = before.starts_with(|c: char| c.is_ascii_lowercase());
        let is_end = match sign {
            "." => is_long && before.len() > 3,
            _ if is_lost => is_word(before) && (is_small || is_word(after)),
            _ => is_small && is_long && is_word(before),
        };
        is_end.then(|| format!("{before}{sign}\n{after}"))
    };
    let mut count = 0;
    let once = lost.replace_all(text, |found: &Captures| {
        let parted = part(found, false);
        count += usize::from(parted.is_some());
        parted.unwrap_or_else(|| found[0].to_owned())
    });
    if count < MANY_BREAKS {
        return once.into_owned();
    }
    let again = |found: &Captures| part(found, true).unwrap_or_else(|| found[0].to_owned());
    lost.replace_all(&once, again).into_owned()
}

/// Soft hyphens, joiners and marks without a width.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\r')
}

/// The words of HTML, with the headings and the items of its lists.
fn unhtml(html: &str) -> String {
    let words_only = |element: Element| (Some(element.content.to_owned()), true);
    let converter = HtmlToMarkdown::builder()
        .skip_tags(vec!["script", "style", "noscript", "template", "svg", "img", "head", "iframe"])
        .add_handler(vec!["a", "b", "strong", "i", "em", "u", "code"], words_only)
        .build();
    let markdown = converter.convert(html).unwrap_or_default();
    let mut out = String::with_capacity(markdown.len());
    let mut chars = markdown.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        if !escapes {
            out.push(c);
        }
    }
    out
}

/// The lines of a text; those that a page broke are joined.
fn joined(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim) {
        // A rule parts like a blank line.
        let line = if line.contains(char::is_alphanumeric) { line } else { "" };
        let small = line.starts_with(|c: char| c.is_ascii_lowercase());
        match lines.last_mut().filter(|last| small && !last.is_empty()) {
            Some(last) => {
                let word =
                    last.strip_suffix('-').filter(|rest| rest.ends_with(char::is_alphabetic));
                match word.map(str::len) {
                    Some(length) => last.truncate(length),
                    None => last.push(' '),
                }
                last.push_str(line);
            }
            None => lines.push(line.to_owned()),
        }
    }
    lines
}
