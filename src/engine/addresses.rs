//! Addresses as they are printed.

use comemo::Tracked;
use typst::World;
use typst::engine::Engine as Compiler;
use typst::foundations::{Str, func};

use crate::util::address::readable;

/// An address as people read it: letters that stand in it as `%` and digits are shown, where a font has
/// them.
#[func]
pub fn readable_address(
    engine: &mut Compiler,
    /// The address, or a part of it.
    address: Str,
) -> Str {
    printable(engine.world, &address).into()
}

/// An address with the letters that a font has.
pub(super) fn printable(world: Tracked<dyn World + '_>, address: &str) -> String {
    if !address.contains('%') {
        return address.to_owned();
    }
    let book = world.book();
    let covered = |c: char| {
        let fonts = (0..).map_while(|at| book.info(at));
        fonts.into_iter().any(|font| font.coverage.contains(u32::from(c)))
    };
    readable(address, covered)
}
