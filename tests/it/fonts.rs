//! The built-in fonts are the files of `fonts/`, and `fonts/book.json` agrees with them.

use std::fs;

use resume::engine::Fonts;

use crate::support::bless::bless;
use crate::support::program::{folder, resume_in, root};

#[test]
fn the_book_of_the_fonts_is_current() {
    bless("fonts/book.json", &Fonts::book_of_embedded().expect("a book"));
}

/// Those that are stored whole byte by byte, and the compressed ones by the checksum of a whole font.
#[test]
fn the_fonts_in_the_binary_are_those_of_the_folder() {
    let record = folder(&[("data/resume.yaml", "profile: {name: Name Surname}")]);
    resume_in(record.path(), ["export", "typst", "out"], &[]).exits(0);
    let names = fs::read_dir(root().join("fonts"))
        .expect("the fonts")
        .map(|file| file.unwrap().file_name().into_string().expect("a name"));
    let mut count = 0;
    for name in names {
        let Some((font, packed)) = name.split_once(".ttf") else { continue };
        let stored = fs::read(root().join("fonts").join(&name)).unwrap();
        let exported = fs::read(record.path().join(format!("out/fonts/{font}.ttf"))).unwrap();
        match packed {
            "" => assert!(stored == exported, "{name}"),
            _ => assert_eq!(checksum(&exported), 0xB1B0_AFBA, "{name}"),
        }
        count += 1;
    }
    assert!(count > 0);
}

/// The sum of a font's numbers of 32 bits, which its `head` table makes the same for all whole fonts.
fn checksum(font: &[u8]) -> u32 {
    let number = |part: &[u8]| {
        let mut four = [0; 4];
        four[..part.len()].copy_from_slice(part);
        u32::from_be_bytes(four)
    };
    font.chunks(4).map(number).fold(0, u32::wrapping_add)
}
