//! Letters of applications, and the answers to the questions of their forms.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use resume::record::model::questions::Count;
use tempfile::TempDir;

use crate::support::pdf::{Pdf, Target};
use crate::support::program::{folder, resume_in, root};
use crate::support::readers::{home, texts};
use crate::support::words::{pages, sentence, squash};

const RECORD: &str = "\
site: {url: \"https://site.example/\", date: 2026-11-30, languages: [en, ko, de]}
profile: {name: {en: Name Surname, ko: 이름, de: Vorname Nachname}, role: Engineer, email: name@example.org, summary: No part of a letter.}
projects: [{id: engine, name: {en: \"An *engine* [v2]\", ko: 엔진, de: Ein Motor}, start: 2024}]
career: [{id: acme, organization: Acme_1, url: \"https://acme.example/\", positions: [{title: Engineer, start: 2020}]}]
snippets:
  start:
    en: I can start at {organization} soon.
    ko: 곧 시작할 수 있습니다.
    de: Ich kann bald anfangen.
";

/// A letter with all its parts.
const LETTER: &str = "\
organization: B*ll & Co [1]
role: Senior *engineer*
letter:
  form: FORM
  recipient: {name: Given Family, title: Head of Hiring, address: {address: 1 Street, postal-code: '12345', city: Town}}
  subject: Application as {role}
  opening: Dear Given Family,
  paragraphs:
    - |
      First, [[engine]] and [[acme]] and [[engine|my **other** words]], at {organization}.
    - A brace \\{start} stays.
    - '{start}'
  closing: Kind regards
  enclosures: [A list, Of two]
";

/// A record with a letter in a form and a language; more may follow the letter.
fn letter(form: &str, language: &str, more: &str) -> TempDir {
    let letter = LETTER.replace("FORM", form);
    let application = format!("language: {language}\n{letter}{more}");
    folder(&[("data/resume.yaml", RECORD), ("data/applications/a.yaml", &application)])
}

/// Standard output of `render` for the application.
fn printed(record: &TempDir, flags: &[&str]) -> String {
    let arguments = ["render", "--application", "a", "-o", "-"];
    let run = resume_in(record.path(), arguments.iter().chain(flags), &[]).exits(0);
    String::from_utf8(run.stdout).expect("UTF-8")
}

#[test]
fn a_letter_says_what_was_written_and_what_stands_for_it() {
    let record = letter("us", "en", "");
    let text = printed(&record, &["--format", "letter", "--as", "md"]);
    let parts = [
        "November 30, 2026",
        "Given Family\\\nHead of Hiring\\\nB\\*ll & Co \\[1\\]\\\n1 Street\\\nTown 12345",
        "Application as Senior *engineer*",
        "Dear Given Family,",
        "First, [An engine \\[v2\\]](https://site.example/project/engine/) and [Acme\\_1](https://acme.example/) and \
         [my **other** words](https://site.example/project/engine/), at B\\*ll & Co \\[1\\].",
        "A brace {start} stays.",
        "I can start at B\\*ll & Co \\[1\\] soon.",
        "Kind regards",
        "Name Surname",
        "**Enclosures**\\\nA list\\\nOf two",
    ];
    let mut at = 0;
    for part in parts {
        let found = text[at..].find(part);
        at += found.unwrap_or_else(|| panic!("no `{part}` in order in:\n{text}"));
    }
    assert!(!text.contains("No part of a letter"), "{text}");
}

#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn every_reader_reads_the_letter_in_every_form_and_theme() {
    for (form, language, order) in [
        (
            "us",
            "en",
            ["November 30, 2026", "Given Family", "Application as", "Kind regards", "Name Surname"],
        ),
        (
            "din5008",
            "de",
            [
                "B*ll & Co",
                "Given Family",
                "30. November 2026",
                "Application as",
                "Vorname Nachname",
            ],
        ),
        (
            "korean",
            "ko",
            ["Given Family", "Application as", "Kind regards", "2026년 11월 30일", "이름"],
        ),
    ] {
        for theme in ["academic", "classic", "column", "formal", "modern", "mono"] {
            let record = letter(form, language, "");
            let main = format!("{RECORD}theme: {{name: {theme}}}\n");
            fs::write(record.path().join("data/resume.yaml"), main).expect("written");
            let arguments = ["render", "--application", "a", "--format", "letter", "-o", "a.pdf"];
            resume_in(record.path(), arguments, &[]).exits(0);
            let file = record.path().join("a.pdf");
            let pdf = Pdf::read(&file);
            assert_eq!(pdf.page_count(), 1, "{form} {theme}");
            let targets: Vec<Target> = pdf.links().into_iter().map(|link| link.target).collect();
            let page = Target::Address("https://site.example/project/engine/".to_owned());
            assert_eq!(targets.iter().filter(|target| **target == page).count(), 2, "{targets:?}");
            for (reader, read) in texts(&[&file]) {
                let (read, mut at) = (squash(&read[0]), 0);
                for part in order {
                    let found = read[at..].find(&squash(part));
                    at += found
                        .unwrap_or_else(|| panic!("{reader}, {form}, {theme}: `{part}` in {read}"));
                }
            }
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn a_letter_of_din_5008_fits_the_window_of_an_envelope() {
    let record = letter("din5008", "de", "");
    let arguments = ["render", "--application", "a", "--format", "letter", "-o", "a.pdf"];
    resume_in(record.path(), arguments, &[]).exits(0);
    let pages = pages(&record.path().join("a.pdf"));
    let word = |text: &str| pages[0].body.iter().find(|word| word.text == text).expect(text);
    let mm = |points: f64| points / 72.0 * 25.4;
    // The address zone of form B: from 62.7 to 90 mm; the text from 98.5 mm on.
    let (first, last) = (mm(word("B*ll").top), mm(word("12345").bottom));
    assert!((62.0..64.0).contains(&first) && last < 90.0, "{first} to {last} mm");
    let subject = mm(word("Application").top);
    assert!(subject > 97.5 && subject < 112.0, "{subject} mm");
    let left = mm(word("B*ll").left);
    assert!((left - 25.0).abs() < 0.5, "{left} mm from the left");
    // A name that is wider than the zone, which ends at 105 mm, has several lines.
    let path = record.path().join("data/applications/a.yaml");
    let text = fs::read_to_string(&path).expect("read");
    let long = text.replace("B*ll & Co [1]", &"Wide ".repeat(20));
    fs::write(&path, long).expect("written");
    resume_in(record.path(), arguments, &[]).exits(0);
    let pages = self::pages(&record.path().join("a.pdf"));
    let wide = pages[0].body.iter().filter(|word| word.text == "Wide" && mm(word.bottom) < 90.0);
    let right = wide.map(|word| mm(word.right)).fold(0.0, f64::max);
    assert!((60.0..105.5).contains(&right), "{right} mm");
}

#[test]
fn a_letter_that_is_too_long_says_by_how_many_lines() {
    let long = |lines: usize| {
        let lines: String = (0..lines).map(|n| format!("      Line {n}\\\n")).collect();
        let record = letter("us", "en", "");
        let path = record.path().join("data/applications/a.yaml");
        let text = fs::read_to_string(&path).expect("read");
        let end = format!("    - |\n{lines}      End\n  closing");
        fs::write(&path, text.replace("  closing", &end)).expect("written");
        let arguments = ["render", "--application", "a", "--format", "letter", "-o", "a.pdf"];
        resume_in(record.path(), arguments, &[])
    };
    let run = long(40).exits(1).says("data/applications/a.yaml:11:7");
    let (_, rest) = run.stderr.split_once("the letter is ").expect("E047");
    let over: usize = rest.split(' ').next().and_then(|n| n.parse().ok()).expect("a number");
    assert!(over > 2, "{over}");
    long(40 - over).exits(0);
    long(40 - over + 1).exits(1).says("the letter is 1 line too long for its page");
}

#[test]
fn documents_of_applications_are_made_where_they_have_content() {
    let record = letter("us", "en", "");
    fs::write(record.path().join("data/applications/b.yaml"), "language: en\n").expect("written");
    let run = |flags: &[&str]| {
        let _ = fs::remove_dir_all(record.path().join("output"));
        let run = resume_in(record.path(), ["render"].iter().chain(flags), &[]);
        let files = fs::read_dir(record.path().join("output")).into_iter().flatten().flatten();
        let mut files: Vec<String> =
            files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        files.sort();
        (run, files)
    };
    assert_eq!(
        run(&["--all-applications"]).1,
        ["letter-a.pdf", "one-page-a.pdf", "one-page-b.pdf"]
    );
    let (some, files) = run(&["--all-applications", "--format", "letter"]);
    assert_eq!(files, ["letter-a.pdf"]);
    some.exits(0).says("letter-b  not made: the application has none");
    run(&["--application", "b", "--format", "letter"])
        .0
        .exits(2)
        .says("the application has no `letter`");
    run(&["--format", "letter"])
        .0
        .exits(2)
        .says("`letter` is for an application, and none is named");
}

#[test]
fn an_answer_is_written_exactly_as_it_will_be_pasted() {
    let more = "\
questions:
  - {ask: First?, answer: One.}
  - ask: 둘째?
    limit: 60
    answer: |
      *stars* \"quotes\"  and {braces}
        indented -- 이름

      # end
";
    let record = letter("us", "en", more);
    let answer = "*stars* \"quotes\"  and {braces}\n  indented -- 이름\n\n# end";
    assert_eq!(printed(&record, &["--question", "2", "--as", "txt"]), answer);
    let flags = ["render", "--application", "a", "--question", "2", "--as", "txt"];
    resume_in(record.path(), flags, &[]).exits(0);
    let file = record.path().join("output/questions-a-2.txt");
    assert_eq!(fs::read_to_string(file).expect("written"), answer);
    let text = printed(&record, &["--format", "questions", "--as", "txt"]);
    assert!(text.contains("First?\n\nOne.\n\n둘째?\n\n*stars*"), "{text}");
    let wrong = |flags: &[&str], says: &str| {
        let arguments = ["render", "--application", "a"];
        resume_in(record.path(), arguments.iter().chain(flags), &[]).exits(2).says(says);
    };
    wrong(&["--question", "3", "--as", "txt"], "has no question 3");
    wrong(&["--question", "1"], "add `--as txt`");
    wrong(&["--question", "1", "--as", "txt", "--format", "letter"], "leave `--format` out");
}

/// Texts of many scripts, with emoji, marks and ends of lines, in an order that is always the same.
fn mixed_texts() -> Vec<String> {
    let parts = [
        "a",
        "Z",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\t",
        "가",
        "힣",
        "뷁",
        "한글",
        "\u{1112}\u{1161}\u{11ab}",
        "é",
        "e\u{301}",
        "o\u{308}\u{323}",
        "👍🏽",
        "👨‍👩‍👧",
        "🇰🇷",
        "1️⃣",
        "❤️",
        "नमस्ते",
        "ไทย",
        "你好",
        "ｶﾞ",
        "„“",
        "€",
        "®",
        "…",
        "\u{200d}",
        "\u{a0}",
        "-",
        "100%",
        "한글은",
        "、",
    ];
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let text = |next: &mut dyn FnMut(usize) -> usize| -> String {
        let parts = (0..next(40)).map(|_| parts[next(parts.len())]).collect::<Vec<_>>();
        parts.concat()
    };
    (0..1_000).map(|_| text(&mut next)).collect()
}

#[test]
#[ignore = "needs `tests/readers/install`"]
fn counts_agree_with_another_implementation() {
    let texts = mixed_texts();
    let folder = folder(&[("texts.json", &serde_json::to_string(&texts).expect("JSON"))]);
    let script = root().join("tests/readers/count.py");
    let mut command = Command::new(home().join("venv/bin/python"));
    let output =
        command.arg(script).arg(folder.path().join("texts.json")).output().expect("Python");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{error}; `tests/readers/install` puts it there");
    let counted: BTreeMap<String, Vec<usize>> =
        serde_json::from_slice(&output.stdout).expect("the script prints JSON");
    for count in Count::ALL {
        let other = &counted[count.word()];
        for (text, other) in texts.iter().zip(other) {
            assert_eq!(count.of(text), *other, "{}: {text:?}", count.word());
        }
    }
    assert!(counted["chars"].iter().sum::<usize>() > 10_000);
}

#[test]
fn lengths_are_those_of_the_form() {
    let text = "가나 a\r\n👍🏽";
    let lengths = Count::ALL.map(|count| count.of(text));
    assert_eq!(lengths, [6, 4, 7 + 4, 6 + 3 + 8]);
}

#[test]
#[ignore = "needs poppler"]
fn a_name_in_the_closing_is_printed_once() {
    let by_language = "{en: Kind regards, ko: '{name} 드림'}";
    for (language, closing, name) in [
        ("ko", "Kind regards", "이름"),
        ("ko", "'{name} 드림'", "이름"),
        ("en", by_language, "Name Surname"),
    ] {
        let record = letter("korean", language, "");
        let path = record.path().join("data/applications/a.yaml");
        let text = fs::read_to_string(&path).expect("read");
        fs::write(&path, text.replace("closing: Kind regards", &format!("closing: {closing}")))
            .expect("written");
        let arguments = ["render", "--application", "a", "--format", "letter", "-o", "a.pdf"];
        resume_in(record.path(), arguments, &[]).exits(0);
        let pages = pages(&record.path().join("a.pdf"));
        let page = [pages[0].head.as_slice(), &pages[0].body].concat();
        // In the head, and below the text.
        assert_eq!(sentence(&page).matches(name).count(), 2, "{closing}");
    }
}

#[test]
fn a_heading_and_an_address_of_lines_are_as_they_are_typed() {
    let record = letter("us", "en", "");
    let path = record.path().join("data/applications/a.yaml");
    let text = fs::read_to_string(&path).expect("read");
    let address = "address: {address: 1 Street, postal-code: '12345', city: Town}";
    assert!(text.contains(address) && text.contains("      First, "), "{text}");
    let text = text.replace(address, "address: \"c/o Somebody\\n1 Street\"");
    fs::write(&path, text.replace("      First, ", "      # A heading\n      First, "))
        .expect("written");
    let text = printed(&record, &["--format", "letter", "--as", "md"]);
    assert!(text.contains("\\\nc/o Somebody\\\n1 Street\n"), "{text}");
    assert!(text.contains("\n## A heading\n"), "{text}");
    let arguments = ["render", "--application", "a", "--format", "letter", "-o", "a.pdf"];
    resume_in(record.path(), arguments, &[]).exits(0);
    let headings = Pdf::read(&record.path().join("a.pdf")).headings();
    assert_eq!(headings[1], (2, "A heading".to_owned()));
}
