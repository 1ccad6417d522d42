//! What an advertisement asks for is on the page, and first where an application asks for that.

use std::fmt::Write as _;

use resume::commands::{TailorOptions, tailor};
use resume::{EngineOptions, Session};
use tempfile::TempDir;

use crate::support::program::{folder, resume_in};
use crate::support::readers::reader;

/// A record with several of everything that has an order within an entry, and an application.
fn record(application: &str) -> TempDir {
    let record = "site: {date: 2026-01-31}\nprofile: {name: Name Surname}\ncareer:\n  - id: a\n    organization: Company A\n    positions: \
                  [{title: Developer, start: 2020-02, end: present}]\n    technologies: [PHP, Kafka]\n    highlights:\n      \
                  - {text: Moved offices twice., importance: 5}\n      - Held a talk.\n      - {text: Wrote the billing \
                  service in Go., importance: 5}\nprojects:\n  - {id: p, name: Shop, start: 2021-01, end: 2021-05, \
                  technologies: [Perl, Redis], highlights: [It sells.]}\nskills:\n  - {name: Databases, skills: \
                  [Oracle, SQLite]}\n  - {name: Languages, skills: [Perl, PHP, Go, Lua]}\n";
    folder(&[("data/resume.yaml", record), ("data/applications/a.yaml", application)])
}

const AD: &str = "job: |\n  Developer\n\n  Requirements\n  - Go, Kafka\n  - Redis\n";

/// The one-page résumé of the application as a file of a type.
fn page(application: &str, file_type: &str) -> Vec<u8> {
    let folder = record(application);
    let flags = ["render", "--application", "a", "--format", "one-page", "--as", file_type];
    resume_in(folder.path(), flags, &[]).exits(0);
    std::fs::read(folder.path().join(format!("output/one-page-a.{file_type}"))).unwrap()
}

#[test]
#[ignore = "needs poppler"]
fn what_fits_the_advertisement_is_first_on_request() {
    let text = |application: &str| {
        let folder = record(application);
        let flags = ["render", "--application", "a", "--format", "one-page"];
        resume_in(folder.path(), flags, &[]).exits(0);
        let text = reader("pdftotext", &["-layout"], &folder.path().join("output/one-page-a.pdf"));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (written, relevant) = (text(AD), text(&format!("{AD}order: relevance\n")));
    for (first, second) in [
        ("Moved offices", "billing"),
        ("PHP, Kafka", "PHP, Kafka"),
        ("Perl, Redis", "Perl, Redis"),
        ("Oracle", "Perl, PHP, Go"),
    ] {
        let at = |words: &str| written.find(words).unwrap_or_else(|| panic!("{words}: {written}"));
        assert!(at(first) <= at(second), "{first}: {written}");
    }
    for (first, second) in [
        ("billing", "Moved offices"),
        ("Kafka, PHP", "Kafka, PHP"),
        ("Redis, Perl", "Redis, Perl"),
        ("Go, Perl, PHP", "Oracle"),
    ] {
        let at =
            |words: &str| relevant.find(words).unwrap_or_else(|| panic!("{words}: {relevant}"));
        assert!(at(first) <= at(second), "{first}: {relevant}");
    }
}

#[test]
fn the_strongest_result_is_the_one_that_fits_and_text_has_the_same_order() {
    let svg = |application: &str| String::from_utf8(page(application, "svg")).unwrap();
    assert_ne!(svg(AD), svg(&format!("{AD}order: relevance\n")));
    let text = String::from_utf8(page(&format!("{AD}order: relevance\n"), "txt")).unwrap();
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"));
    assert!(at("billing") < at("Moved offices"));
    assert!(at("Kafka, PHP") < at("Redis, Perl"));
    assert!(at("Go, Perl") < at("Oracle"));
}

/// Numbers that are the same on every machine and in every run.
fn random(seed: &mut u64, below: u64) -> u64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) % below
}

/// A record with far more than a page holds, and an advertisement that names some of its skills and
/// a group of them. Returns the names, too.
fn crowded(mut seed: u64) -> (TempDir, Vec<String>, String) {
    let mut text = "site: {date: 2026-01-31}\ntags: {favoured: Favoured}\nprofile: {name: Name Surname}\ncareer:\n".to_owned();
    let mut named = Vec::new();
    let groups = 2 + random(&mut seed, 6);
    let mut skills = String::from("skills:\n");
    for group in 0..groups {
        let importance = 1 + random(&mut seed, 5);
        write!(skills, "  - name: Trade{group}\n    importance: {importance}\n    skills:\n")
            .unwrap();
        for at in 0..1 + random(&mut seed, 25) {
            let name = format!("Tool{group}x{at}");
            writeln!(skills, "      - {{name: {name}, importance: {}}}", 1 + random(&mut seed, 5))
                .unwrap();
            if random(&mut seed, 6) == 0 {
                named.push(name);
            }
        }
    }
    for at in 0..1 + random(&mut seed, 4) {
        write!(
            text,
            "  - id: e{at}\n    organization: Company {at}\n    positions: [{{title: Engineer, start: {}, end: {}}}]\n    highlights:\n",
            2024 - at,
            2025 - at
        )
        .unwrap();
        for result in 0..18 + random(&mut seed, 20) {
            // Results that the application favours are worth more than a skill.
            let words = "and told ".repeat(random(&mut seed, 12) as usize);
            let importance = 1 + random(&mut seed, 5);
            writeln!(
                text,
                "      - {{text: Result {result} {words}., importance: {importance}, tags: [favoured]}}"
            )
            .unwrap();
        }
    }
    let group = format!("Trade{}", random(&mut seed, groups));
    let asked: String = named.iter().map(|name| format!("  - {name}\n")).collect();
    let application = format!(
        "tags: {{favoured: 9}}\njob: |\n  Engineer\n\n  Requirements\n  - {group}\n{asked}"
    );
    text += &skills;
    let files = [("data/resume.yaml", text.as_str()), ("data/applications/a.yaml", &application)];
    (folder(&files), named, group)
}

#[test]
fn a_skill_and_a_group_that_the_advertisement_names_are_always_shown() {
    let session = Session::new(&EngineOptions::default()).unwrap();
    let (mut all, mut left_out) = (0, 0);
    for seed in 0..24 {
        let (folder, named, group) = crowded(seed);
        let options =
            TailorOptions { application: Some("a".to_owned()), ..TailorOptions::default() };
        let made = tailor(&session, &folder.path().join("data"), &options).unwrap();
        let ledger = made.ledger.unwrap_or_else(|| panic!("{:?}", made.diagnostics));
        let shown: Vec<&str> = ledger
            .entries
            .iter()
            .filter(|line| line.shown)
            .map(|line| line.name.as_str())
            .collect();
        for name in &named {
            assert!(
                shown.contains(&name.as_str()),
                "seed {seed}: {name} of {named:?} in {shown:?}"
            );
        }
        let of_group = group.replace("Trade", "Tool") + "x";
        assert!(
            shown.iter().any(|name| name.starts_with(&of_group)),
            "seed {seed}: {group}: {shown:?}"
        );
        all += named.len();
        left_out += ledger.entries.len() - shown.len();
        resume::engine::evict(2);
    }
    assert!(all > 100 && left_out > 1000, "{all} are named, {left_out} are left out");
}
