//! The record for other programs: JSON Resume and RenderCV.

use std::fs;

use serde_json::Value;

use crate::support::imports::{data, fixture, imported};
use crate::support::program::{resume_in, root};
use crate::support::readers::home;

#[test]
fn an_export_to_json_resume_makes_the_same_record_again() {
    for name in ["jsonresume.json", "rendercv.yaml", "yamlresume.yaml"] {
        let (folder, _) = imported(&fixture(name), &[]);
        let first = data(folder.path(), "data");
        resume_in(folder.path(), ["export", "jsonresume"], &[]).exits(0);
        let again = ["import", "output/resume.json", "-o", "again"];
        resume_in(folder.path(), again, &[]).exits(0);
        assert_eq!(data(folder.path(), "again"), first, "{name}");
        let export = ["export", "jsonresume", "--data", "again", "-o", "second"];
        resume_in(folder.path(), export, &[]).exits(0);
        let read = |path: &str| fs::read_to_string(folder.path().join(path)).expect("UTF-8");
        assert_eq!(read("second/resume.json"), read("output/resume.json"), "{name}");
    }
}

#[test]
fn the_record_of_the_repository_is_exported_in_each_language() {
    let folder = tempfile::tempdir().expect("a folder");
    let data_folder = root().join("data");
    let path = data_folder.to_str().expect("a path");
    resume_in(folder.path(), ["export", "jsonresume", "--data", path], &[]).exits(0);
    let whole = data(folder.path(), path);
    for language in ["ko", "en"] {
        let file = folder.path().join(format!("output/resume.{language}.json"));
        let text = fs::read_to_string(&file).expect("UTF-8");
        assert!(!text.contains("\"applications\""), "applications are private");
        let exported: Value = serde_json::from_str(&text).expect("JSON");
        let name = &whole["profile"]["name"][language];
        assert_eq!(&exported["basics"]["name"], name);
        let again = ["import", file.to_str().expect("a path"), "--lang", language, "-o", language];
        resume_in(folder.path(), again, &[]).exits(0);
        let record = data(folder.path(), language);
        assert_eq!(&record["profile"]["name"], name);
        for list in ["career", "projects", "articles", "posts", "skills", "tags", "sections"] {
            let count = |record: &Value| match &record[list] {
                Value::Array(items) => items.len(),
                Value::Object(entries) => entries.len(),
                _ => 0,
            };
            assert_eq!(count(&record), count(&whole), "{list}");
        }
    }
    let all = ["export", "jsonresume", "--data", path, "-o", "-"];
    resume_in(folder.path(), all, &[]).exits(2).says("name one with `--lang`");
    let none = ["export", "jsonresume", "--data", path, "--lang", "xx"];
    resume_in(folder.path(), none, &[]).exits(2).says("the record has no language `xx`");
}

#[test]
#[ignore = "needs the schema that `tests/readers/install` fetches"]
fn an_export_is_valid_json_resume() {
    let schema = home().join("node_modules/@jsonresume/schema/schema.json");
    let schema = fs::read_to_string(schema).expect("run `tests/readers/install`");
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    let schema = serde_json::from_str(&schema).expect("JSON");
    compiler.add_resource("resume.json", schema).expect("a resource");
    let mut schemas = boon::Schemas::new();
    let index = compiler.compile("resume.json", &mut schemas).expect("a schema");
    let (folder, _) = imported(&fixture("jsonresume.json"), &[]);
    let record = root().join("data");
    for (path, out) in [("data", "own"), (record.to_str().expect("a path"), "whole")] {
        resume_in(folder.path(), ["export", "jsonresume", "--data", path, "-o", out], &[]).exits(0);
        for entry in fs::read_dir(folder.path().join(out)).expect("a folder") {
            let text = fs::read_to_string(entry.expect("an entry").path()).expect("UTF-8");
            let value = serde_json::from_str(&text).expect("JSON");
            if let Err(error) = schemas.validate(&value, index) {
                panic!("{out}: {error:#}");
            }
        }
    }
}

#[test]
fn an_export_to_rendercv_is_the_same_after_an_import() {
    for name in ["jsonresume.json", "rendercv.yaml", "yamlresume.yaml", "papers.bib"] {
        let (folder, _) = imported(&fixture(name), &["--lang", "en"]);
        let read = |path: &str| fs::read_to_string(folder.path().join(path)).expect("UTF-8");
        resume_in(folder.path(), ["export", "rendercv"], &[]).exits(0);
        let again = ["import", "output/rendercv.yaml", "-o", "again"];
        resume_in(folder.path(), again, &[]).exits(0);
        let export = ["export", "rendercv", "--data", "again", "-o", "second"];
        resume_in(folder.path(), export, &[]).exits(0);
        assert_eq!(read("second/rendercv.yaml"), read("output/rendercv.yaml"), "{name}");
    }
}

#[test]
fn the_record_of_the_repository_is_exported_to_rendercv() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = root().join("data");
    let path = record.to_str().expect("a path");
    let run = resume_in(folder.path(), ["export", "rendercv", "--data", path], &[]).exits(0);
    assert!(run.stderr.contains("`projects[].importance`  RenderCV has no place for it"));
    let whole = data(folder.path(), path);
    for (language, titles) in [
        ("ko", ["학력", "주요 프로젝트", "기술"]),
        ("en", ["Education", "Selected projects", "Skills"]),
    ] {
        let file = folder.path().join(format!("output/rendercv.{language}.yaml"));
        let text = fs::read_to_string(&file).expect("UTF-8");
        for title in titles {
            assert!(text.contains(&format!("\n    {title}:\n")), "no {title} in {text}");
        }
        assert!(!text.contains("applications"), "applications are private");
        let again = ["import", file.to_str().expect("a path"), "-o", language];
        resume_in(folder.path(), again, &[]).exits(0);
        let imported = data(folder.path(), language);
        assert_eq!(imported["site"]["languages"], serde_json::json!([language]));
        assert_eq!(imported["profile"]["name"], whole["profile"]["name"][language]);
        let names = |record: &Value, list: &str, key: &str| -> Vec<Value> {
            let entries = record[list].as_array().into_iter().flatten();
            let text = |text: &Value| match text.get(language) {
                Some(own) => own.clone(),
                None => text.clone(),
            };
            entries.map(|entry| text(&entry[key])).collect()
        };
        for (list, key) in [
            ("projects", "name"),
            ("skills", "name"),
            ("languages", "language"),
            ("awards", "name"),
        ] {
            assert_eq!(names(&imported, list, key), names(&whole, list, key), "{list}");
        }
    }
}

#[test]
fn what_rendercv_requires_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = "\
site: {date: 2024-01-01, languages: [en]}
profile:
  name: Name Surname
  phone: 010-0000-0000
career:
  - id: a
    organization: Company A
    positions:
      - {title: Lead, start: 2020-01, end: present}
      - {title: Engineer, end: 2019-12}
    highlights: [Wrote a thing]
  - {id: b, organization: School B, kind: education, positions: [{title: Bachelor, start: 2012, end: 2016}]}
  - {id: c, organization: Circle C, kind: education, positions: [{title: Master, department: Physics, dates: Fall 2018, date: 2018}]}
languages: [{language: English}]
sections:
  - id: talks
    entries: [{name: A talk, date: 2021-05, by: A club}]
    lines: [{label: Also, text: Two more}]
";
    fs::write(folder.path().join("cv.yaml"), record).expect("written");
    let export = ["export", "rendercv", "--data", "cv.yaml", "-o", "-"];
    let run = resume_in(folder.path(), export, &[]).exits(0);
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    for expected in [
        // A telephone number without its country is none for RenderCV.
        "company: Company A\n        position: Lead\n        start_date: 2020-01\n        end_date: present",
        "highlights:\n          - Wrote a thing",
        "position: Engineer\n        date: 2019-12",
        "institution: School B\n        area: Bachelor",
        "area: Physics\n        degree: Master\n        date: Fall 2018",
        "label: English\n        details: ''",
        "Talks:\n      - name: A talk\n        issuer: A club",
        "Talks (2):\n      - label: Also\n        details: Two more",
        "language: english",
    ] {
        assert!(text.contains(expected), "no `{expected}` in\n{text}");
    }
    assert!(!text.contains("phone"), "{text}");
    assert!(run.stderr.contains("1 × `profile.phone`"), "{}", run.stderr);
}
