//! The objects of a PDF: links, destinations, outline, labels.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use hayro_syntax::Pdf as Objects;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Number, Object, ObjectIdentifier, Stream};

/// A PDF and its pages.
pub struct Pdf(Objects);

/// A place in the document: the page from 0, and the distance from its top edge in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub page: usize,
    pub top: f64,
}

/// A rectangle in points from the top left corner of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// Where a link goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    Address(String),
    /// A name that should be among the destinations.
    Name(String),
    Place(Spot),
}

/// A link annotation with the areas a reader can click.
#[derive(Debug, Clone)]
pub struct Link {
    pub page: usize,
    pub areas: Vec<Area>,
    pub target: Target,
}

/// An entry of the outline; top entries have depth 0.
#[derive(Debug, Clone)]
pub struct Bookmark {
    pub depth: usize,
    pub title: String,
    pub spot: Spot,
}

impl Area {
    /// Whether two areas share more than their edges.
    pub fn overlaps(&self, other: &Self) -> bool {
        let width = self.right.min(other.right) - self.left.max(other.left);
        let height = self.bottom.min(other.bottom) - self.top.max(other.top);
        width > 0.5 && height > 0.5
    }
}

impl Pdf {
    pub fn read(file: &Path) -> Self {
        Self::new(fs::read(file).unwrap_or_else(|error| panic!("{}: {error}", file.display())))
    }

    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Objects::new(bytes).unwrap_or_else(|error| panic!("no PDF: {error:?}")))
    }

    pub fn page_count(&self) -> usize {
        self.0.pages().len()
    }

    /// Title, author, dates and the like.
    pub fn info(&self) -> &hayro_syntax::metadata::Metadata {
        self.0.metadata()
    }

    pub fn catalog(&self) -> Dict<'_> {
        self.0.xref().get(self.0.xref().root_id()).expect("a catalog")
    }

    /// The XMP metadata.
    pub fn xmp(&self) -> String {
        let stream: Stream = self.catalog().get("Metadata").expect("metadata");
        String::from_utf8(stream.decoded().expect("a stream").into_owned()).expect("XMP is UTF-8")
    }

    /// Width and height of a page in points.
    pub fn page_size(&self, page: usize) -> (f64, f64) {
        let size = self.0.pages()[page].media_box();
        (size.x1 - size.x0, size.y1 - size.y0)
    }

    /// The label of every page, in decimal numerals: ranges of the number tree spelled out.
    pub fn labels(&self) -> Vec<String> {
        let root: Dict = self.catalog().get("PageLabels").expect("page labels");
        let items: Vec<Object> = root.get::<Array>("Nums").expect("numbers").iter().collect();
        let mut ranges = Vec::new();
        for pair in items.chunks_exact(2) {
            let (Object::Number(first), Object::Dict(style)) = (&pair[0], &pair[1]) else {
                panic!("a page label of another form")
            };
            assert_eq!(name(&style.get("S").expect("a style")), "D", "decimal numerals");
            let prefix = style.get("P").map(|prefix: Object| text(&prefix)).unwrap_or_default();
            let start = style.get::<Number>("St").map_or(1, |number| number.as_i64());
            ranges.push((first.as_i64(), start, prefix));
        }
        let pages = 0..i64::try_from(self.page_count()).unwrap();
        pages
            .map(|page| {
                let (first, start, prefix) =
                    ranges.iter().rfind(|(first, ..)| *first <= page).expect("a range");
                format!("{prefix}{}", start + page - first)
            })
            .collect()
    }

    /// The page of an explicit destination, and the place on it.
    fn spot(&self, destination: &Object) -> Option<Spot> {
        let items = match destination {
            Object::Dict(wrapped) => wrapped.get::<Array>("D")?,
            Object::Array(items) => items.clone(),
            _ => return None,
        };
        let id: ObjectIdentifier = items.raw_iter().next()?.as_obj_ref()?.into();
        let page = self.0.pages().iter().position(|page| page.raw().obj_id() == Some(id))?;
        let Some(MaybeRef::NotRef(Object::Number(top))) = items.raw_iter().nth(3) else {
            return None;
        };
        Some(Spot { page, top: self.page_size(page).1 - top.as_f64() })
    }

    /// The named destinations.
    pub fn destinations(&self) -> BTreeMap<String, Spot> {
        let mut found = BTreeMap::new();
        let names: Option<Dict> = self.catalog().get("Names");
        if let Some(root) = names.and_then(|names| names.get::<Dict>("Dests")) {
            self.name_tree(&root, &mut found);
        }
        found
    }

    fn name_tree(&self, node: &Dict, found: &mut BTreeMap<String, Spot>) {
        if let Some(pairs) = node.get::<Array>("Names") {
            let items: Vec<Object> = pairs.iter().collect();
            for pair in items.chunks_exact(2) {
                let name = text(&pair[0]);
                let spot = self.spot(&pair[1]).unwrap_or_else(|| panic!("`{name}` leads nowhere"));
                assert!(found.insert(name.clone(), spot).is_none(), "`{name}` is named twice");
            }
        }
        for kid in node.get::<Array>("Kids").iter().flat_map(Array::iter::<Dict>) {
            self.name_tree(&kid, found);
        }
    }

    /// Every link annotation of the document.
    pub fn links(&self) -> Vec<Link> {
        (0..self.page_count()).flat_map(|page| self.links_on(page)).collect()
    }

    /// The link annotations of a page.
    pub fn links_on(&self, page: usize) -> Vec<Link> {
        let annotations = self.0.pages()[page].raw().get::<Array>("Annots");
        let annotations = annotations.iter().flat_map(Array::iter::<Dict>);
        let links = annotations
            .filter(|one| one.get::<Name>("Subtype").is_some_and(|n| name(&n) == "Link"));
        links
            .map(|link| Link { page, areas: self.areas(&link, page), target: self.target(&link) })
            .collect()
    }

    /// What of a page a link covers: its quadrilaterals, or its rectangle where it has none.
    fn areas(&self, link: &Dict, page: usize) -> Vec<Area> {
        let height = self.page_size(page).1;
        let numbers = |key: &str| -> Option<Vec<f64>> {
            Some(link.get::<Array>(key)?.iter::<Number>().map(|number| number.as_f64()).collect())
        };
        let area = |corners: &[f64]| {
            let side = |at: usize| corners.iter().skip(at).step_by(2).copied();
            Area {
                left: side(0).fold(f64::MAX, f64::min),
                right: side(0).fold(f64::MIN, f64::max),
                top: height - side(1).fold(f64::MIN, f64::max),
                bottom: height - side(1).fold(f64::MAX, f64::min),
            }
        };
        match numbers("QuadPoints") {
            Some(quads) => quads.chunks_exact(8).map(area).collect(),
            None => vec![area(&numbers("Rect").expect("a rectangle"))],
        }
    }

    fn target(&self, link: &Dict) -> Target {
        let action: Option<Dict> = link.get("A");
        let kind = action.as_ref().and_then(|action| action.get::<Name>("S"));
        let destination: Option<Object> = match (&action, kind.as_ref().map(name).as_deref()) {
            (Some(action), Some("URI")) => {
                return Target::Address(text(&action.get("URI").expect("an address")));
            }
            (Some(action), Some("GoTo")) => action.get("D"),
            (None, _) => link.get("Dest"),
            (_, kind) => panic!("a link with the action {kind:?}"),
        };
        match destination.expect("a destination") {
            named @ (Object::String(_) | Object::Name(_)) => Target::Name(text(&named)),
            explicit => Target::Place(self.spot(&explicit).expect("a place on a page")),
        }
    }

    /// Where a link inside the document leads, and `None` for one that leaves it.
    pub fn landing(&self, target: &Target) -> Option<Spot> {
        match target {
            Target::Address(_) => None,
            Target::Place(spot) => Some(*spot),
            Target::Name(name) => {
                let spot = self.destinations().get(name).copied();
                Some(spot.unwrap_or_else(|| panic!("a link to `{name}`, which is nowhere")))
            }
        }
    }

    /// The headings of the structure tree in reading order: their ranks and titles.
    pub fn headings(&self) -> Vec<(u32, String)> {
        let mut found = Vec::new();
        let root: Dict = self.catalog().get("StructTreeRoot").expect("a structure tree");
        elements(&root, &mut |element| {
            let kind = element.get::<Name>("S").map(|kind| name(&kind));
            let rank = kind.and_then(|kind| kind.strip_prefix('H')?.parse().ok());
            if let Some(rank) = rank {
                let title: Object = element.get("T").expect("a heading has a title");
                found.push((rank, text(&title)));
            }
        });
        found
    }

    /// The texts that stand for something else in the structure tree: alternatives of figures and
    /// replacements of what is drawn.
    pub fn alternatives(&self) -> Vec<String> {
        let mut found = Vec::new();
        let root: Dict = self.catalog().get("StructTreeRoot").expect("a structure tree");
        elements(&root, &mut |element| {
            found.extend(
                ["Alt", "ActualText", "E"]
                    .iter()
                    .filter_map(|key| element.get::<Object>(key).map(|object| text(&object))),
            );
        });
        found
    }

    /// What the pages say stands for what they draw, glyph by glyph (`ActualText`).
    pub fn replacements(&self) -> Vec<String> {
        let mut found = Vec::new();
        let pages = self.0.pages().iter().filter_map(|page| page.page_stream());
        for stream in pages.map(String::from_utf8_lossy) {
            for text in stream.split("/ActualText<feff").skip(1) {
                let digits = &text[..text.find('>').expect("the end of a string")];
                let unit =
                    |at: usize| u16::from_str_radix(&digits[at..at + 4], 16).expect("hexadecimal");
                let units: Vec<u16> = (0..digits.len()).step_by(4).map(unit).collect();
                found.push(String::from_utf16(&units).expect("UTF-16"));
            }
        }
        found
    }

    /// The operators of all pages, as one text.
    fn operators(&self) -> String {
        let pages = self.0.pages().iter().filter_map(|page| page.page_stream());
        pages.map(String::from_utf8_lossy).collect::<Vec<_>>().join("\n")
    }

    /// Whether something is filled with the colour `#rrggbb`.
    pub fn paints(&self, colour: &str) -> bool {
        let channel = |at: usize| {
            f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0
        };
        let wanted = [1, 3, 5].map(channel);
        let operators = self.operators();
        let words: Vec<&str> = operators.split_ascii_whitespace().collect();
        words.windows(4).filter(|four| four[3].starts_with("scn")).any(|four| {
            let near = |(word, wanted): (&&str, f64)| {
                word.parse::<f64>().is_ok_and(|number| (number - wanted).abs() < 0.003)
            };
            four.iter().zip(wanted).all(near)
        })
    }

    /// How many lines are drawn.
    pub fn strokes(&self) -> usize {
        self.operators().split_ascii_whitespace().filter(|operator| *operator == "S").count()
    }

    /// The structure elements of a kind, such as `Figure`, with what `read` finds in them.
    pub fn tagged<T>(&self, kind: &str, read: impl Fn(&Dict) -> T) -> Vec<T> {
        let mut found = Vec::new();
        let root: Dict = self.catalog().get("StructTreeRoot").expect("a structure tree");
        elements(&root, &mut |element| {
            if element.get::<Name>("S").is_some_and(|name| name.as_str() == kind) {
                found.push(read(element));
            }
        });
        found
    }

    /// The outline, from top to bottom.
    pub fn outline(&self) -> Vec<Bookmark> {
        let mut found = Vec::new();
        let root: Option<Dict> = self.catalog().get("Outlines");
        self.bookmarks(root.and_then(|root| root.get("First")), 0, &mut found);
        found
    }

    fn bookmarks(&self, first: Option<Dict>, depth: usize, found: &mut Vec<Bookmark>) {
        let mut next = first;
        while let Some(entry) = next {
            let title = text(&entry.get("Title").expect("a title"));
            let action = entry.get::<Dict>("A").and_then(|action| action.get::<Object>("D"));
            let spot = match entry.get::<Object>("Dest").or(action).expect("a destination") {
                named @ (Object::String(_) | Object::Name(_)) => {
                    self.destinations().get(&text(&named)).copied()
                }
                explicit => self.spot(&explicit),
            };
            let spot = spot.unwrap_or_else(|| panic!("the bookmark `{title}` leads nowhere"));
            found.push(Bookmark { depth, title, spot });
            self.bookmarks(entry.get("First"), depth + 1, found);
            next = entry.get("Next");
        }
    }
}

/// Visits the elements of a structure tree in reading order.
fn elements(parent: &Dict, visit: &mut impl FnMut(&Dict)) {
    let kids: Vec<Dict> = match parent.get::<Object>("K") {
        Some(Object::Array(kids)) => kids.iter::<Object>().filter_map(Object::into_dict).collect(),
        Some(Object::Dict(kid)) => vec![kid],
        _ => Vec::new(),
    };
    for kid in kids.iter().filter(|kid| kid.contains_key("S")) {
        visit(kid);
        elements(kid, visit);
    }
}

fn name(name: &Name) -> String {
    name.as_str().to_owned()
}

/// A text string of a PDF: UTF-16 or UTF-8 with a byte order mark, or plain (ISO 32000-1, 7.9.2).
pub fn text(object: &Object) -> String {
    let bytes = match object {
        Object::String(string) => string.as_bytes().to_vec(),
        Object::Name(name) => name.as_str().as_bytes().to_vec(),
        other => panic!("no text: {other:?}"),
    };
    decode(&bytes)
}

/// The bytes of a text string as text.
pub fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|c| c.expect("UTF-16")).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8(rest.to_vec()).expect("UTF-8"),
        plain => String::from_utf8(plain.to_vec()).expect("ASCII"),
    }
}
