//! The records of different lives in `tests/records/`: every document that each has content for.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::pdf::Pdf;
use crate::support::program::{resume, root};
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
