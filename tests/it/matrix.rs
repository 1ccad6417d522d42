//! Every theme with every record of `tests/records/`: documents are made, hold to their standards, and
//! are read in order.
//!
//! Each theme and record make one document, in turn on A4 and US Letter, in turn of one page and complete.
//! With `MATRIX=all` they make all four.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::pdf::Pdf;
use crate::support::program::{resume, root};
use crate::support::readers::texts;
use crate::support::words::squash;

/// Readers that take text in the order of the file. The others sort it by its height on the page, so they
/// mix columns.
const IN_ORDER: [&str; 5] = ["poppler -raw", "pdfium", "mupdf", "pdfminer.six", "pdf.js"];

/// Copies a record, and gives it a theme on a paper.
fn record(from: &Path, to: &Path, theme: &str, paper: &str) {
    fs::create_dir_all(to).unwrap();
    let files = if from.is_dir() { from.to_owned() } else { from.parent().unwrap().to_owned() };
    for file in fs::read_dir(&files).unwrap().map(|file| file.unwrap().path()) {
        let name = file.file_name().unwrap();
        if from.is_dir() && file.is_dir() {
            record(&file, &to.join(name), theme, paper);
        } else if from.is_dir() {
            fs::copy(&file, to.join(name)).unwrap();
        }
    }
    if from.is_file() {
        fs::copy(from, to.join("resume.yaml")).unwrap();
    }
    let main = to.join("resume.yaml");
    if let Ok(text) = fs::read_to_string(&main) {
        let lines = text.lines().filter(|line| !line.starts_with("theme:"));
        let text: String = lines.map(|line| format!("{line}\n")).collect();
        fs::write(main, format!("{text}theme: {{name: {theme}, paper: {paper}}}\n")).unwrap();
    }
}

/// The highlights of a document as its text has them.
fn highlights(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix("- "));
    lines.map(squash).filter(|line| line.chars().count() > 12).collect()
}

#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn every_theme_serves_every_record() {
    let names = |folder: &str| -> Vec<PathBuf> {
        let files = fs::read_dir(root().join(folder)).unwrap();
        let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        files
    };
    let (themes, records) = (names("templates/themes"), names("tests/records"));
    assert!(themes.len() >= 6 && records.len() >= 12);
    let all = std::env::var("MATRIX").is_ok_and(|value| value == "all");
    let folder = tempfile::tempdir().unwrap();
    let mut made = Vec::new();
    for (at, from) in records.iter().enumerate() {
        for (turn, theme) in themes.iter().enumerate() {
            let theme = theme.file_stem().unwrap().to_string_lossy();
            let forms =
                [("a4", "one-page"), ("us-letter", "cv"), ("a4", "cv"), ("us-letter", "one-page")];
            for (paper, format) in
                forms.iter().cycle().skip((at + turn) % 4).take(if all { 4 } else { 1 })
            {
                let to = folder.path().join(format!("{at}-{theme}-{paper}-{format}"));
                record(from, &to, &theme, paper);
                let (data, out) = (to.display().to_string(), to.join("out").display().to_string());
                let flags = ["render", "--quiet", "--data", &data, "--format", format];
                resume(flags.into_iter().chain(["--as", "pdf,txt", "--output", &out])).exits(0);
                made.push((to.join(format!("out/{format}.pdf")), *format, *paper));
            }
        }
    }
    let files: Vec<&Path> = made.iter().map(|(file, ..)| file.as_path()).collect();
    let read = texts(&files);
    for (at, (file, format, paper)) in made.iter().enumerate() {
        let pdf = Pdf::read(file);
        assert!(*format == "cv" || pdf.page_count() == 1, "{}", file.display());
        let width = if *paper == "a4" { 595.3 } else { 612.0 };
        assert!((pdf.page_size(0).0 - width).abs() < 0.1, "{}", file.display());
        let xmp = pdf.xmp();
        for claim in ["<pdfuaid:part>1<", "<pdfaid:part>2<", "<pdfaid:conformance>A<"] {
            assert!(xmp.contains(claim), "{}: no {claim}", file.display());
        }
        let highlights = highlights(&fs::read_to_string(file.with_extension("txt")).unwrap());
        for reader in IN_ORDER {
            let text = squash(&read[reader][at]);
            // It puts lines of two columns together by their distance, and parts sentences.
            if reader == "pdfminer.six" && file.to_string_lossy().contains("-column-") {
                continue;
            }
            let mut from = 0;
            for highlight in &highlights {
                let found = text[from..].find(highlight.as_str());
                let found = found.unwrap_or_else(|| {
                    panic!(
                        "{reader}, {}: no `{highlight}` behind {}",
                        file.display(),
                        &text[..from]
                    )
                });
                from += found + highlight.len();
            }
        }
    }
}
