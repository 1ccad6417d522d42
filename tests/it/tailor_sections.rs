//! Whole sections that are left out: awards, certificates, languages and the rest of the shorter
//! lists.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{folder, pdfs, resume_in};
use crate::support::readers::reader;

/// Each section's word, its title on the page, the name of its entry and what the entry says.
const SECTIONS: [(&str, &str, &str, &str); 6] = [
    ("certificates", "자격", "자격 하나", "자격 하나"),
    ("awards", "수상", "상 하나", "상 하나"),
    ("publications", "논문·출판", "글 하나", "글 하나"),
    ("languages", "언어", "에스페란토", "에스페란토"),
    ("interests", "관심사", "등산", "등산"),
    ("references", "추천", "아무개", "아무개"),
];

/// A record with one entry in every shorter section and so much of a summary.
fn record(sentences: usize) -> TempDir {
    let summary = "요약을 여러 줄로 길게 적어 종이를 거의 채웁니다. ".repeat(sentences);
    let text = format!(
        "profile: {{name: 누구, summary: \"{}\"}}\ncareer:\n  - id: a\n    organization: 회사\n    \
         positions: [{{title: 개발자, start: 2020, end: 2021}}]\ncertificates: [{{name: 자격 하나}}]\n\
         awards: [{{title: 상 하나}}]\npublications: [{{name: 글 하나}}]\nlanguages: [{{language: \
         에스페란토}}]\ninterests: [{{name: 등산}}]\nreferences: [{{name: 아무개, reference: 좋은 \
         사람입니다.}}]\n",
        summary.trim()
    );
    folder(&[("data/resume.yaml", &text)])
}

/// Names on the page, by the ledger; the page itself is held against it.
fn shown(folder: &TempDir, application: &str) -> Vec<String> {
    fs::create_dir_all(folder.path().join("data/applications")).unwrap();
    fs::write(folder.path().join("data/applications/mine.yaml"), application).unwrap();
    let run =
        resume_in(folder.path(), ["tailor", "mine", "--message-format", "json"], &[]).exits(0);
    let ledger: Value = serde_json::from_slice(&run.stdout).unwrap();
    let entries = ledger["entries"].as_array().unwrap().iter();
    let shown: Vec<String> = entries
        .filter(|entry| entry["shown"] == true)
        .map(|entry| entry["name"].as_str().unwrap().to_owned())
        .collect();
    resume_in(folder.path(), ["render", "--application", "mine", "--output", "made"], &[]).exits(0);
    let file = pdfs(&folder.path().join("made")).remove(0);
    let text = reader("pdftotext", &["-layout"], &file);
    for (_, title, name, says) in SECTIONS {
        let is = shown.iter().any(|shown| shown == name);
        assert_eq!(text.lines().any(|line| line.trim() == title), is, "{title} in {text}");
        assert_eq!(text.contains(says), is, "{says} in {text}");
    }
    shown
}

#[test]
fn sections_are_left_out_from_the_lowest_score_on() {
    let all = shown(&record(10), "{}\n");
    assert_eq!(all.len(), SECTIONS.len(), "{all:?}");
    // Interests and references have a ninth of the score of the others.
    let some = shown(&record(110), "{}\n");
    assert!(!some.is_empty() && some.len() < SECTIONS.len(), "{some:?}");
    let worthy = |name: &&String| !["등산", "아무개"].contains(&name.as_str());
    assert!(some.iter().filter(worthy).count() >= some.len() - 1, "{some:?}");
}

#[test]
fn a_section_without_optional_entries_has_no_name() {
    let folder = record(10);
    fs::create_dir_all(folder.path().join("data/applications")).unwrap();
    let write = |text: &str| {
        fs::write(folder.path().join("data/applications/mine.yaml"), text).unwrap();
        resume_in(folder.path(), ["render", "--application", "mine"], &[]).exits(1)
    };
    write("drop: [projects]\n").says("the section `projects` has nothing to pin or drop");
    write("pin: [award]\n").says("did you mean `awards`?");
}

#[test]
fn whole_sections_are_pinned_and_dropped() {
    let folder = record(104);
    for (section, _, name, _) in SECTIONS {
        assert!(shown(&folder, &format!("pin: [{section}]\n")).contains(&name.to_owned()));
        assert!(!shown(&folder, &format!("drop: [{section}]\n")).contains(&name.to_owned()));
    }
}
