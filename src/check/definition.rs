//! The type of a rule, and the input of all rules.

use std::collections::HashSet;
use std::sync::Arc;

use crate::diagnostics::{Diagnostic, Place, Rule, Severity, Sources};
use crate::markdown::Survey;
use crate::record::Record;
use crate::record::links::addresses::Addresses;
use crate::record::model::date::Date;
use crate::record::placeholders::fill;
use crate::record::prose::prose;
use crate::record::read::Read as _;
use crate::record::text::{Text, Wording};

/// What stands for every placeholder of a letter while its Markdown is looked at.
const FILLED: &str = "x";

/// A rule and the function that finds what breaks it.
pub(super) struct Check {
    /// The documentation of the rule.
    pub rule: Rule,
    /// Finds what breaks it; `None` where reading or typesetting reports it.
    pub find: Option<Find>,
}

impl Check {
    /// A rule whose breach is an error that another rule, reading or typesetting reports.
    pub const fn error(
        code: &'static str,
        name: &'static str,
        what: &'static str,
        why: &'static str,
        bad: &'static str,
        good: &'static str,
    ) -> Self {
        Self {
            rule: Rule { code, name, severity: Severity::Error, what, why, bad, good },
            find: None,
        }
    }
}

/// Reports what breaks a rule.
pub(super) type Find = fn(&Subject, &mut Vec<Diagnostic>);

/// The input of rules.
pub struct Subject<'a> {
    /// The record.
    pub record: &'a Record,
    /// Its pages and headings.
    pub addresses: &'a Addresses,
    /// The texts it was read from.
    pub sources: &'a Sources,
    /// The documents' date, if there is one.
    pub date: Option<Date>,
    /// Every text in Markdown with the page it is on, collected once for all rules.
    pub prose: Vec<Piece<'a>>,
    /// Every text of the record.
    pub texts: Vec<&'a Text>,
}

/// A text in Markdown in one language.
pub struct Piece<'a> {
    pub wording: &'a Wording,
    pub path: String,
    pub survey: Arc<Survey>,
}

impl<'a> Subject<'a> {
    /// Collects the input of rules. `sources` are the texts the record was read from.
    pub fn new(
        record: &'a Record,
        addresses: &'a Addresses,
        sources: &'a Sources,
        date: Option<Date>,
    ) -> Self {
        let letters = record.applications.iter().filter_map(|own| own.letter.as_ref());
        let mut filled: Vec<&Text> = Vec::new();
        letters.for_each(|letter| letter.texts(&mut filled));
        record.snippets.texts(&mut filled);
        let filled: HashSet<*const Text> = filled.into_iter().map(std::ptr::from_ref).collect();
        let prose = prose(record).into_iter().flat_map(|(text, path)| {
            let is_filled = filled.contains(&std::ptr::from_ref(text));
            text.wordings().iter().map(move |wording| {
                let survey = match is_filled {
                    // Placeholders are no Markdown.
                    true => wording.with_words(fill(&wording.text, |_| FILLED.to_owned())).survey(),
                    false => wording.survey(),
                };
                Piece { wording, path: path.clone(), survey }
            })
        });
        let prose = prose.collect();
        let mut texts = Vec::new();
        record.texts(&mut texts);
        Self { record, addresses, sources, date, prose, texts }
    }

    /// The place of some words in a text, which begin at a byte.
    pub fn place_of(&self, wording: &Wording, start: usize, words: &str) -> Place {
        let line = 1 + wording.text[..start].matches('\n').count();
        wording.find(self.sources, line, words)
    }
}
