//! The tables of `docs/tailoring.md` are the output of `resume tailor` for the reference record.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::bless::bless_part;
use crate::support::data::{copy, get, list, say, text, yaml};
use crate::support::program::{resume_in, root};

const APPLICATIONS: [&str; 3] = ["serverless-backend", "llm-platform", "edge-vision"];

/// The row of an entry in the ledger.
struct Entry {
    shown: bool,
    value: f64,
    skill: bool,
    /// Whether the job or a keyword names it.
    named: bool,
}

/// Entries by name.
type Entries = BTreeMap<String, Entry>;

fn entries(folder: &Path, application: &str) -> Entries {
    let words = ["tailor", application, "--message-format", "json", "--quiet"];
    let run = resume_in(folder, words, &[]).exits(0);
    let ledger: Value = serde_json::from_slice(&run.stdout).unwrap();
    let entries = ledger["entries"].as_array().unwrap().iter();
    entries
        .map(|entry| {
            let read = Entry {
                shown: entry["shown"] == true,
                value: entry["value"].as_f64().unwrap(),
                skill: entry["section"] == "skills",
                named: !entry["matched"].as_array().unwrap().is_empty(),
            };
            (entry["name"].as_str().unwrap().to_owned(), read)
        })
        .collect()
}

/// Compares the rows of the table of `docs/tailoring.md` that has this head.
fn table(head: &str, wanted: &[String]) {
    bless_part("docs/tailoring.md", (&format!("{head}\n"), "\n\n"), &wanted.join("\n"));
}

#[test]
fn the_table_of_scores_is_current() {
    let pages = APPLICATIONS.map(|application| entries(root(), application));
    let differs = |(name, entry): &(&String, &Entry)| {
        !entry.skill && pages.iter().any(|page| page[*name].shown != entry.shown)
    };
    let rows: Vec<String> = pages[0]
        .iter()
        .filter(differs)
        .map(|(name, _)| {
            let cells = pages.iter().map(|page| match &page[name] {
                Entry { shown: true, value, .. } => format!("**{value:.1}**"),
                Entry { value, .. } => format!("{value:.1}"),
            });
            format!("| `{name}` | {} |", cells.collect::<Vec<_>>().join(" | "))
        })
        .collect();
    assert!(rows.len() > 15, "the three pages hardly differ: {rows:?}");
    table(
        "| entry | serverless-backend | llm-platform | edge-vision |\n|---|---:|---:|---:|",
        &rows,
    );
}

#[test]
fn the_table_of_skills_is_current() {
    let skills = yaml("skills");
    let pages = APPLICATIONS.map(|application| entries(root(), application));
    let cell = |page: &Entries, group: &saphyr::YamlOwned| {
        // A skill goes by its name in the language of the application.
        let names = list(group, "skills").iter().filter_map(|one| {
            let names = ["ko", "en"].map(|language| {
                get(one, "name").map_or_else(|| say(one, language), |name| say(name, language))
            });
            let mut names = names.into_iter().flatten();
            let english = names.clone().last()?;
            let entry = names.find_map(|name| page.get(&name).filter(|entry| entry.shown))?;
            Some(if entry.named { format!("**{english}**") } else { english })
        });
        let names: Vec<String> = names.collect();
        if names.is_empty() { "–".to_owned() } else { names.join(", ") }
    };
    let rows: Vec<String> = skills
        .as_sequence()
        .unwrap()
        .iter()
        .filter_map(|group| {
            let cells = pages.each_ref().map(|page| cell(page, group));
            let differs = cells.iter().any(|cell| *cell != cells[0]);
            let name = text(group, "name", "en").unwrap();
            differs.then(|| format!("| {name} | {} |", cells.join(" | ")))
        })
        .collect();
    assert!(rows.len() > 2, "the skills hardly differ: {rows:?}");
    table("| group | serverless-backend | llm-platform | edge-vision |\n|---|---|---|---|", &rows);
}

#[test]
fn the_table_of_tags_is_current() {
    let data = |application: &str| root().join(format!("data/applications/{application}.yaml"));
    let read = |application: &str| fs::read_to_string(data(application)).unwrap();
    let tags = |text: &str| text.lines().find(|line| line.starts_with("tags:")).unwrap().to_owned();
    let (mut rows, mut differ) = (Vec::new(), 0);
    for (at, application) in APPLICATIONS.iter().enumerate() {
        let other = APPLICATIONS[(at + 1) % APPLICATIONS.len()];
        let own = read(application);
        let leaning = own.replace(&tags(&own), &tags(&read(other)));
        let leaning = leaning.replace("file-name: \"", "file-name: \"leaning-");
        let copy = copy();
        fs::write(copy.path().join("data/applications/leaning.yaml"), leaning).unwrap();
        let (before, after) = (entries(root(), application), entries(copy.path(), "leaning"));
        let only = |a: &Entries, b: &Entries| {
            let names = a.iter().filter(|(name, entry)| entry.shown && !b[*name].shown);
            let names: Vec<String> = names.map(|(name, _)| format!("`{name}`")).collect();
            if names.is_empty() { "–".to_owned() } else { names.join(", ") }
        };
        let (comes, leaves) = (only(&after, &before), only(&before, &after));
        differ += usize::from(comes != "–");
        rows.push(format!("| {application} | {other} | {comes} | {leaves} |"));
    }
    // Where the advertisement and the keywords say enough, tags change nothing.
    assert!(differ > 1, "{rows:?}");
    table(
        "| application | with the tags of | comes onto the page | leaves it |\n|---|---|---|---|",
        &rows,
    );
}
