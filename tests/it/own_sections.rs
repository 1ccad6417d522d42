//! Sections of the record's own: what they print where, and how applications choose from them.

use serde_json::Value;

use crate::support::pdf::{Pdf, Target};
use crate::support::program::{folder, resume_in};
use crate::support::words::pages;

/// A record with a section of entries, one of lines and one of sentences.
const RECORD: &str = "\
site: {date: 2025-06-30, languages: [en, ko], url: \"https://site.example/\"}
tags: {queues: {en: Queues, ko: 큐}}
profile: {name: Name Surname, summary: \"See [the talks](/talks/).\"}
career:
  - id: a
    organization: Company A
    positions: [{title: Engineer, start: 2021-01, end: present}]
publications: [{name: A paper, date: 2022}]
languages: [{language: English}]
sections:
  - id: talks
    entries:
      - {name: Older talk, date: 2020-02, by: Conference B}
      - id: queues
        name: A talk on *queues*
        by: Conference A
        date: 2024-03
        location: Seoul
        url: https://example.org/a
        summary: What blocks.
        highlights: [First result, Second result]
        tags: [queues]
  - id: military-service
    lines:
      - {label: Army, text: \"Sergeant, 2019\"}
  - id: hobby
    title: {en: Beyond work, ko: 일 밖에서}
    text: |
      I sail with [friends](https://example.org/club).
applications:
  - {id: x, sections: [hobby, {name: talks, title: Speeches}], drop: [military-service], pin: [queues/2]}
";

/// The text of a format in Markdown.
fn text(record: &str, flags: &[&str]) -> String {
    let folder = folder(&[("data/resume.yaml", record)]);
    let flags = ["render", "--as", "md", "-o", "-"].into_iter().chain(flags.iter().copied());
    let run = resume_in(folder.path(), flags, &[]).exits(0);
    String::from_utf8(run.stdout).expect("UTF-8")
}

/// The titles of sections.
fn titles(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.strip_prefix("## ")).collect()
}

#[test]
fn they_stand_after_the_publications_with_ready_titles() {
    let order =
        ["Experience", "Publications", "Talks", "Military service", "Beyond work", "Languages"];
    for format in ["one-page", "cv", "full"] {
        let printed = text(RECORD, &["--format", format]);
        assert_eq!(titles(&printed), order, "{format}");
        for wanted in [
            "Mar 2024\\\n**[A talk on *queues*](https://example.org/a)** · Conference A · Seoul",
            "What blocks.",
            "- First result\n- Second result",
            "**Army:** Sergeant, 2019",
            "I sail with [friends](https://example.org/club).",
        ] {
            assert!(printed.contains(wanted), "{format}: no `{wanted}` in:\n{printed}");
        }
        let at = |words: &str| printed.find(words).expect("words");
        assert!(at("A talk on *queues*") < at("Older talk"), "{format}: the newest is first");
    }
    let korean = text(RECORD, &["--format", "one-page", "--lang", "ko"]);
    assert_eq!(titles(&korean), ["경력", "논문·출판", "발표", "병역", "일 밖에서", "언어"]);
}

#[test]
fn an_application_orders_titles_pins_and_drops_them() {
    let printed = text(RECORD, &["--format", "one-page", "--application", "x"]);
    let order = ["Beyond work", "Speeches", "Experience", "Publications", "Languages"];
    assert_eq!(titles(&printed), order);
    let folder = folder(&[("data/resume.yaml", RECORD)]);
    let run = resume_in(folder.path(), ["tailor", "x", "--message-format", "json"], &[]).exits(0);
    let ledger: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let entries = ledger.pointer("/entries").or_else(|| ledger.pointer("/0/entries"));
    let entries = entries.and_then(Value::as_array).expect("entries");
    let of = |name: &str| {
        let entry = entries.iter().find(|entry| entry["name"] == name);
        entry.unwrap_or_else(|| panic!("no `{name}` in {entries:#?}"))
    };
    assert_eq!(of("queues/2")["reason"], "pinned");
    assert_eq!(of("queues/2")["section"], "talks");
    assert_eq!(of("Army")["reason"], "dropped");
}

#[test]
fn what_is_wrong_with_them_is_reported_at_its_place() {
    let check = |record: &str, says: &[&str]| {
        let folder = folder(&[("data/resume.yaml", record)]);
        let run = resume_in(folder.path(), ["check"], &[]).exits(1);
        says.iter().fold(run, |run, words| run.says(words));
    };
    let profile = "profile: {name: Name Surname}\n";
    check(
        &RECORD.replace("sections: [hobby,", "sections: [hoby,"),
        &["error[E021]: there is no section `hoby`", "did you mean `hobby`?"],
    );
    check(
        &format!("{profile}sections: [{{id: talk, entries: [{{name: A}}]}}]\n"),
        &["error[E069]: the section `talk` has no title", ":2:17", "did you mean `talks`?"],
    );
    check(
        &format!("{profile}sections: [{{id: awards, title: A, text: B}}]\n"),
        &["error[E020]: `awards` is the id of a usual section", ":2:17"],
    );
    check(
        &format!("{profile}sections: [{{id: talks, entries: [{{name: A, url: \"htp://a\"}}]}}]\n"),
        &["error[E034]", ":2:"],
    );
    check(
        &format!("{profile}sections: [{{id: talks, entries: [{{name: A, tags: [x]}}]}}]\n"),
        &["error[E021]: there is no tag `x`"],
    );
}

#[test]
fn they_may_be_files_of_a_folder() {
    let files = [
        (
            "data/resume.yaml",
            "profile: {name: Name Surname}\nsite: {languages: [en], date: 2025-01}\n",
        ),
        ("data/sections/patents.yaml", "entries: [{name: A pump, by: Office}]\n"),
        ("data/sections/clubs.yaml", "title: Clubs\nlines: [{label: Since 2020, text: Chess}]\n"),
    ];
    let folder = folder(&files);
    let flags = ["render", "--format", "one-page", "--as", "md", "-o", "-"];
    let run = resume_in(folder.path(), flags, &[]).exits(0);
    let printed = String::from_utf8(run.stdout).expect("UTF-8");
    assert_eq!(titles(&printed), ["Clubs", "Patents"], "in the order of the file names");
}

/// A link to the path of a section leads into the manual, and out of a résumé.
#[test]
fn links_lead_to_them() {
    let folder = folder(&[("data/resume.yaml", RECORD)]);
    let target = |format: &str| {
        resume_in(folder.path(), ["render", "--format", format, "-o", "a.pdf"], &[]).exits(0);
        let pdf = Pdf::read(&folder.path().join("a.pdf"));
        let links = pdf.links();
        let link = links.iter().find(|link| {
            link.target != Target::Address("https://example.org/a".to_owned())
                && link.target != Target::Address("https://example.org/club".to_owned())
        });
        let target = link.expect("a link").target.clone();
        let spot = pdf.landing(&target).is_some();
        (target, spot)
    };
    assert_eq!(target("cv").0, Target::Address("https://site.example/talks/".to_owned()));
    assert!(target("full").1, "it lands in the manual");
}

/// A section that has articles is a chapter, with its own content before them, and is printed once.
#[test]
fn one_with_articles_is_a_chapter_of_the_manual() {
    let articles = "articles: [{id: one, section: talks, title: An article, body: Words of it.}]\n";
    let printed = text(&format!("{RECORD}{articles}"), &["--format", "full"]);
    let at = |words: &str| printed.find(words).unwrap_or_else(|| panic!("{words}:\n{printed}"));
    assert!(at("# Talks") < at("A talk on") && at("A talk on") < at("Words of it."));
    assert!(at("Words of it.") < at("# Résumé") && at("# Résumé") < at("## Military service"));
    assert_eq!(printed.matches("A talk on").count(), 1, "{printed}");
}

/// Beside an empty column for dates there would be a gap under the title.
#[test]
#[ignore = "needs pdftotext"]
fn a_section_without_dates_begins_at_the_margin() {
    let record = "\
site: {languages: [en]}
profile: {name: Name Surname}
languages: [{language: English}]
certificates: [{name: Licence}]
awards: [{name: Prize, date: 2024-05}, {name: Honour}]
sections:
  - {id: military-service, lines: [{label: Army, text: Sergeant}]}
  - {id: talks, text: Sentences., entries: [{name: Speech, date: 2024-03}]}
";
    let folder = folder(&[("data/resume.yaml", record)]);
    for format in ["one-page", "cv"] {
        resume_in(folder.path(), ["render", "--quiet", "--format", format], &[]).exits(0);
        let pages = pages(&folder.path().join(format!("output/{format}.pdf")));
        let left = |text: &str| {
            pages[0].body.iter().find(|word| word.text == text).expect("a word of the page").left
        };
        let margin = left("Languages");
        for (text, is_at_margin) in [
            ("English", true),
            ("Licence", true),
            ("Army", true),
            ("Prize", false),
            ("Honour", false),
            ("Sentences.", false),
            ("Speech", false),
        ] {
            assert_eq!((left(text) - margin).abs() < 1.0, is_at_margin, "{format}: {text}");
        }
    }
}
