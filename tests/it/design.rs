//! How documents look: themes and their settings, contrast, how full pages are, last lines, marks.

use std::collections::BTreeMap;
use std::fs;

use regex::Regex;

use crate::support::data::{get, items, list, prose, say, text, unmarked};
use crate::support::pdf::Pdf;
use crate::support::printed::{all, printed};
use crate::support::program::{folder, rendered, resume, root};
use crate::support::readers::inspector;
use crate::support::words::{pages, sentence, squash};

/// Contrast of two colours `#rrggbb` (WCAG 2.2).
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |color: &str| {
        let channel = |at: usize| {
            let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Every colour of text, on every colour behind it.
#[test]
fn all_text_has_contrast_with_its_background() {
    let tokens = fs::read_to_string(root().join("templates/shared/tokens.typ")).unwrap();
    let colour = Regex::new(r##"#let ([a-z]+) = rgb\("(#[0-9a-f]{6})"\)"##).unwrap();
    let named: BTreeMap<&str, &str> = colour
        .captures_iter(&tokens)
        .map(|found| (found.get(1).unwrap().as_str(), found.get(2).unwrap().as_str()))
        .collect();
    assert_eq!(named.len(), 5, "the tokens have other colours: {named:?}");
    let white = "#ffffff";
    for text in ["ink", "grey", "faint"] {
        for ground in [white, named["wash"]] {
            let contrast = contrast(named[text], ground);
            assert!(contrast >= 4.5, "{text} on {ground}: {contrast:.2}");
        }
    }
    // Accents are text on white, and discs under white figures.
    let accent = Regex::new(r##"accent: "(#[0-9a-f]{6})""##).unwrap();
    let themes = fs::read_dir(root().join("templates/themes")).unwrap();
    let themes = themes.map(|theme| fs::read_to_string(theme.unwrap().path()).unwrap());
    let themes: Vec<String> = themes.collect();
    let accents: Vec<&str> = themes
        .iter()
        .map(|theme| accent.captures(theme).unwrap().get(1).unwrap().as_str())
        .collect();
    assert!(accents.len() >= 3, "the themes are not found");
    // Headings may be white on a band.
    let band = Regex::new(r##"heading-band: "(#[0-9a-f]{6})""##).unwrap();
    let words = ["ko", "en", "ko-KP"].map(|language| {
        fs::read_to_string(root().join(format!("templates/words/{language}.yaml"))).unwrap()
    });
    let bands: Vec<&str> = words
        .iter()
        .filter_map(|words| Some(band.captures(words)?.get(1).unwrap().as_str()))
        .collect();
    assert_eq!(bands.len(), 1, "one edition has bands");
    for colour in accents.iter().chain(&bands) {
        assert!(contrast(colour, white) >= 4.5, "{colour} on white");
    }
}

const RECORD: &str = "\
profile: {name: 황세현, summary: '[여기](https://example.org/)에 있습니다.'}
projects:
  - {id: p, name: 하나, start: 2023-01-01, end: 2023-03-31, summary: '[여기](https://example.org/)를 봅니다.'}
";

/// The portfolio of a record with a theme.
fn with(theme: &str) -> tempfile::TempDir {
    rendered(&[("data/resume.yaml", &format!("{RECORD}theme: {theme}\n"))])
}

#[test]
#[ignore = "needs poppler"]
fn every_setting_of_the_theme_shows() {
    let read = |theme: &str| {
        let folder = with(theme);
        let file = folder.path().join("out/portfolio.pdf");
        let pages = pages(&file);
        let fonts = inspector("pdffonts", &[], &file);
        (pages, fonts, Pdf::read(&file))
    };
    let (plain, sans, pdf) = read("{}");
    let name = |pages: &[crate::support::words::Page]| {
        pages[0].body.iter().find(|word| word.text == "황세현").unwrap().clone()
    };
    let height = name(&plain).height();
    assert!(sans.contains("Pretendard") && !sans.contains("Serif"), "{sans}");
    assert!((pdf.page_size(0).0 - 595.28).abs() < 0.1);
    let (_, serif, _) = read("{font: serif}");
    assert!(serif.contains("Serif"), "{serif}");
    let (_, classic, _) = read("{name: classic}");
    assert!(classic.contains("Serif"), "{classic}");
    let (_, both, _) = read("{name: classic, font: sans}");
    assert!(!both.contains("Serif"), "{both}");
    let (large, ..) = read("{size: 12}");
    assert!((name(&large).height() / height - 1.2).abs() < 0.01, "12 pt are a fifth more than 10");
    let (wide, ..) = read("{margins: wide}");
    let (narrow, ..) = read("{margins: narrow}");
    assert!(
        name(&wide).left > name(&plain).left + 5.0 && name(&narrow).left < name(&plain).left - 5.0
    );
    let (_, _, letter) = read("{paper: us-letter}");
    assert!((letter.page_size(0).0 - 612.0).abs() < 0.1);
    let (foot, ..) = read("{footer: 마지막 줄}");
    let all = sentence(foot[0].body.iter().chain(&foot[0].foot));
    assert!(all.contains("마지막 줄"), "{all}");
    for (theme, colour) in [("{}", "#1d4ed8"), ("{accent: '#7c2d12'}", "#7c2d12")] {
        let (_, _, pdf) = read(theme);
        assert!(pdf.paints(colour), "{theme} paints {colour}");
    }
    assert!(!pdf.paints("#7c2d12"));
}

#[test]
fn every_wrong_setting_of_the_theme_is_refused() {
    for (theme, code) in [
        ("{name: baroque}", "E013"),
        ("{font: comic}", "E013"),
        ("{margins: huge}", "E013"),
        ("{paper: a5}", "E013"),
        ("{accent: blue}", "E024"),
        ("{layout: baroque}", "E013"),
        ("{titles: huge}", "E013"),
        ("{photo: {side: top}}", "E013"),
        ("{size: 6}", "E026"),
        ("{size: large}", "E026"),
        ("{line-length: 20}", "E026"),
        ("{durations: often}", "E010"),
        ("{footer: [x]}", "E010"),
        ("{colour: '#000000'}", "E011"),
    ] {
        let folder = folder(&[("data/resume.yaml", &format!("{RECORD}theme: {theme}\n"))]);
        let data = folder.path().join("data").display().to_string();
        let out = folder.path().join("out").display().to_string();
        let run = resume(["render", "--data", &data, "--output", &out]);
        run.exits(1).says(&format!("error[{code}]")).says("resume.yaml:4:");
    }
}

/// Without colour, a line distinguishes a link from the words around it.
#[test]
fn links_of_mono_are_underlined() {
    let lines = |theme: &str| {
        let folder = with(theme);
        Pdf::read(&folder.path().join("out/portfolio.pdf")).strokes()
    };
    let (mono, modern) = (lines("{name: mono}"), lines("{}"));
    // One in the summary, one in the card.
    assert_eq!(mono, modern + 2, "lines drawn");
    assert_eq!(lines("{name: mono, accent: '#1d4ed8'}"), modern, "a colour needs no line");
}

/// A page that is under a third full is the last of its article or chapter.
#[test]
#[ignore = "needs poppler"]
fn no_page_breaks_off() {
    for document in all() {
        let pages = document.pages();
        let outline = document.pdf.outline();
        for (at, page) in pages.iter().enumerate().skip(1) {
            let high = document.pdf.page_size(at).1;
            let last = page.body.iter().map(|word| word.bottom).fold(0.0, f64::max);
            // Where the next page begins: a chapter or an article, in the uppermost part of it.
            let begins = |spot: crate::support::pdf::Spot| spot.page == at + 1 && spot.top < 130.0;
            let ends = at + 1 == pages.len()
                || outline.iter().any(|mark| mark.depth < 2 && begins(mark.spot));
            let full = (last - 70.0) / (high - 135.0);
            assert!(
                full > 1.0 / 3.0 || ends,
                "{}: page {} is {full:.2} full",
                document.name(),
                at + 1
            );
        }
    }
}

/// The last line of a paragraph is not one short word.
#[test]
#[ignore = "needs poppler"]
fn no_last_line_is_one_short_word() {
    for document in all().filter(|document| document.format == "full") {
        let pages = document.pages();
        let words: Vec<_> = pages.iter().flat_map(|page| &page.body).collect();
        let mut texts = Vec::new();
        for (_, article) in items("articles") {
            texts.extend(prose(&article, document.language));
        }
        for (_, project) in items("projects") {
            texts.extend(text(&project, "summary", document.language));
            let highlights = list(&project, "highlights").iter();
            texts.extend(
                highlights
                    .filter_map(|one| say(get(one, "text").unwrap_or(one), document.language)),
            );
        }
        let mut checked = 0;
        for text in texts {
            for paragraph in text.split("\n\n").filter(|text| !text.contains(['`', '|', '#'])) {
                let plain = unmarked(paragraph);
                let tokens: Vec<&str> = plain.split_whitespace().collect();
                let [.., first, before, last] = tokens[..] else { continue };
                let short = last.chars().count() <= 8
                    && before.chars().count() + last.chars().count() <= 20;
                // Links and bold end a run of text: their content may be alone.
                let marked = paragraph.trim_end().ends_with([')', '*']) || tokens.len() < 5;
                if !short || marked || paragraph.contains("](") {
                    continue;
                }
                let found = words.windows(3).find(|three| {
                    [first, before, last]
                        .iter()
                        .zip(*three)
                        .all(|(want, word)| squash(&word.text) == squash(want))
                });
                let Some(found) = found else { continue };
                checked += 1;
                assert!(
                    found[1].beside(found[2]),
                    "{}: `{last}` stands alone: {plain}",
                    document.name()
                );
            }
        }
        assert!(checked > 20, "{}: only {checked} paragraphs", document.name());
    }
}

/// Straight marks become those of the language, save in code, addresses and where they are measures.
#[test]
#[ignore = "needs poppler"]
fn quotation_marks_are_typographic() {
    let yaml = r#"
profile: {name: {ko: "'나'의 \"이름\"", de: "\"Ich\""}}
site: {languages: [ko, de, ko-KP], date: 2024-01-01}
projects:
  - id: p
    name: {ko: 하나, de: eins, ko-KP: 하나}
    start: 2023-01-01
    end: 2023-03-31
    summary:
      ko: 그는 "**그렇다**"고, 's' `"code"` 27" https://example.org/a'b -- ... “그대로”
      de: Er sagt "ja", der Master's
      ko-KP: 그는 "그렇다"고 '말'했다
"#;
    let english = fs::read_to_string(root().join("templates/words/en.yaml")).unwrap();
    let folder = folder(&[("data/resume.yaml", yaml), ("templates/words/de.yaml", &english)]);
    let [data, out, templates] =
        ["data", "out", "templates"].map(|name| folder.path().join(name).display().to_string());
    resume([
        "render",
        "--data",
        &data,
        "--output",
        &out,
        "--lang",
        "ko,de,ko-KP",
        "--templates",
        &templates,
        "--format",
        "portfolio",
    ])
    .exits(0);
    for (file, wanted) in [
        ("portfolio.pdf", "“그렇다”고, ‘s’ \"code\" 27\" https://example.org/a'b -- ... “그대로”"),
        ("portfolio.pdf", "‘나’의 “이름”"),
        ("portfolio.de.pdf", "„ja“, der Master’s"),
        ("portfolio.ko-KP.pdf", "《그렇다》고 〈말〉했다"),
    ] {
        let pages = pages(&folder.path().join("out").join(file));
        let content =
            squash(&sentence(pages.iter().flat_map(|page| page.head.iter().chain(&page.body))));
        assert!(content.contains(&squash(wanted)), "{file}: no `{wanted}` in {content}");
    }
    let printed = printed("one-page", "en");
    let pages = printed.pages();
    let content = sentence(&pages[0].body);
    assert!(content.contains("company’s") && !content.contains('\''), "{content}");
}
