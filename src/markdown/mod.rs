//! CommonMark as this project reads it: one set of options, heading ids, attributes.
//!
//! The engine turns the tree into pages, the checker asks for headings, links, images and code
//! blocks with their lines; both must see the same tree, so both come through here.
//! Must not know Typst, templates, the record or how problems are printed.

use std::sync::Arc;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{Ast, AstNode, NodeValue};
use comrak::{Options, parse_document};

pub mod quotes;

pub use comrak::{Arena, Node};

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The level written in the text, 1 to 6.
    pub level: u8,
    /// The id given as `## Title {#id}`.
    pub id: Option<String>,
    /// The plain title without its id.
    pub text: String,
    /// The line in the text, from 1.
    pub line: usize,
}

/// A link of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it goes, as written.
    pub url: String,
    /// The plain text that is clicked.
    pub text: String,
    /// The line in the text, from 1.
    pub line: usize,
}

/// An image of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The path or URL, as written.
    pub url: String,
    /// The alternative text.
    pub alt: String,
    /// The title: a caption, or attributes such as `caption="…" width=60%`.
    pub title: String,
    /// The line in the text, from 1.
    pub line: usize,
}

/// A code block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeBlock {
    /// The first word of the info string.
    pub lang: Option<String>,
    /// The `key=value` pairs that follow it.
    pub attributes: Vec<(String, String)>,
    /// The code.
    pub text: String,
    /// The line of the opening fence, from 1.
    pub line: usize,
}

/// Everything the checker asks of a text, found in one pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// All headings in order.
    pub headings: Vec<Heading>,
    /// All links in order.
    pub links: Vec<Link>,
    /// All images in order.
    pub images: Vec<Image>,
    /// All code blocks in order.
    pub code: Vec<CodeBlock>,
    /// The first line of every piece of raw HTML (it prints as its characters).
    pub html: Vec<usize>,
    /// The plain words of every paragraph, heading and table cell.
    pub runs: Vec<Run>,
    /// What is more than a page can take. A text that nests too deep has nothing else here.
    pub excesses: Vec<Excess>,
}

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
}

impl Bound {
    /// How much there may be. The engine nests show rules 64 deep, and a list takes two and more;
    /// twenty columns leave a line two syllables each; of 5,000 cells the layout takes a second.
    pub fn limit(self) -> usize {
        match self {
            Self::Depth => 12,
            Self::Columns => 20,
            Self::Cells => 5_000,
        }
    }
}

/// The plain words of one paragraph, heading or table cell, line by line. U+FFFC stands for code,
/// images, HTML and bare addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// The line in the text, from 1.
    pub line: usize,
}

/// The options every text is read with.
pub fn options() -> Options<'static> {
    let mut options = Options::default();
    let on = &mut options.extension;
    on.strikethrough = true;
    on.table = true;
    on.autolink = true;
    on.tasklist = true;
    on.footnotes = true;
    on.description_lists = true;
    on.cjk_friendly_emphasis = true;
    options
}

/// Parses a text. Bare URLs end before a Korean particle (`https://a.kr에서` links `https://a.kr`).
pub fn parse<'a>(arena: &'a Arena<'a>, text: &str) -> Node<'a> {
    let root = parse_document(arena, text, &options());
    let lines: Vec<&str> = text.lines().collect();
    for node in root.descendants() {
        trim_autolink(arena, node, &lines);
    }
    root
}

/// All headings of a text.
pub fn headings(text: &str) -> Vec<Heading> {
    survey(text).headings.clone()
}

/// All links of a text.
pub fn links(text: &str) -> Vec<Link> {
    survey(text).links.clone()
}

/// All code blocks of a text.
pub fn code_blocks(text: &str) -> Vec<CodeBlock> {
    survey(text).code.clone()
}

/// The language of fenced code that is drawn as a diagram.
pub const DIAGRAM: &str = "mermaid";

/// All diagrams of a text.
pub fn diagrams(text: &str) -> Vec<CodeBlock> {
    let survey = survey(text);
    let drawn = survey.code.iter().filter(|block| block.lang.as_deref() == Some(DIAGRAM));
    drawn.cloned().collect()
}

/// Headings, links, images and code blocks of a text in one pass. Several rooms ask it of the same
/// texts, and from run to run most texts stay: it is kept until the engine's cache forgets it.
#[comemo::memoize]
pub fn survey(text: &str) -> Arc<Survey> {
    Arc::new(look(text))
}

fn look(text: &str) -> Survey {
    let arena = Arena::new();
    let root = parse(&arena, text);
    let mut found = Survey { excesses: excesses(root), ..Survey::default() };
    if found.excesses.iter().any(|excess| excess.of == Bound::Depth) {
        return found;
    }
    for node in root.descendants() {
        let line = node.data().sourcepos.start.line;
        let level = match &node.data().value {
            NodeValue::Heading(heading) => Some(heading.level),
            _ => None,
        };
        if let Some(level) = level {
            let id = take_heading_id(node);
            found.runs.push(Run { text: run(node), line });
            found.headings.push(Heading { level, id, text: inline_text(node), line });
            continue;
        }
        match &node.data().value {
            NodeValue::Link(link) => {
                let text = inline_text(node);
                found.links.push(Link { url: link.url.clone(), text, line });
            }
            NodeValue::Image(link) => found.images.push(Image {
                url: link.url.clone(),
                alt: inline_text(node),
                title: link.title.clone(),
                line,
            }),
            NodeValue::CodeBlock(code) => {
                let (lang, attributes) = info(&code.info);
                let text = code.literal.clone();
                found.code.push(CodeBlock { lang, attributes, text, line });
            }
            NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) => found.html.push(line),
            NodeValue::Paragraph | NodeValue::TableCell => {
                found.runs.push(Run { text: run(node), line });
            }
            _ => {}
        }
    }
    found
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

/// The words a reader sees: no markup, no URLs, no diagrams; blocks separated by line breaks.
pub fn plain_text(text: &str) -> String {
    let arena = Arena::new();
    let mut out = String::new();
    for node in parse(&arena, text).descendants() {
        if matches!(node.data().value, NodeValue::Heading(_)) {
            take_heading_id(node);
        }
        match &node.data().value {
            NodeValue::CodeBlock(code) if !code.info.starts_with(DIAGRAM) => {
                new_line(&mut out);
                out.push_str(&code.literal);
            }
            NodeValue::HtmlBlock(html) => {
                new_line(&mut out);
                out.push_str(&html.literal);
            }
            value if value.block() => new_line(&mut out),
            value => push_inline(&mut out, value),
        }
    }
    out.trim().to_owned()
}

/// The plain text of the inlines under a node.
pub fn inline_text<'a>(node: Node<'a>) -> String {
    let mut out = String::new();
    for inner in node.descendants() {
        push_inline(&mut out, &inner.data().value);
    }
    out
}

/// The plain words under a node, with U+FFFC for what is not words.
fn run<'a>(node: Node<'a>) -> String {
    let mut out = String::new();
    for inner in node.children() {
        match &inner.data().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::SoftBreak | NodeValue::LineBreak => out.push('\n'),
            NodeValue::Code(_) | NodeValue::Image(_) | NodeValue::HtmlInline(_) => out.push(OBJECT),
            NodeValue::FootnoteReference(_) => {}
            NodeValue::Link(link) if link.url.ends_with(inline_text(inner).trim()) => {
                out.push(OBJECT)
            }
            _ => out.push_str(&run(inner)),
        }
    }
    out
}

/// U+FFFC: stands for an object among words.
const OBJECT: char = '\u{fffc}';

/// Takes the `{#id}` suffix off a heading and returns the id.
pub fn take_heading_id<'a>(heading: Node<'a>) -> Option<String> {
    let last = heading.last_child()?;
    let mut data = last.data_mut();
    let text = data.value.text_mut()?;
    let (title, id) = strip_id(text);
    let (title, id) = (title.to_owned(), id?.to_owned());
    *text = title.into();
    Some(id)
}

/// Heading levels that start at `base` and never skip one, in reverse order.
pub fn levels<'a>(root: Node<'a>, base: i64) -> Vec<usize> {
    let base = usize::try_from(base).unwrap_or(1).max(1);
    let mut open: Vec<u8> = Vec::new();
    let written = root.descendants().filter_map(|node| match &node.data().value {
        NodeValue::Heading(heading) => Some(heading.level),
        _ => None,
    });
    let mut levels: Vec<_> = written
        .map(|level| {
            open.retain(|&outer| outer < level);
            open.push(level);
            base + open.len() - 1
        })
        .collect();
    levels.reverse();
    levels
}

/// Splits `Title {#id}` into title and id.
pub fn strip_id(text: &str) -> (&str, Option<&str>) {
    let trimmed = text.trim_end();
    let split = trimmed.strip_suffix('}').and_then(|rest| rest.rsplit_once("{#"));
    match split {
        Some((title, id)) if is_id(id) => (title.trim_end(), Some(id)),
        _ => (text, None),
    }
}

/// Splits an info string into its language and its `key=value` pairs.
pub fn info(info: &str) -> (Option<String>, Vec<(String, String)>) {
    let info = info.trim();
    let (lang, rest) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
    let lang = (!lang.is_empty()).then(|| lang.to_owned());
    (lang, attributes(rest))
}

/// Reads `key=value key="value with spaces"` pairs; anything else is skipped.
pub fn attributes(text: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let Some(value) = after.strip_prefix('=') else {
            rest = after.trim_start();
            continue;
        };
        let (value, after) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if !key.is_empty() {
            pairs.push((key.to_owned(), value.to_owned()));
        }
        rest = after.trim_start();
    }
    pairs
}

/// Whether a string can be a heading id.
fn is_id(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'))
}

/// Starts a new line unless there is nothing before it.
fn new_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Appends what one inline node itself prints.
fn push_inline(out: &mut String, value: &NodeValue) {
    match value {
        NodeValue::Text(text) => out.push_str(text),
        NodeValue::Code(code) => out.push_str(&code.literal),
        NodeValue::HtmlInline(html) => out.push_str(html),
        NodeValue::SoftBreak | NodeValue::LineBreak => out.push(' '),
        _ => {}
    }
}

/// Cuts a Korean particle off the end of a bare URL and gives it back to the text.
fn trim_autolink<'a>(arena: &'a Arena<'a>, node: Node<'a>, lines: &[&str]) {
    let (url, start) = match &node.data().value {
        NodeValue::Link(link) if link.title.is_empty() => {
            (link.url.clone(), node.data().sourcepos.start)
        }
        _ => return,
    };
    let first = lines
        .get(start.line.wrapping_sub(1))
        .and_then(|line| line.as_bytes().get(start.column.wrapping_sub(1)));
    if !matches!(first, Some(b'h' | b'w' | b'H' | b'W')) {
        return;
    }
    let Some(child) = node.first_child().filter(|child| child.next_sibling().is_none()) else {
        return;
    };
    let Some(text) = child.data().value.text().map(str::to_owned) else { return };
    let Some(cut) = particle_start(&text) else { return };
    let tail = text[cut..].to_owned();
    let Some(url) = url.strip_suffix(&tail).or_else(|| url.strip_suffix(&encoded(&tail))) else {
        return;
    };
    if let NodeValue::Link(link) = &mut node.data_mut().value {
        link.url = url.to_owned();
    }
    if let Some(own) = child.data_mut().value.text_mut() {
        *own = text[..cut].to_owned().into();
    }
    let ast = Ast::new(NodeValue::Text(tail.into()), start);
    node.insert_after(arena.alloc(AstNode::from(ast)));
}

/// Where a short run of Hangul begins that ends a URL right after a Latin letter or digit.
fn particle_start(url: &str) -> Option<usize> {
    let tail: usize = url.chars().rev().take_while(|&c| is_hangul(c)).map(char::len_utf8).sum();
    let cut = url.len() - tail;
    let before = url[..cut].chars().next_back()?;
    let short = url[cut..].chars().count() <= 4;
    (tail > 0 && short && (before.is_ascii_alphanumeric() || before == '/')).then_some(cut).filter(
        // `…/wiki/서울` is a path of its own, `https://a.kr/에서` is not
        |&cut| before != '/' || url[..cut].matches('/').count() <= 3,
    )
}

/// Percent-encodes every byte, as comrak may have done.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Whether a character is Hangul: a syllable or a jamo.
pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}'
        | '\u{A960}'..='\u{A97F}' | '\u{D7B0}'..='\u{D7FF}')
}

#[cfg(test)]
mod tests;
