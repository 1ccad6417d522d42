//! What gives way first where the pages do not hold what would stay: courses, volunteer roles, the
//! details of old jobs.

use std::fmt::Write as _;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::pdf::Pdf;
use crate::support::program::{folder, resume_in};
use crate::support::readers::reader;

/// So many employers with one line each, a school with courses, a volunteer role, skills and languages.
fn record(employers: usize, more: &str) -> TempDir {
    let mut text =
        "site: {languages: [en], date: 2026-01-01}\nprofile: {name: Name Surname}\ncareer:\n"
            .to_owned();
    for at in 0..employers {
        let year = 2025 - at;
        writeln!(
            text,
            "  - {{id: job-{at}, organization: Company {at}, positions: [{{title: Engineer {at}, start: \
             {year}-01, end: {year}-12}}]}}"
        )
        .unwrap();
    }
    text += "  - {id: help, kind: volunteering, organization: Shelter, positions: [{title: Helper, date: 2010}]}
  - {id: school, kind: education, organization: School, positions: [{title: BSc, end: 1980, courses: [Algebra]}]}
skills: [{name: Tools, skills: [Rust, Ada]}]
languages: [{language: Esperanto, fluency: fluent}]
";
    folder(&[("data/resume.yaml", &format!("{text}{more}"))])
}

/// The page and its ledger.
fn page(record: &TempDir) -> (String, Value) {
    resume_in(record.path(), ["render", "--format", "one-page", "--output", "out"], &[]).exits(0);
    let file = record.path().join("out/one-page.pdf");
    assert_eq!(Pdf::read(&file).page_count(), 1);
    let run = resume_in(record.path(), ["tailor", "--message-format", "json"], &[]).exits(0);
    let ledger = serde_json::from_slice(&run.stdout).expect("JSON");
    let text = reader("pdftotext", &[], &file);
    (text.split_whitespace().collect::<Vec<_>>().join(" "), ledger)
}

#[test]
fn courses_then_volunteer_roles_then_old_jobs_give_way() {
    let (mut courses, mut roles, mut jobs) = (Vec::new(), Vec::new(), Vec::new());
    let counts: Vec<usize> = (20..60).step_by(2).collect();
    for count in &counts {
        let (text, ledger) = page(&record(*count, ""));
        let condensed = ledger["condensed"].as_array().unwrap().len();
        courses.push(text.contains("Algebra"));
        roles.push(text.contains("Shelter"));
        jobs.push(condensed == 0);
        // Whatever gives way, every employer is named, and skills and languages keep a line.
        for at in 0..*count {
            assert!(text.contains(&format!("Company {at}")), "{count}: no company {at} in {text}");
        }
        for word in ["Tools", "Esperanto", "Company 0", "School"] {
            assert!(text.contains(word), "{count}: no {word} in {text}");
        }
        assert_ne!(condensed, *count, "the newest keeps its place");
        let given: Vec<&str> =
            ledger["gave-way"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(given.contains(&"school/courses"), !courses.last().unwrap(), "{given:?}");
        assert_eq!(given.contains(&"help"), !roles.last().unwrap(), "{given:?}");
    }
    // Each stays longer than what gives way before it, and each gives way in the end.
    for ((first, second), third) in courses.iter().zip(&roles).zip(&jobs) {
        assert!(first <= second && second <= third, "{courses:?} {roles:?} {jobs:?}");
    }
    assert!(courses[0] && !jobs[jobs.len() - 1], "{courses:?} {jobs:?}");
}

#[test]
fn what_is_pinned_does_not_give_way() {
    let record = record(50, "formats:\n  one-page: {pin: [school/courses, help, job-49]}\n");
    let (text, ledger) = page(&record);
    assert!(text.contains("Algebra") && text.contains("Shelter"), "{text}");
    let condensed = ledger["condensed"].as_array().unwrap();
    assert!(!condensed.is_empty() && !condensed.contains(&"job-49".into()), "{condensed:?}");
}

#[test]
fn what_gave_way_is_reported() {
    let record = record(50, "");
    let words = ["render", "--format", "one-page", "--output", "out", "-v"];
    let run = resume_in(record.path(), words, &[]).exits(0);
    assert!(run.stderr.contains("volunteering: help"), "{}", run.stderr);
    assert!(run.stderr.contains("school/courses"), "{}", run.stderr);
    let run = resume_in(record.path(), ["tailor"], &[]).exits(0);
    let ledger = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(ledger.contains("gave way: ") && ledger.contains("in one line: "), "{ledger}");
}

#[test]
fn condensed_jobs_are_in_the_text_too() {
    let record = record(50, "");
    let words = ["render", "--format", "one-page", "--as", "txt", "--output", "-"];
    let run = resume_in(record.path(), words, &[]).exits(0);
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(text.contains("Engineer 49, Company 49"), "{text}");
}

/// The title of a section of which nothing is shown is a part of what each of its entries costs.
#[test]
fn the_price_of_a_hidden_section_has_its_title() {
    let record = |awards: &str, pin: &str| {
        let text = format!(
            "site: {{languages: [en]}}\nprofile: {{name: Name Surname}}\nawards:\n{awards}formats:\n  \
             one-page: {{drop: [Prize], pin: [{pin}]}}\n"
        );
        folder(&[("data/resume.yaml", &text)])
    };
    let lines = |record: &TempDir, name: &str| -> f64 {
        let (_, ledger) = page(record);
        let entries = ledger["entries"].as_array().unwrap();
        let line = entries.iter().find(|line| line["name"] == name).expect("an entry");
        assert_eq!(line["shown"], false, "{line}");
        line["lines"].as_f64().unwrap()
    };
    let alone = lines(&record("  - name: Prize\n", ""), "Prize");
    let beside = record("  - name: Prize\n  - name: Medal\n", "Medal");
    let among = lines(&beside, "Prize");
    assert!(alone > among + 1.0, "{alone} lines with the title, {among} without");
}

#[test]
fn employers_with_several_positions_share_a_line_too() {
    let text =
        "site: {languages: [en], date: 2026-01-01}\nprofile: {name: Name Surname}\ncareer:\n";
    let employers: String = (0..30)
        .map(|at| {
            let (start, middle, end) = (2023 - 2 * at, 2024 - 2 * at, 2025 - 2 * at);
            format!(
                "  - id: job-{at}\n    organization: Company {at}\n    positions:\n      - {{title: Lead, start: {middle}, \
                 end: {end}, highlights: [Led team {at}.]}}\n      - {{title: Engineer, start: {start}, end: {middle}, \
                 highlights: [Built machine {at}.]}}\n"
            )
        })
        .collect();
    let record = folder(&[("data/resume.yaml", &format!("{text}{employers}"))]);
    let (text, ledger) = page(&record);
    assert!(ledger["condensed"].as_array().unwrap().len() > 1, "{ledger:#}");
    for at in 0..30 {
        assert!(text.contains(&format!("Company {at}")), "no company {at} in {text}");
    }
}
