//! The command line: where documents go, what the flags mean, messages and exit status.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::pdf::{Pdf, decode};
use crate::support::program::{folder, pdfs, resume, resume_in, root};
use crate::support::words::{pages, sentence};

const RECORD: &str = "\
profile:
  name: {ko: 황세현, en: Sehyun Hwang}
site: {languages: [ko, en]}
projects: [{id: work, name: Work, start: 2024, end: 2024}]
";

/// A folder with a small record in `data/`, the folder that commands run in by default.
fn record() -> TempDir {
    folder(&[("data/resume.yaml", RECORD)])
}

fn names(folder: &Path) -> Vec<String> {
    let names = pdfs(folder)
        .into_iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
    names.collect()
}

#[test]
fn render_without_arguments_makes_what_the_record_has_content_for() {
    let record = record();
    let run = resume_in(record.path(), ["render"], &[]).exits(0);
    assert_eq!(names(&record.path().join("output")), ["cv.pdf", "one-page.pdf", "portfolio.pdf"]);
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 3, "one line a document: {}", run.stderr);
    for (line, name) in lines.iter().zip(["cv", "one-page", "portfolio"]) {
        let pattern =
            format!(r"^output/{name}\.pdf {{2,}}\d+ pages? {{2,}}\d+ KB {{2,}}\d+\.\d\d s$");
        assert!(regex::Regex::new(&pattern).unwrap().is_match(line), "{line}");
    }
    assert!(run.stdout.is_empty());
}

#[test]
fn a_portfolio_without_a_project_is_not_made() {
    let record = folder(&[("data/resume.yaml", "profile: {name: Name Surname}\n")]);
    let portfolio = ["render", "--format", "portfolio"];
    resume_in(record.path(), portfolio, &[]).exits(2).says("error: there is no project");
    assert!(!record.path().join("output").exists());
    let note = "portfolio  not made: there is no project";
    resume_in(record.path(), ["render"], &[]).exits(0).says(note);
    assert_eq!(names(&record.path().join("output")), ["cv.pdf", "one-page.pdf"]);
    resume_in(record.path(), ["render", "--format", "all"], &[]).exits(0).says(note);
    assert_eq!(names(&record.path().join("output")), ["cv.pdf", "full.pdf", "one-page.pdf"]);
}

#[test]
fn only_the_complete_resume_takes_a_number_of_pages() {
    let record = record();
    for format in ["full", "one-page", "portfolio"] {
        let words = ["render", "--max-pages", "2", "--format", format];
        resume_in(record.path(), words, &[]).exits(2).says("--format cv");
    }
    for number in ["0", "-1", "two"] {
        let words = ["render".to_owned(), format!("--max-pages={number}")];
        resume_in(record.path(), words, &[]).exits(2).says("--max-pages");
    }
    resume_in(record.path(), ["render", "--max-pages", "2"], &[]).exits(0);
    assert_eq!(names(&record.path().join("output")), ["cv.pdf"]);
}

#[test]
#[ignore = "needs poppler"]
fn a_language_is_part_of_the_name() {
    let record = record();
    resume_in(record.path(), ["render", "--format", "one-page", "--lang", "en"], &[]).exits(0);
    assert_eq!(names(&record.path().join("output")), ["one-page.en.pdf"]);
    let file = record.path().join("output/one-page.en.pdf");
    let pages = pages(&file);
    assert!(sentence(&pages[0].body).contains("Sehyun Hwang"));
}

#[test]
fn quiet_says_nothing() {
    let record = record();
    let run = resume_in(record.path(), ["render", "--quiet"], &[]).exits(0);
    assert_eq!(run.stderr, "");
    fs::write(record.path().join("data/resume.yaml"), "profile: 1\n").unwrap();
    resume_in(record.path(), ["render", "--quiet"], &[]).exits(1).says("error[E010]");
}

#[test]
fn a_document_goes_to_standard_output() {
    let record = record();
    let run =
        resume_in(record.path(), ["render", "--format", "one-page", "--output", "-"], &[]).exits(0);
    assert!(run.stdout.starts_with(b"%PDF-") && run.stdout.ends_with(b"%%EOF"));
    assert!(!record.path().join("output").exists() && !record.path().join("-").exists());
    let run = resume_in(record.path(), ["render", "--output", "-"], &[]).exits(2);
    assert!(run.stdout.is_empty());
    run.says("takes one document, and there are 3").says("--format");
}

#[test]
fn a_document_goes_to_a_file() {
    let record = record();
    let arguments = ["render", "--format", "portfolio", "--output", "sent/to/acme.pdf"];
    resume_in(record.path(), arguments, &[]).exits(0).says("sent/to/acme.pdf");
    assert_eq!(names(&record.path().join("sent/to")), ["acme.pdf"]);
    resume_in(record.path(), ["render", "--output", "acme.pdf"], &[])
        .exits(2)
        .says("takes one document");
}

#[test]
fn an_output_that_cannot_be_written_is_reported() {
    let record = folder(&[("data/resume.yaml", RECORD), ("taken", "a file")]);
    resume_in(record.path(), ["render", "--output", "taken"], &[])
        .exits(2)
        .says("`taken` is a file or a device, not a folder");
    assert_eq!(fs::read_to_string(record.path().join("taken")).unwrap(), "a file");
}

#[test]
fn a_missing_record_is_reported() {
    let empty = tempfile::tempdir().unwrap();
    resume_in(empty.path(), ["render"], &[]).exits(2).says("no record at `data").says("--data");
    resume_in(empty.path(), ["render", "--data", "nowhere.yaml"], &[])
        .exits(2)
        .says("nowhere.yaml");
    assert!(!empty.path().join("output").exists());
}

#[test]
fn words_of_the_command_line_are_checked() {
    resume(["render", "--format", "two-page"]).exits(2).says("'two-page'").says("one-page");
    resume(["rendre"]).exits(2).says("'render'");
    resume(["render", "--templates", "/no/such/folder"])
        .exits(2)
        .says("no templates folder `/no/such/folder`");
    resume(["render", "--fonts", "/no/such/folder"])
        .exits(2)
        .says("cannot read fonts from `/no/such/folder`");
    resume(["render", "--lang", "Korean"])
        .exits(2)
        .says("`Korean` is not a language tag")
        .says("ko, en");
    resume(["render", "--lang", "xx"])
        .exits(2)
        .says("no words for the language `xx`")
        .says("words/xx.yaml");
}

#[test]
fn help_is_worth_reading() {
    let help = |arguments: &[&str]| String::from_utf8(resume(arguments).exits(0).stdout).unwrap();
    let all = help(&["--help"]);
    for word in ["render", "fonts", "templates", "--data", "Exit status"] {
        assert!(all.contains(word), "no `{word}` in:\n{all}");
    }
    let render = help(&["render", "--help"]);
    for word in
        ["--format", "one-page", "--lang", "--output", "--date", "SOURCE_DATE_EPOCH", "Examples"]
    {
        assert!(render.contains(word), "no `{word}` in:\n{render}");
    }
    assert!(help(&["--version"]).contains(env!("CARGO_PKG_VERSION")));
}

/// The date of a document's metadata.
fn day(file: &Path) -> (u16, u8, u8) {
    let date = Pdf::read(file).info().creation_date.unwrap();
    (date.year, date.month, date.day)
}

#[test]
fn the_date_is_that_of_the_flag_or_of_the_record() {
    let record = record();
    let file = record.path().join("output/one-page.pdf");
    let render = ["render", "--format", "one-page"];
    resume_in(record.path(), render.into_iter().chain(["--date", "2020-02-29"]), &[]).exits(0);
    assert_eq!(day(&file), (2020, 2, 29));
    resume_in(record.path(), render, &[("SOURCE_DATE_EPOCH", "1709164800")]).exits(0);
    assert_eq!(day(&file), (2024, 2, 29));
    resume_in(record.path(), render, &[("SOURCE_DATE_EPOCH", "-86400")]).exits(0);
    assert_eq!(day(&file), (1969, 12, 31), "before the time that clocks count from");
    resume_in(record.path(), render, &[("SOURCE_DATE_EPOCH", "soon")])
        .exits(2)
        .says("`SOURCE_DATE_EPOCH=soon`");
    resume_in(record.path(), render.into_iter().chain(["--date", "2023-02-29"]), &[])
        .exits(2)
        .says("no such day");
    fs::write(
        record.path().join("data/resume.yaml"),
        format!("{RECORD}formats: {{}}\n").replace("[ko, en]", "[ko, en], date: 2019-03-04"),
    )
    .unwrap();
    resume_in(record.path(), render, &[("SOURCE_DATE_EPOCH", "1709164800")]).exits(0);
    assert_eq!(day(&file), (2019, 3, 4), "the record's own date comes first");
}

#[test]
fn fonts_are_listed_with_their_source() {
    let list = String::from_utf8(resume(["fonts"]).exits(0).stdout).unwrap();
    for family in ["Pretendard", "D2Coding", "Noto Color Emoji", "Noto Sans KR"] {
        let line =
            list.lines().find(|line| line.starts_with(family)).unwrap_or_else(|| panic!("{list}"));
        assert!(line.contains("built in: "), "{line}");
    }
    let folder = tempfile::tempdir().unwrap();
    let font = crate::support::program::root().join("fonts/D2Coding.ttf");
    fs::copy(font, folder.path().join("mine.ttf")).unwrap();
    let path = folder.path().display().to_string();
    let list = String::from_utf8(resume(["fonts", "--fonts", &path]).exits(0).stdout).unwrap();
    assert!(list.contains("mine.ttf"), "{list}");
}

#[test]
fn templates_are_listed_and_copied_but_never_over_a_file() {
    let list = String::from_utf8(resume(["templates"]).exits(0).stdout).unwrap();
    for path in [
        "full/main.typ",
        "cv/main.typ",
        "layouts/rail.typ",
        "one-page/main.typ",
        "portfolio/main.typ",
        "words/ko.yaml",
        "words/en.yaml",
    ] {
        assert!(list.lines().any(|line| line == path), "no `{path}` in:\n{list}");
    }
    let folder = tempfile::tempdir().unwrap();
    let to = folder.path().join("mine").display().to_string();
    resume(["templates", "--copy", &to]).exits(0);
    for path in list.lines() {
        assert!(Path::new(&to).join(path).is_file(), "`{path}` was not copied");
    }
    let changed = Path::new(&to).join("shared/tokens.typ");
    fs::write(&changed, "// mine\n").unwrap();
    fs::remove_file(Path::new(&to).join("full/main.typ")).unwrap();
    resume(["templates", "--copy", &to])
        .exits(2)
        .says("nothing was copied")
        .says("shared/tokens.typ");
    assert_eq!(fs::read_to_string(&changed).unwrap(), "// mine\n");
    assert!(!Path::new(&to).join("full/main.typ").exists(), "nothing means nothing");
}

#[test]
fn one_template_of_the_user_is_enough() {
    let record = record();
    fs::create_dir_all(record.path().join("mine/words")).unwrap();
    let words = crate::support::program::root().join("templates/words/ko.yaml");
    let words = fs::read_to_string(words).unwrap().replace("프로젝트 포트폴리오", "해 온 일");
    fs::write(record.path().join("mine/words/ko.yaml"), words).unwrap();
    let arguments = ["render", "--format", "portfolio", "--templates", "mine"];
    resume_in(record.path(), arguments, &[]).exits(0);
    let pdf = Pdf::read(&record.path().join("output/portfolio.pdf"));
    assert_eq!(decode(pdf.info().title.as_ref().unwrap()), "황세현 해 온 일");
}

#[test]
fn the_version_names_the_engine_and_the_target() {
    let version = String::from_utf8(resume(["--version"]).exits(0).stdout).expect("UTF-8");
    let lines: Vec<&str> = version.lines().collect();
    assert!(lines[0].starts_with(concat!("resume ", env!("CARGO_PKG_VERSION"))), "{version}");
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock file");
    let engine = lines[1].strip_prefix("Typst ").expect("the engine");
    assert!(lock.contains(&format!("name = \"typst\"\nversion = \"{engine}\"\n")), "{version}");
    assert!(lines[2].contains(std::env::consts::ARCH), "{version}");
    let short = resume(["-V"]).exits(0).stdout;
    assert_eq!(short, concat!("resume ", env!("CARGO_PKG_VERSION"), "\n").as_bytes());
}

#[test]
fn a_report_says_what_is_found_and_nothing_of_the_record() {
    let record = record();
    let doctor = |arguments: &[&str], variables: &[(&str, &str)]| {
        let run = resume_in(record.path(), [&["doctor"], arguments].concat(), variables).exits(0);
        String::from_utf8(run.stdout).expect("UTF-8")
    };
    let report = doctor(&[], &[("RESUME_LANG", "en"), ("PATH", "")]);
    assert!(report.contains("setting    RESUME_LANG=en\n"), "{report}");
    assert!(report.contains("programs   none; not found: pdftotext "), "{report}");
    assert!(report.contains("record     `data`: 1 files, 0 errors, "), "{report}");
    assert!(!report.contains("Sehyun"), "{report}");
    let report = doctor(&["--data", "none", "--templates", "none"], &[]);
    assert!(report.contains("problem    there is no templates folder `none`\n"), "{report}");
    assert!(report.contains("record     not found: there is no record at `none`"), "{report}");
}
