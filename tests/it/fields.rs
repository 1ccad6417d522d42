//! What the fields of a record print: times that are known in part, positions with results of their
//! own, publications, levels, tests, locations and facts.

use std::path::Path;

use crate::support::program::{folder, resume, resume_in};
use crate::support::readers::reader;

const RECORD: &str = r#"
site: {date: 2025-06-30, languages: [en, ko]}
profile:
  name: {en: Pat Placeholder, ko: 이름}
  location: {address: 1 Street, postal-code: 12345, city: {en: Seoul, ko: 서울}, country: {en: Korea, ko: 대한민국}}
  facts: [{label: {en: Work permit, ko: 비자}, text: "**F-5**"}]
career:
  - id: acme
    organization: Acme
    location: {city: {en: Busan, ko: 부산}}
    description: {en: Maker of *sensors*, ko: 센서 제조사}
    summary: {en: The whole time in a sentence., ko: 전체를 한 문장으로.}
    technologies: [Rust]
    highlights: [{en: A result of the whole time, ko: 전체 기간의 성과}]
    positions:
      - title: {en: Lead, ko: 책임}
        start: 2022-01
        end: present
        summary: {en: A position in a sentence., ko: 직책을 한 문장으로.}
        technologies: [Kafka]
        highlights: [{en: A result of the lead, ko: 책임의 성과}]
      - {title: {en: Engineer, ko: 선임}, location: Berlin, start: 2019-03, end: 2021-12}
  - {id: only-end, organization: Only End, positions: [{title: T, end: 2018-12}]}
  - {id: only-start, organization: Only Start, positions: [{title: T, start: 2015-06}]}
  - {id: undated, organization: Undated, positions: [{title: T}]}
  - id: school
    kind: education
    organization: School
    positions: [{title: MSc, date: 2015-02, dates: {en: Spring 2015, ko: 2015년 봄}}]
projects:
  - {id: a, name: No dates, summary: {en: It ran., ko: 했다.}, highlights: [{en: Done, ko: 했다}]}
  - {id: b, name: One date, date: 2024-05, summary: {en: It ran., ko: 했다.}}
skills:
  - {name: Code, level: {en: advanced, ko: 고급}, skills: [{name: Python, level: {en: 5 years, ko: 5년}}, C]}
languages:
  - {id: en, language: English, level: fluent, tests: [{name: TOEIC, score: 950, date: 2024-03}]}
  - {id: ja, language: Japanese, fluency: basic}
awards: [{title: Prize, awarder: Fair, date: 2020-05}]
certificates: [{name: Licence, issuer: Board, start: 2019, end: 2024}]
publications:
  - name: Small Things
    authors: [A. Author, P. Placeholder, B. Author]
    publisher: Example Press
    venue: Journal of Examples
    volume: 12
    issue: 3
    pages: 34-56
    doi: https://doi.org/10.1000/182
    kind: Article
    status: accepted
    date: 2024-03
  - name: Many Authors
    importance: 5
    authors: [A One, B Two, C Three, D Four, E Five, F Six, "Placeholder, Pat", H Eight, I Nine]
    date: 2021
"#;

/// A file that `render` writes of the record in a language.
fn rendered(format: &str, kind: &str, language: &str) -> String {
    let data = folder(&[("resume.yaml", RECORD)]);
    let out = data.path().join("out");
    let (from, to) = (data.path().display().to_string(), out.display().to_string());
    let words = ["render", "--quiet", "--format", format, "--as", kind, "--lang", language];
    resume([&words[..], &["--data", &from, "--output", &to]].concat()).exits(0);
    let suffix = if language == "en" { String::new() } else { format!(".{language}") };
    let file = out.join(format!("{format}{suffix}.{kind}"));
    if kind == "pdf" { printed(&file) } else { std::fs::read_to_string(file).expect("a text") }
}

/// The words of a PDF.
fn printed(file: &Path) -> String {
    let text = reader("pdftotext", &["-raw", "-enc", "UTF-8"], file);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn ordered(text: &str, parts: &[&str]) {
    let mut at = 0;
    for part in parts {
        let found = text[at..].find(part);
        at += found.unwrap_or_else(|| panic!("no `{part}` in its place in {text}"));
    }
}

#[test]
#[ignore = "needs pdftotext"]
fn every_field_is_printed_in_each_language() {
    for kind in ["txt", "pdf"] {
        ordered(
            &rendered("cv", kind, "en"),
            &[
                "1 Street, Seoul 12345, Korea",
                "Work permit: F-5",
                "2019–present",
                "Acme",
                "Busan",
                "Maker of sensors",
                "The whole time in a sentence.",
                "A result of the whole time",
                "Rust",
                "Jan 2022 – present",
                "Lead",
                "3 years 6 months",
                "A position in a sentence.",
                "A result of the lead",
                "Kafka",
                "Mar 2019 – Dec 2021",
                "Engineer",
                "Berlin",
                "Dec 2018",
                "Only End",
                "Jun 2015",
                "Only Start",
                "Undated",
                "May 2024",
                "One date",
                "No dates",
                "Code (advanced)",
                "Python (5 years), C",
                "Spring 2015",
                "School",
                "2019 – 2024",
                "Licence",
                "Board",
                "May 2020",
                "Prize",
                "Fair",
                "Small Things",
                "A. Author, P. Placeholder, B. Author",
                "Journal of Examples, 12(3), 34-56, Example Press · Article · accepted · doi.org/10.1000/182",
                "F Six; Placeholder, Pat; H Eight; I Nine",
                "English (fluent; TOEIC 950, Mar 2024), Japanese (basic)",
            ],
        );
        ordered(
            &rendered("cv", kind, "ko"),
            &[
                "대한민국 서울 1 Street (12345)",
                "비자: F-5",
                "2019~현재",
                "부산",
                "센서 제조사",
                "전체를 한 문장으로.",
                "전체 기간의 성과",
                "책임",
                "직책을 한 문장으로.",
                "책임의 성과",
                "Code (고급)",
                "Python (5년), C",
                "2015년 봄",
            ],
        );
    }
}

#[test]
fn the_persons_own_name_is_set_apart_and_a_doi_is_a_link() {
    let text = rendered("cv", "md", "en");
    ordered(&text, &["A. Author, **P. Placeholder**, B. Author", "](https://doi.org/10.1000/182)"]);
    assert!(text.contains("**Placeholder, Pat**"), "{text}");
}

#[test]
fn a_long_list_of_authors_keeps_the_person_on_one_page() {
    let text = rendered("one-page", "md", "en");
    ordered(&text, &["A One; B Two; C Three; …; **Placeholder, Pat** et al."]);
    ordered(&rendered("one-page", "txt", "ko"), &["…; Placeholder, Pat 외"]);
}

#[test]
fn a_single_language_can_be_dropped() {
    let application = "role: Developer\nlanguage: en\ndrop: [ja]\n";
    let data = folder(&[("resume.yaml", RECORD), ("applications/one.yaml", application)]);
    let from = data.path().display().to_string();
    let run = resume([
        "render",
        "--format",
        "one-page",
        "--application",
        "one",
        "--as",
        "txt",
        "--data",
        &from,
        "--output",
        "-",
    ]);
    let text = String::from_utf8(run.exits(0).stdout).expect("UTF-8");
    assert!(text.contains("English (fluent; TOEIC 950, Mar 2024)"), "{text}");
    assert!(!text.contains("Japanese"), "{text}");
}

#[test]
fn records_without_dates_are_typeset_in_every_format() {
    for format in ["full", "portfolio", "one-page", "cv"] {
        let text = rendered(format, "txt", "en");
        assert!(text.contains("No dates") && !text.contains("none"), "{format}: {text}");
    }
}

/// What was done in all positions together stands before the first of them, not under the last.
#[test]
#[ignore = "needs pdftotext"]
fn results_of_the_whole_time_stand_before_the_positions() {
    let record = "\
profile: {name: Name Surname}
career:
  - organization: Company
    highlights: [Shared result]
    positions: [{title: Lead, start: 2022, end: 2024}, {title: Engineer, start: 2019, end: 2021}]
";
    let folder = folder(&[("data/resume.yaml", record)]);
    for (format, kind) in [("cv", "pdf"), ("one-page", "pdf"), ("cv", "txt")] {
        let words = ["render", "--quiet", "--format", format, "--as", kind];
        resume_in(folder.path(), words, &[]).exits(0);
        let file = folder.path().join(format!("output/{format}.{kind}"));
        let text =
            if kind == "pdf" { printed(&file) } else { std::fs::read_to_string(file).unwrap() };
        ordered(&text, &["Company", "Shared result", "Lead", "Engineer"]);
    }
}
