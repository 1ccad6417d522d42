//! Rules on the languages of texts.

use std::collections::BTreeMap;

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Place, Rule, Severity};
use crate::language::detect::{detected, is_detectable};
use crate::language::tag::fallbacks;

/// Bytes of words below which a text says too little about its language.
const ENOUGH: usize = 200;

/// Of so many letters one at least is foreign to Latin in a text of a language with other letters. Names of
/// products are Latin in every language.
const SCRIPT_SHARE: usize = 20;

pub(super) const RULES: &[Check] = &[Check {
    rule: Rule {
        code: "W003",
        name: "text in another language",
        severity: Severity::Warning,
        what: "A text, or the short texts of a language together, are in another language than the record \
               says, with certainty and in more than 200 bytes of words.",
        why: "The document has the titles, the dates and the quotation marks of the wrong language, and a screen \
              reader pronounces it wrongly.",
        bad: "site: {languages: [en]}\nprofile:\n  name: Name\n  summary: >-\n    Ich habe die Abrechnung auf \
              ein neues System umgestellt und dafür ein Team von fünf Leuten geleitet. Die Fehler in den \
              Rechnungen sind seitdem um die Hälfte zurückgegangen, und die Kunden bezahlen früher als zuvor.\n",
        good: "site: {languages: [de]}\nprofile:\n  name: Name\n  summary: >-\n    Ich habe die Abrechnung auf \
               ein neues System umgestellt und dafür ein Team von fünf Leuten geleitet. Die Fehler in den \
               Rechnungen sind seitdem um die Hälfte zurückgegangen, und die Kunden bezahlen früher als zuvor.\n",
    },
    find: Some(labelled),
}];

/// Texts are in the languages that the record says.
fn labelled(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    // The places of the texts by the language that the record says and the one that they are in.
    let mut wrong: BTreeMap<(&str, &str), Vec<Place>> = BTreeMap::new();
    let mut short: BTreeMap<&str, (String, Vec<Place>)> = BTreeMap::new();
    for piece in &subject.prose {
        let wording = piece.wording;
        let Some(tag) = wording.language.as_deref().filter(|tag| is_detectable(tag)) else {
            continue;
        };
        let words: Vec<&str> = piece.survey.runs.iter().map(|run| run.text.as_str()).collect();
        let words = words.join(" ");
        if words.len() >= ENOUGH {
            if let Some(found) = other(&words, tag) {
                wrong.entry((tag, found)).or_default().push(wording.place);
            }
        } else {
            let (all, places) = short.entry(tag).or_default();
            *all += &words;
            all.push('\n');
            places.push(wording.place);
        }
    }
    for (tag, (words, places)) in short {
        if words.len() >= ENOUGH
            && let Some(found) = other(&words, tag)
        {
            wrong.entry((tag, found)).or_default().extend(places);
        }
    }
    for ((tag, found), places) in wrong {
        let [first, others @ ..] = places.as_slice() else { continue };
        let message = match others.len() {
            0 => format!("the text is labelled `{tag}`, but seems to be in `{found}`"),
            more => format!("{} texts are labelled `{tag}`, but seem to be in `{found}`", more + 1),
        };
        let diagnostic = Diagnostic::warning("W003", message).at(*first);
        let diagnostic = others
            .iter()
            .fold(diagnostic, |diagnostic, place| diagnostic.related(*place, "and this"));
        diagnostics.push(diagnostic.hint(format!(
            "name the language in `site.languages`: `languages: [{found}]`; or the text's own, as in `{found}: …`"
        )));
    }
}

/// The language that words are in, if it is certain and not the one of the tag.
fn other(words: &str, tag: &str) -> Option<&'static str> {
    let found = detected(words)?;
    let letters = words.chars().filter(|c| c.is_alphabetic());
    let foreign = letters.clone().filter(|c| *c >= '\u{370}').count();
    let latin = |tag: &str| {
        !["ko", "ja", "zh", "ar", "he", "hi", "ru", "uk", "el"]
            .contains(&tag.split('-').next().unwrap_or_default())
    };
    let mixed = !latin(tag) && latin(found) && foreign * SCRIPT_SHARE >= letters.count();
    (!mixed && !fallbacks(tag).iter().any(|wider| wider == found || found == "nb" && wider == "no"))
        .then_some(found)
}
