//! Any text as Markdown: surveyed and turned into plain words.

#![no_main]
#![allow(dead_code, unused_imports, unused_macros)]

#[path = "../../src/data/mod.rs"]
mod data;
#[path = "../../src/diagram/mod.rs"]
mod diagram;
#[path = "../../src/markdown.rs"]
mod markdown;
#[path = "../../src/problem.rs"]
mod problem;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    // A YAML parser gives every line break as `\n`.
    let text = &text.replace('\r', "\n");
    let lines = text.lines().count().max(1);
    let survey = markdown::survey(text);
    for link in &survey.links {
        assert!(link.line <= lines + 1, "{link:?}");
    }
    for run in &survey.runs {
        assert!(run.line >= 1 && run.line <= lines + 1, "{run:?}");
    }
    markdown::plain_text(text);
});
