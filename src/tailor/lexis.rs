//! The terms of a record, and what an application looks for among them.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rustc_hash::FxHashSet;

use crate::record::Record;
use crate::record::model::applications::Application;
use crate::record::text::{Text, Wording};
use crate::tailor::asked::Asked;
use crate::tailor::catalog::{Catalog, Optional};
use crate::tailor::fields::{self, Fields, OWNED, fields_of};
use crate::tailor::items::Item;
use crate::tailor::terms::Terms;
use crate::tailor::words::spellings;

/// The terms of a record, and which of its entries have which: the same for all applications.
#[derive(Debug, Default)]
pub struct Lexis {
    terms: Terms,
    entries: HashMap<Item, BTreeSet<usize>>,
    /// The fields of work that each speaks of; read when there is an advertisement.
    fields: OnceLock<HashMap<Item, Fields>>,
    /// The terms of any of them.
    had: HashSet<usize>,
    /// What can be found in an entry at all, by whatever terms.
    spellings: HashMap<Item, FxHashSet<String>>,
    /// What can be found in any of them.
    spoken: FxHashSet<String>,
    /// What each advertisement asks for: it is read once for all languages and formats, and for all applications that
    /// share it.
    asked: Mutex<HashMap<String, Arc<Asked>>>,
}

/// What an application looks for.
pub(super) struct Wanted {
    /// What its advertisement asks for.
    pub asked: Arc<Asked>,
    /// All terms that are looked for: those of the advertisement, and those of the keywords.
    pub terms: Terms,
    /// Its keywords, by their terms, with their weights.
    pub keywords: Vec<(usize, f64)>,
}

impl Lexis {
    /// Reads a record's entries.
    pub fn of(record: &Record, catalog: &Catalog) -> Self {
        let terms = Terms::of(record);
        let entries = catalog.entries.iter();
        let found = |entry: &Optional| {
            (entry.item.clone(), terms.find(&text_of(entry)).into_keys().collect())
        };
        let spelt = |entry: &Optional| (entry.item.clone(), spellings(&text_of(entry)));
        let spellings: HashMap<Item, FxHashSet<String>> = entries.clone().map(spelt).collect();
        let mut spoken = FxHashSet::default();
        for entry in entries.clone() {
            spoken.extend(spellings[&entry.item].iter().cloned());
        }
        let entries: HashMap<Item, BTreeSet<usize>> = entries.map(found).collect();
        let had = entries.values().flatten().copied().collect();
        Self { entries, had, spellings, spoken, terms, ..Self::default() }
    }

    /// What an advertisement asks for.
    fn asked(&self, job: &str) -> Arc<Asked> {
        let known = || self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(asked) = known().get(job) {
            return asked.clone();
        }
        // Others read theirs meanwhile.
        let asked = Arc::new(Asked::of(job, &self.terms, &self.spoken, &self.had));
        known().insert(job.to_owned(), asked.clone());
        asked
    }

    /// What an application looks for, with the text of its job.
    pub(super) fn wanted(&self, application: Option<&Application>, job: &str) -> Wanted {
        let asked = match job.is_empty() {
            true => Arc::new(Asked { terms: self.terms.clone(), ..Asked::default() }),
            false => self.asked(job),
        };
        let mut terms = asked.terms.clone();
        let keywords = application
            .iter()
            .flat_map(|application| &application.keywords.0)
            .filter_map(|(word, weight)| Some((terms.add(&[&word.value])?, weight.0)))
            .collect();
        Wanted { asked, terms, keywords }
    }

    /// The fields of work that the entries speak of, each with how much: by their own words, by the title of their
    /// section, and by what they belong to. `record` and `catalog` are those that the terms were read of.
    pub(super) fn fields(&self, record: &Record, catalog: &Catalog) -> &HashMap<Item, Fields> {
        self.fields.get_or_init(|| {
            let titles: HashMap<&str, Fields> = { record.sections.iter() }
                .filter_map(|own| {
                    Some((own.id.as_str(), fields_of(&wordings(own.title.as_ref()?))))
                })
                .collect();
            let own = |entry: &Optional| {
                let mut own = fields_of(&text_of(entry));
                if let Some(title) = titles.get(entry.section.word()) {
                    fields::add(&mut own, title, 1.0);
                }
                (entry.item.clone(), own)
            };
            let own: HashMap<Item, Fields> = catalog.entries.iter().map(own).collect();
            let with_owner = |entry: &Optional| {
                let owner = match &entry.item {
                    Item::CareerHighlight(id, _) => own.get(&Item::CareerSummary(id.clone())),
                    _ => entry.owner.as_ref().and_then(|owner| own.get(owner)),
                };
                let mut all = own[&entry.item].clone();
                fields::add(&mut all, owner.unwrap_or(&Fields::new()), OWNED);
                (entry.item.clone(), all)
            };
            catalog.entries.iter().map(with_owner).collect()
        })
    }

    /// The terms of the entries, those that an application added among them.
    pub(super) fn found(&self, catalog: &Catalog, terms: &Terms) -> HashMap<Item, BTreeSet<usize>> {
        // New terms are searched only in entries that may have them.
        let may_have = |entry: &&Optional| {
            let spellings = self.spellings.get(&entry.item);
            spellings.is_some_and(|spellings| spellings.iter().any(|word| terms.is_added(word)))
        };
        let mut found = self.entries.clone();
        for entry in catalog.entries.iter().filter(may_have) {
            found.insert(entry.item.clone(), terms.find(&text_of(entry)).into_keys().collect());
        }
        found
    }
}

/// What an advertisement asks for, of somebody who has a record.
pub fn asked(record: &Record, text: &str) -> Arc<Asked> {
    Lexis::of(record, &Catalog::of(record)).asked(text)
}

/// What an entry says, in all languages.
pub(super) fn text_of(entry: &Optional) -> String {
    let aliases = entry.aliases.iter().map(|alias| (*alias).to_owned());
    entry.texts.iter().map(|text| wordings(text)).chain(aliases).collect::<Vec<_>>().join("\n\n")
}

/// What a text says, in all languages.
pub(super) fn wordings(text: &Text) -> String {
    text.wordings().iter().map(Wording::plain).collect::<Vec<_>>().join("\n\n")
}
