//! Some pages of a document, as people name them: `1-3,7,9-`.

use std::num::NonZeroUsize;
use std::str::FromStr;

use typst::layout::PageRanges as TypstRanges;

/// Ranges of pages, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageRanges(Vec<Range>);

/// From one page to another, both included; an end that is missing is that of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Range {
    first: Option<NonZeroUsize>,
    last: Option<NonZeroUsize>,
}

impl FromStr for PageRanges {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split(',').map(|part| range(part.trim())).collect::<Result<_, _>>().map(Self)
    }
}

/// Reads one range.
fn range(text: &str) -> Result<Range, String> {
    let page = |number: &str| match number.trim().parse::<usize>() {
        Ok(number) => NonZeroUsize::new(number).ok_or("pages are counted from 1".to_owned()),
        Err(_) => Err(format!("`{text}` is not a page, `7`, nor a range, `1-3`, `5-` or `-2`")),
    };
    let end = |number: &str| (!number.trim().is_empty()).then(|| page(number)).transpose();
    let range = match text.split_once('-') {
        None => page(text).map(|only| Range { first: Some(only), last: Some(only) })?,
        Some((first, last)) if first.trim().is_empty() && last.trim().is_empty() => {
            page(text).map(|only| Range { first: Some(only), last: None })?
        }
        Some((first, last)) => Range { first: end(first)?, last: end(last)? },
    };
    match range {
        Range { first: Some(first), last: Some(last) } if first > last => {
            Err(format!("`{text}` ends before it begins"))
        }
        range => Ok(range),
    }
}

impl PageRanges {
    /// The pages they name in a document of so many, each once, in order.
    ///
    /// # Errors
    /// A page that the document does not have.
    pub fn of(&self, count: usize) -> Result<Vec<usize>, String> {
        let named = self.0.iter().flat_map(|range| [range.first, range.last]).flatten();
        if let Some(page) = named.map(NonZeroUsize::get).find(|page| *page > count) {
            let noun = if count == 1 { "page" } else { "pages" };
            return Err(format!("there is no page {page}: the document has {count} {noun}"));
        }
        let within = |page: &usize| {
            self.0.iter().any(|range| {
                range.first.is_none_or(|first| first.get() <= *page)
                    && range.last.is_none_or(|last| *page <= last.get())
            })
        };
        Ok((1..=count).filter(within).collect())
    }

    /// The same ranges in the compiler's words.
    pub(super) fn to_typst(&self) -> TypstRanges {
        TypstRanges::new(self.0.iter().map(|range| range.first..=range.last).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::PageRanges;

    #[test]
    fn ranges_are_read_as_they_are_meant() {
        let pages = |text: &str| text.parse::<PageRanges>().and_then(|ranges| ranges.of(9));
        assert_eq!(pages("1-3,7"), Ok(vec![1, 2, 3, 7]));
        assert_eq!(pages("8-, -2,2 - 3"), Ok(vec![1, 2, 3, 8, 9]));
        assert_eq!(pages("5"), Ok(vec![5]));
        for (text, message) in [
            ("", "is not a page"),
            ("a", "`a` is not a page"),
            ("1-2-3", "is not a page"),
            ("-", "is not a page"),
            ("1,,2", "`` is not a page"),
            ("0-2", "counted from 1"),
            ("3-2", "`3-2` ends before it begins"),
            ("8-10", "no page 10: the document has 9 pages"),
            ("12-", "no page 12"),
        ] {
            let error = pages(text).expect_err(text);
            assert!(error.contains(message), "{text}: {error}");
        }
    }
}
