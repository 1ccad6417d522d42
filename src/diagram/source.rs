//! What both kinds of diagrams share: lines, titles, labels.

use serde::Serialize;

/// The title and the description of a diagram.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Titles {
    /// The title, drawn above the diagram.
    pub title: Option<String>,
    /// The author's own alternative text (`accDescr`); replaces the generated one.
    pub description: Option<String>,
}

/// One source line without comment and indentation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: usize,
    /// Trimmed, never empty.
    pub(super) text: String,
}

/// Splits the source into statements' lines; front matter, comments, directives and
/// accessibility lines are taken out.
pub(super) fn lines(source: &str) -> (Vec<Line>, Titles) {
    let mut titles = Titles::default();
    let mut kept = Vec::new();
    let mut until: Option<&str> = None;
    for (index, raw) in source.lines().enumerate() {
        let text = raw.trim().trim_start_matches('\u{feff}');
        if let Some(end) = until {
            skipped(end, text, &mut titles);
            if text.ends_with(end) {
                until = None;
            }
        } else if text == "---" && kept.is_empty() {
            until = Some("---");
        } else if text.starts_with("%%{") {
            if !text.contains("}%%") {
                until = Some("}%%");
            }
        } else if text.is_empty() || text.starts_with("%%") {
            // no statement
        } else if let Some(rest) = after_key(text, "accTitle") {
            titles.title.get_or_insert(rest.to_owned());
        } else if let Some(rest) = after_key(text, "accDescr") {
            titles.description = Some(rest.to_owned());
        } else if text.starts_with("accDescr") && text.ends_with('{') {
            titles.description = Some(String::new());
            until = Some("}");
        } else {
            kept.push(Line { number: index + 1, text: text.to_owned() });
        }
    }
    (kept, titles)
}

fn skipped(end: &str, text: &str, titles: &mut Titles) {
    match end {
        "---" => {
            if let Some(title) = after_key(text, "title") {
                titles.title = Some(title.trim_matches(['"', '\'']).to_owned());
            }
        }
        "}" => {
            let words = text.trim_end_matches('}').trim();
            let all = titles.description.get_or_insert_with(String::new);
            if !all.is_empty() && !words.is_empty() {
                all.push(' ');
            }
            all.push_str(words);
        }
        _ => {}
    }
}

fn after_key<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.strip_prefix(key)?
        .trim_start()
        .strip_prefix(':')
        .map(str::trim)
        .filter(|rest| !rest.is_empty())
}

/// A label as its lines: `<br/>` and `\n` break, entities are resolved, plain style tags go.
pub(super) fn label(text: &str) -> Vec<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.trim();
    while let Some(next) = rest.chars().next() {
        let taken = match next {
            '<' => tag(rest),
            '#' | '&' => entity(rest),
            '\\' if rest.starts_with("\\n") => Some(("\n".to_owned(), 2)),
            _ => None,
        };
        match taken {
            Some((replacement, length)) => {
                out.push_str(&replacement);
                rest = &rest[length..];
            }
            None => {
                out.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    out.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect()
}

fn tag(text: &str) -> Option<(String, usize)> {
    let end = text.find('>')?;
    let name = text[1..end].trim_matches('/').trim().to_ascii_lowercase();
    match name.as_str() {
        "br" => Some(("\n".to_owned(), end + 1)),
        "b" | "i" | "u" | "em" | "strong" | "code" | "small" | "sub" | "sup" => {
            Some((String::new(), end + 1))
        }
        _ => None,
    }
}

fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.find(';').filter(|end| *end <= 10)?;
    let name = &text[1..end];
    let resolved = match name.trim_start_matches('#') {
        "quot" => '"',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "semi" => ';',
        "colon" => ':',
        "nbsp" => ' ',
        digits => char::from_u32(digits.parse().ok()?)?,
    };
    Some((resolved.to_string(), end + 1))
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn labels_break_and_resolve() {
        assert_eq!(label(" a<br/>b <BR> c\\nd "), ["a", "b", "c", "d"]);
        assert_eq!(label("#35;1 &lt;b&gt; <b>굵게</b> a < b # c"), ["#1 <b> 굵게 a < b # c"]);
        assert!(label("  ").is_empty());
    }
}
