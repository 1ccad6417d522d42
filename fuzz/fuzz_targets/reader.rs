//! Any bytes as a record: read, located, explained; what is read is read again as it is written.

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

use data::read::{Read, Reader};

fuzz_target!(|bytes: &[u8]| {
    let mut sources = problem::Sources::default();
    let text = String::from_utf8_lossy(bytes).into_owned();
    let file = sources.add("resume.yaml", text.as_str());
    let (node, problems) = data::yaml::parse(file, &text);
    let mut reader = Reader { languages: vec!["ko".into(), "en".into()], problems, ..Reader::default() };
    let record = node.and_then(|node| data::Record::read(&node, &mut reader));
    for problem in &reader.problems {
        let place = problem.place.expect("every fault of reading has a place");
        assert!(text.is_char_boundary(place.start.min(text.len())), "{problem:?}");
        assert!(place.start <= place.end && place.end <= text.len() + 1, "{problem:?}");
        sources.line_column(place);
    }
    let shown = &reader.problems[..reader.problems.len().min(3)];
    problem::print_human(shown, &sources, false);
    if let Some(record) = record.filter(|_| reader.problems.is_empty()) {
        let again = record.value().to_string();
        let file = sources.add("again.yaml", again.as_str());
        let (node, problems) = data::yaml::parse(file, &again);
        assert!(problems.is_empty(), "{again}: {problems:?}");
        let mut reader = Reader { languages: vec!["ko".into(), "en".into()], problems, ..Reader::default() };
        let record = data::Record::read(&node.expect("a tree"), &mut reader);
        assert!(record.is_some(), "{again}: {:?}", reader.problems);
        for (text, _) in data::prose::prose(record.as_ref().expect("a record")) {
            for wording in text.wordings() {
                wording.find(&sources, 1, "a");
            }
        }
    }
});
