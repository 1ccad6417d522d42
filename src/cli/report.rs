//! What `resume tailor` reports, for programs and as the table of all applications.

use serde::Serialize;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use crate::commands::{Count, Ledger, VERSION};
use crate::diagnostics::{Diagnostic, Sources, programs};
use crate::error::Error;

/// A report with its version and the problems, as JSON.
pub fn json(
    report: impl Serialize,
    diagnostics: &[Diagnostic],
    sources: &Sources,
) -> Result<String, Error> {
    let unwritable = |error: serde_json::Error| format!("cannot write the report: {error}");
    let problems = programs::json(&[(diagnostics, sources)]);
    let problems: Value = serde_json::from_str(&problems).map_err(unwritable)?;
    let mut whole = json!({ "version": VERSION, "diagnostics": problems });
    let report = serde_json::to_value(report).map_err(unwritable)?;
    if let (Value::Object(whole), Value::Object(report)) = (&mut whole, report) {
        whole.extend(report);
    }
    Ok(format!("{whole:#}"))
}

/// The error that keeps the command from running, as JSON.
pub fn failure(error: &Error) -> String {
    let error = json!({ "message": error.message, "hint": error.hint });
    format!("{:#}", json!({ "version": VERSION, "diagnostics": [], "error": error }))
}

/// All applications in one table: how full the page is, how much of what is asked for it has, how much the
/// record lacks, and how much is claimed that nothing in the record supports.
pub fn table(ledgers: &[Ledger]) -> String {
    let count = |count: Count| match count.all {
        0 => "–".to_owned(),
        all => format!("{}/{all}", count.on_page),
    };
    let head = ["application", "lang", "full", "required", "preferred", "missing", "claims"];
    let mut rows = vec![head.map(str::to_owned)];
    rows.extend(ledgers.iter().map(|ledger| {
        let coverage = ledger.coverage.clone().unwrap_or_default();
        [
            ledger.application.clone().unwrap_or_default(),
            ledger.language.clone(),
            format!("{} %", ledger.full_percent),
            count(coverage.required),
            count(coverage.preferred),
            coverage.missing.len().to_string(),
            coverage.unsupported.len().to_string(),
        ]
    }));
    let width = |at: usize| rows.iter().map(|row| row[at].width()).max().unwrap_or(0);
    let line = |row: &[String; 7]| {
        let cell = |(at, cell): (usize, &String)| {
            format!("{cell}{}", " ".repeat(width(at) - cell.width()))
        };
        let cells: Vec<String> = row.iter().enumerate().map(cell).collect();
        format!("{}\n", cells.join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}
