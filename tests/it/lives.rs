//! The records of different lives in `tests/records/`: every document that each has content for.

use std::path::{Path, PathBuf};
use std::process::Command;

use unicode_normalization::UnicodeNormalization;

use crate::support::pdf::Pdf;
use crate::support::program::{resume, root};
use crate::support::readers::texts;
use crate::support::words::{pages, squash};

/// The records: each a file or a folder, by its path.
fn records() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("tests/records")).expect("the records");
    let mut records: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    records.sort();
    assert!(records.len() >= 12, "{} records", records.len());
    records
}

/// The languages of a record.
fn languages(record: &Path) -> &'static str {
    if record.ends_with("bilingual") { "ko,en" } else { "" }
}

/// The PDFs of a record: those that it has content for, and the manual.
fn documents(record: &Path, folder: &Path) -> Vec<PathBuf> {
    let (data, out) = (record.display().to_string(), folder.display().to_string());
    let mut arguments = vec!["--data", &data, "--output", &out];
    if !languages(record).is_empty() {
        arguments.extend(["--lang", languages(record)]);
    }
    let render = ["render"].into_iter().chain(arguments.iter().copied());
    resume(render.clone()).exits(0);
    resume(render.chain(["--format", "full"])).exits(0);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("documents").flatten() {
        if entry.path().extension().is_some_and(|ending| ending == "pdf") {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

/// The format of a document, by the name of its file.
fn is_of(file: &Path, format: &str) -> bool {
    file.file_stem().is_some_and(|name| name.to_string_lossy().starts_with(format))
}

/// The titles of the sections that give way first on a full page.
const FIRST_TO_GO: [&str; 8] =
    ["Volunteering", "Courses", "Interests", "References", "봉사", "교육", "관심사", "추천"];

#[test]
fn no_record_has_a_problem() {
    for record in records() {
        let data = record.display().to_string();
        // A page that is full leaves out what gives way first; the next test says what that may be.
        let flags = ["--deny", "warnings", "--allow", "W052,W053"];
        resume(["check", "--data", &data].into_iter().chain(flags)).exits(0);
    }
}

/// A résumé of one page has every section that the complete one has, but for those that give way first.
#[test]
fn no_section_is_lost_on_one_page() {
    for record in records() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = documents(&record, folder.path());
        let titles = |file: &Path| -> Vec<String> {
            let headings = Pdf::read(file).headings();
            headings.into_iter().filter(|(level, _)| *level == 2).map(|(_, title)| title).collect()
        };
        let mut compared = 0;
        for cv in files.iter().filter(|file| is_of(file, "cv")) {
            let name = cv.file_name().expect("a name").to_string_lossy().replace("cv", "one-page");
            let one_page = folder.path().join(name);
            assert_eq!(Pdf::read(&one_page).page_count(), 1, "{}", record.display());
            let shown = titles(&one_page);
            let mut wanted = titles(cv);
            wanted.retain(|title| !shown.contains(title) && !FIRST_TO_GO.contains(&title.as_str()));
            assert!(wanted.is_empty(), "{} lacks {wanted:?}", record.display());
            compared += 1;
        }
        assert!(compared > 0, "{}", record.display());
    }
}

/// All words are on their pages, and no page but the last of a document is nearly empty.
#[test]
#[ignore = "needs poppler"]
fn pages_are_in_bounds_and_not_empty() {
    for record in records() {
        let folder = tempfile::tempdir().expect("a folder");
        for file in documents(&record, folder.path()) {
            let pages = pages(&file);
            for (page, number) in pages.iter().zip(1..) {
                let at = || format!("{}: {}, page {number}", record.display(), file.display());
                for word in page.body.iter().chain(&page.foot) {
                    let inside = word.left > 20.0 && word.right < 575.5 && word.top > 15.0;
                    assert!(inside && word.bottom < page.height - 12.0, "{}: {word:?}", at());
                }
                let text: String = page.body.iter().map(|word| word.text.as_str()).collect();
                assert!(squash(&text).chars().count() > 20, "{}: {text}", at());
            }
        }
    }
}

/// Words without what stands between them.
fn spoken(text: &str) -> Vec<String> {
    let words = text.nfc().collect::<String>();
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The first of these words that does not follow the others in a text, with its neighbours.
fn out_of_order(written: &[String], text: &str) -> Option<String> {
    let read = spoken(text);
    let mut rest = read.as_slice();
    for (at, word) in written.iter().enumerate() {
        let Some(found) = rest.iter().position(|other| other == word) else {
            return Some(written[at.saturating_sub(6)..(at + 4).min(written.len())].join(" "));
        };
        rest = &rest[found + 1..];
    }
    None
}

/// Every word of the complete résumé is in the text of every reader, in the order in which it is written.
/// pdfminer.six guesses columns, and takes a short line among longer ones for one in two of the records.
#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn every_reader_reads_the_complete_resume_in_order() {
    let mut guessed = Vec::new();
    for record in records() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = record.display().to_string();
        let output = folder.path().display().to_string();
        let options = ["--data", &data, "--format", "cv", "--as", "pdf,txt", "--output", &output];
        resume(["render"].into_iter().chain(options)).exits(0);
        let written = std::fs::read_to_string(folder.path().join("cv.txt")).expect("a text");
        let written = spoken(&written);
        let count = |words: &[String], word: &String| words.iter().filter(|it| *it == word).count();
        for (reader, texts) in texts(&[&folder.path().join("cv.pdf")]) {
            let read = spoken(&texts[0]);
            let lost = written.iter().find(|word| count(&read, word) < count(&written, word));
            assert_eq!(lost, None, "{data}: {reader}");
            match out_of_order(&written, &texts[0]) {
                Some(_) if reader == "pdfminer.six" => guessed.push(data.clone()),
                found => assert_eq!(found, None, "{data}: {reader}:\n{}", texts[0]),
            }
        }
    }
    assert!(guessed.len() <= 2, "{guessed:?}");
}

/// The documents say that they are accessible and archivable; veraPDF agrees where it is installed.
#[test]
fn documents_hold_their_standards() {
    let verapdf = Command::new("verapdf").arg("--version").output().is_ok();
    for record in records() {
        let folder = tempfile::tempdir().expect("a folder");
        for file in documents(&record, folder.path()) {
            let xmp = Pdf::read(&file).xmp();
            for claim in ["<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"] {
                assert!(xmp.contains(claim), "{}: no {claim}", file.display());
            }
            for flavour in ["ua1", "2a"].iter().filter(|_| verapdf) {
                let mut judge = Command::new("verapdf");
                judge.args(["--format", "text", "-f", flavour]).arg(&file);
                let judged = judge.output().expect("veraPDF runs");
                let verdict = String::from_utf8_lossy(&judged.stdout);
                assert!(verdict.starts_with("PASS"), "{} {flavour}: {verdict}", record.display());
            }
        }
    }
}
