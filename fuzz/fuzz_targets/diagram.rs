//! Any text as a Mermaid diagram.

#![no_main]
#![allow(dead_code, reason = "each target uses one property")]

#[path = "../../tests/it/properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|input: &str| properties::diagram(input));
