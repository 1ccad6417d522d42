//! Signs that are no Markdown, though CommonMark would read them so.
//!
//! `100~200 … 20~30`, `2*4 … 3*4` and, in an inline text, `>= 3` are what a person typed. comrak has
//! no option for them, and its tree no longer tells which sign opened what. So [`protect`] puts
//! stand-ins into the text before it is parsed, and [`restore`] takes them out of every string of the
//! tree. The stand-ins are Unicode noncharacters, which no text has (E080).

use comrak::Node;
use comrak::nodes::NodeValue;

/// Stands for `*`, `~`, `[`, `_`.
const SIGNS: [(char, char); 4] =
    [('\u{fdd0}', '*'), ('\u{fdd1}', '~'), ('\u{fdd2}', '['), ('\u{fdd5}', '_')];
/// Stands before what would begin a block.
const GUARD: char = '\u{fdd3}';
/// Stands after a sign that may close emphasis and may not open it. Its being white space says so.
const CLOSES: char = '\u{2028}';

/// A text in which only what is meant as emphasis or strikethrough is still written so.
pub(super) fn protect(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    // Whether an odd number of backslashes stands before the sign: it says what it is already.
    let mut escaped = false;
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        // A name with underscores at both ends that goes on: `__init__.py`.
        if !escaped
            && let Some((name, after)) = underscored(rest)
            && !before.is_alphanumeric()
        {
            out.extend(name.chars().map(|c| if c == '_' { stand_in('_') } else { c }));
            before = '_';
            rest = after;
            continue;
        }
        if escaped || !matches!(sign, '*' | '~') {
            out.push(sign);
            escaped = sign == '\\' && !escaped;
            before = sign;
            rest = &rest[sign.len_utf8()..];
            continue;
        }
        let length = rest.len() - rest.trim_start_matches(sign).len();
        let run;
        (run, rest) = rest.split_at(length);
        let after = rest.chars().next().unwrap_or(' ');
        let between = before.is_alphanumeric() && after.is_alphanumeric();
        let spaced = is_spaced(before) && is_spaced(after);
        match (sign, length) {
            // Between tildes an address is still a link.
            ('~', 1) if rest.starts_with("www.") || rest.starts_with("http") => out.push('~'),
            ('~', 1) => out.push(stand_in('~')),
            // A range to a folder of one's own.
            ('~', 2) if rest.starts_with('/') && !before.is_whitespace() => {
                out.extend(run.chars().map(stand_in));
            }
            // Three and more open a block of code.
            ('~', 3..) => out.push_str(run),
            _ if between && spaced => out.extend(run.chars().map(stand_in)),
            ('*', 1) if ")]}%".contains(before) && after.is_alphanumeric() => {
                out.push(stand_in('*'))
            }
            // A particle may follow: `*강조*는`. Bold may begin there, too: `결과**강조**`.
            _ if between && (sign == '~' || length == 1) => {
                out.push_str(run);
                out.push(CLOSES);
            }
            _ => out.push_str(run),
        }
        before = sign;
    }
    out
}

/// The name at the beginning of a text that has two underscores at each end and is followed by what
/// belongs to it, such as the ending of a file or the parentheses of a call; and what follows it.
fn underscored(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix("__")?;
    let end = inner.find("__").filter(|end| *end > 0)? + 4;
    let (name, after) = text.split_at(end);
    let mut next = after.chars();
    let is_joined = matches!(next.next(), Some('.' | '('))
        && next.next().is_some_and(|c| c.is_alphanumeric() || c == ')');
    let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (is_joined && is_name).then_some((name, after))
}

/// Whether a letter is of a script that parts words by blanks alone. Hangul joins particles to words,
/// Chinese and Japanese have no blanks.
fn is_spaced(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..)
}

/// An inline text as a block that has paragraphs alone: whatever its lines begin with is text. Where
/// it has several lines, lines that begin with `- ` or `* ` are nested bullets, and `[^1]: ` is a note.
pub(super) fn inline(text: &str) -> String {
    let several = text.trim_end().contains('\n');
    // Indentations of the bullets around a line, in columns.
    let mut bullets: Vec<usize> = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        let words = line.trim_start_matches([' ', '\t']);
        let indent: usize = line[..line.len() - words.len()].chars().map(width).sum();
        let item = words.strip_prefix("- ").or_else(|| words.strip_prefix("* "));
        let item = item.filter(|item| several && !item.trim().is_empty() && !is_rule(words));
        match item {
            Some(item) => {
                bullets.retain(|&outer| outer < indent);
                lines.push(format!(
                    "{}- {}",
                    "  ".repeat(bullets.len()),
                    guarded(item.trim_start())
                ));
                bullets.push(indent);
            }
            None if several && words.starts_with("[^") => lines.push(words.to_owned()),
            None => {
                let depth = bullets.iter().filter(|&&outer| outer < indent).count();
                lines.push(format!("{}{}", "  ".repeat(depth), guarded(words)));
            }
        }
    }
    lines.join("\n").replace("![", &format!("!{}", stand_in('[')))
}

/// A line that begins no block.
fn guarded(line: &str) -> String {
    let begins = line.starts_with(['>', '#', '-', '+', '=', '|', ':', '<', '['])
        || line.starts_with(|c: char| c.is_ascii_digit())
        || line.starts_with("```")
        || line.starts_with("~~~")
        || line.starts_with("* ")
        || line == "*"
        || is_rule(line);
    if begins { format!("{GUARD}{line}") } else { line.to_owned() }
}

/// Whether a line is a thematic break.
fn is_rule(line: &str) -> bool {
    let rule = |sign: char| {
        line.matches(sign).count() > 2 && line.chars().all(|c| c == sign || c == ' ' || c == '\t')
    };
    ['*', '-', '_'].into_iter().any(rule)
}

/// The columns of a blank at the beginning of a line.
fn width(blank: char) -> usize {
    if blank == '\t' { 4 } else { 1 }
}

fn stand_in(sign: char) -> char {
    SIGNS.iter().find(|(_, own)| *own == sign).map_or(sign, |(stand_in, _)| *stand_in)
}

/// Puts the signs back into a tree.
pub(super) fn restore<'a>(root: Node<'a>) {
    let nodes: Vec<Node> = root.descendants().collect();
    for node in nodes {
        let empty = match &mut node.data_mut().value {
            NodeValue::Text(text) => {
                if let Some(own) = own(text) {
                    *text = own.into();
                }
                text.is_empty()
            }
            NodeValue::Code(code) => set(&mut code.literal),
            NodeValue::CodeBlock(code) => set(&mut code.info) | set(&mut code.literal),
            NodeValue::HtmlBlock(html) => set(&mut html.literal),
            NodeValue::HtmlInline(html) => set(html),
            NodeValue::Link(link) | NodeValue::Image(link) => {
                set(&mut link.url) | set(&mut link.title)
            }
            NodeValue::FootnoteDefinition(note) => set(&mut note.name),
            NodeValue::FootnoteReference(note) => set(&mut note.name),
            _ => false,
        };
        if empty {
            node.detach();
        }
    }
}

/// Puts the signs back into a string of a node that stays even when it is empty.
fn set(text: &mut String) -> bool {
    if let Some(own) = own(text) {
        *text = own;
    }
    false
}

/// What a string says without stand-ins, where it has any.
fn own(text: &str) -> Option<String> {
    let is_stand_in = |c: char| matches!(c, '\u{fdd0}'..='\u{fdd5}' | CLOSES);
    text.contains(is_stand_in).then(|| {
        let signs = text.chars().filter(|&c| c != GUARD && c != CLOSES);
        signs
            .map(|c| SIGNS.iter().find(|(stand_in, _)| *stand_in == c).map_or(c, |(_, own)| *own))
            .collect()
    })
}
