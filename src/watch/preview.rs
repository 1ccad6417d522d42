//! What the preview shows: the last pages of each document, the problems of the last run, and what
//! was left out of a page. Browsers wait here for what is new.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::mem::replace;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use crate::diagnostics::Sources;
use crate::engine::Document;
use crate::watch::locate::{Printed, Values};

/// How many pages news have the differences of: a browser shows about one. It asks for those of others.
const AT_ONCE: usize = 2;
/// Longest time in which a browser draws new pages.
const DRAWN: Duration = Duration::from_millis(60);

/// A document as the preview shows it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Shown {
    /// The name of its files.
    pub name: String,
    pub format: &'static str,
    pub language: String,
    /// The application it is for.
    pub application: Option<String>,
    pub pages: Vec<Page>,
    /// Whether it is of the last run; otherwise that could not make it.
    pub current: bool,
    /// What its page left out, and why.
    pub ledger: Option<Value>,
    #[serde(skip)]
    pub document: Arc<Document>,
    /// Its text, when somebody has pointed at it.
    #[serde(skip)]
    pub printed: Arc<OnceLock<Printed>>,
    /// The elements of the pages that browsers were sent, by the hashes of its pages and of those before.
    #[serde(skip)]
    drawn: Arc<Mutex<HashMap<String, Vec<u64>>>>,
}

/// What makes the drawing of a page of an earlier one.
#[derive(Debug, Serialize)]
pub(crate) struct Difference {
    /// The hash of the earlier page.
    from: String,
    /// How many of its elements stay at its beginning.
    before: usize,
    /// How many stay at its end.
    after: usize,
    /// What is between them now, as SVG.
    svg: String,
}

/// What a browser was sent last.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    version: u64,
    /// The name of the document that it shows.
    viewed: String,
    /// The pages of that document.
    pages: Vec<Page>,
}

impl Seen {
    /// Nothing yet, by a browser that shows a document.
    pub fn of(viewed: &str) -> Self {
        Self { viewed: viewed.to_owned(), ..Self::default() }
    }
}

/// A page by its size in points. A page with another hash looks otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Page {
    pub hash: String,
    pub width: f64,
    pub height: f64,
}

/// What the last run found wrong.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Problems {
    pub errors: usize,
    pub warnings: usize,
    /// As a terminal shows them, without colours.
    pub text: String,
}

#[derive(Debug, Default)]
struct State {
    /// Counts what a browser has not seen.
    version: u64,
    /// Counts the runs that are over.
    run: u64,
    documents: Vec<Arc<Shown>>,
    /// The documents of the run that goes on.
    made: BTreeSet<String>,
    /// The documents that browsers show, and whose new pages none has drawn yet.
    unseen: BTreeSet<String>,
    problems: Problems,
    sources: Arc<Sources>,
    values: Arc<OnceLock<Values>>,
    /// The documents that browsers show, by the number of the browser's connection.
    viewed: BTreeMap<u64, String>,
    connections: u64,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The preview of one watch.
#[derive(Debug, Default)]
pub(crate) struct Preview {
    state: Mutex<State>,
    changed: Condvar,
}

impl Preview {
    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    fn change(&self, change: impl FnOnce(&mut State)) {
        let mut state = self.lock();
        change(&mut state);
        state.version += 1;
        drop(state);
        self.changed.notify_all();
    }

    /// A run begins.
    pub fn begin(&self) {
        self.lock().made.clear();
    }

    /// Shows new pages of a document.
    pub fn show(&self, mut shown: Shown) {
        self.change(|state| {
            state.made.insert(shown.name.clone());
            let old = state.documents.iter().find(|old| old.name == shown.name);
            let changed = old.is_none_or(|old| old.pages != shown.pages);
            if changed && state.viewed.values().any(|viewed| *viewed == shown.name) {
                state.unseen.insert(shown.name.clone());
            }
            match state.documents.iter_mut().find(|old| old.name == shown.name) {
                Some(old) => {
                    // The ledger of the page before is right until the new one is there.
                    shown.ledger = old.ledger.clone();
                    shown.drawn = Arc::clone(&old.drawn);
                    let known = |hash: &String| {
                        old.pages.iter().chain(&shown.pages).any(|page| page.hash == *hash)
                    };
                    lock(&shown.drawn).retain(|hash, _| known(hash));
                    *old = Arc::new(shown);
                }
                None => state.documents.push(Arc::new(shown)),
            }
        });
    }

    /// A browser has drawn the new pages of a document.
    pub fn drawn(&self, name: &str) {
        self.lock().unseen.remove(name);
        self.changed.notify_all();
    }

    /// Waits until a browser that shows a document has drawn its new pages, but not long: what is made
    /// after them would take the processors that browsers need.
    pub fn wait_until_drawn(&self, name: &str) {
        let unseen = |state: &mut State| state.unseen.contains(name);
        // A browser that is gone, or shows another part of the document, draws none.
        let _ = self.changed.wait_timeout_while(self.lock(), DRAWN, unseen);
        self.lock().unseen.remove(name);
    }

    /// A run is over. `failed` are the names of what it could not make: their last pages stay, and
    /// all pages do where a record gave no documents.
    pub fn end(&self, failed: &[String], problems: Problems, sources: Option<Sources>) {
        self.change(|state| {
            state.run += 1;
            let State { documents, made, .. } = state;
            if !made.is_empty() {
                documents.retain(|one| made.contains(&one.name) || failed.contains(&one.name));
            }
            for one in documents.iter_mut().filter(|one| one.current && !made.contains(&one.name)) {
                Arc::make_mut(one).current = false;
            }
            state.problems = problems;
            if let Some(sources) = sources {
                state.sources = Arc::new(sources);
                state.values = Arc::default();
            }
        });
    }

    /// Adds what was left out of the page of a document.
    pub fn explain(&self, name: &str, ledger: Value) {
        self.change(|state| {
            if let Some(one) = state.documents.iter_mut().find(|one| one.name == name) {
                Arc::make_mut(one).ledger = Some(ledger);
            }
        });
    }

    /// Whether a browser shows a document.
    pub fn is_viewed(&self, name: &str) -> bool {
        self.lock().viewed.values().any(|viewed| viewed == name)
    }

    /// A document by its name.
    pub fn document(&self, name: &str) -> Option<Arc<Shown>> {
        self.lock().documents.iter().find(|one| one.name == name).cloned()
    }

    /// All documents.
    pub fn documents(&self) -> Vec<Arc<Shown>> {
        self.lock().documents.clone()
    }

    /// The texts of the last run, and the values in them.
    pub fn record(&self) -> (Arc<Sources>, Arc<OnceLock<Values>>) {
        let state = self.lock();
        (Arc::clone(&state.sources), Arc::clone(&state.values))
    }

    /// A browser connects, and shows a document. Returns the number of the connection.
    pub fn connect(&self, viewed: String) -> u64 {
        let mut state = self.lock();
        state.connections += 1;
        let number = state.connections;
        state.viewed.insert(number, viewed);
        number
    }

    /// A browser is gone.
    pub fn disconnect(&self, number: u64) {
        self.lock().viewed.remove(&number);
    }

    /// How many browsers are connected.
    pub fn connected(&self) -> usize {
        self.lock().viewed.len()
    }

    /// Waits until there is more than a browser has seen, and returns all of it as JSON; `None` when there
    /// is nothing new for a while.
    pub fn news(&self, seen: &mut Seen, patience: Duration) -> Option<String> {
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), patience, |state| state.version <= seen.version)
            .unwrap_or_else(PoisonError::into_inner);
        let (state, waited) = waited;
        if waited.timed_out() {
            return None;
        }
        #[derive(Serialize)]
        struct News<'a> {
            run: u64,
            documents: Vec<&'a Shown>,
            /// Of the document that the browser shows, by the numbers of its pages.
            differences: BTreeMap<usize, Difference>,
            problems: Problems,
        }
        let (run, problems) = (state.run, state.problems.clone());
        let documents = state.documents.clone();
        seen.version = state.version;
        drop(state);
        let mut documents: Vec<&Shown> = documents.iter().map(Arc::as_ref).collect();
        documents.sort_by_key(|one| (&one.application, &one.language, one.format));
        let viewed = documents.iter().find(|one| one.name == seen.viewed);
        let differences = viewed.map(|shown| {
            let earlier = replace(&mut seen.pages, shown.pages.clone());
            shown.differences(&earlier)
        });
        let news = News { run, documents, differences: differences.unwrap_or_default(), problems };
        serde_json::to_string(&news).ok()
    }
}

impl Shown {
    /// A document that a run has laid out.
    pub fn new(
        name: &str,
        format: &'static str,
        language: &str,
        application: Option<&str>,
        document: &Document,
    ) -> Self {
        let pages = document.page_hashes().into_iter().zip(document.page_sizes());
        let page = |(hash, (width, height))| Page { hash: format!("{hash:016x}"), width, height };
        Self {
            name: name.to_owned(),
            format,
            language: language.to_owned(),
            application: application.map(str::to_owned),
            pages: pages.map(page).collect(),
            current: true,
            ledger: None,
            document: Arc::new(document.clone()),
            printed: Arc::default(),
            drawn: Arc::default(),
        }
    }

    /// Draws a page, counted from 1, as SVG.
    pub fn draw(&self, page: usize) -> Option<String> {
        self.document.drawing(page, 0..self.drawn(page)?.len())
    }

    /// The elements of a page that is drawn.
    fn drawn(&self, page: usize) -> Option<Vec<u64>> {
        let elements = self.document.elements(page)?;
        let hash = self.pages.get(page.checked_sub(1)?)?.hash.clone();
        lock(&self.drawn).insert(hash, elements.clone());
        Some(elements)
    }

    /// What is new of the first pages that differ from `earlier` ones that were drawn, by their numbers.
    fn differences(&self, earlier: &[Page]) -> BTreeMap<usize, Difference> {
        let both = (1..).zip(self.pages.iter().zip(earlier));
        let changed = both.filter(|(_, (page, old))| page.hash != old.hash);
        let found =
            changed.filter_map(|(at, (_, old))| Some((at, self.difference(at, &old.hash)?)));
        found.take(AT_ONCE).collect()
    }

    /// What makes a page, counted from 1, of an earlier one, by its hash, that was drawn.
    pub fn difference(&self, page: usize, from: &str) -> Option<Difference> {
        let earlier = lock(&self.drawn).get(from).cloned()?;
        let elements = self.drawn(page)?;
        let same = |(a, b): &(&u64, &u64)| a == b;
        let before = earlier.iter().zip(&elements).take_while(same).count();
        let rest = earlier[before..].iter().rev().zip(elements[before..].iter().rev());
        let after = rest.take_while(same).count();
        let svg = self.document.drawing(page, before..elements.len() - after)?;
        Some(Difference { from: from.to_owned(), before, after, svg })
    }
}
