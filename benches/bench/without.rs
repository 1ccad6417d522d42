//! What each optimization saves: documents made with it and without it.

use std::fs;

use crate::process::{Cost, median, resume, run};
use crate::record::root;

/// How often every document is made each way, in turns.
const ROUNDS: usize = 21;
/// The optimizations, as `RESUME_WITHOUT` names them.
const MECHANISMS: [&str; 4] = ["preparation", "font-book", "deferred-links", "object-streams"];
/// The documents.
const FORMATS: [&str; 3] = ["one-page", "portfolio", "full"];

/// Measures every document with all optimizations and without each.
pub fn measure() {
    println!("### Without each optimization\n");
    println!(
        "Cold processes, Korean; medians of {ROUNDS} runs in turns. Each ratio is the document without the \
         optimization over the document with all of them.\n"
    );
    if !cfg!(feature = "measure") {
        println!("Needs the feature `measure`.\n");
        return;
    }
    println!("| document | without | wall | CPU | size |\n|---|---|--:|--:|--:|");
    let folder = tempfile::tempdir().expect("a folder");
    let data = root().join("data").to_string_lossy().into_owned();
    for format in FORMATS {
        let output = folder.path().join("resume.pdf").to_string_lossy().into_owned();
        let line = ["render", "--quiet", "--data", &data, "--format", format, "--output"];
        let line = [&line[..], &[&output]].concat();
        let mut ways: Vec<(Option<&str>, Vec<Cost>, u64)> = std::iter::once(None)
            .chain(MECHANISMS.map(Some))
            .map(|way| (way, Vec::new(), 0))
            .collect();
        for _ in 0..ROUNDS {
            for (way, costs, size) in &mut ways {
                let variable = format!("RESUME_WITHOUT={}", way.unwrap_or_default());
                let command = [vec!["env".to_owned(), variable], resume(&line)].concat();
                costs.extend(run(&command));
                *size = fs::metadata(&output).map_or(0, |file| file.len());
            }
        }
        let figures = |costs: &[Cost]| {
            (median(costs.iter().map(|cost| cost.wall)), median(costs.iter().map(|cost| cost.cpu)))
        };
        let (wall, cpu) = figures(&ways[0].1);
        let whole = ways[0].2 as f64;
        for (way, costs, size) in &ways[1..] {
            let (own_wall, own_cpu) = figures(costs);
            println!(
                "| {format} | {} | {:.2}× | {:.2}× | {:.2}× |",
                way.unwrap_or_default(),
                own_wall / wall,
                own_cpu / cpu,
                *size as f64 / whole
            );
        }
    }
    println!();
}
