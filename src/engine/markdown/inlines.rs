//! Inlines: text, emphasis, code, links, images, footnote marks.
//!
//! Joiners are set here across the borders of elements, so that a particle stays with the bold,
//! code or link before it.

use comrak::nodes::NodeValue;
use typst::diag::{At, SourceResult, bail};
use typst::engine::Engine;
use typst::foundations::{
    Args, Content, ContextElem, Derived, Func, Label, NativeElement, NativeFunc, PathOrStr, Smart,
    Str, Value, func,
};
use typst::introspection::QueryLabelIntrospection;
use typst::layout::{BoxElem, Length, Ratio, Rel};
use typst::loading::{DataSource, Load};
use typst::model::{Destination, EmphElem, FootnoteElem, LinkElem, LinkTarget, StrongElem, Url};
use typst::syntax::{RootedPath, Span, Spanned, VirtualPath, VirtualRoot};
use typst::text::{LinebreakElem, RawContent, RawElem, SpaceElem, StrikeElem, SuperElem, TextElem};
use typst::visualize::ImageElem;

use super::Writer;
use crate::engine::addresses::printable;
use crate::engine::line_breaking::{JOINER_STR, OBJECT, belongs, glue_last, join};
use crate::markdown::{Node, attributes, inline_text, is_bare};

impl<'a> Writer<'a, '_, '_> {
    /// The inlines under a node; `last` when a paragraph ends with them.
    pub(super) fn inlines(&mut self, node: Node<'a>, last: bool) -> SourceResult<Content> {
        let mut parts = Vec::new();
        for inline in node.children() {
            let last = last && inline.next_sibling().is_none();
            self.inline(inline, last, &mut parts)?;
        }
        Ok(Content::sequence(parts))
    }

    /// One inline.
    fn inline(&mut self, node: Node<'a>, last: bool, parts: &mut Vec<Content>) -> SourceResult<()> {
        let value = node.data().value.clone();
        let content = match value {
            NodeValue::Text(text) => self.text(&text, last),
            NodeValue::HtmlInline(html) => self.text(&html, false),
            NodeValue::SoftBreak => {
                self.before = ' ';
                SpaceElem::shared().clone()
            }
            NodeValue::LineBreak => {
                self.before = ' ';
                LinebreakElem::shared().clone()
            }
            NodeValue::Emph => EmphElem::new(self.inlines(node, false)?).pack(),
            NodeValue::Strong => StrongElem::new(self.inlines(node, last)?).pack(),
            NodeValue::Strikethrough => StrikeElem::new(self.inlines(node, false)?).pack(),
            NodeValue::Link(link) => {
                let body = if is_bare(node) {
                    let address = printable(self.engine.world, &inline_text(node));
                    self.text(&address, false)
                } else {
                    self.inlines(node, last)?
                };
                self.link(&link.url, body)?
            }
            NodeValue::Code(code) => {
                self.border(code.literal.chars().next(), parts);
                self.before = code.literal.chars().next_back().unwrap_or(' ');
                RawElem::new(RawContent::Text(code.literal.into())).with_block(false).pack()
            }
            NodeValue::Image(_) => {
                self.border(Some(OBJECT), parts);
                self.before = OBJECT;
                BoxElem::new().with_body(Some(self.image(node)?)).pack()
            }
            NodeValue::FootnoteReference(note) => {
                self.border(Some(OBJECT), parts);
                let content = self.footnote(&note.name)?;
                self.before = OBJECT;
                content
            }
            _ => self.inlines(node, last)?,
        };
        parts.push(content.spanned(self.span));
        Ok(())
    }

    /// A run of text, joined to what is before it.
    fn text(&mut self, text: &str, last: bool) -> Content {
        let first = text.chars().next().unwrap_or(' ');
        let joined = self.glue && belongs(self.before, first);
        self.before = text.chars().next_back().unwrap_or(' ');
        let glued = (self.glue && last).then(|| glue_last(text)).flatten();
        let text = glued.as_deref().unwrap_or(text);
        if joined {
            TextElem::packed(self.kept(&format!("{JOINER_STR}{text}")))
        } else {
            TextElem::packed(self.kept(text))
        }
    }

    /// Text with its words joined, where that is done here.
    pub(super) fn kept(&self, text: &str) -> String {
        let joined = if self.keep && self.glue { join(text) } else { None };
        joined.unwrap_or_else(|| text.to_owned())
    }

    /// Joins what follows, which is not text, to the Hangul before it.
    fn border(&self, next: Option<char>, parts: &mut Vec<Content>) {
        if self.glue && next.is_some_and(|next| belongs(self.before, next)) {
            parts.push(TextElem::packed(JOINER_STR).spanned(self.span));
        }
    }

    /// A link to where the template's table says the URL leads.
    fn link(&self, url: &str, body: Content) -> SourceResult<Content> {
        let (kind, target) = match self.links.get(url) {
            Ok(Value::None) => return Ok(body),
            Ok(Value::Str(other)) => ("url", other.clone()),
            Ok(Value::Dict(target)) => match (target.get("label"), target.get("url")) {
                (Ok(Value::Str(label)), _) => ("label", label.clone()),
                (_, Ok(Value::Str(other))) => ("url", other.clone()),
                _ => return Ok(body),
            },
            _ => ("url", Str::from(url)),
        };
        if target.is_empty() {
            return Ok(body);
        }
        let target = if kind == "label" {
            LinkTarget::Label(Label::construct(target).at(self.span)?)
        } else {
            LinkTarget::Dest(Destination::Url(Url::new(target.as_str()).at(self.span)?))
        };
        Ok(LinkElem::new(target, body).pack())
    }

    /// An image from the job's files. Its width may stand in the title: `width=60%`.
    pub(super) fn image(&mut self, node: Node<'a>) -> SourceResult<Content> {
        let NodeValue::Image(link) = node.data().value.clone() else { return Ok(Content::empty()) };
        if link.url.contains("://") {
            bail!(
                self.span, "image `{}` is not in the data folder", link.url;
                hint: "there is no network here: save the image beside the data and name its path";
            );
        }
        let path = format!("{}/{}", self.images.trim_end_matches('/'), link.url);
        let path = VirtualPath::new(&path)
            .map_err(|error| format!("`{}` is not an image path: {error}", link.url))
            .at(self.span)?;
        let path = RootedPath::new(VirtualRoot::Project, path);
        let source = DataSource::Path(PathOrStr::Path(path));
        let loaded = Spanned::new(&source, self.span).load(self.engine.world)?;
        let mut image = ImageElem::new(Derived::new(source, loaded));
        let alt = inline_text(node);
        if !alt.is_empty() {
            image = image.with_alt(Some(alt.into()));
        }
        let pairs = attributes(&link.title);
        let width = pairs.iter().find(|(key, _)| key == "width");
        if let Some(width) = width.and_then(|(_, width)| percentage(width)) {
            image = image.with_width(Smart::Custom(Rel::new(Ratio::new(width), Length::zero())));
        }
        Ok(image.pack().spanned(self.span))
    }

    /// A footnote mark: with its text where it is first referred to, the number alone after that.
    fn footnote(&mut self, name: &str) -> SourceResult<Content> {
        // Texts of one page may well number their notes alike.
        let own = format!("{}footnote-{name}-{:032x}", self.prefix, self.fingerprint);
        let label = Label::construct(Str::from(own));
        let Some(note) = self.notes.get_mut(name) else { return Ok(Content::empty()) };
        let (node, several) = (note.node, note.references > 1);
        if std::mem::replace(&mut note.printed, true) {
            let mut label = Args::new(self.span, [label.at(self.span)?]);
            let mark = Func::from(repeated_mark::data()).with(&mut label);
            return Ok(ContextElem::new(mark).pack().spanned(self.span));
        }
        let outer = (self.before, self.glue);
        let body = self.item(node, true)?;
        (self.before, self.glue) = outer;
        let footnote = FootnoteElem::with_content(body).pack();
        Ok(if several { footnote.labelled(label.at(self.span)?) } else { footnote })
    }
}

/// A further mark of a footnote. Where a text is only measured, its footnotes are not in the
/// document: a figure stands for the number.
#[func]
pub fn repeated_mark(
    engine: &mut Engine,
    span: Span,
    /// The label of the footnote.
    label: Label,
) -> Content {
    match engine.introspect(QueryLabelIntrospection(label, span)) {
        Ok(_) => FootnoteElem::with_label(label).pack().spanned(span),
        Err(_) => SuperElem::new(TextElem::packed("1")).pack().spanned(span),
    }
}

/// Reads `60%` as 0.6.
fn percentage(text: &str) -> Option<f64> {
    let number: f64 = text.strip_suffix('%')?.trim().parse().ok()?;
    (number > 0.0 && number <= 100.0).then_some(number / 100.0)
}
