//! What wins among equals, what keeps a place on a full page, and how much is said of what does not.

use std::fmt::Write as _;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{folder, resume_in};

/// Employers with so many results of one line each, the newest first, and what else the record has.
fn employers(count: usize, results: usize, more: &str) -> TempDir {
    let mut text =
        "site: {date: 2026-01-01, languages: [en]}\nprofile: {name: Name Surname}\ncareer:\n"
            .to_owned();
    for at in 0..count {
        let (start, end) = (2024 - 2 * at, 2025 - 2 * at);
        write!(
            text,
            "  - id: e{at}\n    organization: Company {at}\n    positions: [{{title: Engineer, start: \
             {start}-01, end: {end}-12}}]\n    highlights:\n"
        )
        .unwrap();
        for result in 1..=results {
            writeln!(text, "      - Result {result} of employer {at} in one line").unwrap();
        }
    }
    folder(&[("data/resume.yaml", &format!("{text}{more}"))])
}

/// The ledger of a document.
fn ledger(folder: &TempDir, more: &[&str]) -> Value {
    let words = [&["tailor", "--message-format", "json"], more].concat();
    let run = resume_in(folder.path(), words, &[]).exits(0);
    serde_json::from_slice(&run.stdout).expect("JSON")
}

/// Names of what is shown.
fn shown(ledger: &Value) -> Vec<String> {
    let entries = ledger["entries"].as_array().unwrap().iter();
    let shown = entries.filter(|entry| entry["shown"] == true);
    shown.map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

/// How many results of each employer are shown; they must be the first ones.
fn counts(shown: &[String], employers: usize) -> Vec<usize> {
    let count = |at: usize| {
        let of = format!("e{at}/");
        let mut numbers: Vec<usize> =
            shown.iter().filter_map(|name| name.strip_prefix(&of)?.parse().ok()).collect();
        numbers.sort_unstable();
        assert!(numbers.iter().copied().eq(1..=numbers.len()), "e{at}: {numbers:?}");
        numbers.len()
    };
    (0..employers).map(count).collect()
}

#[test]
fn among_equals_the_newest_and_the_first_written_win() {
    for (aging, record) in [
        ("newer is worth more", employers(6, 12, "")),
        ("nothing ages", employers(6, 12, "tailoring: {half-life: 0}\n")),
        ("everything is equal", employers(6, 12, "tailoring: {half-life: 0, importance: 0}\n")),
    ] {
        let counts = counts(&shown(&ledger(&record, &[])), 6);
        assert!(counts.is_sorted_by(|newer, older| newer >= older), "{aging}: {counts:?}");
        assert!(counts.iter().sum::<usize>() < 72 && counts[5] > 0, "{aging}: {counts:?}");
    }
}

const OTHERS: &str = "\
skills:
  - {name: Tools, skills: [One, Two, Three]}
  - {name: Methods, skills: [Four, Five, Six]}
languages: [{language: English, fluency: native}]
awards: [{title: Prize}]
";

#[test]
fn a_section_keeps_a_place_before_more_highlights_of_old_jobs() {
    for (count, results) in [(3, 30), (5, 12), (8, 6)] {
        let record = employers(count, results, OTHERS);
        let shown = shown(&ledger(&record, &[]));
        for name in ["One", "Four", "English", "Prize"] {
            assert!(shown.iter().any(|shown| shown == name), "{count}: no {name} in {shown:?}");
        }
        let counts = counts(&shown, count);
        assert!(counts.iter().sum::<usize>() < count * results, "{counts:?}");
    }
}

#[test]
fn nothing_is_left_out_silently() {
    let record = employers(5, 12, OTHERS);
    let render = |more: &[&str]| {
        let words = [&["render", "--format", "one-page"], more].concat();
        resume_in(record.path(), words, &[]).exits(0).stderr
    };
    let hidden = |ledger: &Value| {
        let entries = ledger["entries"].as_array().unwrap().iter();
        entries.filter(|entry| entry["shown"] == false).count()
    };
    let ledger = ledger(&record, &[]);
    let count = hidden(&ledger);
    let said = render(&[]);
    assert!(said.trim_end().ends_with(&format!(" s  without {count} of experience")), "{said}");
    let named = render(&["--verbose"]);
    assert!(named.contains(&format!("without {count} of experience: ")), "{named}");
    assert!(named.contains("e4/12"), "{named}");
    assert_eq!(render(&["--quiet"]), "");
    // Each has a price: a line, with the space before it.
    let prices = ledger["entries"].as_array().unwrap().iter();
    let hidden = prices.filter(|entry| entry["shown"] == false);
    assert!(hidden.into_iter().all(|entry| entry["lines"].as_f64().unwrap() >= 1.0));
}

#[test]
fn the_pages_that_may_be_used_hold_the_best() {
    let record = employers(8, 12, OTHERS);
    let pages = |most: &str| {
        let words = ["render", "--max-pages", most];
        resume_in(record.path(), words, &[]).exits(0).stderr
    };
    assert!(pages("1").contains("  1 page "));
    assert!(pages("2").contains("  2 pages "));
    let (all, two) = (pages("3"), ledger(&record, &["--max-pages", "2"]));
    assert!(all.contains("  3 pages ") && !all.contains("without"), "{all}");
    assert!(two["full-percent"].as_f64().unwrap() > 97.0, "{}", two["full-percent"]);
    let one = counts(&shown(&ledger(&record, &[])), 8);
    let two = counts(&shown(&two), 8);
    assert!(two.iter().zip(&one).all(|(two, one)| two >= one), "{one:?} {two:?}");
}

/// A licence of the highest importance holds as long as it is named; a lesser one ages as results do.
#[test]
fn what_is_most_important_in_a_list_does_not_age() {
    let record = employers(
        1,
        1,
        "certificates:\n  - {name: Licence, date: 2001, importance: 5}\n  - {name: Course, date: 2001, \
         importance: 4}\nsections:\n  - {id: grants, entries: [{name: Grant, date: 2001, importance: 5}]}\n",
    );
    let ledger = ledger(&record, &[]);
    let recency = |name: &str| {
        let entries = ledger["entries"].as_array().unwrap();
        let entry = entries.iter().find(|entry| entry["name"] == name);
        entry.unwrap_or_else(|| panic!("no {name} in {entries:?}"))["factors"]["recency"]
            .as_f64()
            .unwrap()
    };
    assert_eq!(recency("Licence"), 1.0);
    assert!(recency("Course") < 0.5);
    assert_eq!(recency("Grant"), 1.0);
}

#[test]
fn one_result_too_many_leaves_out_one() {
    let count = |results: usize| shown(&ledger(&employers(1, results, ""), &[])).len();
    // What the tightest spaces hold: from there on something is left out.
    let most = (30..90).find(|results| count(*results + 1) <= *results).expect("a full page");
    assert_eq!(count(most), most);
    for more in 1..=2 {
        assert_eq!(count(most + more), most, "{most} fit, {more} do not");
    }
}
