//! Where a mistake in YAML's syntax is: at the opening quote, the tab or the bracket that caused
//! it, not where the parser gave up; and what to do about it.
//!
//! This file must not know what any key means.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser};

use crate::diagnostics::{Diagnostic, FileId, Place, brief};
use crate::record::yaml::lines::{line_at as line, quoted_line};
use crate::record::yaml::misread::foreign_blank;

/// A mistake: what, where (bytes), and what to do.
struct Mistake {
    message: String,
    start: usize,
    end: usize,
    hint: Cow<'static, str>,
}

/// The problem for a message of the parser, which stopped at a byte of the text.
pub(super) fn explain(file: FileId, text: &str, words: &str, at: usize) -> Diagnostic {
    let at = at.min(text.len());
    let lines = [Some(line(text, at)), above(text, at)].into_iter().flatten();
    if let Some(blank) = lines.rev().find_map(|(from, to)| foreign_blank(file, text, from..to)) {
        return blank;
    }
    let found = tab(text, words, at)
        .or_else(|| quote(text, words, at))
        .or_else(|| bracket(text, words, at))
        .or_else(|| colon(text, words, at))
        .unwrap_or_else(|| other(text, words, at));
    Diagnostic::error("E001", format!("not valid YAML: {}", found.message))
        .at(Place { file, start: found.start, end: found.end })
        .hint(found.hint)
}

fn mistake(
    message: impl Into<String>,
    (start, end): (usize, usize),
    hint: impl Into<Cow<'static, str>>,
) -> Option<Mistake> {
    Some(Mistake { message: message.into(), start, end, hint: hint.into() })
}

/// Start and end of the words of a line, without the blanks round them.
fn words_of(text: &str, (start, end): (usize, usize)) -> (usize, usize) {
    let line = &text[start..end];
    let first = start + line.len() - line.trim_start().len();
    (first, (start + line.trim_end().len()).max(first))
}

/// Where the value of a line begins, behind the `-` of its items and its key. A key of a record is
/// one word in small letters; any other is a part of the text.
fn value_of(text: &str, (start, end): (usize, usize)) -> usize {
    let item = text[start..end].trim_start_matches([' ', '-']);
    let value = item.split_once(": ").filter(|(key, _)| {
        !key.is_empty() && key.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    });
    end - value.map_or(item, |(_, value)| value.trim_start()).len()
}

/// The nearest line above that is not blank.
fn above(text: &str, at: usize) -> Option<(usize, usize)> {
    let mut end = line(text, at).0.checked_sub(1)?;
    loop {
        let (start, _) = line(text, end);
        let words = text[start..end].trim();
        if !words.is_empty() && !words.starts_with('#') {
            return Some((start, end));
        }
        end = start.checked_sub(1)?;
    }
}

/// The character at a byte, as a range.
fn one(text: &str, at: usize) -> (usize, usize) {
    (at, at + text[at..].chars().next().map_or(0, char::len_utf8))
}

fn tab(text: &str, words: &str, at: usize) -> Option<Mistake> {
    if words.contains("valid YAML whitespace") && text[..at].ends_with('\t') {
        return mistake("a tab after the `:`", (at - 1, at), "write a blank for it");
    }
    let (start, end) = line(text, at);
    let indent = text[start..end].len() - text[start..end].trim_start().len();
    let in_indent = text[start..start + indent].find('\t').map(|tab| start + tab);
    // The parser may stop at the end of the line before the tab.
    let in_words = || words.contains("tab").then(|| text[start..].find('\t')).flatten();
    let tab = in_indent.or_else(|| Some(start + in_words()?))?;
    mistake(
        "a tab where YAML wants spaces",
        (tab, tab + 1),
        "indent with spaces; editors can do so for you",
    )
}

fn quote(text: &str, words: &str, at: usize) -> Option<Mistake> {
    let never = |open| {
        let hint = "close it on the same line; write a `\"` inside `\"…\"` as `\\\"`, a `'` inside `'…'` twice";
        mistake("this quote is never closed", (open, open + 1), hint)
    };
    if words.contains("escape") || words.contains("hexadecimal") {
        let known = "0abt\tnvfre \"/\\N_LPxuU\n\r";
        let mut back = false;
        let bad = text[at..].char_indices().skip(1).find(|(_, c)| {
            let bad = back && (!known.contains(*c) || "xuU".contains(*c));
            back = *c == '\\' && !back;
            bad
        });
        let (escape, c) = bad.map(|(found, c)| (at + found - 1, c))?;
        let half = text.get(escape + 2..escape + 6).filter(|half| half.is_ascii() && c == 'u');
        if half.and_then(|half| u32::from_str_radix(half, 16).ok()).is_some_and(is_half) {
            let message = format!("`{}` is half a character", &text[escape..escape + 6]);
            let hint = "write the character itself, or `\\U` and eight digits";
            return mistake(message, (escape, escape + 6), hint);
        }
        let hint = "write a backslash as `\\\\`, or use single quotes, where it means itself";
        return mistake(format!("`\\{c}` is no escape"), (escape, escape + 1 + c.len_utf8()), hint);
    }
    if words.contains("trailing content") {
        let before = text[..at].trim_end();
        let mark = before.chars().next_back().filter(|mark| matches!(mark, '"' | '\''))?;
        let closing = before.len() - mark.len_utf8();
        let open = text[..closing].rfind(mark);
        return match open.filter(|open| text[*open..closing].contains('\n')) {
            Some(open) => never(open),
            None => {
                let hint = "put the whole value in quotes, and any quote of that kind inside it twice (`''`)";
                mistake(
                    "words after the closing quote",
                    (at, words_of(text, (at, line(text, at).1)).1),
                    hint,
                )
            }
        };
    }
    words.contains("quoted scalar").then(|| never(at)).flatten()
}

/// Whether a code is one of the two that UTF-16, and so JSON, writes for one character.
fn is_half(code: u32) -> bool {
    (0xd800..0xe000).contains(&code)
}

fn bracket(text: &str, words: &str, at: usize) -> Option<Mistake> {
    if !["flow", "illegal placement", "bracket"].iter().any(|word| words.contains(word)) {
        return None;
    }
    // What the parser had opened when it stopped.
    let mut open = Vec::new();
    for event in Parser::new_from_str(text) {
        match event {
            Ok((Event::SequenceStart(..) | Event::MappingStart(..), span)) => {
                open.push(span.start.index())
            }
            Ok((Event::SequenceEnd | Event::MappingEnd, _)) => {
                open.pop();
            }
            Ok(_) => {}
            Err(_) => break,
        }
    }
    let byte = |index: usize| text.char_indices().nth(index).map_or(text.len(), |(byte, _)| byte);
    let innermost = open.into_iter().rev().map(byte).find(|at| text[*at..].starts_with(['[', '{']));
    match innermost {
        None => {
            let hint = "put quotes round a text that begins with a bracket";
            mistake("a bracket that nothing opened", one(text, at), hint)
        }
        Some(open) if line(text, open) != line(text, at) || at == text.len() => {
            let message = format!("this `{}` is never closed", &text[open..=open]);
            if let Some(comment) = text[open..line(text, open).1].find(" #") {
                let hint = "` #` begins a comment, which hides the bracket behind it; put quotes round \
                            a text that contains ` #`";
                let at = open + comment + 1;
                return mistake(message, (at, line(text, open).1), hint);
            }
            mistake(
                message,
                (open, open + 1),
                "close it, or put quotes round a text that begins with a bracket",
            )
        }
        Some(open) => {
            let close = if text[open..].starts_with('[') { ']' } else { '}' };
            let hint = "put quotes round a value that contains `: `, `,` or a bracket";
            mistake(format!("a `,` or `{close}` is missing here"), one(text, at), hint)
        }
    }
}

fn colon(text: &str, words: &str, at: usize) -> Option<Mistake> {
    let values = words.contains("mapping values");
    if !values && !words.contains("simple key") {
        return None;
    }
    let (start, end) = line(text, at);
    if values && text[start..at].contains(": ") {
        let quoted = quoted_line(text, value_of(text, (start, end)), end);
        let hint = format!("put quotes round a text that contains `: `, as in `{quoted}`");
        return mistake("a second `: ` in one line", (at, at + 1), hint);
    }
    let before = above(text, at);
    let (from, to) = before.map(|line| words_of(text, line)).unwrap_or((at, at));
    let tight = text[from..to].char_indices().find(|(found, c)| {
        *c == ':' && !text[from + found + 1..to].starts_with([' ', '/']) && from + found + 1 < to
    });
    if let Some((found, _)) = tight.filter(|_| !text[from..to].contains(": ")) {
        let place = (from + found, from + found + 1);
        return mistake(
            "no blank after the `:`",
            place,
            "write `key: value`, with a blank between the two",
        );
    }
    if values {
        let hint =
            "begin it under the first letter of the key above, or put the text above in quotes";
        return mistake(
            "a key inside the value of the line above",
            words_of(text, line(text, at)),
            hint,
        );
    }
    let hint = "write `key: value`; text over several lines begins with `|`";
    mistake("this line is no `key: value`", (from, to), hint)
}

fn other(text: &str, words: &str, at: usize) -> Mistake {
    let here = one(text, at);
    let (start, end) = words_of(text, line(text, at));
    let shown = brief(&text[at..end.max(at)]);
    let found = if words.contains("unexpected character") {
        mistake(
            format!("a value cannot begin with `{}`", &text[here.0..here.1]),
            here,
            "put quotes round the value",
        )
    } else if words.contains("unknown anchor") {
        let hint = "put quotes round a text that begins with `*`, or anchor a value with `&`";
        mistake(format!("`{shown}` is an alias of nothing"), (at, end.max(at)), hint)
    } else if words.contains("block sequence entries") {
        mistake("a list item on the line of its key", here, "begin a list on a line of its own")
    } else if words.contains("equal to 0") {
        let hint = "write a number from 1 to 9, or none";
        mistake("a text cannot be indented by 0", here, hint)
    } else if words.contains("wrongly indented") {
        let hint = "indent all lines of the text alike, and leave no blanks on empty lines";
        mistake("less indented than the text began", (at, end.max(at)), hint)
    } else if words.contains("block scalar") {
        let hint = "begin the text on the next line, indented; or put quotes round the value";
        mistake("words after `|` or `>`", (at, end.max(at)), hint)
    } else if words.contains("handle") {
        mistake("a tag that means nothing", here, "put quotes round a text that begins with `!`")
    } else if words.contains("comment") {
        let (from, to) = line(text, at);
        let quoted = quoted_line(text, value_of(text, (from, to)), to);
        let hint = format!("put quotes round a text that contains ` #`, as in `{quoted}`");
        mistake("the text goes on after a comment", here, hint)
    } else if words.contains("node content") {
        mistake(format!("`{shown}` is no value"), here, "put quotes round the value")
    } else if words.contains("expected") && start < end {
        let hint = if text[start..end].starts_with("- ") {
            "begin the `-` under the `-` above, or indent it below its key"
        } else {
            "begin it under the first letter of the key or the `-` it belongs with"
        };
        mistake("this line fits no indentation above", (start, end), hint)
    } else {
        None
    };
    found.unwrap_or_else(|| Mistake {
        message: words.to_owned(),
        start: here.0,
        end: here.1,
        hint: "check the quotes, the indentation and the `:` of this line and the one before"
            .into(),
    })
}

#[cfg(test)]
mod tests {
    use crate::diagnostics::Sources;
    use crate::record::yaml::parse::parse;

    /// `line:column message` of the only problem.
    fn problem(text: &str) -> String {
        let mut sources = Sources::default();
        let file = sources.add("x.yaml", text);
        let (_, diagnostics) = parse(file, text);
        assert_eq!(diagnostics.len(), 1, "{text:?}: {diagnostics:?}");
        let place = diagnostics[0].place.expect("a place");
        let (line, column) = sources.line_column(place);
        format!("{line}:{column} {}", diagnostics[0].message.trim_start_matches("not valid YAML: "))
    }

    #[test]
    fn mistakes_are_where_they_were_made() {
        for (text, wanted) in [
            ("a: \"가나\nb: c\n", "1:4 this quote is never closed"),
            ("a: 'x\n", "1:4 this quote is never closed"),
            ("a:\n  - \"가나\n  - \"b\"\n", "2:5 this quote is never closed"),
            ("a: 'it's'\n", "1:8 words after the closing quote"),
            ("a: \"가\\q\"\n", "1:6 `\\q` is no escape"),
            ("a:\n\tb: c\n", "2:1 a tab where YAML wants spaces"),
            ("a:\n  b: c\n\td: e\n", "3:1 a tab where YAML wants spaces"),
            ("가: [x, y\nb: c\n", "1:4 this `[` is never closed"),
            ("a: {x: 1, y: 2\nb: c\n", "1:4 this `{` is never closed"),
            ("{a: b", "1:1 this `{` is never closed"),
            ("a: [x: y: z]\n", "1:9 a `,` or `]` is missing here"),
            ("a: [x y]]\n", "1:9 a bracket that nothing opened"),
            ("가: 나: 다\n", "1:5 a second `: ` in one line"),
            ("a: abc\n  b: x\n", "2:3 a key inside the value of the line above"),
            ("a:x\nb: y\n", "1:2 no blank after the `:`"),
            ("a: 1\n\nb:x\n# c\nd: y\n", "3:2 no blank after the `:`"),
            ("a: 1\n이름\nb: y\n", "2:1 this line is no `key: value`"),
            ("a: @x\n", "1:4 a value cannot begin with `@`"),
            ("a: **굵게** 쓴\n", "1:4 `**굵게** 쓴` is an alias of nothing"),
            ("a: - b\n", "1:4 a list item on the line of its key"),
            ("a:\n  - b\n - c\n", "3:2 this line fits no indentation above"),
            ("a:\n    b: 1\n  c: 2\n", "3:3 this line fits no indentation above"),
            ("a: b\n- c\n", "2:1 this line fits no indentation above"),
            ("a: |x\n  y\n", "1:4 words after `|` or `>`"),
            ("a: b # c\n  d\n", "1:6 the text goes on after a comment"),
            ("a: !x!y z\n", "1:4 a tag that means nothing"),
            ("a: ]\n", "1:4 a bracket that nothing opened"),
            ("a: ,\n", "1:4 `,` is no value"),
            ("a:\tb\n", "1:3 a tab after the `:`"),
            ("a: \"\\ud83d\\ude00\"\n", "1:5 `\\ud83d` is half a character"),
            ("a: |0\n  b\n", "1:4 a text cannot be indented by 0"),
            ("a: |\n     \n  b\n", "3:3 less indented than the text began"),
            ("a: &x &y z\n", "1:1 this line fits no indentation above"),
        ] {
            assert_eq!(problem(text), wanted, "{text:?}");
        }
    }
}
