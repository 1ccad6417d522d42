//! Which families of letters there are.

use comemo::Tracked;
use typst::World;
use typst::diag::StrResult;
use typst::engine::Engine as Compiler;
use typst::foundations::{Array, Str, func};

/// The first family of a list that is there; `none` where none is. A family that is named and missing would
/// be a warning.
#[func]
pub fn first_family(
    engine: &mut Compiler,
    /// Names of families.
    families: Array,
) -> StrResult<Option<Str>> {
    let names =
        families.into_iter().map(|name| name.cast::<Str>().map_err(|e| e.message().clone()));
    let names = names.collect::<StrResult<Vec<Str>>>()?;
    Ok(names.into_iter().find(|name| is_there(engine.world, name)))
}

fn is_there(world: Tracked<dyn World + '_>, family: &str) -> bool {
    world.book().contains_family(&family.to_lowercase())
}
