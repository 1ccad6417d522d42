//! What holds of any input whatever: the bodies of the fuzz targets, which the tests run on the
//! regression corpus too.

use std::sync::LazyLock;

use resume::diagnostics::{Sources, print_human};
use resume::diagram;
use resume::engine::{Engine, Fonts, Job, Templates, evict};
use resume::markdown::{Bound, Context, plain_text, survey};
use resume::record::Record;
use resume::record::prose::prose;
use resume::record::read::{Read as _, Reader};
use resume::record::yaml::parse::parse;

/// A reader that knows two languages.
fn reader(sources: &Sources) -> Reader<'_> {
    Reader::new(sources, vec!["ko".into(), "en".into()])
}

/// Any bytes as a record: read, located, explained; what is read is read again as it is written.
pub fn record(bytes: &[u8]) {
    evict(8);
    let mut sources = Sources::default();
    let text = String::from_utf8_lossy(bytes).into_owned();
    let file = sources.add("resume.yaml", text.as_str());
    let (node, diagnostics) = parse(file, &text);
    let mut reader = Reader { diagnostics, ..reader(&sources) };
    let record = node.and_then(|node| Record::read(&node, &mut reader));
    for diagnostic in &reader.diagnostics {
        let place = diagnostic.place.expect("every fault of reading has a place");
        assert!(text.is_char_boundary(place.start.min(text.len())), "{diagnostic:?}");
        assert!(place.start <= place.end && place.end <= text.len() + 1, "{diagnostic:?}");
        sources.line_column(place);
    }
    let shown = &reader.diagnostics[..reader.diagnostics.len().min(3)];
    print_human(shown, &sources, false);
    let Some(record) = record.filter(|_| reader.diagnostics.is_empty()) else { return };
    let again = record.value().to_string();
    let file = sources.add("again.yaml", again.as_str());
    let (node, diagnostics) = parse(file, &again);
    assert!(diagnostics.is_empty(), "{again}: {diagnostics:?}");
    let mut reader = Reader { diagnostics, ..self::reader(&sources) };
    let record = Record::read(&node.expect("a tree"), &mut reader);
    assert!(record.is_some(), "{again}: {:?}", reader.diagnostics);
    for (text, _) in prose(record.as_ref().expect("a record")) {
        for wording in text.wordings() {
            wording.find(&sources, 1, "a");
        }
    }
}

/// Any text as a Mermaid diagram: drawn, or refused with words.
pub fn diagram(text: &str) {
    if let Err(errors) = diagram::parse(text) {
        assert!(!errors.is_empty());
        assert!(errors.iter().all(|error| !error.message.is_empty()), "{errors:?}");
    }
}

/// Any text as Markdown, short and long: surveyed, turned into plain words, and into elements of the
/// engine.
pub fn markdown(text: &str) {
    // A YAML parser gives every line break as `\n`.
    let text = &text.replace('\r', "\n");
    let lines = text.lines().count().max(1);
    for context in [Context::Block, Context::Inline] {
        let survey = survey(text, context);
        for link in &survey.links {
            assert!(link.line <= lines + 1, "{link:?}");
        }
        for run in &survey.runs {
            assert!(run.line >= 1 && run.line <= lines + 1, "{run:?}");
        }
        plain_text(text, context);
        let deep = survey.excesses.iter().any(|excess| excess.of == Bound::Depth);
        let faults = elements(text, context);
        assert_eq!(deep, faults.iter().any(|fault| fault.contains("deeper than")), "{faults:?}");
    }
}

/// The errors of the engine for a text as elements. They are made, not laid out.
fn elements(text: &str, context: Context) -> Vec<String> {
    static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
        let folder = tempfile::tempdir().expect("a folder").keep();
        let template = "#let (text, inline) = json(\"/document.json\")\n#let it = markdown(text, inline: inline)\n";
        std::fs::write(folder.join("main.typ"), template).expect("written");
        Engine::new(Fonts::embedded, Templates::new(Some(folder)))
    });
    let made = ENGINE.compile(&Job::new(
        "main.typ",
        serde_json::json!([text, context == Context::Inline]).to_string(),
    ));
    evict(8);
    made.err().into_iter().flatten().map(|fault| fault.message).collect()
}
