//! Blocks that stay whole where a page can hold them, and break over pages where none can.
//! Must not know what is in a block.

use typst::diag::SourceResult;
use typst::engine::Engine as Compiler;
use typst::foundations::{Content, NativeElement as _, Packed, StyleChain, func};
use typst::introspection::Locator;
use typst::layout::{Abs, Axes, BlockBody, BlockElem, Fragment, Frame, Region, Regions, Size};
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

/// The frames of content that stays whole if it can.
fn place(
    block: &Packed<BlockElem>,
    engine: &mut Compiler,
    locator: Locator,
    styles: StyleChain,
    regions: Regions,
) -> SourceResult<Fragment> {
    let Some(BlockBody::Content(body)) = block.body.get_ref(StyleChain::default()) else {
        return Ok(Fragment::frames(Vec::new()));
    };
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
