//! Documents as plain text and as Markdown: the words of the PDF, in its order, and nothing else.

use std::collections::BTreeSet;
use std::path::Path;

use comrak::{Options, markdown_to_html};
use regex::Regex;
use resume::markdown::{headings, links};

use crate::support::pdf::{Pdf, Target};
use crate::support::printed::{FORMATS, LANGUAGES, all, printed};
use crate::support::program::{folder, resume, resume_in};
use crate::support::words::{pages, sentence, squash};

/// A document of the reference record as text of a type.
fn text(file_type: &str, more: &[&str]) -> String {
    let arguments = ["render", "--quiet", "--output", "-", "--as", file_type];
    String::from_utf8(resume(arguments.iter().chain(more)).exits(0).stdout).expect("UTF-8")
}

/// The words of a text: what is alone between them (dashes, dots, bullets) is layout, and so is the
/// colon after the name of a group of skills, which a rail does not need.
fn words(text: &str) -> Vec<String> {
    let words = text.split_whitespace().map(|word| word.trim_end_matches(':'));
    words.filter(|word| word.chars().any(char::is_alphanumeric)).map(str::to_owned).collect()
}

/// The words of a PDF of one page without its foot, as poppler reads them.
fn printed_words(file: &Path) -> Vec<String> {
    let pages = pages(file);
    assert_eq!(pages.len(), 1);
    words(&sentence(pages[0].head.iter().chain(&pages[0].body)))
}

#[test]
#[ignore = "needs poppler"]
fn plain_text_has_the_words_of_the_page_in_its_order() {
    for language in LANGUAGES {
        let content = words(&text("txt", &["--format", "one-page", "--lang", language]));
        let expected = printed_words(&printed("one-page", language).file);
        assert!(content.len() > 150);
        assert_eq!(content, expected, "{language}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    for application in ["edge-vision", "llm-platform", "serverless-backend"] {
        for language in LANGUAGES {
            let chosen = ["--format", "one-page", "--application", application, "--lang", language];
            let pdf = ["render", "-q", "-o", file.to_str().unwrap()];
            resume(pdf.iter().chain(&chosen)).exits(0);
            let expected = printed_words(&file);
            assert_eq!(words(&text("txt", &chosen)), expected, "{application} {language}");
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn every_line_of_a_text_is_in_its_pdf_in_this_order() {
    // What separates the words of a line; on a page, space, frames and places do.
    let separators = Regex::new(r" · | \| |: |, |^\s*(-|\d+\.|[☑☐]) ").unwrap();
    for document in all() {
        let pages = document.pages();
        let body: Vec<String> = pages.iter().map(|page| squash(&sentence(&page.body))).collect();
        let (body, mut at, mut diagrams) = (body.concat().replace('|', ""), 0, 0);
        let alternatives: BTreeSet<String> =
            document.pdf.alternatives().iter().map(|text| squash(text)).collect();
        let text = text("txt", &["--format", document.format, "--lang", document.language]);
        let mut lost = Vec::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            if alternatives.contains(&squash(line)) {
                diagrams += 1;
                continue;
            }
            for part in separators.split(line).map(squash).filter(|part| !part.is_empty()) {
                match body[at..].find(&part) {
                    Some(found) => at += found,
                    None => lost.push(format!("{part} (after {})", at * 100 / body.len())),
                }
            }
        }
        assert!(lost.is_empty(), "{}: {} lost: {lost:#?}", document.name(), lost.len());
        assert!(at * 100 > body.len() * 95, "{}: ends at {at} of {}", document.name(), body.len());
        let figures = match document.format {
            "full" => 7,
            "portfolio" => 1,
            _ => 0,
        };
        assert!(diagrams >= figures, "{}: {diagrams} diagrams are described", document.name());
    }
}

#[test]
fn a_text_is_plain() {
    for (format, language) in
        FORMATS.iter().flat_map(|format| LANGUAGES.map(|language| (format, language)))
    {
        let text = text("txt", &["--format", format, "--lang", language]);
        assert!(text.ends_with('\n') && !text.ends_with("\n\n") && !text.contains("\n\n\n"));
        let hidden = ['\u{2060}', '\u{200b}', '\u{ad}', '\u{a0}', '\u{feff}', '\t', '\r'];
        assert!(!text.contains(hidden), "{format} {language}");
        for mark in ["**", "](", "\n#", "{#", "```", "\\", "&amp;", "<!--"] {
            // The manual shows code.
            assert!(
                !text.contains(mark) || *format == "full" && mark == "\\",
                "`{mark}` in {format}"
            );
        }
        assert!(text.lines().all(|line| line == line.trim_end()));
        // A paragraph is one line.
        assert!(text.lines().any(|line| line.chars().count() > 100), "{format} {language}");
    }
}

#[test]
fn markdown_reads_back_with_the_headings_and_links_of_the_pdf() {
    for document in all() {
        let text = text("md", &["--format", document.format, "--lang", document.language]);
        let name = document.name();
        let found: Vec<(u32, String)> =
            headings(&text).into_iter().map(|h| (h.level.into(), squash(&h.text))).collect();
        let expected: Vec<(u32, String)> = document
            .pdf
            .headings()
            .into_iter()
            .map(|(level, title)| (level, squash(&title)))
            .collect();
        assert_eq!(found, expected, "{name}");
        let (inner, outer): (Vec<String>, Vec<String>) =
            links(&text).into_iter().map(|link| link.url).partition(|url| url.starts_with('#'));
        let printed: BTreeSet<String> = document
            .pdf
            .links()
            .into_iter()
            .filter_map(|link| match link.target {
                Target::Address(url) => Some(url),
                _ => None,
            })
            .collect();
        let outer: BTreeSet<String> = outer.into_iter().collect();
        let lost: Vec<_> = outer.difference(&printed).collect();
        assert!(lost.is_empty(), "{name}: links the PDF does not have: {lost:?}");
        // Only crumbs lead elsewhere: to the front page of the site.
        let missing: Vec<_> = printed.difference(&outer).collect();
        assert!(missing.is_empty(), "{name}: {missing:?}");
        let mut options = Options::default();
        options.extension.header_id_prefix = Some(String::new());
        let html = markdown_to_html(&text, &options);
        for url in &inner {
            let id = url.trim_start_matches('#');
            assert!(html.contains(&format!("id=\"{id}\"")), "{name}: `{url}` leads nowhere");
        }
        assert_eq!(inner.is_empty(), document.format != "full", "{name}");
        assert!(!text.contains("label:"));
    }
}

#[test]
fn every_kind_of_text_block_is_written() {
    let record = folder(&[(
        "data/resume.yaml",
        r"profile:
  name: A *B*
  email: a@b.kr
  phone: +82 10-1234
  summary: |
    One
    line with `x < y` and <b>html</b>.
career:
  - {id: s, organization: Org, location: Seoul, summary: 'Did it.', highlights: ['3 + 4 = 7 *', 'two'],
     positions: [{title: T2, start: 2021-02, end: present}, {title: T1, department: D, start: 2020, end: 2021-01}]}
  - {id: e, kind: education, organization: School, positions: [{title: MSc, score: '4.0', courses: [Maths, Art], start: 2018, end: 2019}]}
skills: [{name: Languages, skills: [C, Rust]}]
languages: [{language: Korean, fluency: native}, {language: English}]
awards: [{title: Prize, date: 2020-05-06, awarder: Fair, url: 'https://p.kr/', summary: 'For *it*.'}]
certificates: [{name: Cert, date: 2019-01, issuer: Board}]
publications: [{name: Paper, date: 2018, publisher: Press}]
interests: [{name: Go, keywords: [joseki, tsumego]}]
references: [{name: Boss, reference: Good.}]
site: {languages: [en], date: 2022-01-31}
",
    )]);
    let say = |file_type: &str| {
        let arguments = ["render", "-q", "--format", "one-page", "-o", "-", "--as", file_type];
        String::from_utf8(resume_in(record.path(), arguments, &[]).exits(0).stdout).unwrap()
    };
    let expected = "\
A *B*

a@b.kr
+82 10-1234

One line with x < y and <b>html</b>.

Experience

2020–present
Org · Seoul

Did it.

- 3 + 4 = 7 *
- two

Feb 2021 – present
T2 · 1 year

2020 – Jan 2021
T1 · D

Skills

Languages: C, Rust

Education

2018 – 2019
School · MSc · 4.0
Maths, Art
";
    let text = say("txt");
    assert!(text.starts_with(expected), "{text}");
    for rest in [
        "Jan 2019\nCert · Board",
        "May 2020\nPrize · Fair\n\nFor it.",
        "2018\nPaper · Press",
        "Korean (native), English",
        "Go (joseki, tsumego)",
        "Boss\n\nGood.",
    ] {
        assert!(text.contains(rest), "no `{rest}` in\n{text}");
    }
    let markdown = say("md");
    for part in [
        "# A \\*B\\*\n",
        "[+82 10-1234](tel:+82101234)",
        "`x < y` and \\<b",
        "**[Prize](https://p.kr/)** · Fair",
        "For *it*.",
    ] {
        assert!(markdown.contains(part), "no `{part}` in\n{markdown}");
    }
    let made =
        resume_in(record.path(), ["render", "--as", "txt,md,pdf", "-o", "out"], &[]).exits(0);
    made.says("out/one-page.txt")
        .says("out/cv.md")
        .says("portfolio  not made: there is no project");
    assert_eq!(Pdf::read(&record.path().join("out/one-page.pdf")).page_count(), 1);
}

#[test]
#[ignore = "needs poppler"]
fn texts_that_follow_each_other_are_paragraphs() {
    let record = "site: {languages: [en], date: 2024-01-01}\nprofile: {name: Name Surname}\n\
        sections: [{id: work, title: Work, description: Third words., text: Fourth words.}]\n\
        articles: [{id: a, title: Title, intro: First words., body: Second words.}]\n";
    let folder = folder(&[("data/resume.yaml", record)]);
    let render =
        ["render", "-q", "--format", "full", "--as", "txt,md,pdf", "-o", "out"].into_iter();
    resume_in(folder.path(), render, &[]).exits(0);
    let at = |name: &str| folder.path().join("out").join(name);
    for name in ["full.txt", "full.md"] {
        let text = std::fs::read_to_string(at(name)).unwrap();
        for words in ["First words.\n\nSecond words.\n", "Third words.\n\nFourth words.\n"] {
            assert!(text.contains(words), "{name}: {text}");
        }
    }
    let pages = pages(&at("full.pdf"));
    let word = |text: &str| {
        let mut words = pages.iter().flat_map(|page| &page.body);
        words
            .find(|word| word.text.starts_with(text))
            .unwrap_or_else(|| panic!("no `{text}`"))
            .clone()
    };
    for (first, second) in [("First", "Second"), ("Third", "Fourth")] {
        let (first, second) = (word(first), word(second));
        assert!(first.left == second.left && first.bottom < second.top, "{first:?} {second:?}");
    }
}

#[test]
fn phrases_are_marked_on_pages_and_words_elsewhere() {
    let record = "site: {languages: [en], date: 2024-01-01}\n\
        profile: {name: Name Surname, headline: '>= **12** clusters with `a_b` and [c](https://example.org/c)'}\n\
        awards: [{title: 'First *prize* of 2*3 and 2**10'}]\n";
    let folder = folder(&[("data/resume.yaml", record)]);
    let render = |more: &[&str]| {
        let arguments = ["render", "-q", "--format", "one-page", "-o"];
        resume_in(folder.path(), arguments.iter().chain(more), &[]).exits(0)
    };
    let text = String::from_utf8(render(&["-", "--as", "txt"]).stdout).unwrap();
    let headline = ">= 12 clusters with a_b and c";
    assert!(text.contains(headline) && text.contains("\nFirst prize of 2*3 and 2**10\n"), "{text}");
    render(&["a.pdf"]);
    let pdf = Pdf::read(&folder.path().join("a.pdf"));
    assert!(pdf.xmp().contains("&gt;= 12 clusters with a_b and c"), "{}", pdf.xmp());
    let addresses = pdf.links().into_iter().filter_map(|link| match link.target {
        Target::Address(url) => Some(url),
        _ => None,
    });
    assert_eq!(addresses.collect::<Vec<_>>(), ["https://example.org/c"]);
    let found = resume_in(folder.path(), ["check"], &[]).exits(0).stderr;
    assert!(!found.contains("W021"), "{found}");
}
