//! What differs between two drawings of a page.
//!
//! A browser takes long to read a whole page of SVG, and an edit changes little of it. So it gets the
//! elements that are new, and keeps the others.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;

use serde::Serialize;

/// The elements of a drawing by their hashes: enough to say what is new in another.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Elements {
    /// What is drawn, in order: the elements below the root.
    shapes: Vec<u64>,
    /// What shapes name: glyphs, gradients, clips.
    definitions: HashSet<u64>,
}

/// What makes a drawing of an earlier one.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Difference<'a> {
    /// How many shapes stay at the beginning.
    before: usize,
    /// How many stay at the end.
    after: usize,
    /// The shapes between them.
    shapes: &'a str,
    /// Definitions that the earlier drawing lacks.
    definitions: String,
}

/// The elements of an SVG by their bytes: shapes, definitions.
fn divide(svg: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut shapes, mut definitions) = (Vec::new(), Vec::new());
    // How many elements are open, whether the outer one holds definitions, and where the element begins
    // that is one or a shape.
    let (mut depth, mut defines, mut from) = (0, false, 0);
    let mut at = 0;
    while let Some(start) = svg[at..].find('<').map(|found| at + found) {
        let end = end_of_tag(svg, start);
        let tag = &svg[start..end];
        let closes = tag.starts_with("</");
        if !closes {
            match depth {
                1 => (defines, from) = (tag.starts_with("<defs"), start),
                2 if defines => from = start,
                _ => {}
            }
            depth += 1;
        }
        if closes || tag.ends_with("/>") {
            depth -= 1;
            match depth {
                1 if !defines => shapes.push(from..end),
                2 if defines => definitions.push(from..end),
                _ => {}
            }
        }
        at = end;
    }
    (shapes, definitions)
}

/// The byte behind a tag. A value of an attribute may hold the sign that ends it.
fn end_of_tag(svg: &str, start: usize) -> usize {
    let mut quoted = false;
    let end = svg[start..].bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    });
    end.map_or(svg.len(), |end| start + end + 1)
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

impl Elements {
    /// The elements of a drawing, and what makes it of an earlier one.
    pub fn of<'a>(svg: &'a str, earlier: Option<&Self>) -> (Self, Option<Difference<'a>>) {
        let (shapes, definitions) = divide(svg);
        let own = Self {
            shapes: shapes.iter().map(|range| hash(&svg[range.clone()])).collect(),
            definitions: definitions.iter().map(|range| hash(&svg[range.clone()])).collect(),
        };
        let difference = earlier.map(|earlier| {
            let same = |(a, b): &(&u64, &u64)| a == b;
            let (old, new) = (&earlier.shapes, &own.shapes);
            let before = old.iter().zip(new).take_while(same).count();
            let rest = old[before..].iter().rev().zip(new[before..].iter().rev());
            let after = rest.take_while(same).count();
            let changed = &shapes[before..shapes.len() - after];
            let changed = match (changed.first(), changed.last()) {
                (Some(first), Some(last)) => &svg[first.start..last.end],
                _ => "",
            };
            let texts = definitions.into_iter().map(|range| &svg[range]);
            let lacks = texts.filter(|text| !earlier.definitions.contains(&hash(text)));
            Difference { before, after, shapes: changed, definitions: lacks.collect() }
        });
        (own, difference)
    }
}

#[cfg(test)]
mod tests {
    use super::{Difference, Elements};

    #[test]
    fn only_what_is_new_is_sent() {
        let old = r##"<svg a="<>"><g b=">"><use href="#x"/></g><path/><a/><defs><i id="x"><p/></i></defs></svg>"##;
        let (known, none) = Elements::of(old, None);
        assert_eq!(none, None);
        assert_eq!((known.shapes.len(), known.definitions.len()), (3, 1));
        let nothing = Difference { before: 3, after: 0, shapes: "", definitions: String::new() };
        assert_eq!(Elements::of(old, Some(&known)).1, Some(nothing));
        let new = old.replace("<path/>", "<path/><path c=\"1\"/><path/>");
        let new = new.replace("</defs>", "<i id=\"y\"/></defs>");
        let difference = Difference {
            before: 2,
            after: 1,
            shapes: "<path c=\"1\"/><path/>",
            definitions: "<i id=\"y\"/>".to_owned(),
        };
        assert_eq!(Elements::of(&new, Some(&known)).1, Some(difference));
        let less = old.replace("<path/>", "");
        let less = Elements::of(&less, Some(&known)).1.expect("a difference");
        assert_eq!((less.before, less.after, less.shapes), (1, 1, ""));
    }
}
