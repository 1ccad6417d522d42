//! What the checks ask of a text: headings, links, images, code blocks, each with its line.

use std::sync::Arc;

use comrak::nodes::{ListDelimType, ListType, NodeList, NodeValue};
use comrak::{Arena, Node};

use crate::markdown::attributes::{DIAGRAM, info};
use crate::markdown::bounds::{Bound, Excess, crowded, excesses, rows};
use crate::markdown::headings::take_heading_id;
use crate::markdown::links::is_bare;
use crate::markdown::tree::{Context, parse};
use crate::markdown::words::inline_text;

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

/// A number that begins an item of a list, and may be meant as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The number and the sign after it, as they are typed: `2019.`.
    pub typed: String,
    /// The number and the sign as they are printed. Items are numbered from the first one on.
    pub printed: String,
    /// The line in the text, from 1.
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
    /// Numbers that make a list of what may be meant as text.
    pub numbers: Vec<Number>,
    /// The plain words of every paragraph, heading and table cell.
    pub runs: Vec<Run>,
    /// What is more than a page can take. A text that nests too deep has nothing else here.
    pub excesses: Vec<Excess>,
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

/// All headings of a text.
pub fn headings(text: &str) -> Vec<Heading> {
    survey(text, Context::Block).headings.clone()
}

/// All links of a text.
pub fn links(text: &str) -> Vec<Link> {
    survey(text, Context::Block).links.clone()
}

/// All diagrams of a text.
pub fn diagrams(text: &str) -> Vec<CodeBlock> {
    let survey = survey(text, Context::Block);
    let drawn = survey.code.iter().filter(|block| block.lang.as_deref() == Some(DIAGRAM));
    drawn.cloned().collect()
}

/// Headings, links, images and code blocks of a text in one pass. Several rooms ask it of the same
/// texts, and from run to run most texts stay: it is kept until the engine's cache forgets it.
#[comemo::memoize]
pub fn survey(text: &str, context: Context) -> Arc<Survey> {
    Arc::new(look(text, context))
}

fn look(text: &str, context: Context) -> Survey {
    let arena = Arena::new();
    let root = parse(&arena, text, context);
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
            NodeValue::List(list) if list.list_type == ListType::Ordered => {
                found.numbers.extend(doubtful_numbers(node, list));
            }
            NodeValue::Paragraph | NodeValue::TableCell => {
                found.runs.push(Run { text: run(node), line });
            }
            _ => {}
        }
    }
    let of_runs = found.runs.iter().filter_map(|run| {
        let excess = crowded(&run.text)?;
        Some(Excess { line: run.line + excess.line - 1, ..excess })
    });
    // Code has rows, too; entities make some that the text does not have.
    match rows(text) {
        Some(excess) => found.excesses.push(excess),
        None => found.excesses.extend(of_runs),
    }
    found
}

/// The numbers of a list that are hardly meant as such: of a list of one item that does not begin with
/// 1, and those that print as others, unless all items have the same one.
fn doubtful_numbers<'a>(list: Node<'a>, first: &NodeList) -> Vec<Number> {
    let sign = if first.delimiter == ListDelimType::Period { '.' } else { ')' };
    let items: Vec<(usize, usize)> = list
        .children()
        .filter_map(|item| match &item.data().value {
            NodeValue::Item(own) => Some((own.start, item.data().sourcepos.start.line)),
            _ => None,
        })
        .collect();
    let alone = items.len() == 1 && first.start > 1;
    let same = items.len() > 1 && items.iter().all(|(typed, _)| *typed == first.start);
    let numbers = items
        .iter()
        .zip(first.start..)
        .filter(|((typed, _), printed)| alone || typed != printed && !same);
    let numbers = numbers.map(|(&(typed, line), printed)| Number {
        typed: format!("{typed}{sign}"),
        printed: format!("{printed}{sign}"),
        line,
    });
    numbers.collect()
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
            NodeValue::Link(_) if is_bare(inner) => out.push(OBJECT),
            _ => out.push_str(&run(inner)),
        }
    }
    out
}

/// U+FFFC: stands for an object among words.
const OBJECT: char = '\u{fffc}';
