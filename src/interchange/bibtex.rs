//! BibTeX and BibLaTeX: the entries of a `.bib` file are publications.

use crate::interchange::format::Format;
use crate::interchange::mapping::{How, Section, field};
use crate::interchange::source::{BIBTEX, Source};
use crate::interchange::walk::Walk;

/// BibTeX.
pub const FORMAT: Format = Format {
    word: "bibtex",
    name: "BibTeX",
    recognises: |source| source.get(BIBTEX).is_some(),
    any_language: true,
    import,
    tables: &[("", TABLE)],
    about: "Its entries are publications: `resume import papers.bib --into data` adds them to a record. \
            Commands of LaTeX become the letters they stand for.",
};

const TABLE: &[Section] = &[Section::new(
    "bibtex[]",
    "publications[]",
    &[
        field(&["title"], "name", How::Inline),
        field(&["author"], "authors", How::Names),
        field(&["publisher", "school", "institution", "organization"], "by", How::Plain),
        field(&["journal", "journaltitle", "booktitle"], "venue", How::Plain),
        field(&["volume"], "volume", How::Plain),
        field(&["number", "issue"], "issue", How::Plain),
        field(&["pages"], "pages", How::Plain),
        field(&["date"], "date", How::Date),
        field(&["year", "month", "day"], "date", How::DateParts),
        field(&["doi"], "doi", How::Doi),
        field(&["url"], "url", How::Url),
        field(&["abstract"], "summary", How::Inline),
        field(&["pubstate"], "status", How::Plain),
    ],
)
.required(&["name"])];

fn import(mut source: Source, walk: &mut Walk) {
    TABLE.iter().for_each(|section| walk.section(&mut source, section));
    walk.finish(source);
}
