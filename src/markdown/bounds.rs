//! The bounds of a text: how deep it nests, how large its tables are, how long its rows of signs.

use comrak::Node;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::NodeValue;
use unicode_normalization::char::is_combining_mark;
use unicode_properties::UnicodeEmoji;

/// Something that is more than a page can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excess {
    /// What there is too much of.
    pub of: Bound,
    /// The line in the text, from 1.
    pub line: usize,
}

/// The bounds of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// Levels of quotes, lists, emphasis, links and pictures inside each other.
    Depth,
    /// Columns of a table.
    Columns,
    /// Cells of a table.
    Cells,
    /// Emoji of a paragraph, heading or cell.
    Emoji,
    /// Marks on a letter.
    Marks,
    /// Signs in a row, without a letter, a figure or a blank.
    Signs,
}

impl Bound {
    /// How much there may be. The engine nests show rules 64 deep, and a list takes two and more;
    /// twenty columns leave a line two syllables each; of 5,000 cells the layout takes a second; the
    /// engine replaces no more than 512 pieces of a paragraph, and each emoji is one. No script puts more than
    /// five marks on a letter, and each costs a glyph of its own; the engine tries to break a row of signs
    /// at each of them.
    pub fn limit(self) -> usize {
        match self {
            Self::Depth => 12,
            Self::Columns => 20,
            Self::Cells => 5_000,
            Self::Emoji => 400,
            Self::Marks => 10,
            Self::Signs => 2_000,
        }
    }
}

/// What a text has too much of. Walks without recursion: it is what bounds the recursion of others.
pub fn excesses<'a>(root: Node<'a>) -> Vec<Excess> {
    let (mut found, mut depth) = (Vec::new(), 0);
    for edge in root.traverse() {
        let (node, begins) = match edge {
            NodeEdge::Start(node) => (node, true),
            NodeEdge::End(node) => (node, false),
        };
        let data = node.data();
        let line = data.sourcepos.start.line;
        match &data.value {
            NodeValue::BlockQuote
            | NodeValue::List(_)
            | NodeValue::DescriptionList
            | NodeValue::FootnoteDefinition(_)
            | NodeValue::Emph
            | NodeValue::Strong
            | NodeValue::Strikethrough
            | NodeValue::Link(_)
            | NodeValue::Image(_) => {
                depth = if begins { depth + 1 } else { depth - 1 };
                if begins && depth == Bound::Depth.limit() + 1 {
                    found.insert(0, Excess { of: Bound::Depth, line });
                    return found;
                }
            }
            NodeValue::Table(table) if begins => {
                let columns = table.num_columns;
                for (of, many) in
                    [(Bound::Columns, columns), (Bound::Cells, columns * (table.num_rows + 1))]
                {
                    if many > of.limit() {
                        found.push(Excess { of, line });
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// What a paragraph, or a text without Markdown, has too much of.
pub fn crowded(text: &str) -> Option<Excess> {
    let emoji = emoji(text) > Bound::Emoji.limit();
    rows(text).or_else(|| emoji.then_some(Excess { of: Bound::Emoji, line: 1 }))
}

/// The emoji of a text, those counted apart that are joined to one.
fn emoji(text: &str) -> usize {
    let emoji =
        |c: &char| matches!(c, '\u{20e3}' | '\u{fe0f}') || *c >= '\u{2300}' && c.is_emoji_char();
    text.chars().filter(emoji).count()
}

/// The first row of marks or signs in a text that is too long, and its line, from 1.
pub fn rows(text: &str) -> Option<Excess> {
    let mut line = 1;
    // Blanks end rows, and most words are shorter than any row that is too long.
    for word in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
        if let Some(of) = row(word) {
            return Some(Excess { of, line });
        }
        line += usize::from(word.ends_with('\n'));
    }
    None
}

/// What a word has too long a row of.
fn row(word: &str) -> Option<Bound> {
    let bounds = [
        (Bound::Marks, is_combining_mark as fn(char) -> bool),
        (Bound::Signs, |c| !c.is_alphanumeric() && !c.is_whitespace()),
    ];
    let is_too_long = |(of, counts): &(Bound, fn(char) -> bool)| {
        word.len() > of.limit()
            && word.split(|c| !counts(c)).any(|row| row.chars().count() > of.limit())
    };
    bounds.into_iter().find(is_too_long).map(|(of, _)| of)
}
