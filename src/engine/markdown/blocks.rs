//! Blocks: paragraphs, headings, lists, tables, code, quotes.

use std::num::NonZeroUsize;

use comrak::nodes::{ListType, NodeList, NodeTable, NodeValue, TableAlignment};
use typst::diag::{SourceResult, bail};
use typst::foundations::{
    Content, Dict, IntoValue, Label, NativeElement, Packed, Smart, Str, Value,
};
use typst::layout::{Alignment, BlockBody, BlockElem, Celled, Sizing, TrackSizings};
use typst::model::{
    DividerElem, EnumElem, EnumItem, FigureCaption, FigureElem, HeadingElem, ListElem, ListItem,
    Numbering, ParElem, QuoteElem, TableCell, TableChild, TableElem, TableHeader, TableItem,
    TermItem, TermsElem,
};
use typst::text::{RawContent, RawElem, TextElem};

use super::Writer;
use crate::markdown::{Node, caption, info, take_heading_id};

impl<'a> Writer<'a, '_, '_> {
    /// A whole text: inline when it is one paragraph, or a short one with bullets.
    pub(super) fn document(&mut self, root: Node<'a>, inline: bool) -> SourceResult<Content> {
        let mut shown = root.children().filter(|node| !is_definition(node));
        match (shown.next(), shown.next()) {
            (None, _) => Ok(Content::empty()),
            (Some(_), Some(list)) if inline && list.next_sibling().is_none() && is_tight(list) => {
                self.item(root, true)
            }
            (Some(only), None) if is_paragraph(only) && sole_image(only).is_none() => {
                self.paragraph(only)
            }
            _ => self.children(root),
        }
    }

    /// All blocks in a container.
    fn children(&mut self, container: Node<'a>) -> SourceResult<Content> {
        let mut blocks = Vec::new();
        let mut nodes = container.children().filter(|node| !is_definition(node)).peekable();
        while let Some(node) = nodes.next() {
            let block = self.block(node)?;
            // Words that lead up to a list, a table or a diagram stay on its page.
            let leads = is_paragraph(node) && nodes.peek().is_some_and(|next| is_shown(next));
            blocks.push(if leads {
                let body = BlockBody::Content(block);
                BlockElem::new().with_body(Some(body)).with_sticky(true).pack()
            } else {
                block
            });
        }
        Ok(Content::sequence(blocks))
    }

    /// The blocks of a list item or cell: a first or only paragraph stays inline when tight.
    pub(super) fn item(&mut self, container: Node<'a>, tight: bool) -> SourceResult<Content> {
        let mut blocks = Vec::new();
        for node in container.children() {
            let inline = tight && is_paragraph(node) && sole_image(node).is_none();
            blocks.push(if inline { self.paragraph(node)? } else { self.block(node)? });
        }
        Ok(Content::sequence(blocks))
    }

    /// One block.
    fn block(&mut self, node: Node<'a>) -> SourceResult<Content> {
        let value = node.data().value.clone();
        let content = match value {
            NodeValue::Paragraph => match sole_image(node) {
                Some(image) => self.figure(image)?,
                None => ParElem::new(self.paragraph(node)?).pack(),
            },
            NodeValue::Heading(heading) => self.heading(node, heading.level)?,
            NodeValue::List(list) => self.list(node, list)?,
            NodeValue::CodeBlock(code) => self.code(&code.info, &code.literal)?,
            NodeValue::BlockQuote => QuoteElem::new(self.children(node)?).with_block(true).pack(),
            NodeValue::Table(table) => self.table(node, &table)?,
            NodeValue::DescriptionList => self.terms(node)?,
            NodeValue::ThematicBreak => DividerElem::new().pack(),
            NodeValue::HtmlBlock(html) => {
                ParElem::new(TextElem::packed(html.literal.trim_end())).pack()
            }
            _ => self.children(node)?,
        };
        Ok(content.spanned(self.span))
    }

    /// The inlines of a paragraph.
    pub(super) fn paragraph(&mut self, node: Node<'a>) -> SourceResult<Content> {
        self.before = ' ';
        self.inlines(node, !matches!(node.data().value, NodeValue::TableCell))
    }

    /// A heading, labelled when it has an id. Its text gets no joiners.
    fn heading(&mut self, node: Node<'a>, level: u8) -> SourceResult<Content> {
        let id = take_heading_id(node);
        let level = NonZeroUsize::new(level.into()).unwrap_or(NonZeroUsize::MIN);
        let outer = std::mem::replace(&mut self.glue, false);
        self.before = ' ';
        let body = self.inlines(node, false)?;
        self.glue = outer;
        let heading = HeadingElem::new(body).with_level(Smart::Custom(level)).pack();
        // One without an id has a name of its own too, so that contents can lead to it.
        let line = node.data().sourcepos.start.line;
        let id = id.unwrap_or_else(|| format!("{:032x}-{line}", self.fingerprint));
        let label = Label::construct(Str::from(format!("{}{id}", self.prefix))).ok();
        Ok(match label {
            Some(label) => heading.labelled(label),
            None => heading,
        })
    }

    /// A list of bullets, numbers or tasks.
    fn list(&mut self, node: Node<'a>, list: NodeList) -> SourceResult<Content> {
        let mut items = Vec::new();
        for item in node.children() {
            let state = match &item.data().value {
                NodeValue::TaskItem(task) => Some(u64::from(task.symbol.is_some())),
                _ => None,
            };
            items.push((state, self.item(item, list.tight)?));
        }
        let span = self.span;
        if items.iter().any(|(state, _)| state.is_some()) {
            let items = items.into_iter().map(|(state, body)| {
                let number = Smart::Custom(state.unwrap_or(2));
                Packed::new(EnumItem::new(body).with_number(number)).spanned(span)
            });
            return Ok(EnumElem::new(items.collect())
                .with_numbering(Numbering::Func(self.task.clone()))
                .with_tight(list.tight)
                .pack());
        }
        let bodies = items.into_iter().map(|(_, body)| body);
        Ok(match list.list_type {
            ListType::Bullet => {
                let items = bodies.map(|body| Packed::new(ListItem::new(body)).spanned(span));
                ListElem::new(items.collect()).with_tight(list.tight).pack()
            }
            ListType::Ordered => {
                let items = bodies.map(|body| Packed::new(EnumItem::new(body)).spanned(span));
                let numbered = EnumElem::new(items.collect()).with_tight(list.tight);
                match u64::try_from(list.start) {
                    Ok(1) | Err(_) => numbered.pack(),
                    Ok(start) => numbered.with_start(Smart::Custom(start)).pack(),
                }
            }
        })
    }

    /// A code block, or what the template's function makes of it.
    fn code(&mut self, written: &str, text: &str) -> SourceResult<Content> {
        let (lang, pairs) = info(written);
        let text = text.strip_suffix('\n').unwrap_or(text);
        if let Some(Value::Func(function)) =
            lang.as_deref().and_then(|lang| self.blocks.get(lang).ok().cloned())
        {
            let pairs: Dict =
                pairs.into_iter().map(|(key, value)| (key.into(), value.into_value())).collect();
            let arguments = [Value::Str(text.into()), Value::Dict(pairs)];
            return Ok(function.call(self.engine, self.context, arguments)?.display());
        }
        let raw = RawElem::new(RawContent::Text(text.into())).with_block(true);
        Ok(raw.with_lang(lang.map(Into::into)).pack())
    }

    /// A table with its header row repeated on every page, where there is no link in it.
    fn table(&mut self, node: Node<'a>, table: &NodeTable) -> SourceResult<Content> {
        let span = self.span;
        let mut children = Vec::new();
        for row in node.children() {
            let header = matches!(row.data().value, NodeValue::TableRow(true));
            let mut cells = Vec::new();
            for cell in row.children() {
                let body = self.paragraph(cell)?;
                cells.push(TableItem::Cell(Packed::new(TableCell::new(body)).spanned(span)));
            }
            if header {
                // What repeats is an artifact, which PDF/UA allows no links; footnotes are links, too.
                let linked = row.descendants().any(|node| {
                    let value = &node.data().value;
                    matches!(value, NodeValue::Link(_) | NodeValue::FootnoteReference(_))
                });
                let header = TableHeader::new(cells).with_repeat(!linked);
                let header = Packed::new(header).spanned(span);
                children.push(TableChild::Header(header));
            } else {
                children.extend(cells.into_iter().map(TableChild::Item));
            }
        }
        let columns = std::iter::repeat_n(Sizing::Auto, table.num_columns).collect();
        let element = TableElem::new(children).with_columns(TrackSizings(columns));
        if table.alignments.iter().all(|&align| align == TableAlignment::None) {
            return Ok(element.pack());
        }
        let aligns = table.alignments.iter().map(|align| match align {
            TableAlignment::None => Smart::Auto,
            TableAlignment::Left => Smart::Custom(Alignment::LEFT),
            TableAlignment::Center => Smart::Custom(Alignment::CENTER),
            TableAlignment::Right => Smart::Custom(Alignment::RIGHT),
        });
        Ok(element.with_align(Celled::Array(aligns.collect())).pack())
    }

    /// A description list.
    fn terms(&mut self, node: Node<'a>) -> SourceResult<Content> {
        let (mut items, mut all_tight) = (Vec::new(), true);
        for item in node.children() {
            let tight = match &item.data().value {
                NodeValue::DescriptionItem(item) => item.tight,
                _ => true,
            };
            all_tight &= tight;
            let (mut term, mut details) = (Content::empty(), Content::empty());
            for part in item.children() {
                let is_term = matches!(part.data().value, NodeValue::DescriptionTerm);
                if is_term {
                    term = self.item(part, true)?;
                } else {
                    details = self.item(part, true)?;
                }
            }
            items.push(Packed::new(TermItem::new(term, details)).spanned(self.span));
        }
        Ok(TermsElem::new(items).with_tight(all_tight).pack())
    }

    /// An image that is a paragraph of its own: a figure, captioned by its title.
    fn figure(&mut self, node: Node<'a>) -> SourceResult<Content> {
        let NodeValue::Image(link) = node.data().value.clone() else {
            bail!(self.span, "expected an image");
        };
        let figure = FigureElem::new(self.image(node)?);
        Ok(match caption(&link.title, self.marks) {
            Some(caption) => {
                let body = TextElem::packed(self.kept(&caption)).spanned(self.span);
                let caption = Packed::new(FigureCaption::new(body)).spanned(self.span);
                figure.with_caption(Some(caption)).pack()
            }
            None => figure.with_numbering(None).with_outlined(false).pack(),
        })
    }
}

/// Whether a block is the text of a footnote, which is printed where it is referred to.
fn is_definition(node: &Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::FootnoteDefinition(_))
}

/// Whether a block is a list without space between its items.
fn is_tight(node: Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::List(NodeList { tight: true, .. }))
}

/// Whether a block is a paragraph.
fn is_paragraph(node: Node<'_>) -> bool {
    matches!(node.data().value, NodeValue::Paragraph)
}

/// The image a paragraph consists of.
fn sole_image<'a>(node: Node<'a>) -> Option<Node<'a>> {
    let only = node.first_child().filter(|first| first.next_sibling().is_none())?;
    let image = matches!(only.data().value, NodeValue::Image(_));
    image.then_some(only)
}

/// Whether a block shows what the words before it announce.
fn is_shown(node: Node) -> bool {
    let shown = matches!(
        node.data().value,
        NodeValue::List(_) | NodeValue::Table(_) | NodeValue::CodeBlock(_)
    );
    shown || (is_paragraph(node) && sole_image(node).is_some())
}
