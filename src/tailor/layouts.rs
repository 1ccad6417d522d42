//! What measures entries and lays out pages for the search of a fit.
//!
//! Must not know the template.

use std::collections::BTreeSet;

use crate::tailor::heights::Heights;
use crate::tailor::items::Item;
use crate::tailor::selection::Selection;
use crate::tailor::spaces::Fit;

/// Pages that were laid out.
#[derive(Debug)]
pub struct Pages<D> {
    /// How many there are.
    pub count: usize,
    /// How much of them the text takes, in points, over all pages.
    pub used: f64,
    /// The part of the last page that the text takes, from 0 to 1.
    pub last: f64,
    /// The pages themselves.
    pub document: D,
}

/// What measures and lays out.
pub trait Layouts<D, E> {
    /// What other documents of the record have measured, where that is all there is to measure; their head may say less
    /// or more, so that only the pages prove it.
    fn known(&self, _fit: Fit, _items: &BTreeSet<Item>) -> Option<Heights> {
        None
    }

    /// Measures the page and, of all career entries and of these items, what is not known yet. Returns
    /// all that is known of the record at this fit.
    ///
    /// # Errors
    /// The template's.
    fn page(&mut self, fit: Fit, items: &BTreeSet<Item>) -> Result<Heights, E>;

    /// Measures these items, and adds their heights.
    ///
    /// # Errors
    /// The template's.
    fn entries(&mut self, fit: Fit, items: &BTreeSet<Item>, heights: &mut Heights)
    -> Result<(), E>;

    /// Lays out a choice. `room` is the height of a page between its margins, in points.
    ///
    /// # Errors
    /// The template's.
    fn lay_out(&mut self, selection: &Selection, fit: Fit, room: f64) -> Result<Pages<D>, E>;
}
