//! Blocks that ask nothing about the document around them: laid out beside its pages.
//!
//! The compiler lays out the flow of a chapter on one processor. A drawing in it takes a hundred
//! times as long as a line, but needs only its room: another processor lays out the last ones
//! meanwhile, and the pages find them done.
//! Must not know what is in a block.

use std::cell::Cell;
use std::collections::HashMap;
use std::sync::{Condvar, Mutex, PoisonError};

use comemo::{Track as _, Tracked};
use typst::diag::{At as _, SourceResult};
use typst::engine::{Engine as Compiler, Route, Sink, Traced};
use typst::foundations::{
    Content, NativeElement as _, Packed, SequenceElem, StyleChain, StyledElem, Target, TargetElem,
    func,
};
use typst::introspection::{EmptyIntrospector, Introspector, Location, Locator, SplitLocator, Tag};
use typst::layout::{BlockBody, BlockElem, Frame, FrameItem, FrameKind, Region};
use typst::model::FigureElem;
use typst::syntax::Span;
use typst::utils::{LazyHash, Protected, hash128};
use typst::{Library, World};
use typst_layout::layout_document;

use crate::engine::world::with_compiler;
use crate::util::parallel::beside;

/// A block of content that can be laid out before its page is, for it asks nothing about the document: no
/// counter, no footnote, no query. Content that does is laid out with its page, as all other.
///
/// ```typ
/// #apart(layout(room => draw(room.width)))
/// ```
#[func]
pub fn apart(
    /// What is laid out, in a block of its own that does not break.
    body: Content,
) -> Content {
    let captured = BlockElem::new().with_body(Some(BlockBody::Content(body)));
    BlockElem::single_layouter(Packed::new(captured), place).pack()
}

/// The frame of content that stands apart, at its place in a document.
fn place(
    block: &Packed<BlockElem>,
    engine: &mut Compiler,
    locator: Locator,
    styles: StyleChain,
    region: Region,
) -> SourceResult<Frame> {
    let Some(BlockBody::Content(body)) = block.body.get_ref(StyleChain::default()) else {
        return Ok(Frame::soft(region.size));
    };
    let (world, library) = (engine.world, engine.library);
    // One in another is a part of it: to wait for itself would take for ever.
    let found = (!LAYS_OUT.get()).then(|| {
        let _turn = Turn::at(hash128(&(body, styles, region)));
        alone(world, library, engine.route.track(), body, styles, region)
    });
    let mut frame = match found.flatten() {
        Some(mut frame) => {
            let mut places = Places { locator: locator.split(), known: HashMap::new() };
            places.locate(&mut frame, engine);
            frame
        }
        None => (library.routines.layout_frame)(engine, body, locator, styles, region)?,
    };
    // As blocks of content are: what is relative to its parent is so to the block.
    frame.set_kind(FrameKind::Hard);
    Ok(frame)
}

/// The frame of content by itself: the same for everybody who asks. `None` where it asks about the document,
/// or has something to say about its place.
#[comemo::memoize]
fn alone(
    world: Tracked<dyn World + '_>,
    library: &LazyHash<Library>,
    route: Tracked<Route>,
    body: &Content,
    styles: StyleChain,
    region: Region,
) -> Option<Frame> {
    let nothing: &dyn Introspector = &EmptyIntrospector;
    let (traced, mut sink) = (Traced::default(), Sink::new());
    let mut engine = Compiler {
        library,
        world,
        introspector: Protected::new(nothing.track()),
        traced: traced.track(),
        sink: sink.track_mut(),
        route: Route::extend(route),
    };
    let locator = Locator::root();
    let frame = (library.routines.layout_frame)(&mut engine, body, locator, styles, region);
    let asks = !sink.introspections().is_empty() || !sink.delayed().is_empty();
    frame.ok().filter(|_| !asks && sink.warnings().is_empty())
}

/// Who lays out a block now. Who needs the same one waits for it and finds it done.
struct Turn(u128);

/// Blocks that are being laid out.
static UNDERWAY: Mutex<Vec<u128>> = Mutex::new(Vec::new());
/// Tells that one of them is done.
static DONE: Condvar = Condvar::new();
thread_local! {
    /// Whether this thread lays out one of them.
    static LAYS_OUT: Cell<bool> = const { Cell::new(false) };
}

impl Turn {
    /// Waits until nobody else lays out this block.
    fn at(block: u128) -> Self {
        let underway = UNDERWAY.lock().unwrap_or_else(PoisonError::into_inner);
        let mut underway = DONE
            .wait_while(underway, |underway| underway.contains(&block))
            .unwrap_or_else(PoisonError::into_inner);
        underway.push(block);
        LAYS_OUT.set(true);
        Self(block)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        LAYS_OUT.set(false);
        let mut underway = UNDERWAY.lock().unwrap_or_else(PoisonError::into_inner);
        underway.retain(|block| *block != self.0);
        DONE.notify_all();
    }
}

/// The places of elements in a frame that was laid out without knowing where it would stand.
struct Places<'a> {
    locator: SplitLocator<'a>,
    known: HashMap<Location, Location>,
}

impl Places<'_> {
    /// Gives all elements of a frame their place in the document.
    fn locate(&mut self, frame: &mut Frame, engine: &mut Compiler) {
        frame.retain(|item| {
            match item {
                FrameItem::Group(group) => {
                    if let Some(parent) = &mut group.parent {
                        parent.location = self.here(parent.location, Span::detached(), engine);
                    }
                    self.locate(&mut group.frame, engine);
                }
                FrameItem::Tag(Tag::Start(element, _)) => {
                    if let Some(alone) = element.location() {
                        element.set_location(self.here(alone, element.span(), engine));
                    }
                }
                FrameItem::Tag(Tag::End(alone, ..)) => {
                    *alone = self.here(*alone, Span::detached(), engine);
                }
                _ => {}
            }
            true
        });
    }

    /// The place of an element that was laid out alone.
    fn here(&mut self, alone: Location, span: Span, engine: &mut Compiler) -> Location {
        let locator = &mut self.locator;
        let next = || locator.next_location(engine, alone.hash(), span);
        *self.known.entry(alone).or_insert_with(next)
    }
}

/// Lays out the pages of a document, and meanwhile what stands apart in it, the last first: who
/// comes from the beginning finds the rest done. What is wrong in it is wrong again, and told, when
/// the pages are laid out.
pub(super) fn with_apart<T>(world: &dyn World, pages: impl FnOnce() -> T) -> T {
    let found = evaluate(world).map_or_else(|_| Vec::new(), |content| find(&content));
    if found.len() < 2 {
        return pages();
    }
    let ahead = |helps: &dyn Fn() -> bool| {
        let left = found.iter().rev().take_while(|_| helps());
        left.for_each(|page| lay_out(world, page));
    };
    beside(ahead, pages)
}

/// The content of a document before its pages are laid out.
fn evaluate(world: &dyn World) -> SourceResult<Content> {
    let main = world.source(world.main()).at(Span::detached())?;
    let (traced, mut sink, route) = (Traced::default(), Sink::new(), Route::default());
    let (tracked, library) = (world.track(), world.library());
    let (traced, sink, route) = (traced.track(), sink.track_mut(), route.track());
    Ok(typst_eval::eval(tracked, library, traced, sink, route, &main)?.content())
}

/// Lays out a page with a block that holds what stands apart, and so gives it the room and the rules that
/// it will have.
fn lay_out(world: &dyn World, page: &Content) {
    with_compiler(world, &EmptyIntrospector, |engine| {
        let paged = TargetElem::target.set(Target::Paged).wrap();
        let styles = StyleChain::new(&engine.library.styles);
        let _ = layout_document(engine, page, styles.chain(&paged));
    });
}

/// The blocks of a document that hold what stands apart, each with the rules of its place.
fn find(content: &Content) -> Vec<Content> {
    if let Some(sequence) = content.to_packed::<SequenceElem>() {
        return sequence.children.iter().flat_map(find).collect();
    }
    if let Some(styled) = content.to_packed::<StyledElem>() {
        let inner = find(&styled.child).into_iter();
        // Nested as it is: chains of rules that say the same are told apart by their links.
        return inner.map(|found| StyledElem::new(found, styled.styles.clone()).pack()).collect();
    }
    if holds_apart(content) { vec![content.clone()] } else { Vec::new() }
}

/// Whether a block is or holds one that stands apart.
fn holds_apart(content: &Content) -> bool {
    if let Some(figure) = content.to_packed::<FigureElem>() {
        return holds_apart(&figure.body);
    }
    let block = content.to_packed::<BlockElem>();
    match block.map(|block| block.body.get_ref(StyleChain::default())) {
        Some(Some(BlockBody::Content(body))) => holds_apart(body),
        Some(Some(BlockBody::SingleLayouter(_))) => true,
        _ => false,
    }
}
