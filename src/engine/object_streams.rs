//! Puts objects into object streams: a tagged document is mostly small dictionaries, which compress
//! much better together (ISO 32000-1, 7.5.7 and 7.5.8); and writes the language of the document in full,
//! because the exporter knows no scripts: `zh-Hant` for its `zh-TW`.
//!
//! Every object keeps its number, and all but two their bytes; only its place changes. Knows the form in which
//! the exporter writes a file, not what else is in it: a file of another form stays as it is.

use std::borrow::Cow;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Objects in one stream: a reader unpacks a whole stream for any one of them.
const TOGETHER: usize = 512;

/// Bytes of an entry of the cross-reference stream: kind, offset or stream, index in the stream.
const WIDTHS: [usize; 3] = [1, 4, 2];

/// The same document with its small objects in object streams; as it was, where its version has none
/// (before PDF 1.5) or it is not written as expected. Its language is `tag` (BCP 47).
pub fn object_streams(pdf: Vec<u8>, tag: &str) -> Vec<u8> {
    match File::read(&pdf).and_then(|file| file.in_language(tag).packed().ok()) {
        Some(packed) if packed.len() < pdf.len() => packed,
        _ => pdf,
    }
}

/// A written document, taken apart at its cross-reference table.
struct File<'a> {
    /// The comments before the first object.
    head: &'a [u8],
    /// The objects by number; `None` for a number that is free.
    objects: Vec<Option<Cow<'a, [u8]>>>,
    /// What the trailer says beside the number of objects.
    trailer: String,
}

impl<'a> File<'a> {
    /// Takes a document apart.
    fn read(pdf: &'a [u8]) -> Option<Self> {
        let minor = pdf.strip_prefix(b"%PDF-1.")?.first()?;
        if !(b'5'..=b'7').contains(minor) && !pdf.starts_with(b"%PDF-2.") {
            return None;
        }
        let end = pdf.len().checked_sub(64)?;
        let tail = std::str::from_utf8(&pdf[end..]).ok()?;
        let (_, start) = tail.rsplit_once("startxref\n")?;
        let table: usize = start.strip_suffix("\n%%EOF")?.parse().ok()?;
        let text = std::str::from_utf8(pdf.get(table..)?).ok()?;
        let (count, entries) = text.strip_prefix("xref\n0 ")?.split_once('\n')?;
        let size: usize = count.trim_end().parse().ok()?;
        let (entries, rest) = entries.split_at_checked(20 * size)?;
        let dictionary = rest.trim_start().strip_prefix("trailer\n<<")?;
        let (dictionary, _) = dictionary.split_once(">>\nstartxref")?;
        let trailer = dictionary.replacen(&format!("/Size {size}"), "", 1);

        let offsets: Option<Vec<Option<usize>>> =
            (0..size).map(|at| entry(entries.get(20 * at..20 * at + 20)?)).collect();
        let offsets = offsets?;
        let mut starts: Vec<usize> = offsets.iter().flatten().copied().collect();
        starts.sort_unstable();
        let first = *starts.first()?;
        let body = |number: usize, start: usize| {
            let next = starts.get(starts.partition_point(|&other| other <= start));
            let text = pdf.get(start..*next.unwrap_or(&table))?.trim_ascii();
            text.strip_prefix(format!("{number} 0 obj\n").as_bytes())?.strip_suffix(b"\nendobj")
        };
        let objects: Option<Vec<_>> = offsets
            .into_iter()
            .enumerate()
            .map(|(number, start)| match start {
                Some(start) => body(number, start).map(|bytes| Some(bytes.into())),
                None => Some(None),
            })
            .collect();
        Some(Self { head: pdf.get(..first)?, objects: objects?, trailer })
    }

    /// The same document with its language in the catalog and in the metadata.
    fn in_language(mut self, tag: &str) -> Self {
        let objects = self.objects.iter_mut().flatten();
        for object in objects {
            let Ok(text) = std::str::from_utf8(object) else { continue };
            let changed = if text.contains("/Type/Catalog") {
                between(text, "/Lang(", ")", tag)
            } else if text.contains("/Type/Metadata") {
                let set = between(text, "<dc:language><rdf:Bag><rdf:li>", "<", tag);
                set.and_then(|set| {
                    let (_, stream) = set.split_once("stream\n")?;
                    let length = stream.strip_suffix("\nendstream")?.len();
                    between(&set, "/Length ", "/", &length.to_string())
                })
            } else {
                None
            };
            if let Some(changed) = changed {
                *object = changed.into_bytes().into();
            }
        }
        self
    }

    /// The document with its small objects put together.
    fn packed(&self) -> io::Result<Vec<u8>> {
        let mut out = self.head.to_vec();
        let mut places = vec![Place::Free; self.objects.len()];
        let mut small = Vec::new();
        for (number, object) in self.objects.iter().enumerate() {
            match object {
                Some(object) if object.ends_with(b"endstream") => {
                    places[number] = Place::At(out.len());
                    writeln!(out, "{number} 0 obj")?;
                    out.extend_from_slice(object);
                    out.extend_from_slice(b"\nendobj\n");
                }
                Some(object) => small.push((number, object)),
                None => {}
            }
        }
        for group in small.chunks(TOGETHER) {
            let stream = places.len();
            places.push(Place::At(out.len()));
            let (mut index, mut bodies) = (Vec::new(), Vec::new());
            for (at, (number, object)) in group.iter().enumerate() {
                write!(index, "{number} {} ", bodies.len())?;
                bodies.extend_from_slice(object);
                bodies.push(b'\n');
                places[*number] = Place::In(stream, at);
            }
            let dictionary = format!("/Type/ObjStm/N {}/First {}", group.len(), index.len());
            index.append(&mut bodies);
            write_stream(&mut out, stream, &dictionary, &index)?;
        }
        let (number, start) = (places.len(), out.len());
        places.push(Place::At(start));
        let [kind, place, at] = WIDTHS;
        let columns: usize = WIDTHS.iter().sum();
        let dictionary = format!(
            "/Type/XRef/Size {}/W[{kind} {place} {at}]{}/DecodeParms<</Predictor 12/Columns \
             {columns}>>",
            places.len(),
            self.trailer
        );
        write_stream(&mut out, number, &dictionary, &table(&places))?;
        write!(out, "startxref\n{start}\n%%EOF")?;
        Ok(out)
    }
}

/// The place of an object.
#[derive(Clone, Copy)]
enum Place {
    /// Nowhere: its number is not used.
    Free,
    /// At a byte of the file.
    At(usize),
    /// In an object stream, by the number of that stream and the index in it.
    In(usize, usize),
}

/// A text with other words between two of its marks.
fn between(text: &str, start: &str, end: &str, words: &str) -> Option<String> {
    let at = text.find(start)? + start.len();
    let length = text[at..].find(end)?;
    Some(format!("{}{words}{}", &text[..at], &text[at + length..]))
}

/// Reads an entry of a cross-reference table: the offset, or that the number is free.
fn entry(text: &str) -> Option<Option<usize>> {
    match text.get(17..18)? {
        "n" => text.get(..10)?.parse().ok().map(Some),
        "f" => Some(None),
        _ => None,
    }
}

/// The cross-reference stream's rows, each as the difference from the row before (predictor 12,
/// PNG's `Up`): neighbours hardly differ, so they compress well.
fn table(places: &[Place]) -> Vec<u8> {
    let [_, place, at] = WIDTHS;
    let mut table = Vec::new();
    let mut above = vec![0; WIDTHS.iter().sum()];
    for one in places {
        let (kind, first, second) = match *one {
            Place::Free => (0, 0, usize::from(u16::MAX)),
            Place::At(offset) => (1, offset, 0),
            Place::In(stream, index) => (2, stream, index),
        };
        let mut row = vec![kind];
        row.extend_from_slice(last(&first.to_be_bytes(), place));
        row.extend_from_slice(last(&second.to_be_bytes(), at));
        table.push(2);
        table.extend(
            row.iter().zip(&above).map(|(now, above): (&u8, &u8)| now.wrapping_sub(*above)),
        );
        above = row;
    }
    table
}

/// The last bytes of some.
fn last(bytes: &[u8], count: usize) -> &[u8] {
    &bytes[bytes.len() - count..]
}

/// Writes a compressed stream as an object.
fn write_stream(out: &mut Vec<u8>, number: usize, dictionary: &str, data: &[u8]) -> io::Result<()> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data)?;
    let data = encoder.finish()?;
    let length = data.len();
    write!(out, "{number} 0 obj\n<<{dictionary}/Filter/FlateDecode/Length {length}>>\nstream\n")?;
    out.extend_from_slice(&data);
    out.extend_from_slice(b"\nendstream\nendobj\n");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{File, object_streams};

    /// A document of two objects in the form in which the exporter writes one.
    fn written(version: &str) -> Vec<u8> {
        let head = format!("%PDF-{version}\n%\u{80}\u{80}\n\n");
        let filler = "/Pages 1 0 R".repeat(40);
        let first = format!("1 0 obj\n<</Type/Catalog{filler}>>\nendobj\n\n");
        let second = "2 0 obj\n<</Length 1>>\nstream\nq\nendstream\nendobj\n\n";
        let (one, two) = (head.len(), head.len() + first.len());
        let start = two + second.len();
        let table = format!("0000000000 65535 f\r\n{one:010} 00000 n\r\n{two:010} 00000 n\r\n");
        let trailer = "trailer\n<</Size 3/Root 1 0 R/ID[(a)(b)]>>";
        format!("{head}{first}{second}xref\n0 3\n{table}{trailer}\nstartxref\n{start}\n%%EOF")
            .into()
    }

    #[test]
    fn small_objects_go_together_and_streams_stay() {
        let pdf = written("1.7");
        let packed = object_streams(pdf.clone(), "en");
        let text = String::from_utf8_lossy(&packed);
        assert!(packed.len() < pdf.len());
        assert!(text.contains("/Type/ObjStm/N 1") && text.contains("/Type/XRef/Size 5"));
        assert!(text.contains("2 0 obj\n<</Length 1>>\nstream\nq\nendstream\nendobj\n"));
        assert!(text.contains("/Root 1 0 R/ID[(a)(b)]"));
        assert!(!text.contains("1 0 obj\n<</Type/Catalog"));
    }

    #[test]
    fn the_language_is_written_in_full() {
        let pdf = String::from_utf8_lossy(&written("1.7")).into_owned();
        // As long as before, so that the offsets hold; their lengths change.
        let pdf = pdf.replacen("/Pages 1 0 R/Pages 1", "/Lang(zh-TW)/Pages 1", 1);
        let file = File::read(pdf.as_bytes()).expect("it is written as expected");
        let object = file.in_language("zh-Hant").objects.swap_remove(1).expect("the catalog");
        assert!(object.starts_with(b"<</Type/Catalog/Lang(zh-Hant)/Pages 1"));
    }

    #[test]
    fn old_versions_stay_as_they_are() {
        for pdf in [written("1.4"), b"%PDF-1.7 of another writer".to_vec(), Vec::new()] {
            assert_eq!(object_streams(pdf.clone(), "en"), pdf);
        }
    }
}
