//! The words of a page with their places, as poppler finds them.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::support::readers::reader;

/// Above this height, in points, is only the running title.
const HEAD: f64 = 51.5;

/// One word; lengths in points from the top left corner of the page.
#[derive(Debug, Clone)]
pub struct Word {
    pub text: String,
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// One page in reading order: its running title, its body and its foot.
#[derive(Debug, Clone)]
pub struct Page {
    pub height: f64,
    pub head: Vec<Word>,
    pub body: Vec<Word>,
    pub foot: Vec<Word>,
}

impl Word {
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub fn middle(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }

    /// Whether another word is on the same line of the page.
    pub fn beside(&self, other: &Self) -> bool {
        (self.middle() - other.middle()).abs() < 0.45 * self.height().max(other.height())
    }
}

impl Page {
    /// The body as lines from top to bottom in reading order.
    pub fn lines(&self) -> Vec<&[Word]> {
        self.body.chunk_by(|word, next| word.beside(next)).collect()
    }

    /// The words of the body that begin at this height or lower, in reading order.
    pub fn below(&self, top: f64) -> impl Iterator<Item = &Word> {
        self.body.iter().filter(move |word| word.middle() > top)
    }
}

/// Words as a reader would say them.
pub fn sentence<'a>(words: impl IntoIterator<Item = &'a Word>) -> String {
    words.into_iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A text without its white space, for comparisons that do not care how it was laid out.
pub fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{fe0f}').collect()
}

/// The pages of a PDF in the order in which their text is drawn.
pub fn pages(file: &Path) -> Vec<Page> {
    static PAGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?s)<page width="[\d.]+" height="([\d.]+)">(.*?)</page>"#).unwrap()
    });
    static WORD: LazyLock<Regex> = LazyLock::new(|| {
        let number = r#"="(-?[\d.]+)" "#.trim_end();
        let pattern =
            format!("<word xMin{number} yMin{number} xMax{number} yMax{number}>(.*?)</word>");
        Regex::new(&pattern).unwrap()
    });
    let html = reader("pdftotext", &["-raw", "-bbox"], file);
    let pages = PAGE.captures_iter(&html).map(|page| {
        let number = |text: &str| text.parse::<f64>().unwrap();
        let words = WORD.captures_iter(page.get(2).unwrap().as_str());
        let words = words.map(|word| Word {
            text: unescape(&word[5]),
            left: number(&word[1]),
            top: number(&word[2]),
            right: number(&word[3]),
            bottom: number(&word[4]),
        });
        split(number(&page[1]), join(words))
    });
    pages.collect()
}

/// Joins what touches: poppler begins a word with every font, so that a particle after code would
/// look like a word of its own.
fn join(words: impl Iterator<Item = Word>) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::new();
    for word in words {
        match joined.last_mut() {
            Some(last) if last.beside(&word) && (word.left - last.right).abs() < 0.3 => {
                last.text.push_str(&word.text);
                last.right = word.right;
                last.top = last.top.min(word.top);
                last.bottom = last.bottom.max(word.bottom);
            }
            _ => joined.push(word),
        }
    }
    joined
}

/// Separates the body of a page from its head and its foot.
fn split(height: f64, words: Vec<Word>) -> Page {
    let (head, words): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| word.bottom < HEAD);
    let lowest = words.iter().max_by(|a, b| a.middle().total_cmp(&b.middle())).cloned();
    let on_last = |word: &Word| lowest.as_ref().is_some_and(|lowest| lowest.beside(word));
    let (foot, body): (Vec<_>, Vec<_>) = words.iter().cloned().partition(on_last);
    let sentence = sentence(&foot);
    if sentence.starts_with("Printed from") || sentence.parse::<u32>().is_ok() {
        Page { height, head, body, foot }
    } else {
        Page { height, head, body: words, foot: Vec::new() }
    }
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
