//! The time and memory that `resume` takes, compared with `typst compile` and RenderCV.
//!
//! `just bench` prints the tables of `docs/benchmarks.md`. Absolute figures are those of one noisy
//! machine; every table is measured in turns, so that its ratios hold.

#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a measurement stops where it stands, and its tables are what it is for"
)]

mod cold;
mod growth;
mod many;
mod preview;
mod process;
mod record;
mod warm;
mod without;

use std::collections::BTreeSet;

/// The measurements, by the word that selects one.
const PARTS: [(&str, fn()); 7] = [
    ("cold", cold::measure),
    ("phases", cold::timings),
    ("without", without::measure),
    ("many", many::measure),
    ("growth", growth::measure),
    ("preview", preview::measure),
    // Last: a child begins with the memory of its parent, as the system counts.
    ("warm", warm::measure),
];

fn main() {
    // `cargo bench` adds flags for harnesses.
    let asked: BTreeSet<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    println!("{}\n", process::machine());
    for (name, measure) in PARTS {
        if asked.is_empty() || asked.contains(name) {
            measure();
        }
    }
}
