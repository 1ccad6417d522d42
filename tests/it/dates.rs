//! Dates of any record: their order, what is still to come, how long something took.

use std::path::Path;

use crate::support::program::{Run, folder, resume};
use crate::support::readers::reader;

/// A file that `render` writes of a record: `name` with its file type.
fn rendered(record: &str, name: &str) -> String {
    let data = folder(&[("resume.yaml", record)]);
    let (format, kind) = name.split_once('.').expect("a format and a file type");
    let out = data.path().join("out");
    render(data.path(), &out, format, kind).exits(0);
    let file = out.join(name);
    if kind == "pdf" {
        let text = reader("pdftotext", &["-raw", "-enc", "UTF-8"], &file);
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    // Markdown escapes some signs.
    std::fs::read_to_string(file).expect("a text").replace('\\', "")
}

fn render(data: &Path, out: &Path, format: &str, kind: &str) -> Run {
    let (data, out) = (data.display().to_string(), out.display().to_string());
    let words = ["render", "--format", format, "--as", kind, "--data", &data, "--output", &out];
    resume(words)
}

/// Every file of every format that shows the career or the projects.
const FILES: [&str; 6] =
    ["full.pdf", "full.txt", "full.md", "one-page.pdf", "one-page.txt", "one-page.md"];

/// Asserts that texts are in this order.
#[track_caller]
fn ordered(file: &str, text: &str, parts: &[&str]) {
    let mut at = 0;
    for part in parts {
        let found = text[at..].find(part);
        at += found.unwrap_or_else(|| panic!("{file}: no `{part}` in its place in {text}"));
    }
}

/// Its chapter of the manual is there for what is told of each employer.
const OLDEST_FIRST: &str = "\
site: {date: 2025-06-30, languages: [en]}
profile: {name: Name Surname}
career:
  - id: early
    organization: Early Company
    body: What was done.
    positions: [{title: Trainee, start: 2011-02, end: 2012-01}]
  - id: late
    organization: Late Company
    body: What was done.
    positions:
      - {title: Engineer, start: 2017-03, end: 2019-02}
      - {title: Head of team, start: 2019-03, end: present}
    highlights: [A result of both]
  - id: middle
    organization: Middle Company
    body: What was done.
    positions: [{title: Engineer, start: 2012, end: 2016}]
awards:
  - {title: Old award, date: 2001}
  - {title: Award without a date}
  - {title: New award, date: 2020-05}
";

#[test]
#[ignore = "needs poppler"]
fn the_newest_comes_first_whatever_the_order_in_the_file() {
    for file in FILES {
        let text = rendered(OLDEST_FIRST, file);
        let employers =
            ["Late Company", "Head of team", "Engineer", "Middle Company", "Early Company"];
        let awards = ["New award", "Old award", "Award without a date"];
        ordered(file, &text, &[&employers[..], &awards].concat());
        if file.starts_with("full") {
            let chapter = ["[2017–present] Late", "[2012–2016] Middle", "[2011–2012] Early"];
            ordered(file, &text, &[&chapter[..], &employers, &awards].concat());
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn the_order_of_the_file_can_be_kept() {
    let record = OLDEST_FIRST.replace("languages", "order: as-written, languages");
    for file in FILES {
        let text = rendered(&record, file);
        let employers =
            ["Early Company", "Late Company", "Engineer", "Head of team", "Middle Company"];
        ordered(file, &text, &employers);
        if file.starts_with("full") {
            let chapter = ["[2011–2012] Early", "[2017–present] Late", "[2012–2016] Middle"];
            ordered(file, &text, &[&chapter[..], &employers].concat());
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn projects_keep_the_order_of_the_file_if_the_record_says_so() {
    let projects = "profile: {name: Name Surname}\nprojects:\n  \
        - {id: a, name: First one, start: 2010, end: 2011, importance: 1, summary: It ran.}\n  \
        - {id: b, name: Second one, start: 2020, end: 2021, importance: 5, summary: It ran.}\n";
    let kept = format!("site: {{order: as-written}}\n{projects}");
    for file in ["full.txt", "portfolio.txt"] {
        ordered(file, &rendered(projects, file), &["Second one", "First one"]);
        ordered(file, &rendered(&kept, file), &["First one", "Second one"]);
    }
}

const TO_COME: &str = "\
site: {date: 2025-06-30, languages: [en, ko]}
theme: {dates: dotted}
profile: {name: Name Surname}
career:
  - id: school
    kind: education
    organization: A University
    positions: [{title: Master of Science, start: 2024-10, end: 2026-09}]
projects:
  - {id: a, name: A project, start: 2025-01-15, end: 2025-08-20, summary: It runs.}
publications:
  - {name: An accepted paper, date: 2025-11}
";

#[test]
#[ignore = "needs poppler"]
fn an_end_that_is_still_to_come_is_expected_and_has_no_duration() {
    let data = folder(&[("resume.yaml", TO_COME)]);
    let out = data.path().join("out");
    for (language, date) in [("en", "expected "), ("ko", " 예정")] {
        let around = |text: &str| match language {
            "en" => format!("{date}{text}"),
            _ => format!("{text}{date}"),
        };
        let (data, to) = (data.path().display().to_string(), out.display().to_string());
        resume([
            "render", "--lang", language, "--format", "all", "--as", "txt", "--data", &data,
            "--output", &to,
        ])
        .exits(0);
        let read = |format: &str| {
            let mark = if language == "en" { "" } else { ".ko" };
            std::fs::read_to_string(out.join(format!("{format}{mark}.txt"))).unwrap()
        };
        let (full, one, portfolio) = (read("full"), read("one-page"), read("portfolio"));
        assert!(full.contains(&format!("2024.10 – {}", around("2026.09"))), "{full}");
        assert!(one.contains(&format!("2024.10 – {}", around("2026.09"))), "{one}");
        assert!(one.contains(&around("2025.11")), "{one}");
        assert!(
            portfolio.contains(&format!("2025.01.15 – {}", around("2025.08.20"))),
            "{portfolio}"
        );
        for text in [&full, &one, &portfolio] {
            for word in ["month", "year", "개월", "년"] {
                assert!(!text.contains(word), "`{word}` in {text}");
            }
        }
    }
    let text = rendered(TO_COME, "one-page.pdf");
    assert!(text.contains("expected 2026.09") && text.contains("expected 2025.11"), "{text}");
}

const LENGTHS: &str = "\
site: {date: 2025-06-30, languages: [en]}
profile: {name: Name Surname}
projects:
  - {id: a, name: Stated, start: 2019, end: 2021, duration: three terms, summary: It ran.}
  - {id: b, name: Years only, start: 2017, end: 2019, summary: It ran.}
  - {id: c, name: Days, start: 2016-01-01, end: 2016-06-06, summary: It ran.}
  - {id: d, name: A week, start: 2015-03-01, end: 2015-03-07, summary: It ran.}
  - {id: e, name: Long, start: 2010-02, end: 2014-02, summary: It ran.}
";

#[test]
#[ignore = "needs poppler"]
fn durations_are_whole_and_printed_only_if_they_are_known() {
    for file in ["full.txt", "one-page.txt", "portfolio.txt"] {
        let text = rendered(LENGTHS, file);
        ordered(file, &text, &["three terms", "Days", "5 months", "4 years 1 month"]);
        assert_eq!(text.matches("month").count(), 2, "{file}: {text}");
        assert_eq!(text.matches("year").count(), 1, "{file}: {text}");
    }
}

#[test]
#[ignore = "needs poppler"]
fn durations_can_be_turned_off_for_a_format() {
    let record = format!("formats: {{portfolio: {{durations: false}}}}\n{LENGTHS}");
    let portfolio = rendered(&record, "portfolio.txt");
    assert!(!portfolio.contains("month") && !portfolio.contains("three terms"), "{portfolio}");
    assert!(rendered(&record, "full.txt").contains("5 months"));
}

/// A duration near the end of its line moves to the next one as a whole.
#[test]
#[ignore = "needs poppler"]
fn durations_never_break_over_lines() {
    for letters in 30..60 {
        let record = format!(
            "site: {{date: 2025-06-30, languages: [en]}}\nprofile: {{name: Name Surname}}\ncareer:\n  \
             - id: a\n    organization: Company\n    positions: [{{title: {}, start: 2013-02, end: 2024-12}}]\n",
            "Word ".repeat(letters / 5) + &"m".repeat(letters % 5 + 1),
        );
        let data = folder(&[("resume.yaml", &record)]);
        let out = data.path().join("out");
        render(data.path(), &out, "one-page", "pdf").exits(0);
        let file = out.join("one-page.pdf");
        let text = reader("pdftotext", &["-raw", "-enc", "UTF-8"], &file);
        assert!(text.lines().any(|line| line.contains("11 years 11 months")), "{letters}: {text}");
    }
}

#[test]
#[ignore = "needs poppler"]
fn every_usual_form_of_a_date_is_read_as_the_same_day() {
    for (start, end) in [
        ("2020.01", "2021.03"),
        ("2020-1", "2021-3"),
        ("2020/01", "2021/03"),
        ("Jan 2020", "March 2021"),
    ] {
        let record = format!(
            "profile: {{name: Name Surname}}\nprojects:\n  \
             - {{id: a, name: A, start: {start}, end: {end}, summary: It ran.}}\n"
        );
        let text = rendered(&record, "portfolio.txt");
        assert!(text.contains("2020.01 – 2021.03"), "{text}");
    }
    for end in ["Present", "현재", "now"] {
        let record = format!(
            "site: {{date: 2021-03, languages: [en]}}\nprofile: {{name: Name Surname}}\nprojects:\n  \
             - {{id: a, name: A, start: 2020년 1월, end: {end}, summary: It runs.}}\n"
        );
        let text = rendered(&record, "portfolio.txt");
        assert!(text.contains("Jan 2020 – present · 1 year 3 months"), "{text}");
    }
}
