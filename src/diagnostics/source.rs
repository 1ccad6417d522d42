//! The texts that were read in a run, so that diagnostics can point into them.

use std::borrow::Cow;
use std::ops::Range;

use crate::util::visible::visible;

/// A text file that problems can point into, by its index in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

/// A range of bytes in one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Every text that was read in a run, kept so that problems can show an excerpt.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<(String, String)>,
    /// Where the lines of each file begin: a file may have thousands of problems.
    lines: Vec<Vec<usize>>,
}

impl Sources {
    /// Adds a text under the path that the user knows, and returns its file.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let (path, text) = (path.into(), text.into());
        let next = text.match_indices('\n').map(|(at, _)| at + 1);
        self.lines.push(std::iter::once(0).chain(next).collect());
        self.files.push((path, text));
        FileId((self.files.len() - 1) as u32)
    }

    /// The file that was added under a path; the first file if there is none.
    pub fn find(&self, path: &str) -> FileId {
        let at = self.files.iter().position(|(known, _)| known == path);
        FileId(at.unwrap_or(0) as u32)
    }

    /// Adds a text unless one was added under its path already.
    pub fn add_once(&mut self, path: &str, text: &str) -> FileId {
        match self.files.iter().position(|(known, _)| known == path) {
            Some(at) => FileId(at as u32),
            None => self.add(path, text),
        }
    }

    /// The first place of a text in any file.
    pub fn locate(&self, wanted: &str) -> Option<Place> {
        self.files.iter().zip(0..).find_map(|((_, text), file)| {
            let start = text.find(wanted)?;
            Some(Place { file: FileId(file), start, end: start + wanted.len() })
        })
    }

    /// All files, in the order they were read.
    pub fn files(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }

    /// The path of a file, as the user named it.
    pub fn path(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(path, _)| path)
    }

    /// The path of a file as a message shows it.
    pub fn shown_path(&self, file: FileId) -> Cow<'_, str> {
        visible(self.path(file))
    }

    /// The whole text of a file.
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(_, text)| text)
    }

    /// Line and column of a place's first character, both counted from 1, columns in characters.
    pub fn line_column(&self, place: Place) -> (usize, usize) {
        let lines = self.lines.get(place.file.0 as usize).map_or(&[][..], Vec::as_slice);
        let line = lines.partition_point(|begin| *begin <= place.start).max(1);
        let begin = lines.get(line - 1).copied().unwrap_or(0);
        let before = self.text(place.file).get(begin..place.start).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// A span that lies inside the text and on character borders, whatever the place says.
    pub(super) fn span(&self, place: Place) -> Range<usize> {
        let text = self.text(place.file);
        let mut start = place.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = place.end.clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        // Only the first line is underlined, not a whole paragraph.
        let end = text[start..end].find('\n').map_or(end, |line| start + line);
        start..end
    }
}
