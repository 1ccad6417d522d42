//! What advertisements ask for: `tests/ads/` holds advertisements of eight trades in two languages, marked
//! by a reader before the program saw them, with the record that each is read with. `ADS=FOLDER` reads other
//! advertisements, marked in the same form.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use saphyr::{LoadableYamlNode, YamlOwned};
use serde_json::Value;

use crate::support::data::{get, list, plain};
use crate::support::program::{resume, root};
use crate::support::threads::each;

/// A mark: its class, its spellings in lower case, and whether the record has it.
type Mark = (String, Vec<String>, bool);

/// What was found of one class of marks.
#[derive(Debug, Default)]
struct Found {
    /// Terms of the report that are marked, and those that are not.
    right: usize,
    wrong: Vec<String>,
    /// Marks that the report has, and those that it has not.
    hit: usize,
    missed: Vec<String>,
}

impl Found {
    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong.len()) as f64
    }

    fn recall(&self) -> f64 {
        self.hit as f64 / (self.hit + self.missed.len()) as f64
    }
}

fn marks(labels: &YamlOwned, corrections: &[YamlOwned]) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for class in ["technologies", "methods", "trade"] {
        for mark in plain(labels, class).unwrap_or_default().split(", ").filter(|m| !m.is_empty()) {
            let spellings = mark[1..].split('|').map(str::to_lowercase).collect();
            marks.push((class.to_owned(), spellings, mark.starts_with('+')));
        }
    }
    for correction in corrections.iter().map(|one| one.as_str().unwrap()) {
        let word = correction[1..].to_lowercase();
        let mark = marks.iter_mut().find(|mark| mark.1.contains(&word));
        mark.unwrap_or_else(|| panic!("{correction}")).2 = correction.starts_with('+');
    }
    marks
}

/// The terms that the program reports for an advertisement.
fn terms(folder: &Path, name: &str, record: &str) -> Vec<Value> {
    let data = match record {
        "data" => root().join("data"),
        record => root().join(format!("tests/records/{record}.yaml")),
    };
    let ad = folder.join(format!("{name}.txt"));
    let flags = ["--message-format", "json", "--quiet"];
    let (data, ad) = (data.to_str().unwrap(), ad.to_str().unwrap());
    let run = resume([&["tailor", "--data", data, "--job", ad][..], &flags].concat()).exits(0);
    let ledger: Value = serde_json::from_slice(&run.stdout).unwrap();
    ledger["coverage"]["terms"].as_array().unwrap().clone()
}

#[test]
fn the_terms_are_those_that_a_reader_marks() {
    let folder = std::env::var_os("ADS").map_or_else(|| root().join("tests/ads"), PathBuf::from);
    let read = |file: &str| {
        let text = fs::read_to_string(folder.join(file)).ok()?;
        Some(YamlOwned::load_from_str(&text).unwrap().remove(0))
    };
    let labels = read("labels.yaml").expect("the marks");
    let corrections = read("corrections.yaml");
    let labels: Vec<(String, &YamlOwned)> = labels
        .as_mapping()
        .unwrap()
        .iter()
        .map(|(name, labels)| (name.as_str().unwrap().to_owned(), labels))
        .collect();
    let reports =
        each(&labels, |(name, labels)| terms(&folder, name, &plain(labels, "record").unwrap()));
    let sets: BTreeSet<String> =
        labels.iter().map(|(_, labels)| plain(labels, "set").unwrap()).collect();
    for set in &sets {
        let mut classes: BTreeMap<String, Found> = BTreeMap::new();
        let (mut placed, mut misplaced) = (0, Vec::new());
        for ((name, labels), terms) in labels.iter().zip(&reports) {
            if plain(labels, "set").unwrap() != *set {
                continue;
            }
            let corrections = corrections.as_ref().map_or(&[][..], |all| list(all, name));
            let marks = marks(labels, corrections);
            let mut hit = BTreeSet::new();
            for term in terms {
                let text = |key: &str| term[key].as_str().unwrap().to_owned();
                let (own, spelling) = (text("name"), text("spelling"));
                let is_it = |mark: &Mark| {
                    [&own, &spelling].iter().any(|word| mark.1.contains(&word.to_lowercase()))
                };
                let all: Vec<usize> = (0..marks.len()).filter(|at| is_it(&marks[*at])).collect();
                let Some(first) = all.first() else {
                    let class = match get(labels, "trade") {
                        Some(_) => "trade",
                        None if spelling.contains(|c: char| c.is_ascii_uppercase()) => {
                            "technologies"
                        }
                        None => "methods",
                    };
                    let found = classes.entry(class.to_owned()).or_default();
                    found.wrong.push(format!("{name}: {spelling}"));
                    continue;
                };
                classes.entry(marks[*first].0.clone()).or_default().right += 1;
                if (text("place") == "missing") == marks[*first].2 {
                    misplaced.push(format!("{name}: {own} is {}", text("place")));
                } else {
                    placed += 1;
                }
                hit.extend(all);
            }
            for (at, (class, spellings, _)) in marks.iter().enumerate() {
                let found = classes.entry(class.clone()).or_default();
                match hit.contains(&at) {
                    true => found.hit += 1,
                    false => found.missed.push(format!("{name}: {}", spellings[0])),
                }
            }
        }
        println!("{set}: {classes:#?}, misplaced {misplaced:#?}");
        let bars = [("technologies", 0.9, 0.95), ("methods", 0.8, 0.8), ("trade", 0.75, 0.75)];
        for (class, precision, recall) in bars {
            let Some(found) = classes.get(class) else { continue };
            let figures = format!("{set} {class}: {:.2} {:.2}", found.precision(), found.recall());
            println!("{figures}");
            assert!(found.precision() >= precision && found.recall() >= recall, "{figures}");
        }
        let right = placed as f64 / (placed + misplaced.len()) as f64;
        println!("{set}: {right:.3} of the terms are where the report has them");
        assert!(right >= 0.97, "{set}: {right:.3}");
    }
}
