//! Problems for programs: JSON, GitHub's workflow commands and SARIF.

use serde_json::{Value, json};

use crate::diagnostics::diagnostic::{Diagnostic, Severity};
use crate::diagnostics::rule::Rule;
use crate::diagnostics::source::{Place, Sources};

/// A place in words a program reads: lines and columns from 1, columns in characters; `end` is one
/// past the last character.
fn place(place: Place, sources: &Sources) -> Value {
    let (line, column) = sources.line_column(place);
    let (end_line, end_column) = sources.line_column(Place { start: place.end, ..place });
    json!({
        "file": sources.shown_path(place.file),
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    })
}

/// The problems of a record, and the texts they point into.
pub type Run<'a> = (&'a [Diagnostic], &'a Sources);

/// Every problem of every run with its texts.
fn each<'a>(runs: &'a [Run<'a>]) -> impl Iterator<Item = (&'a Diagnostic, &'a Sources)> {
    runs.iter().flat_map(|(diagnostics, sources)| {
        diagnostics.iter().map(move |diagnostic| (diagnostic, *sources))
    })
}

/// All problems as one JSON array.
pub fn json(runs: &[Run]) -> String {
    let diagnostics = each(runs).map(|(diagnostic, sources)| {
        let related = diagnostic
            .related
            .iter()
            .map(|(at, label)| json!({ "place": place(*at, sources), "label": label }));
        json!({
            "severity": diagnostic.severity.word(),
            "code": diagnostic.code,
            "message": diagnostic.message,
            "place": diagnostic.place.map(|at| place(at, sources)),
            "hints": diagnostic.hints,
            "related": related.collect::<Vec<_>>(),
        })
    });
    format!("{:#}\n", diagnostics.collect::<Value>())
}

/// A workflow command for each problem, which GitHub shows beside the line of the change.
pub fn github(runs: &[Run]) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut out = String::new();
    for (diagnostic, sources) in each(runs) {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "notice",
        };
        out += &format!("::{command} title={}", diagnostic.code);
        if let Some(at) = diagnostic.place {
            let (line, column) = sources.line_column(at);
            let (end_line, end_column) = sources.line_column(Place { start: at.end, ..at });
            let file = property(&sources.shown_path(at.file));
            out += &format!(",file={file},line={line},endLine={end_line},col={column}");
            // A column range is shown on one line only.
            if line == end_line {
                out += &format!(",endColumn={end_column}");
            }
        }
        let hints = diagnostic.hints.iter().map(|hint| format!("\n{hint}"));
        let text = hints.fold(diagnostic.message.clone(), |text, hint| text + &hint);
        out += &format!("::{}\n", data(&text));
    }
    out
}

/// All problems as one SARIF 2.1.0 log, with the `rules` that they may break.
pub fn sarif(runs: &[Run], rules: &[&Rule]) -> String {
    let level = |severity| match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    };
    let location = |at: Place, sources: &Sources| {
        let (line, column) = sources.line_column(at);
        let (end_line, end_column) = sources.line_column(Place { start: at.end, ..at });
        json!({
            "artifactLocation": { "uri": uri(sources.path(at.file)) },
            "region": {
                "startLine": line, "startColumn": column,
                "endLine": end_line, "endColumn": end_column,
            },
        })
    };
    let table = rules.iter().map(|rule| {
        json!({
            "id": rule.code,
            "name": rule.name,
            "shortDescription": { "text": rule.what },
            "fullDescription": { "text": rule.why },
            "defaultConfiguration": { "level": level(rule.severity) },
        })
    });
    let results = each(runs).map(|(diagnostic, sources)| {
        let hints = diagnostic.hints.iter().map(|hint| format!("\n{hint}"));
        let text = hints.fold(diagnostic.message.clone(), |text, hint| text + &hint);
        let at = diagnostic.place.map(|at| json!({ "physicalLocation": location(at, sources) }));
        let related = diagnostic.related.iter().map(|(at, label)| {
            json!({ "physicalLocation": location(*at, sources), "message": { "text": label } })
        });
        json!({
            "ruleId": diagnostic.code,
            "level": level(diagnostic.severity),
            "message": { "text": text },
            "locations": at.into_iter().collect::<Vec<_>>(),
            "relatedLocations": related.collect::<Vec<_>>(),
        })
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "resume",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": table.collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

/// A path as a relative URI reference (RFC 3986).
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let encoded = path.bytes().map(|byte| match byte {
        byte if plain(byte) => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    encoded.collect()
}

#[cfg(test)]
mod tests {
    use super::{github, json, sarif};
    use crate::diagnostics::{Diagnostic, Place, Sources};

    #[test]
    fn programs_read_the_same_problem() {
        let mut sources = Sources::default();
        let file = sources.add("data/이력.yaml", "a: 1\n이름: 둘\n");
        let diagnostic = Diagnostic::error("E010", "50% wrong")
            .at(Place { file, start: 5, end: 11 })
            .hint("fix it");
        let diagnostics = [diagnostic];
        let runs = [(diagnostics.as_slice(), &sources)];
        let value: serde_json::Value = serde_json::from_str(&json(&runs)).expect("JSON");
        assert_eq!(value[0]["place"]["line"], 2);
        assert_eq!(value[0]["place"]["end_column"], 3);
        assert_eq!(
            github(&runs),
            "::error title=E010,file=data/이력.yaml,line=2,endLine=2,col=1,endColumn=3::50%25 wrong%0Afix it\n"
        );
        let log: serde_json::Value = serde_json::from_str(&sarif(&runs, &[])).expect("JSON");
        let region = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(region["artifactLocation"]["uri"], "data/%EC%9D%B4%EB%A0%A5.yaml");
        assert_eq!(region["region"]["startLine"], 2);
    }
}
