//! Records that strain the pages: nothing overlaps, nothing leaves its place, on both papers, in all
//! themes and formats.

use std::path::Path;

use crate::support::pdf::Pdf;
use crate::support::printed::FORMATS;
use crate::support::program::{folder, rendered, resume, resume_in};
use crate::support::words::{Page, Word, pages, sentence, squash};

const THEMES: [&str; 3] = ["modern", "mono", "classic"];
const PAPERS: [(&str, f64); 2] = [("a4", 595.28), ("us-letter", 612.0)];

/// White at the left and right of a format in points: the tokens' margins.
fn margin(format: &str, theme: &str) -> f64 {
    let millimetres = match format {
        "full" => 25.0,
        "cv" | "one-page" => 18.0,
        _ => 22.0,
    };
    millimetres / 25.4 * 72.0 * if theme == "classic" { 1.1 } else { 1.0 }
}

/// Renders a record in every theme on every paper and calls back with each document.
#[track_caller]
fn in_every_look(record: &str, look: impl Fn(&str, &str, &Path, &[Page])) {
    for theme in THEMES {
        for (paper, width) in PAPERS {
            let yaml = format!("{record}theme: {{name: {theme}, paper: {paper}}}\n");
            let made = folder(&[("data/resume.yaml", &yaml)]);
            let render = ["render", "--format", "all", "--output", "out"];
            resume_in(made.path(), render, &[]).exits(0);
            for format in FORMATS {
                let file = made.path().join(format!("out/{format}.pdf"));
                let name = format!("{format}, {theme}, {paper}");
                let pages = pages(&file);
                assert!((Pdf::read(&file).page_size(0).0 - width).abs() < 0.1, "{name}");
                assert_in_place(&name, &pages, margin(format, theme), width);
                look(&name, format, &file, &pages);
            }
        }
    }
}

/// How much of the lower of two words the other covers, 0 to 1, where they share ink at all.
fn covered(a: &Word, b: &Word) -> f64 {
    let across = a.right.min(b.right) - a.left.max(b.left);
    let down = a.bottom.min(b.bottom) - a.top.max(b.top);
    if across < 1.0 { 0.0 } else { down.max(0.0) / a.height().min(b.height()) }
}

/// No word overlaps another, none is in the margins.
#[track_caller]
fn assert_in_place(name: &str, pages: &[Page], margin: f64, width: f64) {
    for (page, number) in pages.iter().zip(1..) {
        let words: Vec<&Word> = page.head.iter().chain(&page.body).chain(&page.foot).collect();
        for (at, word) in words.iter().enumerate() {
            // A small tolerance for the sides of glyphs.
            let inside = word.left > margin - 1.5
                && word.right < width - margin + 1.5
                && word.top > 20.0
                && word.bottom < page.height - 20.0;
            assert!(inside, "{name}: page {number}: {word:?} stands in the margin");
            // The boxes of words are as high as their fonts, so those of two close lines touch.
            let other = words[at + 1..].iter().find(|other| covered(word, other) > 0.4);
            assert!(other.is_none(), "{name}: page {number}: {word:?} lies on {other:?}");
        }
    }
}

#[test]
fn words_that_overlap_are_noticed() {
    let word = |left: f64, top: f64| Word {
        text: "x".into(),
        left,
        top,
        right: left + 20.0,
        bottom: top + 10.0,
    };
    assert!(covered(&word(0.0, 0.0), &word(10.0, 4.0)) > 0.4);
    assert!(covered(&word(0.0, 0.0), &word(10.0, 8.0)) < 0.4);
    assert!(covered(&word(0.0, 0.0), &word(20.0, 0.0)) < 0.4);
}

/// Sixty syllables without a blank.
fn korean_title() -> String {
    "가나다라마바사아자차카타파하거너더러머버".repeat(3)
}

const ENGLISH_TITLE: &str = "A remarkably long project title in English of sixty signs ok";

fn address() -> String {
    format!("https://example.org/{}", "long-path-segment/".repeat(16))
}

/// A record in which everything is long.
fn strained() -> String {
    let title = korean_title();
    let address = address();
    let word = "낱".repeat(200);
    let latin = "x".repeat(200);
    let chips: Vec<String> = (1..=12).map(|at| format!("Technology {at}")).collect();
    let chips = chips.join(", ");
    let cells: Vec<String> = (1..=8).map(|at| format!("둘째 줄의 칸 {at}")).collect();
    let head: Vec<String> = (1..=8).map(|at| format!("열 {at}")).collect();
    let (head, cells) = (head.join(" | "), cells.join(" | "));
    let rule = ["---"; 8].join(" | ");
    let code = "call(argument, ".repeat(12);
    format!(
        "\
profile:
  name: {name}
  role: {ENGLISH_TITLE}
  headline: {title}
  email: a@example.org
  url: {address}
  links: [{{network: X, username: x, url: '{address}'}}]
  summary: '漢字와 한글, ᄒᆞᆫ글, ABC, 👩🏽‍💻 🇰🇷를 섞은 소개. {address} 그리고 {address}'
site: {{date: 2024-01-31}}
career:
  - id: a
    organization: {title}
    positions:
      - {{title: {ENGLISH_TITLE}, department: {title}, start: 2020-01, end: present}}
      - {{title: 나, start: 2019-01, end: 2019-12}}
    highlights: [{{text: '{address}', importance: 5}}, 짧은 일]
projects:
  - {{id: p, name: {title}, at: a, start: 2023-01-01, end: 2023-03-31, technologies: [{chips}], role: {ENGLISH_TITLE}, summary: '{word}', highlights: ['{latin}']}}
  - {{id: q, name: {ENGLISH_TITLE}, start: 2023-01-01, end: 2023-03-31, importance: 5, technologies: [{chips}], summary: '{address}에서 봅니다.'}}
skills:
  - {{name: {ENGLISH_TITLE}, skills: [{chips}]}}
articles:
  - id: long
    title: {title}
    body: |
      ## {ENGLISH_TITLE}

      {word}와 {latin}

      - 하나
        - 둘
          - 셋
            - 넷
              - 다섯 {address}

      | {head} |
      | {rule} |
      | {cells} |

      ```rust
      {code}
      let x = \"{latin}\";
      ```

      > {latin}

      ### {title}

      끝.
",
        name = "긴".repeat(60),
    )
}

#[test]
fn long_things_stay_in_their_places() {
    let (title, latin) = (korean_title(), "x".repeat(200));
    in_every_look(&strained(), |name, format, _, pages| {
        let content = squash(&sentence(pages.iter().flat_map(|page| &page.body)));
        assert!(content.contains(&title), "{name}: the title is whole");
        assert!(
            content.contains(&"긴".repeat(60)) || format == "full",
            "{name}: the name is whole"
        );
        assert!(content.contains("漢字와한글,") || format == "full", "{name}: {content}");
        if format != "one-page" {
            assert!(content.contains(&latin), "{name}: the long word is whole");
            assert!(content.contains("Technology12"), "{name}: all chips are there");
        }
        if format == "full" {
            assert!(content.contains("다섯") && content.contains("칸8"), "{name}: {content}");
            assert!(content.contains(&"call(argument,".repeat(12)), "{name}: the code is whole");
        }
    });
}

/// No line ends inside a host, and none of an address in a mark that the sentence could own.
#[test]
#[ignore = "needs poppler"]
fn addresses_break_in_their_paths() {
    let host = "https://my-quite-long-host.example-of-many-letters.org/";
    let path = "some-path/of.several/steps?with=a&query=too#and-a-fragment";
    let texts: Vec<String> =
        (0..30).map(|at| format!("{} {host}{path} 끝", "가".repeat(at + 1))).collect();
    let yaml = format!(
        "profile: {{name: 나}}\nprojects:\n  - {{id: p, name: 하나, start: 2023-01-01, end: 2023-03-31, highlights: [{}]}}\n",
        texts.iter().map(|text| format!("'{text}'")).collect::<Vec<_>>().join(", ")
    );
    let made = rendered(&[("data/resume.yaml", &yaml)]);
    let pages = pages(&made.path().join("out/portfolio.pdf"));
    let mut broken = 0;
    for page in &pages {
        for line in page.lines() {
            let last = &line.last().unwrap().text;
            assert!(!host.starts_with(last.as_str()) || *last == host, "a host is cut: {last}");
            if last.starts_with(host) && host.len() < last.len() && !last.ends_with("fragment") {
                broken += 1;
                let rest = last.strip_prefix(host).map(|begun| &path[begun.len()..]);
                let rest = rest.unwrap_or_else(|| panic!("{last}"));
                let safe = last.ends_with('/') || rest.starts_with(['?', '&', '#']);
                assert!(safe, "{last} ⏎ {rest}");
            }
        }
    }
    assert!(broken > 5, "only {broken} addresses are broken");
}

#[test]
fn forty_entries_and_one_keep_their_places() {
    let entry = |at: usize| {
        format!(
            "  - {{id: p{at}, name: 프로젝트 {at}, start: 2023-01-01, end: 2023-03-31, importance: {}, summary: 한 문장입니다., highlights: [첫째 결과, 둘째 결과]}}\n",
            at % 5 + 1
        )
    };
    for count in [1, 40] {
        let entries: String = (1..=count).map(entry).collect();
        let yaml = format!("profile: {{name: 나}}\ncareer: []\nskills: []\nprojects:\n{entries}");
        in_every_look(&yaml, |name, format, file, pages| {
            let content = squash(&sentence(pages.iter().flat_map(|page| &page.body)));
            if format == "one-page" {
                assert_eq!(Pdf::read(file).page_count(), 1, "{name}");
            } else {
                for at in 1..=count {
                    assert!(content.contains(&format!("프로젝트{at}")), "{name}: no entry {at}");
                }
            }
            for empty in ["경력", "기술"] {
                assert!(!content.contains(empty), "{name}: an empty section `{empty}`");
            }
        });
    }
}

#[test]
fn a_script_without_glyphs_is_located() {
    for word in ["مرحبا", "שלום"] {
        let yaml = format!("profile:\n  name: 나\n  summary: 앞 {word} 뒤\n");
        let folder = folder(&[("data/resume.yaml", &yaml)]);
        let data = folder.path().join("data").display().to_string();
        let out = folder.path().join("out");
        let run = resume(["render", "--data", &data, "--output", &out.display().to_string()]);
        run.exits(1).says("E040").says("resume.yaml:3:");
        assert!(!out.join("one-page.pdf").exists(), "a document with holes is written");
    }
}
