//! What is written down of the built-in fonts is what the fonts say.

use resume::engine::Fonts;

use crate::support::bless::bless;

#[test]
fn the_book_of_the_fonts_is_current() {
    bless("fonts/book.json", &Fonts::book_of_embedded().expect("a book"));
}
