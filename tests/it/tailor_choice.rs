//! What the pages for an advertisement show: `tests/ads/best.yaml` names the three results of a record that fit it best,
//! by readers who had not seen the pages.

use std::fs;

use saphyr::{LoadableYamlNode, YamlOwned};
use serde_json::Value;

use crate::support::data::list;
use crate::support::program::{resume, root};
use crate::support::threads::each;

/// Records and advertisements that were graded.
const GRADED: usize = 39;

/// How many of the best results of a record are on the page for an advertisement.
fn shown(ad: &str, record: &str, best: &[String]) -> usize {
    let data = match record {
        "data" => root().join("data"),
        record => root().join(format!("tests/records/{record}.yaml")),
    };
    let job = root().join(format!("tests/ads/{ad}.txt")).display().to_string();
    let language = if record == "data" && ad.ends_with("-ko") { "ko" } else { "en" };
    let data = data.display().to_string();
    let options = ["--data", &data, "--job", &job, "--lang", language, "--quiet"];
    let run = resume(["tailor", "--message-format", "json"].into_iter().chain(options)).exits(0);
    let report: Value = serde_json::from_slice(&run.stdout).unwrap();
    let entries = report["entries"].as_array().unwrap();
    let is_shown =
        |name: &Value| entries.iter().any(|entry| entry["name"] == *name && entry["shown"] == true);
    // A fact that another result on the page tells, too, is on the page.
    let is_told = |entry: &Value| {
        let mut others = entries.iter().filter(|other| other["repeats"] == entry["name"]);
        is_shown(&entry["name"])
            || is_shown(&entry["repeats"])
            || others.any(|other| is_shown(&other["name"]))
    };
    let of = |name: &String| {
        let entry = entries.iter().find(|entry| entry["name"] == name.as_str());
        entry.unwrap_or_else(|| panic!("{record} has no {name}"))
    };
    best.iter().filter(|name| is_told(of(name))).count()
}

/// The best results are on most pages. The bars are a little below what the program reaches.
#[test]
fn the_best_results_for_an_advertisement_are_on_its_page() {
    let text = fs::read_to_string(root().join("tests/ads/best.yaml")).unwrap();
    let graded = YamlOwned::load_from_str(&text).unwrap().remove(0);
    let mut pages = Vec::new();
    for (ad, records) in graded.as_mapping().unwrap() {
        for (record, _) in records.as_mapping().unwrap() {
            let record = record.as_str().unwrap();
            let best = list(records, record).iter();
            let best = best.map(|name| name.as_str().unwrap().to_owned()).collect::<Vec<_>>();
            pages.push((ad.as_str().unwrap().to_owned(), record.to_owned(), best));
        }
    }
    assert_eq!(pages.len(), GRADED);
    let found = each(&pages, |(ad, record, best)| {
        assert_eq!(best.len(), 3, "{ad}, {record}");
        (shown(ad, record, best), format!("{ad}, {record}"))
    });
    let results: usize = found.iter().map(|(count, _)| count).sum();
    let full = found.iter().filter(|(count, _)| *count == 3).count();
    let lacking: Vec<_> = found.iter().filter(|(count, _)| *count < 3).collect();
    assert!(results >= 108 && full >= 31, "{results} of 117, {full} of 39: {lacking:?}");
}
