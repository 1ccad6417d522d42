//! The tables of `docs/tailoring.md` are what `resume tailor` says of the reference record.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::data::copy;
use crate::support::program::{resume_in, root};

const APPLICATIONS: [&str; 3] = ["serverless-backend", "llm-platform", "edge-vision"];

/// Entries by name: whether they are shown, and what they are worth.
type Entries = BTreeMap<String, (bool, f64)>;

fn entries(folder: &Path, application: &str) -> Entries {
    let words = ["tailor", application, "--message-format", "json", "--quiet"];
    let run = resume_in(folder, words, &[]).exits(0);
    let ledger: Value = serde_json::from_slice(&run.stdout).unwrap();
    let entries = ledger["entries"].as_array().unwrap().iter();
    entries
        .map(|entry| {
            let name = entry["name"].as_str().unwrap().to_owned();
            (name, (entry["shown"] == true, entry["value"].as_f64().unwrap()))
        })
        .collect()
}

/// The rows of the table whose head begins so, as they are written.
fn rows<'t>(text: &'t str, head: &str) -> Vec<&'t str> {
    let from = text.lines().skip_while(|line| !line.starts_with(head));
    from.skip(2).take_while(|line| line.starts_with('|')).collect()
}

#[test]
fn the_table_of_values_is_what_the_tool_says() {
    let text = fs::read_to_string(root().join("docs/tailoring.md")).unwrap();
    let rows = rows(&text, "| entry |");
    assert!(rows.len() > 15);
    let pages = APPLICATIONS.map(|application| entries(root(), application));
    for row in rows {
        let name = row.split('`').nth(1).expect("a name");
        let cells = pages.iter().map(|page| match page[name] {
            (true, value) => format!("**{value:.1}**"),
            (false, value) => format!("{value:.1}"),
        });
        let cells: Vec<String> = cells.collect();
        assert_eq!(row, format!("| `{name}` | {} |", cells.join(" | ")));
    }
}

#[test]
fn the_table_of_tags_is_what_the_tool_says() {
    let text = fs::read_to_string(root().join("docs/tailoring.md")).unwrap();
    let rows = rows(&text, "| application | with the tags of");
    assert_eq!(rows.len(), APPLICATIONS.len());
    let data = |application: &str| root().join(format!("data/applications/{application}.yaml"));
    let read = |application: &str| fs::read_to_string(data(application)).unwrap();
    let tags = |text: &str| text.lines().find(|line| line.starts_with("tags:")).unwrap().to_owned();
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [application, other, ..] = cells[..] else { panic!("{row}") };
        let own = read(application);
        let leaning = own.replace(&tags(&own), &tags(&read(other)));
        let copy = copy();
        fs::write(copy.path().join("data/applications/leaning.yaml"), leaning).unwrap();
        let (before, after) = (entries(root(), application), entries(copy.path(), "leaning"));
        let only = |a: &Entries, b: &Entries| {
            let names = a.iter().filter(|(name, (shown, _))| *shown && !b[*name].0);
            names.map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        };
        let (comes, leaves) = (only(&after, &before), only(&before, &after));
        assert!(!comes.is_empty(), "{application} and {other}");
        assert_eq!(row, format!("| {application} | {other} | {comes} | {leaves} |"));
    }
}
