//! What `formats` sets for the documents of a format, and what an application sets instead.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::pdf::Pdf;
use crate::support::program::{folder, resume_in};
use crate::support::readers::{inspector, reader};

const RECORD: &str = "\
site: {languages: [en], date: 2026-06-01}
profile: {name: Name Surname, photo: {file: me.png, alt: A portrait}}
career:
  - id: new
    organization: Newest
    positions:
      - {id: lead, title: Lead, start: 2022-01, end: present}
      - {id: dev, title: Beginner, start: 2020-01, end: 2021-12, highlights: [Began well]}
  - {id: mid, organization: Middle, positions: [{title: Dev, start: 2016-01, end: 2019-12}], highlights: [Did it]}
  - {id: old, organization: Oldest, positions: [{title: Dev, start: 2012-01, end: 2015-12}]}
  - {id: school, kind: education, organization: School, positions: [{title: BSc, end: 2012, courses: [Algebra]}]}
projects:
  - {id: one, name: Project One, date: 2020, summary: The first.}
  - {id: two, name: Project Two, date: 2021, summary: The second.}
skills: [{name: Tongues, skills: [Rust, Ada]}]
languages: [{language: English}]
interests: [{name: Sailing}]
";

/// The record with such formats and one application.
fn record(formats: &str, application: &str) -> TempDir {
    let made = folder(&[
        ("data/resume.yaml", &format!("{RECORD}formats:\n{formats}")),
        ("data/applications/mine.yaml", application),
    ]);
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/records/graduate/photo.png");
    fs::copy(picture, made.path().join("data/me.png")).expect("a picture");
    made
}

/// Renders a format, and reads the file of a name.
fn text(record: &TempDir, arguments: &[&str], name: &str) -> String {
    let words = [&["render", "--output", "out", "--format"], arguments].concat();
    resume_in(record.path(), words, &[]).exits(0);
    reader("pdftotext", &["-layout"], &record.path().join(format!("out/{name}.pdf")))
}

/// The titles of the sections of a file.
fn titles(record: &TempDir, name: &str) -> Vec<String> {
    let headings = Pdf::read(&record.path().join(format!("out/{name}.pdf"))).headings();
    headings.into_iter().filter(|(level, _)| *level == 2).map(|(_, title)| title).collect()
}

#[test]
fn a_format_orders_titles_and_hides_sections() {
    let cv = "  cv: {sections: [skills, {name: experience, title: Working life}], hide: [interests, projects]}\n";
    let record = record(cv, "{}\n");
    text(&record, &["cv"], "cv");
    assert_eq!(titles(&record, "cv"), ["Skills", "Working life", "Education", "Languages"]);
    // The other formats are as before.
    text(&record, &["one-page"], "one-page");
    assert_eq!(titles(&record, "one-page")[0], "Experience");
    assert!(titles(&record, "one-page").contains(&"Interests".to_owned()));
}

#[test]
fn every_format_drops_what_it_is_told_to() {
    for format in ["cv", "one-page", "full", "portfolio"] {
        let record =
            record(&format!("  {format}: {{drop: [mid, dev, two, school/courses]}}\n"), "{}\n");
        let text = text(&record, &[format], format);
        for gone in ["Middle", "Did it", "Beginner", "Began well", "Project Two", "Algebra"] {
            assert!(!text.contains(gone), "{format}: {gone} in {text}");
        }
        assert!(text.contains("Project One"), "{format}: {text}");
        if format != "portfolio" {
            assert!(text.contains("Newest") && text.contains("Lead"), "{format}: {text}");
        }
    }
}

#[test]
fn a_hidden_section_of_the_career_is_gone() {
    let record = record("  one-page: {hide: [experience]}\n", "{}\n");
    let text = text(&record, &["one-page"], "one-page");
    assert!(!text.contains("Newest") && text.contains("School"), "{text}");
    let run =
        resume_in(record.path(), ["render", "--format", "one-page", "--output", "b", "-v"], &[]);
    assert!(
        !run.exits(0).stderr.contains("without"),
        "what is hidden is not left out for lack of room"
    );
}

#[test]
fn a_format_names_its_files_and_has_its_own_theme_paper_and_portrait() {
    let cv = "{file-name: \"{name}-{format}\", theme: classic, photo: false, paper: us-letter}";
    let record = record(&format!("  cv: {cv}\n"), "{}\n");
    text(&record, &["cv"], "Name-Surname-cv");
    text(&record, &["one-page"], "one-page");
    let file = |name: &str| record.path().join(format!("out/{name}.pdf"));
    let pictures = |name: &str| inspector("pdfimages", &["-list"], &file(name)).lines().count() > 2;
    assert!(!pictures("Name-Surname-cv") && pictures("one-page"));
    let size = |name: &str| inspector("pdfinfo", &[], &file(name)).contains("612 x 792");
    assert!(size("Name-Surname-cv") && !size("one-page"));
    let fonts = |name: &str| inspector("pdffonts", &[], &file(name));
    assert!(fonts("Name-Surname-cv").contains("Serif"), "{}", fonts("Name-Surname-cv"));
    assert!(!fonts("one-page").contains("Serif"), "{}", fonts("one-page"));
}

#[test]
fn an_application_overrides_its_format_key_by_key() {
    let one_page =
        "  one-page: {hide: [interests], drop: [two], sections: [skills], file-name: \"{name}\"}\n";
    let record = record(one_page, "drop: [one]\nphoto: false\n");
    let words = ["one-page", "--application", "mine"];
    // A name that the format sets says for which application, too.
    let page = text(&record, &words, "Name-Surname-mine");
    assert_eq!(titles(&record, "Name-Surname-mine")[0], "Skills");
    assert!(!page.contains("Sailing"), "{page}");
    // A list replaces the whole list.
    assert!(page.contains("Project Two") && !page.contains("Project One"), "{page}");
    let application = record.path().join("data/applications/mine.yaml");
    fs::write(application, "drop: []\nhide: []\n").expect("written");
    let page = text(&record, &words, "Name-Surname-mine");
    for word in ["Project One", "Project Two", "Sailing"] {
        assert!(page.contains(word), "{word} in {page}");
    }
}

#[test]
fn an_application_limits_the_pages_of_the_complete_resume() {
    let highlights: String = (0..90).map(|at| format!("    - Result number {at}\n")).collect();
    let long = format!(
        "profile: {{name: Name Surname}}\ncareer:\n  - id: a\n    organization: A\n    positions: \
         [{{title: B, start: 2020}}]\n    highlights:\n{highlights}formats:\n  cv: {{max-pages: 2}}\n"
    );
    let record =
        folder(&[("data/resume.yaml", &long), ("data/applications/mine.yaml", "max-pages: 1\n")]);
    let pages = |arguments: &[&str], name: &str| {
        text(&record, arguments, name);
        Pdf::read(&record.path().join(format!("out/{name}.pdf"))).page_count()
    };
    assert_eq!(pages(&["cv"], "cv"), 2);
    assert_eq!(pages(&["cv", "--application", "mine"], "cv-mine"), 1);
}

#[test]
fn what_a_format_cannot_do_is_reported_with_its_place() {
    for (formats, message) in [
        ("  full: {pin: [one]}\n", "`pin` has no effect in `full`"),
        ("  portfolio: {hide: [skills]}\n", "`hide` has no effect in `portfolio`"),
        ("  one-page: {max-pages: 2}\n", "only `cv` takes `max-pages`"),
        ("  cv: {pin: [oen]}\n", "there is no entry `oen`"),
        ("  cv: {drop: [oen]}\n", "did you mean `one`?"),
        ("  cv: {hide: [intrests]}\n", "did you mean `interests`?"),
        ("  cv: {sections: [skills, skills]}\n", "the section `skills` is given twice"),
        ("  cv: {pin: [dev], drop: [new]}\n", "`dev` is pinned and `new` dropped"),
        ("  cv: {theme: clasic}\n", "did you mean `classic`?"),
        ("  cv: {file-name: \"{nmae}\"}\n", "file names have no `{nmae}`"),
        ("  cv: {file-name: one-page}\n", "two formats have files named `one-page`"),
    ] {
        let run = resume_in(record(formats, "{}\n").path(), ["render"], &[]).exits(1).says(message);
        assert!(run.stderr.contains("resume.yaml:19:"), "{formats}: {}", run.stderr);
    }
}

#[test]
fn a_dropped_job_may_leave_a_gap_but_not_silently() {
    let check = |formats: &str| resume_in(record(formats, "{}\n").path(), ["check"], &[]).stderr;
    let gap = "without `mid` the page has a gap of 48 months";
    assert!(check("  cv: {drop: [mid]}\n").contains(gap));
    assert!(
        check("  cv: {drop: [new]}\n")
            .contains("without `new` the page ends 78 months before its date")
    );
    assert!(!check("  cv: {drop: [school]}\n").contains("W014"), "no time is lost");
}
