//! What a run made: a table of the documents, what they leave out, and how long each part took.

use std::path::PathBuf;
use std::time::Duration;

use unicode_width::UnicodeWidthStr;

use crate::commands::Outcome;
use crate::util::timings::Timings;
use crate::util::visible::visible;

/// `output/full.pdf  14 pages  512 KB  0.43 s`, a line for each document, in columns, with what it leaves
/// out for lack of room.
pub fn table(outcomes: &[Outcome]) -> String {
    let documents = outcomes.iter().flat_map(|outcome| &outcome.written);
    let rows: Vec<[String; 5]> = documents
        .map(|document| {
            let path = place(&document.paths);
            let pages = match document.pages {
                0 => String::new(),
                1 => "1 page".to_owned(),
                pages => format!("{pages} pages"),
            };
            let time = document.timings.total().as_secs_f64();
            let left_out: Vec<String> =
                document.left_out.iter().map(|section| section.to_string()).collect();
            let left_out = match left_out.as_slice() {
                [] => String::new(),
                all => format!("  without {}", visible(&all.join(", "))),
            };
            let size = format!("{} KB", document.size.div_ceil(1000));
            [path, pages, size, format!("{time:.2} s"), left_out]
        })
        .collect();
    let width = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    let line = |row: &[String; 5]| {
        let cells = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell}{}  ", " ".repeat(width - cell.width())));
        format!("{}{}{}\n", cells.collect::<String>(), row[3], row[4])
    };
    rows.iter().map(line).collect()
}

/// Where a document is: `output/full.pdf`, `output/full-01.png … full-14.png`, `-`.
fn place(paths: &[PathBuf]) -> String {
    match paths {
        [] => "-".to_owned(),
        [only] => visible(&only.display().to_string()).into_owned(),
        [first, .., last] => {
            let last = last.file_name().unwrap_or_default().to_string_lossy();
            visible(&format!("{} … {last}", first.display())).into_owned()
        }
    }
}

/// The names of what documents leave out for lack of room.
pub fn left_out(outcomes: &[Outcome]) -> String {
    let documents = outcomes.iter().flat_map(|outcome| &outcome.written);
    let sections = documents.flat_map(|document| {
        document.left_out.iter().map(|section| {
            let names = section.entries.iter().map(|entry| entry.name.as_str());
            let names = names.collect::<Vec<_>>().join(", ");
            let line = format!("{} without {section}: {names}", place(&document.paths));
            format!("{}\n", visible(&line))
        })
    });
    sections.collect()
}

/// How long everything took: the parts of the run, then those of each document.
pub fn timings(outcomes: &[Outcome]) -> String {
    let lines = |timings: &Timings| {
        let line = |(phase, time): &(&str, Duration)| {
            format!("{:>8.1} ms  {phase}\n", time.as_secs_f64() * 1000.0)
        };
        timings.0.iter().map(line).collect::<String>()
    };
    let run = outcomes.iter().map(|outcome| lines(&outcome.timings));
    let documents = outcomes
        .iter()
        .flat_map(|outcome| &outcome.written)
        .map(|document| format!("{}\n{}", place(&document.paths), lines(&document.timings)));
    run.chain(documents).collect()
}
