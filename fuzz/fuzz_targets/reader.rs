//! Any bytes as a record.

#![no_main]
#![allow(dead_code, reason = "each target uses one property")]

#[path = "../../tests/it/properties.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|input: &[u8]| properties::record(input));
