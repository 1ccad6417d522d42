//! What templates read, and its description in `docs/templates.md`.

use resume::document::model::values::{Date, End, Link};
use serde_json::{json, to_value};

use crate::support::bless::bless_part;
use crate::support::program::{folder, resume_in};

/// Compares a generated part of `docs/templates.md` with what it should be.
fn reference(name: &str, wanted: &str) {
    let begin = format!("<!-- {name} -->\n");
    bless_part("docs/templates.md", (&begin, "<!-- end -->"), &format!("\n{wanted}\n"));
}

#[test]
fn the_tables_are_current() {
    reference("document.json", &resume::document::reference().markdown(0));
    reference("text", &resume::text_reference());
}

/// These are written by hand, and so are their tables.
#[test]
fn links_and_ends_have_the_documented_form() {
    assert_eq!(to_value(Link::Label("a#b".to_owned())).unwrap(), json!({ "label": "a#b" }));
    assert_eq!(to_value(Link::Url("/a".to_owned())).unwrap(), json!({ "url": "/a" }));
    let date = Date { year: 2024, month: Some(6), day: None };
    let written = json!({ "year": 2024, "month": 6, "day": null });
    assert_eq!(to_value(End::On(date)).unwrap(), written);
    assert_eq!(to_value(End::Present).unwrap(), json!("present"));
}

/// A heading of the career has the years of all its positions, in the form of the language.
#[test]
fn years_have_the_form_of_the_language() {
    let record = folder(&[(
        "data/resume.yaml",
        "site: {languages: [en, ko]}
profile: {name: Name Surname}
career:
  - id: a
    organization: Company
    positions:
      - {title: Lead, start: 2022-04, end: 2023-05}
      - {title: Engineer, start: 2021-03, end: 2022-03}
  - id: b
    organization: School
    positions: [{title: Degree, start: 2019-03, end: 2019-12}]
articles: [{id: career, title: Career, list: career}]
",
    )]);
    for (language, wanted) in [("en", "[2021–2023] Company"), ("ko", "[2021~2023] Company")] {
        let flags = ["render", "--format", "full", "--as", "txt", "--lang", language, "-o", "-"];
        let run = resume_in(record.path(), flags, &[]).exits(0);
        let text = String::from_utf8(run.stdout).expect("UTF-8");
        assert!(text.lines().any(|line| line == wanted), "no `{wanted}` in:\n{text}");
        assert!(text.lines().any(|line| line == "[2019] School"), "{text}");
    }
}
