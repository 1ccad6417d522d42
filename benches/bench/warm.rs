//! A long-lived session: what a small edit costs, and whether memory stays within bounds.

use std::fs;
use std::path::Path;
use std::time::Instant;

use resume::render;

use crate::process::{median, resume, run};
use crate::record::{copy, edit, root, session};

/// Edits of each kind that are measured.
const EDITS: usize = 11;
/// Edits after which memory is measured.
const MANY: [usize; 2] = [100, 500];

/// Measures rebuilds, and memory over many.
pub fn measure() {
    println!("### Warm rebuilds\n");
    println!(
        "One word of the data, or one line of a template, is changed and the PDF written again in the \
         same process; medians of {EDITS} edits.\n"
    );
    println!("| document | edit | warm, ms | cold, ms | ratio |\n|---|---|--:|--:|--:|");
    for format in ["one-page", "portfolio", "full"] {
        let folder = copy();
        let templates = folder.path().join("templates");
        crate::record::copy_into(&root().join("templates"), &templates);
        let (data, output) = (folder.path().join("data"), folder.path().join("output"));
        let line = [
            "--format",
            format,
            "--data",
            &data.to_string_lossy(),
            "--templates",
            &templates.to_string_lossy(),
            "--output",
            &output.to_string_lossy(),
        ]
        .map(str::to_owned);
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        let (session, options) = session(&line);
        let make = || {
            let outcomes = render(&session, &data, &options, &|_, _| {}).expect("a run");
            assert!(outcomes.iter().all(|outcome| outcome.failed.is_empty()), "a failed document");
        };
        make();
        let cold: Vec<f64> = (0..EDITS)
            .filter_map(|_| run(&resume(&[["render", "--quiet"].as_slice(), &line].concat())))
            .map(|cost| cost.wall)
            .collect();
        let cold = median(cold);
        let word = data.join("projects/llm-nutrition-coach.yaml");
        let rule = templates.join(format!("{format}/main.typ"));
        for (what, path, mark) in
            [("a word of a project", &word, "name:"), ("a template", &rule, "")]
        {
            let times: Vec<f64> = (0..EDITS)
                .map(|at| {
                    change(path, mark, at);
                    let began = Instant::now();
                    make();
                    began.elapsed().as_secs_f64() * 1000.0
                })
                .collect();
            let warm = median(times);
            println!("| {format} | {what} | {warm:.0} | {cold:.0} | {:.2}× |", warm / cold);
        }
        if format == "one-page" {
            let mut memory = Vec::new();
            for at in 0..MANY[1] {
                if at == MANY[0] {
                    memory.push(resident());
                }
                change(&word, "name:", at);
                make();
            }
            memory.push(resident());
            println!(
                "\nMemory of the process after {} edits {:.0} MB, after {} edits {:.0} MB.\n",
                MANY[0], memory[0], MANY[1], memory[1]
            );
            println!("| document | edit | warm, ms | cold, ms | ratio |\n|---|---|--:|--:|--:|");
        }
    }
    println!();
}

/// Changes the first word of the first highlight; or, without a mark, a space of a template.
fn change(path: &Path, mark: &str, at: usize) {
    edit(path, |text| {
        if mark.is_empty() {
            let text = text.split("\n// edit").next().unwrap_or(text);
            return format!("{text}\n// edit {at}\n#let edited = {at}\n");
        }
        let at_text = text.find("ko: ").expect("a Korean text");
        let (before, after) = text.split_at(at_text + 4);
        let after = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '차');
        format!("{before}{at}차{after}")
    });
}

/// The memory this process has now, in megabytes.
fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) * 1024.0 / 1e6
}
