//! The tokens of a flowchart line: ids, shapes, links.

use crate::diagram::flowchart::model::{LineKind, Shape, Tip};

/// Message and hint.
pub(super) type Refusal = (String, Option<String>);

/// One link between nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) line: LineKind,
    pub(super) tail: Tip,
    pub(super) head: Tip,
    pub(super) text: String,
    /// Rows it spans at least.
    pub(super) length: usize,
}

/// Opening and closing brackets, longest first.
const SHAPES: [(&str, &str, Shape); 14] = [
    ("(((", ")))", Shape::Double),
    ("((", "))", Shape::Circle),
    ("([", "])", Shape::Stadium),
    ("[[", "]]", Shape::Subroutine),
    ("[(", ")]", Shape::Cylinder),
    ("{{", "}}", Shape::Hexagon),
    ("[/", "/]", Shape::Slant),
    ("[/", "\\]", Shape::Slant),
    ("[\\", "\\]", Shape::Backslant),
    ("[\\", "/]", Shape::Backslant),
    ("[", "]", Shape::Rect),
    ("(", ")", Shape::Round),
    ("{", "}", Shape::Diamond),
    (">", "]", Shape::Flag),
];

/// A place in one line.
pub(super) struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(line: &'a str) -> Self {
        Self { line, at: 0 }
    }

    fn rest(&self) -> &'a str {
        &self.line[self.at..]
    }

    fn space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn run(&mut self, mark: char) -> usize {
        let rest = self.rest();
        let length = rest.len() - rest.trim_start_matches(mark).len();
        self.at += length;
        length
    }

    pub(super) fn at_end(&mut self) -> bool {
        self.space();
        self.rest().is_empty()
    }

    /// Nothing more, or a `;`.
    pub(super) fn end_of_statement(&mut self) -> Result<(), Refusal> {
        self.space();
        if self.rest().is_empty() || self.run(';') > 0 {
            return Ok(());
        }
        let hint = "a link is written `-->`, `---`, `-.->` or `==>`, a label with brackets in quotes: `A[\"f(x)\"]`";
        Err((format!("cannot read `{}`", self.rest()), Some(hint.to_owned())))
    }

    pub(super) fn ampersand(&mut self) -> bool {
        self.space();
        self.eat("&")
    }

    /// A node's name: letters of any script, digits, `_`, and `-` or `.` between them.
    pub(super) fn id(&mut self) -> Result<String, Refusal> {
        self.space();
        let rest = self.rest();
        let word = |c: char| c.is_alphanumeric() || c == '_' || !c.is_ascii();
        let mut end = 0;
        let mut before = false;
        for (at, found) in rest.char_indices() {
            let after = rest[at + found.len_utf8()..].chars().next();
            let joint =
                before && matches!(found, '-' | '.' | '/' | '#' | '*') && after.is_some_and(word);
            if !word(found) && !joint {
                break;
            }
            before = word(found);
            end = at + found.len_utf8();
        }
        if end == 0 {
            let place = if rest.is_empty() {
                "at the end of the line".to_owned()
            } else {
                format!("before `{rest}`")
            };
            return Err((
                format!("node expected {place}"),
                Some("write a name: `A` or `A[label]`".to_owned()),
            ));
        }
        self.at += end;
        Ok(rest[..end].to_owned())
    }

    /// The brackets after a name, if there are any.
    pub(super) fn shape(&mut self, id: &str) -> Result<Option<(Shape, String)>, Refusal> {
        if self.rest().starts_with("@{") {
            let hint = format!("write the shape with brackets: `{id}[label]`");
            return Err((format!("unsupported node attributes after `{id}`"), Some(hint)));
        }
        let rest = self.rest();
        let opened: Vec<_> = SHAPES.iter().filter(|(open, ..)| rest.starts_with(open)).collect();
        let Some(longest) = opened.iter().map(|(open, ..)| open.len()).max() else {
            self.class();
            return Ok(None);
        };
        for (open, close, shape) in opened {
            let inner = &rest[open.len()..];
            let found = match inner.trim_start().strip_prefix('"') {
                Some(quoted) => quoted.find('"').and_then(|end| {
                    quoted[end + 1..]
                        .trim_start()
                        .strip_prefix(close)
                        .map(|after| (quoted[..end].to_owned(), after))
                }),
                None => inner
                    .find(close)
                    .map(|end| (inner[..end].to_owned(), &inner[end + close.len()..])),
            };
            if let Some((text, after)) = found {
                self.at = self.line.len() - after.len();
                self.class();
                let text = text.trim().trim_matches('`').to_owned();
                return Ok(Some((*shape, text)));
            }
        }
        let hint = "close the bracket, and put a label that holds brackets in quotes".to_owned();
        Err((format!("unclosed `{}` after node `{id}`", &rest[..longest]), Some(hint)))
    }

    fn class(&mut self) {
        if self.eat(":::") {
            let rest = self.rest();
            self.at += rest.len()
                - rest
                    .trim_start_matches(|c: char| c.is_alphanumeric() || c == '_' || c == '-')
                    .len();
        }
    }

    /// The next link, or nothing at the end of the statement.
    pub(super) fn link(&mut self) -> Result<Option<Link>, Refusal> {
        self.space();
        let start = self.at;
        let tail = self.tail();
        if self.rest().starts_with("~~~") {
            let length = self.run('~') - 2;
            return Ok(Some(Link {
                line: LineKind::Hidden,
                tail: Tip::None,
                head: Tip::None,
                text: self.pipe()?,
                length,
            }));
        }
        let found = if self.rest().starts_with("--") {
            self.stroke('-', LineKind::Solid)?
        } else if self.rest().starts_with("==") {
            self.stroke('=', LineKind::Thick)?
        } else if self.rest().starts_with("-.") {
            self.dotted()?
        } else {
            self.at = start;
            return Ok(None);
        };
        let (line, head, text, length) = found;
        let text = if text.is_empty() { self.pipe()? } else { text };
        Ok(Some(Link { line, tail, head, text, length: length.max(1) }))
    }

    fn tail(&mut self) -> Tip {
        let rest = self.rest();
        let Some(mark) = rest.chars().next() else {
            return Tip::None;
        };
        let after = &rest[mark.len_utf8()..];
        let tip = match mark {
            '<' => Tip::Arrow,
            'o' => Tip::Circle,
            'x' => Tip::Cross,
            _ => return Tip::None,
        };
        if !["--", "==", "-."].iter().any(|body| after.starts_with(body)) {
            return Tip::None;
        }
        self.at += 1;
        tip
    }

    fn head(&mut self) -> Tip {
        if self.eat(">") {
            return Tip::Arrow;
        }
        let rest = self.rest();
        let alone =
            |rest: &str| rest[1..].chars().next().is_none_or(|c| c.is_whitespace() || c == '|');
        if rest.starts_with('o') && alone(rest) {
            self.at += 1;
            Tip::Circle
        } else if rest.starts_with('x') && alone(rest) {
            self.at += 1;
            Tip::Cross
        } else {
            Tip::None
        }
    }

    /// `-->`, `---`, `-- text -->` and the same with `=`.
    fn stroke(
        &mut self,
        mark: char,
        line: LineKind,
    ) -> Result<(LineKind, Tip, String, usize), Refusal> {
        let start = self.at;
        let count = self.run(mark);
        let head = self.head();
        if head != Tip::None {
            return Ok((line, head, String::new(), count - 1));
        }
        if count > 2 {
            return Ok((line, head, String::new(), count - 2));
        }
        let pair = if mark == '-' { "--" } else { "==" };
        let rest = self.rest();
        let Some(end) = rest.find(pair).filter(|end| !rest[..*end].trim().is_empty()) else {
            return Err(unfinished(&self.line[start..]));
        };
        self.at += end;
        let count = self.run(mark);
        let head = self.head();
        let length = if head == Tip::None { count.saturating_sub(2) } else { count - 1 };
        Ok((line, head, unquoted(&rest[..end]), length))
    }

    /// `-.->`, `-.-`, `-. text .->`.
    fn dotted(&mut self) -> Result<(LineKind, Tip, String, usize), Refusal> {
        let start = self.at;
        self.at += 1;
        let dots = self.run('.');
        if self.eat("-") {
            return Ok((LineKind::Dotted, self.head(), String::new(), dots));
        }
        let rest = self.rest();
        let Some(end) = rest.find(".-") else {
            return Err(unfinished(&self.line[start..]));
        };
        self.at += end + 2;
        let text = rest[..end].trim_end_matches('.');
        Ok((LineKind::Dotted, self.head(), unquoted(text), rest[..=end].len() - text.len()))
    }

    /// `|label|` after a link.
    fn pipe(&mut self) -> Result<String, Refusal> {
        self.space();
        if !self.eat("|") {
            return Ok(String::new());
        }
        let rest = self.rest();
        let Some(end) = rest.find('|') else {
            return Err((
                format!("unclosed label `|{rest}`"),
                Some("write `A -->|label| B`".to_owned()),
            ));
        };
        self.at += end + 1;
        Ok(unquoted(&rest[..end]))
    }
}

fn unquoted(text: &str) -> String {
    text.trim().trim_matches('"').trim_matches('`').trim().to_owned()
}

fn unfinished(text: &str) -> Refusal {
    (format!("unfinished link `{text}`"), Some("write `A --> B` or `A -- label --> B`".to_owned()))
}
