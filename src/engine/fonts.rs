//! The fonts a document may use: built in, from folders, from the system.
//!
//! Only names, weights and coverage are read up front; a font is decompressed and parsed when text
//! first needs it.
//! Must not know what a font is used for: templates decide that.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use brotli_decompressor::BrotliDecompress;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo, FontStyle};
use typst::utils::LazyHash;

use crate::engine::blob::Blob;
use crate::util::optimizations::is_used;

/// The ending of a font that is compressed with Brotli.
const COMPRESSED: &str = ".br";

/// A font in the binary.
struct Builtin {
    /// Its file name, with the ending `.br` if it is compressed.
    file: &'static str,
    stored: &'static [u8],
    /// The font itself, once a document needed it.
    whole: OnceLock<Option<Bytes>>,
}

/// Lists files of `fonts/`.
macro_rules! builtin {
    ($($file:literal)*) => {
        [$(Builtin {
            file: $file,
            stored: include_bytes!(concat!("../../fonts/", $file)),
            whole: OnceLock::new(),
        }),*]
    };
}

/// The fonts of `fonts/`, sorted by name.
static BUILTIN: [Builtin; 16] = builtin![
    "D2Coding.ttf"
    "D2CodingBold.ttf.br"
    "FiraSans-Bold.ttf.br"
    "FiraSans-Italic.ttf.br"
    "FiraSans-Regular.ttf.br"
    "FiraSans-SemiBold.ttf.br"
    "NotoColorEmoji.ttf"
    "NotoSansKR-Bold.ttf.br"
    "NotoSansKR-Regular.ttf.br"
    "NotoSerifKR-Bold.ttf.br"
    "NotoSerifKR-Regular.ttf.br"
    "PretendardVariable.ttf"
    "STIXTwoText-Bold.ttf.br"
    "STIXTwoText-Italic.ttf.br"
    "STIXTwoText-Regular.ttf.br"
    "STIXTwoText-SemiBold.ttf.br"
];

/// The names, weights and coverage of the built-in fonts, by file.
const BOOK: &[u8] = include_bytes!("../../fonts/book.json");

/// All fonts of a run. Earlier ones win over later ones of the same family and style.
pub struct Fonts {
    book: LazyHash<FontBook>,
    slots: Vec<Slot>,
}

/// One face, for listings.
#[derive(Debug, Clone, PartialEq)]
pub struct Face {
    /// The family a template names.
    pub family: String,
    /// `normal`, `italic` or `oblique`.
    pub style: &'static str,
    /// The weights the face offers, lightest and heaviest; equal unless it is variable.
    pub weights: (u16, u16),
    /// The file it comes from, or `built in: NAME`.
    pub source: String,
}

/// A font that may not have been parsed yet.
struct Slot {
    data: Data,
    index: u32,
    font: OnceLock<Option<Font>>,
}

/// Where the bytes of a font are.
enum Data {
    Builtin(&'static Builtin),
    File(PathBuf),
}

impl Default for Fonts {
    fn default() -> Self {
        Self { book: LazyHash::new(FontBook::new()), slots: Vec::new() }
    }
}

impl Fonts {
    /// No fonts at all.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The built-in fonts. Their names, weights and coverage are read from `book.json`: reading
    /// them from the fonts takes longer than laying out a page.
    pub fn embedded() -> Self {
        let mut fonts = Self::default();
        let book = Some(BOOK).filter(|_| is_used("font-book"));
        let book = book.and_then(|bytes| serde_json::from_slice(bytes).ok());
        let mut book: BTreeMap<String, Vec<FontInfo>> = book.unwrap_or_default();
        for font in &BUILTIN {
            let data = Data::Builtin(font);
            let infos = book.remove(font.name()).unwrap_or_else(|| data.infos());
            for (index, info) in (0..).zip(infos) {
                fonts.push(info, Data::Builtin(font), index);
            }
        }
        fonts
    }

    /// The content of `book.json`, read from the font files.
    ///
    /// # Errors
    /// The description of a font cannot be written as JSON.
    pub fn book_of_embedded() -> serde_json::Result<String> {
        let infos = BUILTIN.iter().map(|font| (font.name(), Data::Builtin(font).infos()));
        serde_json::to_string(&infos.collect::<BTreeMap<_, _>>())
    }

    /// Adds the fonts in a folder and the folders below it. Returns how many faces were found.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn add_folder(&mut self, folder: &Path) -> io::Result<usize> {
        fs::read_dir(folder)?;
        Ok(self.add_database(|database| database.load_fonts_dir(folder)))
    }

    /// Adds the fonts installed on this machine. Returns how many faces were found.
    pub fn add_system(&mut self) -> usize {
        self.add_database(fontdb::Database::load_system_fonts)
    }

    /// All faces in the order in which they are searched.
    pub fn faces(&self) -> Vec<Face> {
        let infos = (0..self.slots.len()).filter_map(|index| self.book.info(index));
        infos.zip(&self.slots).map(|(info, slot)| face(info, slot)).collect()
    }

    /// The names, weights and coverage of the fonts, which need no parsing.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// The font of that number in the book.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        let slot = self.slots.get(index)?;
        let load = || {
            self.decompress_family_of(index);
            slot.load()
        };
        slot.font.get_or_init(load).clone()
    }

    /// Begins to decompress the other faces of a font's family if that font is compressed: a document
    /// that uses one of them soon uses the next.
    fn decompress_family_of(&self, index: usize) {
        let family = |index| self.book.info(index).map(|info| &info.family);
        let compressed = |slot: &Slot| match slot.data {
            Data::Builtin(font) => Some(font).filter(|font| font.is_compressed()),
            Data::File(_) => None,
        };
        if self.slots.get(index).and_then(compressed).is_none() {
            return;
        }
        for (other, slot) in self.slots.iter().enumerate() {
            let font =
                compressed(slot).filter(|_| other != index && family(other) == family(index));
            if let Some(font) = font {
                rayon::spawn(|| drop(font.bytes()));
            }
        }
    }

    /// The files of all fonts by their names. Of two files of one name the first counts.
    pub(super) fn files(&self) -> BTreeMap<String, Blob> {
        let files = self.slots.iter().rev().filter_map(|slot| {
            let name = match &slot.data {
                Data::Builtin(font) => font.name().to_owned(),
                Data::File(path) => path.file_name()?.to_string_lossy().into_owned(),
            };
            Some((name, Blob(slot.data.bytes()?)))
        });
        files.collect()
    }

    /// Adds what a font database finds, in an order that does not depend on the file system.
    fn add_database(&mut self, load: impl FnOnce(&mut fontdb::Database)) -> usize {
        let mut database = fontdb::Database::new();
        load(&mut database);
        let mut found: Vec<_> = database
            .faces()
            .filter_map(|face| match &face.source {
                fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => {
                    Some((path.clone(), face.index, face.id))
                }
                fontdb::Source::Binary(_) => None,
            })
            .collect();
        found.sort();
        let before = self.slots.len();
        for (path, index, id) in found {
            if let Some(info) = database.with_face_data(id, FontInfo::new).flatten() {
                self.push(info, Data::File(path), index);
            }
        }
        self.slots.len() - before
    }

    /// Adds one face.
    fn push(&mut self, info: FontInfo, data: Data, index: u32) {
        self.book.push(info);
        self.slots.push(Slot { data, index, font: OnceLock::new() });
    }
}

impl fmt::Debug for Fonts {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Fonts({} faces)", self.slots.len())
    }
}

impl Slot {
    /// Reads and parses the font.
    fn load(&self) -> Option<Font> {
        Font::new(self.data.bytes()?, self.index)
    }
}

impl Builtin {
    /// The file name of the font itself.
    fn name(&self) -> &'static str {
        self.file.trim_end_matches(COMPRESSED)
    }

    fn is_compressed(&self) -> bool {
        self.file.ends_with(COMPRESSED)
    }

    /// The bytes of the font itself, decompressed at the first call.
    fn bytes(&self) -> Option<Bytes> {
        if !self.is_compressed() {
            return Some(Bytes::new(self.stored));
        }
        let decompress = || {
            // No font is compressed to less than a quarter. What is reserved and not used costs nothing.
            let mut whole = Vec::with_capacity(4 * self.stored.len());
            BrotliDecompress(&mut &*self.stored, &mut whole).ok()?;
            Some(Bytes::new(whole))
        };
        self.whole.get_or_init(decompress).clone()
    }
}

impl Data {
    /// The file's bytes.
    fn bytes(&self) -> Option<Bytes> {
        match self {
            Self::Builtin(font) => font.bytes(),
            Self::File(path) => Some(Bytes::new(fs::read(path).ok()?)),
        }
    }

    /// The names, weights and coverage of the file's faces.
    fn infos(&self) -> Vec<FontInfo> {
        self.bytes().map(|bytes| FontInfo::iter(&bytes).collect()).unwrap_or_default()
    }
}

/// Describes a face for a listing.
fn face(info: &FontInfo, slot: &Slot) -> Face {
    let own = info.variant.weight.to_number();
    let axis = info.axes.iter().find(|axis| axis.tag.to_bytes() == *b"wght");
    Face {
        family: info.family.clone(),
        style: match info.variant.style {
            FontStyle::Normal => "normal",
            FontStyle::Italic => "italic",
            FontStyle::Oblique => "oblique",
        },
        weights: axis.map_or((own, own), |axis| (axis.min.0 as u16, axis.max.0 as u16)),
        source: match &slot.data {
            Data::Builtin(font) => format!("built in: {}", font.name()),
            Data::File(path) => path.display().to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::Fonts;

    #[test]
    fn a_missing_folder_is_an_error() {
        assert!(Fonts::empty().add_folder("/no/such/folder".as_ref()).is_err());
    }
}
