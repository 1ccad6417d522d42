//! Blocks that are taller than a page: they break, and nothing of them is lost.

use crate::support::pdf::{Pdf, Target};
use crate::support::program::{Run, folder, resume};
use crate::support::readers::reader;

/// So many lines of text that no page holds them.
const LINES: usize = 150;

/// Lines of text that differ from each other.
fn lines(before: &str, after: &str) -> Vec<String> {
    (1..=LINES).map(|at| format!("{before}Line {at} of a long text{after}")).collect()
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("      {line}\n")).collect()
}

fn project(fields: &str) -> String {
    format!(
        "profile: {{name: Name Surname}}\nprojects:\n  - id: a\n    name: A\n    start: 2020\n    \
         end: 2021\n{fields}"
    )
}

fn article(body: &str) -> String {
    format!(
        "profile: {{name: Name Surname}}\narticles:\n  - id: a\n    title: A\n    body: |\n{}",
        indented(body)
    )
}

fn table(rows: &[String]) -> String {
    format!("| One | Two |\n|---|---|\n{}", rows.join("\n"))
}

fn render(record: &str, format: &str, check: impl FnOnce(Run, &std::path::Path)) {
    let data = folder(&[("resume.yaml", record)]);
    let out = data.path().join("out");
    let (path, to) = (data.path().display().to_string(), out.display().to_string());
    let words = ["render", "--format", format, "--lang", "ko", "--data", &path, "--output", &to];
    check(resume(words), &out.join(format!("{format}.pdf")));
}

#[test]
#[ignore = "needs poppler"]
fn blocks_taller_than_a_page_break() {
    let code = format!("```\n{}\n```", lines("", "").join("\n"));
    let rows = table(&lines("| ", " | x |"));
    let paragraphs = lines("", "").join("\n\n");
    let chips = [lines("", " one"), lines("", " two")].concat().join(", ");
    let points = lines("      - ", "\n").concat();
    let one_row = table(&[format!("| {} | x |", lines("", "").join(", ").repeat(3))]);
    let quote = lines("> ", "\n>").join("\n");
    let post = format!(
        "profile: {{name: Name Surname}}\nsections: [{{id: posts, title: Posts, list: posts}}]\nposts:\n  \
         - id: a\n    title: A\n    date: 2020\n    summary: |\n{}",
        indented(&paragraphs)
    );
    let cases = [
        ("highlights", project(&format!("    highlights:\n{points}"))),
        ("chips", project(&format!("    technologies: [{chips}]\n"))),
        ("summary", project(&format!("    summary: |\n{}", indented(&paragraphs)))),
        ("code", article(&code)),
        ("table", article(&rows)),
        ("row of a table", article(&one_row)),
        ("quote", article(&quote)),
        ("post", post),
        (
            "skills",
            format!("profile: {{name: Name Surname}}\nskills: [{{name: A, skills: [{chips}]}}]\n"),
        ),
    ];
    for (name, record) in cases {
        let formats: &[&str] = match name {
            "skills" => &["full", "cv"],
            _ if record.contains("projects") => &["full", "portfolio"],
            _ => &["full"],
        };
        for format in formats {
            render(&record, format, |run, file| {
                run.exits(0);
                let text = reader("pdftotext", &["-enc", "UTF-8"], file);
                let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
                for at in 1..=LINES {
                    let line = format!("Line {at} of a long text");
                    assert!(words.contains(&line), "{name} in {format}: no `{line}`");
                }
                assert!(text.matches('\u{c}').count() > 1, "{name} in {format}: too few pages");
            });
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn a_table_over_pages_repeats_its_header() {
    render(&article(&table(&lines("| ", " | x |"))), "full", |run, file| {
        run.exits(0);
        let text = reader("pdftotext", &["-layout", "-enc", "UTF-8"], file);
        let pages = text.split('\u{c}').filter(|page| page.contains("of a long text"));
        let pages: Vec<&str> = pages.collect();
        assert!(pages.len() > 2, "{} pages", pages.len());
        assert!(pages.iter().all(|page| page.contains("One")), "{text}");
    });
}

/// Repeated headers are no text, so that a link or a note in one is only in the first.
#[test]
#[ignore = "needs poppler"]
fn a_header_over_pages_may_have_a_link_and_a_note() {
    let table = table(&lines("| ", " | x |"));
    let table = table.replacen("One", "[One](https://example.org/)[^1]", 1);
    render(&article(&format!("{table}\n\n[^1]: A note")), "full", |run, file| {
        run.exits(0);
        let addresses = Pdf::read(file).links().into_iter().filter_map(|link| match link.target {
            Target::Address(address) => Some(address),
            _ => None,
        });
        assert_eq!(addresses.collect::<Vec<_>>(), ["https://example.org/"]);
        let text = reader("pdftotext", &["-enc", "UTF-8"], file);
        assert_eq!(text.matches("A note").count(), 1, "{text}");
    });
}

/// A card that a page holds stays whole.
#[test]
#[ignore = "needs poppler"]
fn blocks_that_fit_a_page_stay_whole() {
    let card = |at: usize| {
        let points: String =
            (1..=20).map(|line| format!("      - Line {line} of card {at}\n")).collect();
        format!(
            "  - id: card-{at}\n    name: A\n    start: 2020\n    end: 2021\n    highlights:\n{points}"
        )
    };
    let cards: String = (1..=5).map(card).collect();
    render(
        &format!("profile: {{name: Name Surname}}\nprojects:\n{cards}"),
        "portfolio",
        |run, file| {
            run.exits(0);
            let text = reader("pdftotext", &["-layout", "-enc", "UTF-8"], file);
            for at in 1..=5 {
                let last = format!("of card {at}");
                let pages = text.split('\u{c}').filter(|page| page.contains(&last)).count();
                assert_eq!(pages, 1, "card {at} stands on {pages} pages");
            }
        },
    );
}

/// What cannot break is one error for a page, with its text and something to do about it.
#[test]
fn what_cannot_break_is_reported_once() {
    let header =
        format!("| {} | Two |\n|---|---|\n| One | x |\n", lines("", "").join(", ").repeat(3));
    render(&article(&header), "full", |run, _| {
        let run = run.exits(1).says("over the bottom of page").says("split it into several");
        let errors = run.stderr.matches("error[E044]").count();
        assert!((1..=3).contains(&errors), "{errors} errors:\n{}", run.stderr);
    });
}
