//! `fonts/book.json` agrees with the built-in fonts.

use resume::engine::Fonts;

use crate::support::bless::bless;

#[test]
fn the_book_of_the_fonts_is_current() {
    bless("fonts/book.json", &Fonts::book_of_embedded().expect("a book"));
}
