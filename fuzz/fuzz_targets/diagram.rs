//! Any text as a Mermaid diagram: drawn, or refused with lines that are in it.

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
    if let Err(errors) = diagram::parse(text) {
        assert!(!errors.is_empty());
        for error in errors {
            assert!(!error.message.is_empty());
        }
    }
});
