//! `CommonMark` to native content: no markup text, no `eval`, so data can never become code.
//!
//! This file is the function templates call; `blocks` and `inlines` build the elements.
//! Must not know any template: looks are left to show rules and to the functions passed in.

// what a template can name; an attribute on the function does not survive `#[func]`
#![allow(clippy::too_many_arguments)]

mod blocks;
mod inlines;

use std::collections::HashMap;

use comemo::Tracked;
use comrak::nodes::NodeValue;
use typst::diag::{SourceResult, bail};
use typst::engine::Engine as Compiler;
use typst::foundations::{Content, Context, Dict, Func, NativeFunc, Str, func};
use typst::syntax::Span;
use typst::text::TextElem;
use typst::utils::hash128;

use crate::markdown::quotes::Marks;
use crate::markdown::{Arena, Bound, Node, excesses, parse, settle};

/// Turns `CommonMark` (with tables, footnotes, task and description lists) into content.
///
/// A text of one paragraph becomes inline content, anything longer paragraphs and blocks.
/// Raw HTML prints as its characters. Every element is the one Typst markup would make, so
/// `show heading`, `show link`, `show raw`, `show table`, `show quote`, `show footnote` … apply.
///
/// ```typ
/// #markdown(article.body, links: links, level: 3, prefix: "article-1-",
///   blocks: (mermaid: (source, info) => diagram(source, caption: info.at("caption", default: none))))
/// ```
#[func]
pub fn markdown(
    engine: &mut Compiler,
    context: Tracked<Context>,
    span: Span,
    /// The `CommonMark` text.
    text: Str,
    /// Whether it is a short text, with paragraphs, nested bullets and notes as its only blocks.
    #[named]
    #[default(false)]
    inline: bool,
    /// Where URLs lead: `("/a": (label: "article-a"))` to a label of this document,
    /// `("/b": (url: "https://…"))` to another address. A URL that is missing leads to itself,
    /// one that is `none` is not linked.
    #[named]
    #[default]
    links: Dict,
    /// Functions for fenced code by language, called with the code and a dictionary of the
    /// `key="value"` pairs of the info string.
    #[named]
    #[default]
    blocks: Dict,
    /// The heading level of the shallowest heading in the text; deeper ones follow without gaps.
    #[named]
    #[default(1)]
    level: i64,
    /// Put before every heading id to make its label.
    #[named]
    #[default]
    prefix: Str,
    /// Tells the notes of this text from those of another with the same words.
    #[named]
    #[default]
    notes: Str,
    /// The virtual folder in which images are looked up.
    #[named]
    #[default("/data".into())]
    images: Str,
    /// Called with `1` for a done task, `0` for an open one and `2` for a plain item between
    /// them; makes the mark of a task list item.
    #[named]
    #[default]
    task: Option<Func>,
    /// What straight quotation marks become: double open and close, single open and close; a blank behind
    /// them stands on the inner side of the first two.
    #[named]
    #[default("“”‘’".into())]
    quotes: Str,
    /// Whether to join Korean words; a template with `show text: keep-all` may switch it off.
    #[named]
    #[default(true)]
    keep: bool,
) -> SourceResult<Content> {
    let arena = Arena::new();
    let root = parse(&arena, &text, crate::markdown::Context::of(inline));
    // Elements nest as the text does, and are made by recursion.
    if excesses(root).iter().any(|excess| excess.of == Bound::Depth) {
        bail!(span, "the text nests deeper than {} levels", Bound::Depth.limit());
    }
    let Some(marks) = Marks::read(&quotes) else {
        bail!(span, "`quotes` are four marks, found `{quotes}`");
    };
    settle(root, u8::try_from(level.max(1)).unwrap_or(u8::MAX), marks);
    let mut writer = Writer {
        engine,
        context,
        span,
        links,
        blocks,
        prefix,
        fingerprint: hash128(&(&text, &notes)),
        images,
        task: task.unwrap_or_else(|| Func::from(task_mark::data())),
        keep,
        marks,
        notes: footnotes(root),
        before: ' ',
        glue: true,
    };
    writer.document(root, inline)
}

/// The mark of a task list item: ☑, ☐, or a bullet for an item that is no task.
#[func]
pub fn task_mark(
    /// `1` for done, `0` for open, anything else for no task.
    state: i64,
) -> Content {
    TextElem::packed(match state {
        1 => "☑",
        0 => "☐",
        _ => "•",
    })
}

/// What the building of content needs to know.
struct Writer<'a, 'c, 'e> {
    engine: &'c mut Compiler<'e>,
    context: Tracked<'c, Context<'c>>,
    span: Span,
    links: Dict,
    blocks: Dict,
    prefix: Str,
    /// Tells the text from others.
    fingerprint: u128,
    images: Str,
    task: Func,
    keep: bool,
    /// What straight quotation marks of captions become.
    marks: Marks,
    /// Footnotes by name.
    notes: HashMap<String, Note<'a>>,
    /// The last character of the paragraph so far.
    before: char,
    /// Whether joiners may be set here: not in headings, whose text becomes a bookmark.
    glue: bool,
}

/// A footnote: its text, how often it is referred to, whether it has been printed.
struct Note<'a> {
    node: Node<'a>,
    references: u32,
    printed: bool,
}

/// All footnotes of a text.
fn footnotes<'a>(root: Node<'a>) -> HashMap<String, Note<'a>> {
    let definitions = root.descendants().filter_map(|node| match &node.data().value {
        NodeValue::FootnoteDefinition(note) => {
            let (node, references) = (node, note.total_references);
            Some((note.name.clone(), Note { node, references, printed: false }))
        }
        _ => None,
    });
    definitions.collect()
}
