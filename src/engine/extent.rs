//! How much space content takes, laid out as on a page. Must not know what is measured.
//!
//! The compiler's `measure` asks where its content stands. Here nothing may depend on that, and what is
//! measured again, also as a part of something else, is found in the cache.

use std::collections::BTreeMap;

use comemo::Tracked;
use typst::diag::{At as _, SourceResult};
use typst::engine::Engine as Compiler;
use typst::foundations::{Content, Context, Resolve as _, Smart, Str, func};
use typst::introspection::Locator;
use typst::layout::{Abs, Axes, Frame, FrameItem, Length, Region, Size};
use typst::syntax::Span;
use typst::text::{LinebreakElem, TextElem};
use typst_layout::layout_frame;

/// The height of content in a width.
///
/// ```typ
/// #layout(area => height-of(entry, area.width))
/// ```
#[func(contextual)]
pub fn height_of(
    engine: &mut Compiler,
    context: Tracked<Context>,
    span: Span,
    /// What is measured.
    body: Content,
    /// The width that it takes.
    width: Length,
) -> SourceResult<Length> {
    Ok(laid_out(engine, context, span, &body, Smart::Custom(width))?.height().into())
}

/// The width of each text, on a line of its own. Tracking counts after each letter, also the last.
///
/// ```typ
/// #context line-widths(("Rust", "Typst,"))
/// ```
#[func(contextual)]
pub fn line_widths(
    engine: &mut Compiler,
    context: Tracked<Context>,
    span: Span,
    /// The texts.
    texts: Vec<Str>,
) -> SourceResult<Vec<Length>> {
    let together = Content::sequence(
        texts
            .iter()
            .flat_map(|text| [TextElem::packed(text.clone()), LinebreakElem::shared().clone()]),
    );
    let mut lines = BTreeMap::new();
    let is_text = add_lines(
        &laid_out(engine, context, span, &together, Smart::Auto)?,
        Abs::zero(),
        &mut lines,
    );
    if is_text && lines.len() == texts.len() {
        return Ok(lines.into_values().map(Length::from).collect());
    }
    let mut width = |text| Ok(laid_out(engine, context, span, &text, Smart::Auto)?.width().into());
    texts.into_iter().map(|text| width(TextElem::packed(text))).collect()
}

/// Content in a width, or on one line.
fn laid_out(
    engine: &mut Compiler,
    context: Tracked<Context>,
    span: Span,
    body: &Content,
    width: Smart<Length>,
) -> SourceResult<Frame> {
    let styles = context.styles().at(span)?;
    let width = width.resolve(styles);
    let expand = Axes::new(width != Smart::Auto, false);
    let region = Region::new(Size::new(width.unwrap_or(Abs::inf()), Abs::inf()), expand);
    layout_frame(engine, body, Locator::root(), styles, region)
}

/// Adds the widths of texts to those of the lines that they stand on, by their places from above. Returns
/// whether there is nothing but text.
fn add_lines(frame: &Frame, above: Abs, lines: &mut BTreeMap<Abs, Abs>) -> bool {
    frame.items().all(|(at, item)| match item {
        FrameItem::Group(group) => {
            group.frame.kind().is_soft() && add_lines(&group.frame, above + at.y, lines)
        }
        FrameItem::Text(text) => {
            *lines.entry(above + at.y).or_default() += text.width();
            true
        }
        FrameItem::Tag(_) => true,
        _ => false,
    })
}
