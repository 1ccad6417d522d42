//! A rule on what a record claims and does not support.

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Rule, Severity, brief};
use crate::record::read::Read as _;
use crate::record::text::Text;
use crate::tailor::{
    Claimed, Evidence, Terms, claims_of_application, claims_of_profile, unsupported,
};

pub(super) const RULES: &[Check] = &[Check {
    rule: Rule {
        code: "W027",
        name: "unsupported claim",
        severity: Severity::Warning,
        what: "A role, a headline, a summary or a letter claims a technology, a method, years of experience or \
               a degree, and nothing else in the record has it, or anything like it.",
        why: "Who reads it asks for an example first. What is true has a place where it was used or learned.",
        bad: "profile: {name: Name, headline: Kubernetes for small teams}\ncareer:\n  - id: a\n    organization: A\n    \
              positions: [{title: Developer, start: 2022-01, end: 2023-06}]\n    highlights: [Made it fast]\n",
        good: "profile: {name: Name, headline: Kubernetes for small teams}\ncareer:\n  - id: a\n    organization: A\n    \
               positions: [{title: Developer, start: 2022-01, end: 2023-06}]\n    highlights: [Moved it to Kubernetes]\n",
    },
    find: Some(claims_are_supported),
}];

fn claims_are_supported(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    let (mut statements, mut letters): (Vec<&Text>, Vec<&Text>) =
        (claims_of_profile(record), Vec::new());
    statements.extend(record.applications.iter().flat_map(claims_of_application));
    record.applications.iter().for_each(|application| application.letter.texts(&mut letters));
    record.snippets.texts(&mut letters);
    if statements.is_empty() && letters.is_empty() {
        return;
    }
    let day = subject.date.map(|date| date.first_day());
    let evidence = Evidence::of(record, day);
    for claim in unsupported(&statements, &letters, &Terms::of(record), &evidence) {
        let words = brief(&claim.words);
        let (message, hint) = match claim.what {
            Claimed::Term(_) => (
                format!("`{words}` is claimed, and nothing else in the record has it"),
                "name it where it was used: in a highlight, in `technologies` or in `skills`",
            ),
            Claimed::Years(had) => (
                format!("`{words}` is claimed, and the record goes back no more than {had} years"),
                "correct the years, or add what came before",
            ),
            Claimed::Degree => (
                format!("`{words}` is claimed, and no education in the record has such a degree"),
                "add the degree as a position of the school",
            ),
        };
        let start = claim.wording.text.find(&claim.words).unwrap_or(0);
        let place = subject.place_of(claim.wording, start, &claim.words);
        diagnostics.push(Diagnostic::warning("W027", message).at(place).hint(hint));
    }
}
