//! Blocks → one CommonMark tree: links settled, headings in their levels, diagrams and pictures
//! replaced by descriptions.

use std::collections::HashMap;

use comrak::Anchorizer;
use comrak::nodes::{
    Ast, AstNode, ListDelimType, ListType, NodeHeading, NodeLink, NodeList, NodeValue,
};

use crate::document::model::values::Link;
use crate::export::text::block::{Block, Drawing, Prose, Run};
use crate::markdown::quotes::{COMMON, Marks};
use crate::markdown::{
    Arena, Context, DIAGRAM, Node, caption, info, inline_text, is_bare, parse, settle,
    take_heading_id,
};
use crate::util::address::readable;

/// The prefix of a link to a label until the anchors of all headings are known.
const LABEL: &str = "label:";
/// The deepest level Markdown has.
const DEEPEST: u8 = 6;

/// What becomes of a diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Diagrams {
    /// Mermaid in a fence, which many readers of Markdown draw.
    Fenced,
    /// A description in sentences.
    Described,
}

/// The tree of a document.
pub(super) fn build<'a>(arena: &'a Arena<'a>, blocks: &[Block], diagrams: Diagrams) -> Node<'a> {
    let root = node(arena, NodeValue::Document);
    let mut tree = Tree { arena, diagrams, proses: 0, labels: HashMap::new() };
    for block in blocks {
        tree.block(root, block);
    }
    tree.settle(root);
    root
}

/// A node that comes from no text.
fn node<'a>(arena: &'a Arena<'a>, value: NodeValue) -> Node<'a> {
    arena.alloc(AstNode::from(Ast::new(value, (0, 0).into())))
}

/// Builds the tree.
struct Tree<'a> {
    arena: &'a Arena<'a>,
    diagrams: Diagrams,
    /// How many proses there were: each has footnotes of its own.
    proses: usize,
    /// The headings that links lead to.
    labels: HashMap<String, Node<'a>>,
}

impl<'a> Tree<'a> {
    fn block(&mut self, root: Node<'a>, block: &Block) {
        match block {
            Block::Heading(block) => {
                let heading = self.heading(block.level);
                self.runs(heading, &block.text);
                if let Some(label) = &block.label {
                    self.labels.insert(label.clone(), heading);
                }
                root.append(heading);
            }
            Block::Lines(block) => {
                let paragraph = node(self.arena, NodeValue::Paragraph);
                let lines = block.lines.iter().filter(|line| !line.is_empty());
                for (at, line) in lines.enumerate() {
                    if at > 0 {
                        paragraph.append(node(self.arena, NodeValue::LineBreak));
                    }
                    self.runs(paragraph, line);
                }
                root.append(paragraph);
            }
            Block::Points(block) => {
                let list = NodeList {
                    list_type: ListType::Bullet,
                    delimiter: ListDelimType::Period,
                    bullet_char: b'-',
                    tight: true,
                    ..NodeList::default()
                };
                let points = node(self.arena, NodeValue::List(list));
                for item in &block.items {
                    let point = node(self.arena, NodeValue::Item(list));
                    self.prose(point, item);
                    points.append(point);
                }
                root.append(points);
            }
            Block::Prose(prose) => self.prose(root, prose),
            Block::Drawing(drawing) => self.drawing(drawing).for_each(|part| root.append(part)),
        }
    }

    fn heading(&self, level: u8) -> Node<'a> {
        let level = level.clamp(1, DEEPEST);
        node(self.arena, NodeValue::Heading(NodeHeading { level, setext: false, closed: false }))
    }

    fn words(&self, words: &str) -> Node<'a> {
        node(self.arena, NodeValue::Text(words.to_owned().into()))
    }

    fn paragraph(&self, words: &str) -> Node<'a> {
        let paragraph = node(self.arena, NodeValue::Paragraph);
        paragraph.append(self.words(words));
        paragraph
    }

    fn runs(&mut self, parent: Node<'a>, runs: &[Run]) {
        for run in runs {
            let mut inline = match &run.prose {
                Some(prose) => self.phrase(prose, run.link.is_some()),
                None => vec![self.words(&run.text)],
            };
            let url = run.link.as_ref().map(address);
            let link =
                url.map(|url| NodeValue::Link(Box::new(NodeLink { url, title: String::new() })));
            for value in link.into_iter().chain(run.strong.then_some(NodeValue::Strong)) {
                let around = node(self.arena, value);
                inline.into_iter().for_each(|part| around.append(part));
                inline = vec![around];
            }
            inline.into_iter().for_each(|part| parent.append(part));
        }
    }

    /// The parts of a phrase of the data; without its links where it is one itself.
    fn phrase(&mut self, prose: &Prose, linked: bool) -> Vec<Node<'a>> {
        let whole = node(self.arena, NodeValue::Document);
        self.prose(whole, prose);
        let parts: Vec<Node> = whole.descendants().collect();
        let is_link = |part: &Node| matches!(part.data().value, NodeValue::Link(_));
        parts.into_iter().filter(|part| linked && is_link(part)).for_each(unwrap);
        let parts: Vec<Node> = whole.children().flat_map(|block| block.children()).collect();
        parts.into_iter().inspect(|part| part.detach()).collect()
    }

    /// Appends Markdown of the data.
    fn prose(&mut self, parent: Node<'a>, prose: &Prose) {
        self.proses += 1;
        let root = parse(self.arena, &prose.text, Context::of(prose.inline));
        let marks = Marks::read(&prose.quotes).unwrap_or(COMMON);
        settle(root, prose.level.unwrap_or(1), marks);
        let mut drawings = prose.drawings.iter();
        let nodes: Vec<Node> = root.descendants().collect();
        for part in nodes {
            if is_bare(part) {
                let typed = inline_text(part);
                let words = readable(&typed, |_| true);
                if words != typed {
                    part.children().for_each(|child| child.detach());
                    part.append(self.words(&words));
                }
            }
            let value = part.data().value.clone();
            match value {
                NodeValue::Heading(heading) => {
                    if let Some(id) = take_heading_id(part) {
                        self.labels.insert(format!("{}{id}", prose.prefix), part);
                    }
                    let level = heading.level.min(DEEPEST);
                    let heading = NodeHeading { level, setext: false, ..heading };
                    part.data_mut().value = NodeValue::Heading(heading);
                }
                NodeValue::Link(link) => match prose.links.get(&link.url) {
                    Some(Some(target)) => self.lead(part, address(target)),
                    Some(None) => unwrap(part),
                    None => {}
                },
                NodeValue::Image(link) => {
                    let words =
                        [inline_text(part), caption(&link.title, marks).unwrap_or_default()];
                    let words: Vec<&str> =
                        words.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
                    part.insert_before(self.words(&words.join(" – ")));
                    part.detach();
                }
                NodeValue::CodeBlock(code) if info(&code.info).0.as_deref() == Some(DIAGRAM) => {
                    if let Some(drawing) = drawings.next() {
                        self.drawing(drawing).for_each(|block| part.insert_before(block));
                        part.detach();
                    }
                }
                // Lines of a text are as long as a reader makes them.
                NodeValue::SoftBreak => part.data_mut().value = NodeValue::Text(" ".into()),
                // HTML prints as its characters.
                NodeValue::HtmlInline(html) => part.data_mut().value = NodeValue::Text(html.into()),
                NodeValue::HtmlBlock(html) => {
                    part.insert_before(self.paragraph(html.literal.trim_end()));
                    part.detach();
                }
                NodeValue::FootnoteDefinition(mut note) => {
                    note.name = format!("{}-{}", self.proses, note.name);
                    part.data_mut().value = NodeValue::FootnoteDefinition(note);
                }
                NodeValue::FootnoteReference(mut note) => {
                    note.name = format!("{}-{}", self.proses, note.name);
                    part.data_mut().value = NodeValue::FootnoteReference(note);
                }
                _ => {}
            }
        }
        if let Some(lead) = &prose.lead {
            let strong = node(self.arena, NodeValue::Strong);
            strong.append(self.words(lead));
            match root
                .first_child()
                .filter(|first| matches!(first.data().value, NodeValue::Paragraph))
            {
                Some(first) => {
                    first.prepend(self.words(" "));
                    first.prepend(strong);
                }
                None => {
                    let paragraph = node(self.arena, NodeValue::Paragraph);
                    paragraph.append(strong);
                    root.prepend(paragraph);
                }
            }
        }
        let blocks: Vec<Node> = root.children().collect();
        blocks.into_iter().for_each(|block| parent.append(block));
    }

    /// Lets a link lead somewhere else. A bare address that stands for a page keeps its words.
    fn lead(&self, part: Node<'a>, url: String) {
        if let NodeValue::Link(link) = &mut part.data_mut().value {
            link.url = url;
        }
    }

    /// A diagram as blocks.
    fn drawing(&self, drawing: &Drawing) -> impl Iterator<Item = Node<'a>> + use<'a> {
        let shown = match self.diagrams {
            Diagrams::Described => self.paragraph(&drawing.alt),
            Diagrams::Fenced => {
                let fence = format!("```{DIAGRAM}\n{}\n```\n", drawing.source.trim_end());
                let block = parse(self.arena, &fence, Context::Block).first_child();
                block
                    .inspect(|block| block.detach())
                    .unwrap_or_else(|| self.paragraph(&drawing.alt))
            }
        };
        let caption = drawing.caption.as_ref().map(|caption| self.paragraph(caption));
        std::iter::once(shown).chain(caption)
    }

    /// Gives links to labels the anchors that readers of Markdown make of headings.
    fn settle(&self, root: Node<'a>) {
        let mut anchors = Anchorizer::new();
        let mut found = Vec::new();
        let headings = root.descendants();
        for heading in headings.filter(|n| matches!(n.data().value, NodeValue::Heading(_))) {
            found.push((heading, anchors.anchorize(&inline_text(heading))));
        }
        let anchor = |label: &str| {
            let heading = self.labels.get(label)?;
            found.iter().find(|(own, _)| own.same_node(heading)).map(|(_, anchor)| anchor)
        };
        let links: Vec<Node> = root.descendants().collect();
        for link in links {
            let label = match &link.data().value {
                NodeValue::Link(link) => link.url.strip_prefix(LABEL).map(str::to_owned),
                _ => None,
            };
            match label.map(|label| anchor(&label)) {
                Some(Some(anchor)) => self.lead(link, format!("#{anchor}")),
                Some(None) => unwrap(link),
                None => {}
            }
        }
    }
}

/// The address of a target.
fn address(target: &Link) -> String {
    match target {
        Link::Url(url) => url.clone(),
        Link::Label(label) => format!("{LABEL}{label}"),
    }
}

/// Puts what is in a node in its place.
fn unwrap<'a>(node: Node<'a>) {
    let inner: Vec<Node> = node.children().collect();
    inner.into_iter().for_each(|child| node.insert_before(child));
    node.detach();
}
