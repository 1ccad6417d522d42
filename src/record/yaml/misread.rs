//! Words that YAML drops, folds or reads as something else although the syntax is right: unintended
//! comments, lists inside a text, blanks that are not spaces.
//!
//! This file must not know what any key means.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

use crate::diagnostics::{Diagnostic, FileId, Place, brief};
use crate::record::yaml::lines::{indent, line_at, line_end};

/// Lines of a text that a hint writes anew.
const SHOWN_LINES: usize = 6;
/// What begins a list item in Markdown or in the texts that people paste.
const BULLETS: [&str; 3] = ["- ", "* ", "• "];

/// The comment after a plain value that ends at a byte, where it looks like a part of the value: a
/// figure follows the `#` directly (`#1 of 40`), or, after a single blank, a letter (`#rust`), a
/// sign that goes on with a sentence (`C #, Go`) or nothing (`C #`).
pub(super) fn cut(text: &str, end: usize) -> Option<Range<usize>> {
    let comment = text[end..].trim_start_matches([' ', '\t']);
    let start = text.len() - comment.len();
    // The end of the line is looked for only where it is needed: there are long lines.
    let words = comment.strip_prefix('#')?;
    let words = words[..line_end(words, 0)].trim_end();
    let blanks = start - end;
    let looks_meant = match words.chars().next() {
        Some(c) if c.is_ascii_digit() => true,
        Some(c) => blanks == 1 && (c.is_alphanumeric() || ",.;:/&+)".contains(c)),
        None => blanks == 1,
    };
    (blanks > 0 && looks_meant).then(|| start..start + 1 + words.len())
}

/// A problem for the first list item, code block or row of a table inside a text whose lines YAML
/// folds into one.
pub(super) fn folded(
    file: FileId,
    text: &str,
    span: Range<usize>,
    style: ScalarStyle,
) -> Option<Diagnostic> {
    if style == ScalarStyle::Literal || !text[span.clone()].contains('\n') {
        return None;
    }
    let lines: Vec<&str> = text[span.clone()].split('\n').collect();
    let block = style == ScalarStyle::Folded;
    // In a folded block, lines that are indented further keep their ends.
    let base = lines.iter().filter(|line| block && !line.trim().is_empty());
    let base = base.map(|line| indent(line)).skip(1).min();
    let kept = |line: &str| base.is_some_and(|base| indent(line) > base);
    let (number, line) = lines.iter().enumerate().skip(1).find(|(number, line)| {
        let before = lines[number - 1];
        let joined = !before.trim().is_empty() && !kept(before) && !kept(line);
        // `\` at the end of a line in double quotes says what becomes of the line.
        joined && !before.trim_end().ends_with('\\') && is_block(line.trim())
    })?;
    let start = span.start + lines[..number].iter().map(|line| line.len() + 1).sum::<usize>();
    let words = line.trim().trim_end_matches(['"', '\'']);
    let start = start + line.find(words)?;
    let message = format!("`{}` becomes a part of the line above", brief(words));
    let diagnostic = Diagnostic::error("E086", message)
        .at(Place { file, start, end: start + words.len() })
        .label("YAML folds these lines into one");
    Some(if block {
        diagnostic.hint("write `|` in place of `>`: it keeps the lines as they are")
    } else {
        let (first, _) = line_at(text, span.start);
        let head = text[first..span.start].trim_start();
        diagnostic
            .hint(format!("`|` keeps the lines:\n{}", literal(head, &lines)))
            .hint("a dash that is no bullet goes to the end of the line above")
    })
}

/// Whether a line begins a list item, a code block or a row of a table.
fn is_block(line: &str) -> bool {
    BULLETS.iter().any(|bullet| line.starts_with(bullet))
        || line.starts_with("1. ")
        || line.starts_with("1) ")
        || line.starts_with("```")
        || (line.starts_with("| ") && line.ends_with(" |"))
}

/// The lines of a text as a literal block behind what stands before the text in its first line.
fn literal(head: &str, lines: &[&str]) -> String {
    let below = lines.iter().skip(1).filter(|line| !line.trim().is_empty());
    let least = below.map(|line| indent(line)).min().unwrap_or(0);
    let mut out = format!("{head}|");
    for (number, line) in lines.iter().enumerate().take(SHOWN_LINES) {
        let deeper = if number == 0 { 0 } else { indent(line).saturating_sub(least) };
        let words = line.trim().trim_matches(['"', '\'']);
        let words = words.strip_prefix("• ").map_or(words.to_owned(), |item| format!("- {item}"));
        out += &format!("\n  {}{words}", " ".repeat(deeper));
    }
    if lines.len() > SHOWN_LINES { out + "\n  …" } else { out }
}

/// A blank that YAML takes for a letter: any white space of Unicode but spaces and tabs.
fn is_foreign_blank(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii()
}

/// The name of a blank, as editors and Unicode call it.
fn name(c: char) -> String {
    let name = match c {
        '\u{a0}' => "a no-break space",
        '\u{202f}' => "a narrow no-break space",
        '\u{3000}' => "an ideographic space",
        _ => "a blank that is no space",
    };
    format!("{name} (U+{:04X})", u32::from(c))
}

/// A problem for a foreign blank in the indentation of a line, or after its `-` or the `:` of its
/// key. The range is that of the line, or of the part of it that YAML reads as one word.
pub(super) fn foreign_blank(
    file: FileId,
    text: &str,
    Range { start, end }: Range<usize>,
) -> Option<Diagnostic> {
    let line = &text[start..end];
    let rest = line.trim_start_matches([' ', '\t']);
    let at = start + line.len() - rest.len();
    let (blank, after) = if rest.starts_with(is_foreign_blank) {
        (at, "in the indentation")
    } else if let Some(item) = rest.strip_prefix('-')
        && item.starts_with(is_foreign_blank)
    {
        (at + 1, "after the `-`")
    } else {
        let item = rest.trim_start_matches("- ");
        let key =
            item.find(|c: char| !(c.is_ascii_lowercase() || c == '-')).filter(|key| *key > 0)?;
        let follows = item[key..].strip_prefix(':')?.starts_with(is_foreign_blank);
        (follows.then_some(end - item.len() + key + 1)?, "after the `:`")
    };
    let c = text[blank..].chars().next()?;
    let message = format!("{} {after}: YAML takes it for a letter", name(c));
    let place = Place { file, start: blank, end: blank + c.len_utf8() };
    let diagnostic = Diagnostic::error("E087", message).at(place);
    Some(diagnostic.hint("write a space for it; it came along with a copied text"))
}
