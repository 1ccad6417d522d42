//! A thousand applications in one run: how fast, and whether memory stays flat.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::{median, resume, run};
use crate::record::copy;

/// Applications of a run, and a quarter of them.
const MANY: [usize; 2] = [250, 1000];
/// How often each run is made, in turns.
const ROUNDS: usize = 3;
/// The applications of the reference record.
const KNOWN: [&str; 3] = ["serverless-backend", "llm-platform", "edge-vision"];

/// Measures runs over many applications.
pub fn measure() {
    println!("### Many applications in one run\n");
    println!("One-page résumés on all cores; medians of {ROUNDS} runs in turns.\n");
    println!(
        "| selection | documents | wall, s | documents a second | memory, MB |\n|---|--:|--:|--:|--:|"
    );
    for given in [true, false] {
        let folders = MANY.map(|count| {
            let folder = copy();
            applications(folder.path(), count, given);
            folder
        });
        let mut costs = MANY.map(|_| Vec::new());
        for _ in 0..ROUNDS {
            for (folder, costs) in folders.iter().zip(&mut costs) {
                let (data, output) = (folder.path().join("data"), folder.path().join("output"));
                let (data, output) = (data.to_string_lossy(), output.to_string_lossy());
                let line = [
                    "render",
                    "--all-applications",
                    "--format",
                    "one-page",
                    "--quiet",
                    "--data",
                    &data,
                ];
                costs.extend(run(&resume(&[&line, ["--output", &output].as_slice()].concat())));
            }
        }
        for (count, costs) in MANY.iter().zip(&costs) {
            let wall = median(costs.iter().map(|cost| cost.wall)) / 1000.0;
            let memory = median(costs.iter().map(|cost| cost.memory));
            let what = if given { "given" } else { "computed" };
            println!(
                "| {what} | {count} | {wall:.1} | {:.0} | {memory:.0} |",
                *count as f64 / wall
            );
        }
    }
    println!();
}

/// Writes applications: those of the reference record over and over, each with a role of its own. A
/// selection is given by pinning all that the page shows and dropping all it does not.
fn applications(folder: &Path, count: usize, given: bool) {
    let own = folder.join("data/applications");
    for at in 0..count {
        let base = KNOWN[at % KNOWN.len()];
        let text = fs::read_to_string(own.join(format!("{base}.yaml"))).expect("an application");
        let mut lines: Vec<&str> = text.lines().collect();
        lines.retain(|line| !line.starts_with("file-name:"));
        if given {
            lines.retain(|line| !line.starts_with("pin:") && !line.starts_with("drop:"));
        }
        let mut text = lines.join("\n");
        if given {
            let shown = |wanted: bool| {
                let names = ledger(folder, base);
                let names = names.iter().filter(|(_, shown)| *shown == wanted);
                names.map(|(name, _)| format!("{name:?}")).collect::<Vec<_>>().join(", ")
            };
            text += &format!("\npin: [{}]\ndrop: [{}]", shown(true), shown(false));
        }
        text = text.replacen("\n  ko: ", &format!("\n  ko: {at}차 "), 1);
        text = text.replacen("\n  en: ", &format!("\n  en: {at} "), 1);
        fs::write(own.join(format!("application-{at}.yaml")), text + "\n").expect("a file");
    }
    for base in KNOWN {
        fs::remove_file(own.join(format!("{base}.yaml"))).expect("a file to remove");
    }
}

/// What the page of an application shows and what it does not, by name.
fn ledger(folder: &Path, application: &str) -> Vec<(String, bool)> {
    let kept = folder.join(format!("{application}.json"));
    if !kept.exists() {
        let output = Command::new(env!("CARGO_BIN_EXE_resume"))
            .args(["tailor", application, "--message-format", "json", "--data"])
            .arg(crate::record::root().join("data"))
            .output()
            .expect("a ledger");
        fs::write(&kept, output.stdout).expect("a file");
    }
    let text = fs::read(&kept).expect("a ledger");
    let ledger: serde_json::Value = serde_json::from_slice(&text).expect("a ledger");
    let entries = ledger["entries"].as_array().expect("entries");
    let entry = |entry: &serde_json::Value| {
        Some((entry["name"].as_str()?.to_owned(), entry["shown"].as_bool()?))
    };
    entries.iter().filter_map(entry).collect()
}
