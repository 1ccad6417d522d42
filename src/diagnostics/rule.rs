//! The documentation of a rule: `docs/checks.md`, `--explain` and SARIF print it.

use crate::diagnostics::diagnostic::Severity;

/// A rule that a diagnostic can break.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its stable code.
    pub code: &'static str,
    /// Its name, in a few words.
    pub name: &'static str,
    /// How bad it is to break it.
    pub severity: Severity,
    /// What breaks it.
    pub what: &'static str,
    /// Why that is bad.
    pub why: &'static str,
    /// A record that breaks it, as a `resume.yaml`; without `profile`, one is added. Or a template,
    /// whose first line is a comment with its path. Empty where neither shows it.
    pub bad: &'static str,
    /// The same example without the fault.
    pub good: &'static str,
}
