//! What is written down of the built-in fonts is what the fonts say.

use std::fs;

use resume::engine::Fonts;

use crate::check_support::root;

#[test]
fn the_book_of_the_fonts_is_current() {
    let (file, wanted) = (root("fonts/book.json"), Fonts::book_of_embedded().expect("a book"));
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &wanted).expect("written");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(found == wanted, "`fonts/book.json` is not current: `BLESS=1 cargo test` writes it");
}
