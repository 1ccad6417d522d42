//! What the law does not let employers ask for.

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Rule, Severity, brief};
use crate::record::text::Text;

/// The language of the country whose law it is.
const LANGUAGE: &str = "ko";
/// Words that begin or are what a fact is about, by what the law calls it (채용절차법 제4조의3).
const SUBJECTS: [(&str, &[&str]); 4] = [
    (
        "looks and body",
        &["키", "신장", "체중", "몸무게", "용모", "혈액형", "height", "weight", "blood type"],
    ),
    (
        "place of birth",
        &[
            "출신 지역",
            "출신지",
            "본적",
            "고향",
            "출생지",
            "place of birth",
            "birthplace",
            "hometown",
        ],
    ),
    ("marriage", &["혼인", "결혼", "기혼", "미혼", "배우자", "marital", "married"]),
    (
        "family and wealth",
        &[
            "가족", "부모", "형제", "직계", "재산", "family", "parents", "siblings", "wealth",
            "property",
        ],
    ),
];

pub(super) const RULES: &[Check] = &[Check {
    rule: Rule {
        code: "W096",
        name: "fact that Korean employers must not ask for",
        severity: Severity::Advice,
        what: "A record in Korean has a fact about the person's body, place of birth, marriage, family or wealth.",
        why: "Korean law (채용절차법 제4조의3) forbids employers to ask for it or to collect it; many refuse a résumé that \
              says it. `--redact contact` makes documents without facts.",
        bad: "site: {languages: [ko]}\nprofile:\n  name: 이름\n  facts: [{label: 결혼 여부, text: 미혼}]\n",
        good: "site: {languages: [ko]}\nprofile:\n  name: 이름\n  facts: [{label: 병역, text: 육군 병장 만기 제대}]\n",
    },
    find: Some(forbidden),
}];

fn forbidden(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    if record.languages().iter().all(|language| language != LANGUAGE) {
        return;
    }
    let facts = record.profile.facts.iter().map(|fact| &fact.label);
    let lines = record.sections.iter().flat_map(|section| &section.lines).map(|line| &line.label);
    for label in facts.chain(lines) {
        if let Some((what, words)) = about(label) {
            let message = format!(
                "`{}` is about {what}, which Korean law lets no employer ask for",
                brief(&words)
            );
            let diagnostic = Diagnostic::advice("W096", message).at(label.place);
            diagnostics
                .push(diagnostic.hint("leave it out, unless the job needs it by its nature"));
        }
    }
}

/// What the law calls the subject of a label, with the label's words.
fn about(label: &Text) -> Option<(&'static str, String)> {
    label.wordings().iter().find_map(|wording| {
        let words = wording.plain().to_lowercase();
        let named = |name: &str| match name.chars().count() {
            // `키` alone: it begins other words.
            1 => words.trim() == name,
            _ => words.contains(name),
        };
        let found = SUBJECTS.iter().find(|(_, names)| names.iter().any(|name| named(name)));
        found.map(|(what, _)| (*what, wording.plain()))
    })
}
