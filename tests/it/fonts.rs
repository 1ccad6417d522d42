//! The built-in fonts are the files of `fonts/`, and `fonts/book.json` agrees with them.

use std::fs;

use resume::engine::Fonts;

use crate::support::bless::bless;
use crate::support::program::{folder, resume_in, root};

#[test]
fn the_book_of_the_fonts_is_current() {
    bless("fonts/book.json", &Fonts::book_of_embedded().expect("a book"));
}

#[test]
fn the_fonts_in_the_binary_are_those_of_the_folder() {
    let record = folder(&[("data/resume.yaml", "profile: {name: Name Surname}")]);
    resume_in(record.path(), ["export", "typst", "out"], &[]).exits(0);
    let files = fs::read_dir(root().join("fonts")).expect("the fonts").map(|file| file.unwrap());
    let fonts = files.filter(|file| file.path().extension().is_some_and(|end| end == "ttf"));
    let mut count = 0;
    for font in fonts {
        let exported = record.path().join("out/fonts").join(font.file_name());
        let (whole, exported) = (fs::read(font.path()).unwrap(), fs::read(&exported).unwrap());
        assert!(whole == exported, "{}", font.path().display());
        count += 1;
    }
    assert!(count > 0);
}
