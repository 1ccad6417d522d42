//! Lines of text: Korean words stay whole, nothing is between a link or code and its particle, and
//! copied text holds only what was written.

use std::collections::{BTreeSet, HashSet};

use regex::Regex;

use crate::support::data::{get, items, list, projects, prose, say, sources, text, unmarked, yaml};
use crate::support::pdf::decode;
use crate::support::printed::{LANGUAGES, all, printed};
use crate::support::readers::reader;
use crate::support::words::sentence;

/// A word of more clusters than this may break after a separator inside it.
const LONG: usize = 14;

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// The words of the record, and which of them follow each other.
fn words_of_the_record() -> (BTreeSet<String>, HashSet<(String, String)>) {
    let (mut words, mut pairs) = (BTreeSet::new(), HashSet::new());
    for (_, source) in sources() {
        let lines = source
            .lines()
            .filter(|line| !line.trim_start().starts_with('#') || line.contains("{#"));
        let plain = unmarked(&lines.collect::<Vec<_>>().join("\n"));
        let trimmed = plain.split_whitespace().map(|word| {
            word.trim_start_matches(['[', '{', '"', '\'']).trim_end_matches(['"', '\'']).to_owned()
        });
        let tokens: Vec<String> = trimmed.collect();
        pairs.extend(tokens.windows(2).map(|pair| (pair[0].clone(), pair[1].clone())));
        words.extend(tokens);
    }
    (words, pairs)
}

/// The word of the record that a line end cuts between `last` and `first`.
fn broken<'a>(last: &str, first: &str, words: &'a BTreeSet<String>) -> Option<&'a str> {
    let (end, begin) = (last.chars().next_back()?, first.chars().next()?);
    if !is_hangul(end) && !is_hangul(begin) {
        return None;
    }
    let joined = format!("{last}{first}");
    let word = words.range(joined.clone()..).next().filter(|word| word.starts_with(&joined))?;
    let separated = "/·,+&→—|".contains(end) || "([「“‘".contains(begin);
    let may_break = end == '/' || (word.chars().count() > LONG && separated);
    (!may_break).then_some(word.as_str())
}

#[test]
fn a_cut_word_is_recognised() {
    let words = BTreeSet::from([
        "협업하기".to_owned(),
        "Kubernetes를".to_owned(),
        "정형/비정형".to_owned(),
    ]);
    assert_eq!(broken("협업하", "기", &words), Some("협업하기"));
    assert_eq!(broken("Kubernetes", "를", &words), Some("Kubernetes를"));
    assert_eq!(broken("정형/", "비정형", &words), None);
    assert_eq!(broken("협업", "도구", &words), None);
}

#[test]
#[ignore = "needs poppler"]
fn no_korean_word_is_cut_at_a_line_end() {
    let (words, pairs) = words_of_the_record();
    assert!(words.len() > 1500, "the record has words");
    for document in all() {
        let pages = document.pages();
        let body: Vec<_> = pages
            .iter()
            .zip(1..)
            .flat_map(|(page, n)| page.body.iter().map(move |w| (n, w)))
            .collect();
        let mut ends = 0;
        for pair in body.windows(2) {
            let ((page, last), (next_page, first)) = (pair[0], pair[1]);
            if page == next_page && last.beside(first) {
                continue;
            }
            ends += 1;
            if pairs.contains(&(last.text.clone(), first.text.clone())) {
                continue;
            }
            if let Some(word) = broken(&last.text, &first.text, &words) {
                let (last, first) = (&last.text, &first.text);
                panic!(
                    "{}: page {page} cuts `{word}` into `{last}` and `{first}`",
                    document.name()
                );
            }
        }
        assert!(ends > 30, "{}: lines end", document.name());
    }
}

/// A word with a hyphen stays on its line: some extractors turn a hyphen at a line end into a
/// control character, others drop it.
#[test]
#[ignore = "needs poppler"]
fn no_line_ends_in_a_hyphen() {
    for document in all() {
        let pages = document.pages();
        for (page, number) in pages.iter().zip(1..) {
            for line in page.lines() {
                let last = &line.last().unwrap().text;
                let stem = last.strip_suffix('-').and_then(|stem| stem.chars().next_back());
                assert!(
                    !stem.is_some_and(char::is_alphanumeric),
                    "{}: page {number}: {}",
                    document.name(),
                    sentence(line),
                );
            }
        }
    }
}

/// What is wrong with a character in copied text, if anything.
fn fault(c: char) -> Option<&'static str> {
    match c {
        '\n' | '\u{c}' => None,
        c if c.is_control() => Some("a control character"),
        '\u{ad}' => Some("a soft hyphen"),
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some("a space that does not break"),
        '\u{2060}' | '\u{feff}' | '\u{200b}'..='\u{200c}' | '\u{200e}'..='\u{200f}' => {
            Some("an invisible character")
        }
        '\u{fffc}' | '\u{fffd}' => Some("a replacement character"),
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'.. => Some("a private character"),
        '\u{1100}'..='\u{11ff}' => Some("a syllable in pieces"),
        _ => None,
    }
}

#[test]
#[ignore = "needs poppler"]
fn copied_text_has_no_stray_characters() {
    for document in all() {
        for mode in
            [&["-enc", "UTF-8"][..], &["-raw", "-enc", "UTF-8"], &["-layout", "-enc", "UTF-8"]]
        {
            let text = reader("pdftotext", mode, &document.file);
            assert!(text.chars().filter(|c| is_hangul(*c) || c.is_alphanumeric()).count() > 500);
            for (at, c) in text.char_indices() {
                if let Some(fault) = fault(c) {
                    let around: String = text[..at].chars().rev().take(20).collect();
                    let around: String = around.chars().rev().collect();
                    panic!("{}: {fault} U+{:04X} after “{around}”", document.name(), u32::from(c));
                }
            }
        }
    }
}

#[test]
fn titles_and_alternative_texts_have_no_stray_characters() {
    for document in all() {
        let titles = document.pdf.outline().into_iter().map(|bookmark| bookmark.title);
        let info = document.pdf.info();
        let info = [&info.title, &info.author, &info.subject, &info.keywords];
        let info = info.into_iter().flatten().map(|bytes| decode(bytes));
        let tagged = document.pdf.alternatives().into_iter();
        let headings = document.pdf.headings().into_iter().map(|(_, title)| title);
        let drawn = document.pdf.replacements();
        let all = titles.chain(info).chain(tagged).chain(headings).chain(drawn);
        for text in all.chain([document.pdf.xmp().replace('\u{feff}', "")]) {
            let stray = text.chars().find(|c| fault(*c).is_some());
            assert_eq!(stray, None, "{}: {text}", document.name());
        }
    }
}

/// Markdown as its blocks of running text; headings, tables and fenced blocks are not running text.
fn blocks(markdown: &str) -> Vec<String> {
    let item = Regex::new(r"^\s*(?:[-*+]|\d+\.)\s+").unwrap();
    let mut blocks: Vec<String> = vec![String::new()];
    let mut fenced = false;
    for line in markdown.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with("```") {
            fenced = !fenced;
        }
        let other = fenced || ["```", "#", "|"].iter().any(|mark| trimmed.starts_with(mark));
        if trimmed.is_empty() || other {
            blocks.push(String::new());
        } else if item.is_match(line) {
            blocks.push(item.replace(line, "").into_owned());
        } else {
            let block = blocks.last_mut().unwrap();
            block.push(' ');
            block.push_str(trimmed);
        }
    }
    blocks
        .into_iter()
        .map(|block| block.trim().to_owned())
        .filter(|block| !block.is_empty())
        .collect()
}

/// What extracted text must match to hold a block whole, word by word. Before a link there may be
/// a mark, which extractors take for a gap; a long word may break after a separator.
fn pattern(block: &str) -> Regex {
    let link = Regex::new(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\([^)\s]*\)").unwrap();
    let plain = unmarked(&link.replace_all(block, "\u{e000}$1"));
    let words = plain.split_whitespace().map(|word| {
        let long = word.chars().count() > LONG;
        let pieces = word.chars().map(|c| match c {
            '\u{e000}' => " ?".to_owned(),
            '/' => "/ ?".to_owned(),
            c if long && "·,+&→—|".contains(c) => {
                format!("{} ?", regex::escape(&c.to_string()))
            }
            c if long && "([「“‘".contains(c) => {
                format!(" ?{}", regex::escape(&c.to_string()))
            }
            c => regex::escape(&c.to_string()),
        });
        pieces.collect::<String>()
    });
    Regex::new(&words.collect::<Vec<_>>().join(" ")).unwrap()
}

#[test]
#[ignore = "needs poppler"]
fn paragraphs_are_printed_word_by_word() {
    let document = printed("full", "ko");
    let pages = document.pages();
    let printed = sentence(pages.iter().flat_map(|page| &page.body));
    let mut texts = Vec::new();
    for (_, article) in items("articles") {
        texts.extend(prose(&article, "ko"));
    }
    for section in list(&yaml("resume"), "sections") {
        texts.extend(text(section, "description", "ko"));
    }
    for post in yaml("posts").as_sequence().unwrap() {
        texts.extend(text(post, "summary", "ko"));
    }
    for project in projects() {
        texts.extend(
            ["summary", "outcome"].iter().filter_map(|field| text(&project.yaml, field, "ko")),
        );
        let highlights = list(&project.yaml, "highlights").iter();
        texts.extend(
            highlights.filter_map(|one| {
                get(one, "text").map_or_else(|| say(one, "ko"), |t| say(t, "ko"))
            }),
        );
    }
    let (mut checked, mut missing) = (0, Vec::new());
    for block in texts.iter().flat_map(|text| blocks(text)) {
        checked += 1;
        if !pattern(&block).is_match(&printed) {
            missing.push(block);
        }
    }
    assert!(checked > 200, "only {checked} blocks");
    assert!(missing.is_empty(), "printed otherwise than written:\n{}", missing.join("\n"));
}

/// Words that belong together after a link or code: the particle is on the same word.
#[test]
#[ignore = "needs poppler"]
fn particles_follow_links_and_code_without_a_space() {
    let attached = Regex::new(r"(?:\]\([^)\s]*\)|`)([가-힣]+|[.,])").unwrap();
    for language in LANGUAGES {
        let document = printed("full", language);
        let pages = document.pages();
        let words: HashSet<&str> =
            pages.iter().flat_map(|page| &page.body).map(|word| word.text.as_str()).collect();
        let mut checked = 0;
        for block in
            items("articles").iter().flat_map(|(_, a)| prose(a, language)).flat_map(|t| blocks(&t))
        {
            for found in attached.find_iter(&block) {
                // The word from its last blank to the particle, and what follows up to the next.
                let start = unmarked(&block[..found.end()]);
                let start = start.rsplit(char::is_whitespace).next().unwrap_or_default().to_owned();
                checked += 1;
                let whole = words.iter().any(|word| {
                    word.contains(&start)
                        || start.ends_with(*word) && word.len() > found.as_str().len()
                });
                assert!(whole, "{}: `{start}` is torn apart in: {block}", document.name());
            }
        }
        assert!(checked > 20, "only {checked} particles");
    }
}
