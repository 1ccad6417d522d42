//! How pages look: key pages against small pictures in `tests/images/`.
//!
//! The pages are found by their text, so that a page more or less before them does not matter. With
//! `BLESS=1` a picture that differs is drawn anew. What differs is shown in `target/looks/`: the
//! reference, the page as it is now, and the pixels that differ.

use std::fs;
use std::path::{Path, PathBuf};

use image::{Rgba, RgbaImage};
use tempfile::TempDir;

use crate::support::data::copy;
use crate::support::image::{References, compare, read, reduced, write_reference};
use crate::support::program::{folder, resume_in, root};
use crate::support::words::{pages, sentence, squash};

/// Pixels to the inch: lines of text are visible, and a page takes some 30 KB.
const PPI: &str = "48";

/// Documents to draw, and the pages of them to compare: the name of the picture, the document, and
/// words that are on the page and on none before it.
struct Look {
    theme: Option<&'static str>,
    arguments: &'static [&'static str],
    pages: &'static [(&'static str, &'static str, &'static str)],
}

const LOOKS: [Look; 5] = [
    Look {
        theme: None,
        arguments: &[],
        pages: &[
            ("cover", "full", "개발 포트폴리오"),
            ("contents", "full", "목차 1."),
            ("cards", "full", "중요도 5"),
            ("diagram", "full", "push mode 번호판 인식 처리 과정"),
            ("code-and-table", "full", "Name Language Category Features"),
            ("one-page", "one-page", ""),
            ("portfolio", "portfolio", "프로젝트 포트폴리오"),
        ],
    },
    Look {
        theme: None,
        arguments: &["--lang", "en", "--format", "one-page"],
        pages: &[("one-page.en", "one-page.en", "")],
    },
    Look {
        theme: None,
        arguments: &["--application", "llm-platform"],
        pages: &[("application", "Sehyun-Hwang-LLM-Platform-Engineer-one-page", "")],
    },
    Look {
        theme: Some("mono"),
        arguments: &["--format", "portfolio"],
        pages: &[("mono", "portfolio", "프로젝트 포트폴리오")],
    },
    Look {
        theme: Some("classic"),
        arguments: &["--format", "one-page"],
        pages: &[("classic", "one-page", "")],
    },
];

/// The picture of the page of a document that has these words.
fn page(output: &Path, document: &str, words: &str) -> PathBuf {
    let pages = pages(&output.join(format!("{document}.pdf")));
    let printed = |page: &crate::support::words::Page| squash(&sentence(&page.body));
    let at = pages.iter().position(|page| printed(page).contains(&squash(words)));
    let at = at.unwrap_or_else(|| panic!("no page of {document} has `{words}`"));
    let name = match pages.len() {
        1 => format!("{document}.png"),
        _ => format!("{document}-{:02}.png", at + 1),
    };
    output.join(name)
}

/// Adds a setting to the theme of a copy of the reference record.
fn set(record: &TempDir, setting: &str) {
    let path = record.path().join("data/resume.yaml");
    let text = fs::read_to_string(&path).unwrap();
    let set = text.replacen("\ntheme:\n", &format!("\ntheme:\n  {setting}\n"), 1);
    assert_ne!(set, text, "the record has no theme");
    fs::write(path, set).unwrap();
}

#[test]
#[ignore = "needs poppler"]
fn key_pages_look_as_they_should() {
    let mut references = References::of("tests/images");
    for look in LOOKS {
        let record = copy();
        if let Some(theme) = look.theme {
            set(&record, &format!("name: {theme}"));
        }
        let draw = ["render", "--as", "pdf,png", "--ppi", PPI, "--output", "output"];
        resume_in(record.path(), draw.iter().chain(look.arguments), &[]).exits(0);
        for (name, document, words) in look.pages {
            let file = page(&record.path().join("output"), document, words);
            references.check(name, &read(&file));
        }
    }
    references.finish(900_000);
}

/// Pages of other scripts, each in the layouts that are mirrored: the name of the record in `tests/scripts/`.
#[test]
#[ignore = "needs the packages fonts-noto-core and fonts-noto-cjk"]
fn pages_of_other_scripts_look_as_they_should() {
    let mut references = References::of("tests/images/scripts");
    for (tag, themes) in [
        ("ar", &["modern", "academic", "column"][..]),
        ("he", &["academic"]),
        ("hi", &["modern"]),
        ("ja", &["classic"]),
        ("th", &["modern"]),
        ("zh-Hans", &["modern"]),
    ] {
        for theme in themes {
            let record =
                fs::read_to_string(root().join(format!("tests/scripts/{tag}.yaml"))).unwrap();
            let record = format!("{record}theme: {{name: {theme}}}\n");
            let folder = folder(&[("resume.yaml", &record)]);
            let draw = ["render", "--data", ".", "--format", "cv", "--as", "png", "--ppi", PPI];
            let more = ["--system-fonts", "--output", "cv.png"];
            resume_in(folder.path(), draw.iter().chain(&more), &[]).exits(0);
            references.check(&format!("{tag}-{theme}"), &read(&folder.path().join("cv.png")));
        }
    }
    references.finish(300_000);
}

/// A signature: a line that goes up and down.
fn signature() -> RgbaImage {
    let mut picture = RgbaImage::new(600, 200);
    for step in 0..6_000_u32 {
        let at = f64::from(step) / 6_000.0;
        let (x, y) = (30.0 + 540.0 * at, 100.0 + 70.0 * (1.0 - at) * (40.0 * at).sin());
        for (dx, dy) in (0..25).map(|dot| (dot % 5, dot / 5)) {
            picture.put_pixel(x as u32 + dx, y as u32 + dy, Rgba([17, 24, 39, 255]));
        }
    }
    picture
}

/// Letters in their three forms and in three layouts of the head, on the paper of the form and on the other one.
#[test]
fn letters_look_as_they_should() {
    let mut references = References::of("tests/images/letters");
    let record = fs::read_to_string(root().join("tests/letters.yaml")).unwrap();
    for (theme, papers) in
        [("modern", &["a4", "us-letter"][..]), ("classic", &["a4"]), ("academic", &["us-letter"])]
    {
        for paper in papers {
            let record = format!("{record}theme: {{name: {theme}, paper: {paper}}}\n");
            let folder = folder(&[("resume.yaml", &record)]);
            signature().save(folder.path().join("signature.png")).unwrap();
            let draw = ["render", ".", "--all-applications", "--format", "letter"];
            let more = ["--as", "png", "--ppi", PPI];
            resume_in(folder.path(), draw.iter().chain(&more), &[]).exits(0);
            for language in ["de", "en", "ko"] {
                let picture = read(&folder.path().join(format!("output/letter-{language}.png")));
                references.check(&format!("{language}-{theme}-{paper}"), &picture);
            }
        }
    }
    references.finish(200_000);
}

#[test]
fn the_comparison_sees_what_a_reader_would() {
    let record = copy();
    let draw = |more: &[&str]| {
        let arguments = ["render", "--format", "one-page", "--as", "png", "--ppi", PPI];
        resume_in(record.path(), arguments.iter().chain(more), &[]).exits(0);
        read(&record.path().join("output/one-page.png"))
    };
    let now = draw(&[]);
    let reference = reduced(&now);
    let same = compare(&reference, &now);
    assert!(same.share == 0.0, "a palette alone: {}", same.share);
    // The same in a file, and all of it.
    let file = record.path().join("reference.png");
    write_reference(&file, &now);
    assert_eq!(read(&file), reference);
    // All text a point lower.
    let tokens = fs::read_to_string(root().join("templates/shared/tokens.typ")).unwrap();
    let margin = "margin: (top: 15mm, bottom: 14mm, x: 18mm)";
    assert!(tokens.contains(margin), "the résumé has other margins");
    let lower = tokens.replace(margin, "margin: (top: 15mm + 1pt, bottom: 14mm - 1pt, x: 18mm)");
    let templates = folder(&[("shared/tokens.typ", &lower)]);
    let path = templates.path().display().to_string();
    let shifted = compare(&reference, &draw(&["--templates", &path]));
    assert!(shifted.is_seen() && shifted.share > 0.01, "a point: {}", shifted.share);
    // One line of one letter more in a summary.
    let profile = record.path().join("data/profile.yaml");
    let text = fs::read_to_string(&profile).unwrap();
    assert!(text.contains("백엔드 개발자"));
    fs::write(&profile, text.replace("백엔드 개발자", "백엔드 개발")).unwrap();
    assert!(compare(&reference, &draw(&[])).is_seen(), "a syllable less");
    fs::write(&profile, text).unwrap();
    // Another accent: section names and bullets only.
    set(&record, "accent: \"#0f766e\"");
    let coloured = compare(&reference, &draw(&[]));
    assert!(coloured.is_seen(), "another accent: {}", coloured.share);
    assert!(coloured.share < 0.01, "{}", coloured.share);
}
