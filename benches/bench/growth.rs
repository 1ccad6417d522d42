//! The manual of a record several times as long: whether cost grows with its length.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::{median, resume, run};
use crate::record::copy;

/// How many times the articles and projects of the reference record are printed.
const TIMES: [usize; 3] = [1, 4, 16];
/// How often each is run, in turns.
const ROUNDS: usize = 5;

/// Measures the manual at every length.
pub fn measure() {
    println!("### Growth\n");
    println!(
        "The manual with all articles and projects 1, 4 and 16 times; medians of {ROUNDS} runs in turns.\n"
    );
    println!(
        "| content | pages | wall, ms | wall per page, ms | CPU, ms | memory, MB | size, KB |\n\
         |--:|--:|--:|--:|--:|--:|--:|"
    );
    let folders = TIMES.map(|times| {
        let folder = copy();
        (2..=times).for_each(|copy| repeat(folder.path(), copy));
        folder
    });
    let mut costs = TIMES.map(|_| Vec::new());
    for _ in 0..ROUNDS {
        for (folder, costs) in folders.iter().zip(&mut costs) {
            let (data, output) = (folder.path().join("data"), folder.path().join("full.pdf"));
            let (data, output) = (data.to_string_lossy(), output.to_string_lossy());
            let line = ["render", "--format", "full", "--quiet", "--data", &data];
            costs.push(
                run(&resume(&[&line, ["--output", &output].as_slice()].concat())).expect("a run"),
            );
        }
    }
    for ((times, folder), costs) in TIMES.iter().zip(&folders).zip(&costs) {
        let file = folder.path().join("full.pdf");
        let pages = pages(&file);
        let size = fs::metadata(&file).map_or(f64::NAN, |file| file.len() as f64 / 1000.0);
        let wall = median(costs.iter().map(|cost| cost.wall));
        println!(
            "| {times}× | {pages:.0} | {wall:.0} | {:.1} | {:.0} | {:.0} | {size:.0} |",
            wall / pages,
            median(costs.iter().map(|cost| cost.cpu)),
            median(costs.iter().map(|cost| cost.memory)),
        );
    }
    println!();
}

/// Adds one more copy of every article and project, under other ids.
fn repeat(folder: &Path, copy: usize) {
    for kind in ["articles", "projects"] {
        let own = folder.join("data").join(kind);
        let files = fs::read_dir(&own).expect("a folder").flatten().map(|entry| entry.path());
        let originals = files.filter(|path| !path.to_string_lossy().contains("-copy"));
        for path in originals.collect::<Vec<_>>() {
            let text = fs::read_to_string(&path).expect("a file");
            let lines = text.lines().map(|line| match line {
                line if line.starts_with("path: ") => {
                    format!("{}-copy{copy}/", line.trim_end_matches('/'))
                }
                line if line.trim_start().starts_with("- id: ") => format!("{line}-copy{copy}"),
                line => line.to_owned(),
            });
            let text = lines.collect::<Vec<_>>().join("\n") + "\n";
            let stem = path.file_stem().expect("a name").to_string_lossy();
            fs::write(own.join(format!("{stem}-copy{copy}.yaml")), text).expect("a file");
        }
    }
}

/// The pages of a PDF, as poppler counts them.
fn pages(path: &Path) -> f64 {
    let output = Command::new("pdfinfo").arg(path).output().expect("poppler-utils are installed");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("Pages:"));
    line.and_then(|count| count.trim().parse().ok()).unwrap_or(f64::NAN)
}
