//! Any text as Markdown, up to the elements of the engine.

#![no_main]
#![allow(dead_code, reason = "each target uses one property")]

#[path = "../../tests/it/properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|input: &str| properties::markdown(input));
