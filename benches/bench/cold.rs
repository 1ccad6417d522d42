//! Cold processes: every document of the reference record, compared with other programs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{Cost, command, installed, median, resume, run};
use crate::record::root;

/// How often everything is run, in turns.
const ROUNDS: usize = 11;
/// How often short documents are run: other work of the machine disturbs them most.
const QUICK_ROUNDS: usize = 61;
/// How often RenderCV is run: one run takes about a second.
const SLOW_ROUNDS: usize = 3;

/// The documents: format and language.
const DOCUMENTS: [(&str, &str); 6] = [
    ("one-page", "ko"),
    ("one-page", "en"),
    ("portfolio", "ko"),
    ("portfolio", "en"),
    ("full", "ko"),
    ("full", "en"),
];

/// One way to make a document.
struct Subject {
    name: String,
    command: Vec<String>,
    output: PathBuf,
    rounds: usize,
    costs: Vec<Cost>,
}

/// Measures every document, a table each.
pub fn measure() {
    println!("### Cold processes\n");
    println!(
        "Medians of {ROUNDS} runs in turns, {QUICK_ROUNDS} of one page ({SLOW_ROUNDS} of RenderCV); ratios \
         are of walls.\n"
    );
    for (format, language) in DOCUMENTS {
        let folder = tempfile::tempdir().expect("a folder");
        let mut subjects = subjects(format, language, folder.path());
        for round in 0..QUICK_ROUNDS {
            for subject in subjects.iter_mut().filter(|subject| round < subject.rounds) {
                subject.costs.extend(run(&subject.command));
            }
        }
        println!("**{format}, {language}**\n");
        println!(
            "| | wall, ms | CPU, ms | memory, MB | size, KB | `resume` takes |\n|---|--:|--:|--:|--:|--:|"
        );
        let own = median(subjects[0].costs.iter().map(|cost| cost.wall));
        for Subject { name, output, costs, .. } in &subjects {
            let of = |figure: fn(&Cost) -> f64| median(costs.iter().map(figure));
            let size = fs::metadata(output).map_or(f64::NAN, |file| file.len() as f64 / 1000.0);
            let (wall, cpu, memory) = (of(|c| c.wall), of(|c| c.cpu), of(|c| c.memory));
            let ratio = own / wall;
            println!("| {name} | {wall:.0} | {cpu:.0} | {memory:.0} | {size:.0} | {ratio:.2}× |");
        }
        println!();
    }
}

/// Every available program that makes a document; ours first.
fn subjects(format: &str, language: &str, folder: &Path) -> Vec<Subject> {
    let (data, plain) = (root().join("data"), folder.join("plain"));
    let (data, plain) = (data.to_string_lossy(), plain.to_string_lossy());
    let often = if format == "one-page" { QUICK_ROUNDS } else { ROUNDS };
    let subject = |name: String, command: Vec<String>, output: &Path, rounds| {
        let output = output.to_path_buf();
        Subject { name, command, output, rounds, costs: Vec::new() }
    };
    let own = folder.join("resume.pdf");
    let document = ["--data", &data, "--format", format, "--lang", language];
    let render = ["render", "--quiet", "--output", &own.to_string_lossy()].map(str::to_owned);
    let render = render.iter().map(String::as_str).chain(document).collect::<Vec<_>>();
    let mut subjects = vec![subject("`resume render`".into(), resume(&render), &own, often)];
    if let Some((typst, version)) = installed("TYPST", "typst") {
        let export = [["export", "typst", &plain].as_slice(), &document].concat();
        run(&resume(&export)).expect("a document for the plain compiler");
        let (main, fonts) = (format!("{plain}/main.typ"), format!("{plain}/fonts"));
        let version = version.split_whitespace().nth(1).unwrap_or_default();
        let mut compile = |what: &str, main: &str, flags: &[&str]| {
            let output = folder.join(format!("typst{}.pdf", subjects.len()));
            let path = output.to_string_lossy();
            let given = ["compile", main, &path, "--font-path", &fonts];
            let given = [given.as_slice(), &["--creation-timestamp", "1731024000"], flags].concat();
            let name = format!("`typst compile` {version}{what}");
            subjects.push(subject(name, command(&typst, &given), &output, often));
        };
        let standards = ["--pdf-standard", "ua-1,a-2a"];
        let alone = "--ignore-system-fonts";
        compile("", &main, &standards);
        compile(" `--ignore-system-fonts`", &main, &[&standards[..], &[alone]].concat());
        compile(" `--no-pdf-tags`", &main, &["--no-pdf-tags"]);
        if format == "one-page" {
            // The least that the engine takes: a word in the same font.
            let word = format!("{plain}/word.typ");
            fs::write(&word, "#set text(font: \"Pretendard\")\n경력\n").expect("a word");
            compile(" `--ignore-system-fonts`, one word", &word, &[alone]);
        }
    }
    if format == "one-page" {
        subjects.extend(
            rendercv(language, folder)
                .map(|(name, command, output)| subject(name, command, &output, SLOW_ROUNDS)),
        );
    }
    subjects
}

/// RenderCV with the same content.
fn rendercv(language: &str, folder: &Path) -> Option<(String, Vec<String>, PathBuf)> {
    let (program, version) = installed("RENDERCV", "rendercv")?;
    let input = match language {
        "en" => "cv.yaml".to_owned(),
        other => format!("cv.{other}.yaml"),
    };
    let input = root().join("benches/rendercv").join(input);
    let folder = folder.join("rendercv");
    let (input, output) = (input.to_string_lossy(), folder.to_string_lossy());
    // The PDF alone: no HTML, no Markdown, no pictures.
    let words = ["render", &input, "-nomd", "-nohtml", "-nopng", "-q", "-o", &output];
    let command = command(&program, &words);
    run(&command)?;
    let made = fs::read_dir(&folder).ok()?.flatten().map(|entry| entry.path());
    let output = made.into_iter().find(|path| path.extension().is_some_and(|end| end == "pdf"))?;
    let version = version.split_whitespace().last().unwrap_or_default();
    Some((format!("RenderCV {version}"), command, output))
}

/// Measures the phases of every format, as `-v` prints them.
pub fn timings() {
    println!("### Phases\n");
    println!("Medians of {ROUNDS} runs, in milliseconds, as `resume render -v` tells them.\n");
    println!("| phase | one-page | portfolio | full |\n|---|--:|--:|--:|");
    let folder = tempfile::tempdir().expect("a folder");
    let data = root().join("data");
    let mut order: Vec<String> = Vec::new();
    let mut found: BTreeMap<(String, usize), Vec<f64>> = BTreeMap::new();
    let formats = ["one-page", "portfolio", "full"];
    for _ in 0..ROUNDS {
        for (at, format) in formats.iter().enumerate() {
            let output = Command::new(env!("CARGO_BIN_EXE_resume"))
                .args(["render", "--verbose", "--format", format, "--data"])
                .args([&data, Path::new("--output"), folder.path()])
                .output()
                .expect("a run");
            let text = String::from_utf8_lossy(&output.stderr).into_owned();
            for line in text.lines() {
                let Some((time, phase)) = line.split_once(" ms  ") else { continue };
                let Ok(time) = time.trim().parse() else { continue };
                if !order.iter().any(|known| known == phase) {
                    order.push(phase.to_owned());
                }
                found.entry((phase.to_owned(), at)).or_default().push(time);
            }
        }
    }
    let middle = |phase: &str, at: usize| {
        found.get(&(phase.to_owned(), at)).map(|times| median(times.iter().copied()))
    };
    for phase in &order {
        let cells = (0..formats.len())
            .map(|at| middle(phase, at).map_or("–".to_owned(), |time| format!("{time:.1}")));
        println!("| {phase} | {} |", cells.collect::<Vec<_>>().join(" | "));
    }
    let shares = (0..formats.len()).map(|at| {
        let all: f64 = order.iter().filter_map(|phase| middle(phase, at)).sum();
        let engine: f64 = ["compile", "export"].iter().filter_map(|phase| middle(phase, at)).sum();
        format!("{:.2}×", all / engine)
    });
    println!("| **all ÷ (compile + export)** | {} |\n", shares.collect::<Vec<_>>().join(" | "));
}
