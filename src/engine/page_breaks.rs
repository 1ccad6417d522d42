//! Blocks that stay whole where a page can hold them, and blocks that break over pages without leaving a
//! line behind. Must not know what is in a block.

use typst::diag::SourceResult;
use typst::engine::Engine as Compiler;
use typst::foundations::{Content, NativeElement as _, Packed, StyleChain, func};
use typst::introspection::Locator;
use typst::layout::{Abs, Axes, BlockBody, BlockElem, Fragment, Frame, Region, Regions, Size};
use typst::text::TextElem;
use typst_layout::{layout_fragment, layout_frame};

/// A block that stays whole where a page can hold it, and breaks over pages where none can. It is
/// laid out once, and once more only where it has to break.
///
/// ```typ
/// #show table: it => block(together(it))
/// ```
#[func]
pub fn together(
    /// What is kept whole.
    body: Content,
) -> Content {
    let captured = BlockElem::new().with_body(Some(BlockBody::Content(body)));
    BlockElem::multi_layouter(Packed::new(captured), place).pack()
}

/// A block that breaks over two pages only where more than a line stands on the second. It is laid out
/// once, and once more only where too little would.
///
/// ```typ
/// #block(in-parts(entry))
/// ```
#[func]
pub fn in_parts(
    /// What may break.
    body: Content,
) -> Content {
    let captured = BlockElem::new().with_body(Some(BlockBody::Content(body)));
    BlockElem::multi_layouter(Packed::new(captured), place_parts).pack()
}

/// The least that stands on the second page, in sizes of the text: less than two lines.
const LEAST: f64 = 2.2;

/// The frames of content that breaks without leaving a line behind.
fn place_parts(
    block: &Packed<BlockElem>,
    engine: &mut Compiler,
    locator: Locator,
    styles: StyleChain,
    mut regions: Regions,
) -> SourceResult<Fragment> {
    let Some(body) = body(block) else { return Ok(Fragment::frames(Vec::new())) };
    let parts = layout_fragment(engine, body, locator.relayout(), styles, regions)?;
    let least = styles.resolve(TextElem::size) * LEAST;
    let lacks = match parts.as_slice() {
        [first, last] if !first.is_empty() => least - last.height(),
        _ => Abs::zero(),
    };
    if lacks <= Abs::zero() {
        return Ok(parts);
    }
    // Where the first part would end so much higher, at least a line more moves over.
    regions.size.y -= lacks.max(regions.size.y - parts.as_slice()[0].height() + Abs::pt(1.0));
    layout_fragment(engine, body, locator, styles, regions)
}

/// What a block holds.
fn body(block: &Packed<BlockElem>) -> Option<&Content> {
    match block.body.get_ref(StyleChain::default()) {
        Some(BlockBody::Content(body)) => Some(body),
        _ => None,
    }
}

/// The frames of content that stays whole if it can.
fn place(
    block: &Packed<BlockElem>,
    engine: &mut Compiler,
    locator: Locator,
    styles: StyleChain,
    regions: Regions,
) -> SourceResult<Fragment> {
    let Some(body) = body(block) else { return Ok(Fragment::frames(Vec::new())) };
    // The region does not depend on the block's place on the page, so that a second layout is
    // cached.
    let size = Size::new(regions.size.x, Abs::inf());
    let region = Region::new(size, Axes::new(regions.expand.x, false));
    let frame = layout_frame(engine, body, locator.relayout(), styles, region)?;
    if regions.size.y.fits(frame.height()) {
        return Ok(Fragment::frame(frame));
    }
    if regions.full.fits(frame.height()) {
        // Nothing here, and all of it on the next page.
        let nothing = Frame::soft(Size::with_x(frame.width()));
        return Ok(Fragment::frames(vec![nothing, frame]));
    }
    layout_fragment(engine, body, locator, styles, regions)
}
