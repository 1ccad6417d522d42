//! What an advertisement asks for: terms with weights, years of experience, a degree.
//!
//! Terms are those of the record and of the built-in list, words that the record has too, and unknown
//! names. A company, a place and an ordinary word are none.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashSet;

use crate::tailor::advert::{Clause, Part, clauses};
use crate::tailor::degree::{Background, background};
use crate::tailor::fields::{Fields, asked_fields, post_fields};
use crate::tailor::lexicon::{
    has_cue, is_common, is_currency, is_maker, is_place, is_post, is_stop,
};
use crate::tailor::post::post;
use crate::tailor::terms::Terms;
use crate::tailor::words::{LONGEST, Word, keys, spelling, stems, words};

/// What a term counts that nearly every post of a trade has.
const GENERIC: f64 = 0.25;
/// What each further mention adds to the first, and how many add something.
const MENTION: (f64, usize) = (0.25, 2);
/// Terms that an advertisement asks for at most; real ones have far fewer.
const MOST: usize = 300;
/// Words after the name of a company or product that an advertisement speaks of.
const AFTER_OWN: [&str; 8] = ["is", "was", "has", "helps", "empowers", "builds", "은", "는"];
/// Words before one.
const BEFORE_OWN: [&str; 4] = ["at ", "join ", "we are ", "we're "];
/// Words that a phrase of the record has at most, for the advertisement to name it.
const PHRASE: usize = 3;
/// Letters that an acronym has at most which is also a word.
const ACRONYM: usize = 4;
/// Words that the title before a colon has at most.
const LEAD: usize = 8;
/// Words inside sentences that a text has at least, and the part of them that has a capital, where a capital makes no name.
const CAPITALS: (usize, f64) = (40, 0.4);

/// What an advertisement asks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Asked {
    /// All terms that are looked for, those of the advertisement among them.
    pub terms: Terms,
    /// What it asks for, in its order.
    pub list: Vec<AskedTerm>,
    /// The fields of work it speaks of, with their weights.
    pub(super) fields: Fields,
    /// Those that the post is about, by its name.
    pub(super) post_fields: Fields,
    /// The years and the degree it asks for.
    pub background: Background,
    /// Whether most of its words are Korean.
    pub korean: bool,
    /// The post.
    pub role: Option<String>,
    /// What it says of the post: its duties, and what it requires and prefers.
    pub(super) of_post: String,
}

/// A term that an advertisement asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedTerm {
    /// Its index.
    pub term: usize,
    /// The most important part that names it.
    pub part: Part,
    /// How it is written there.
    pub spelling: String,
    /// How often it is named.
    pub count: usize,
    /// What it counts: by its part, whether nearly all posts have it, and how often it is named.
    pub weight: f64,
    /// The clauses that name it.
    pub clauses: BTreeSet<usize>,
}

impl Asked {
    /// Reads an advertisement. `spoken` are the spellings that the record has, `had` its terms.
    pub(super) fn of(
        text: &str,
        terms: &Terms,
        spoken: &FxHashSet<String>,
        had: &HashSet<usize>,
    ) -> Self {
        let clauses = clauses(text);
        let mut reading = Reading {
            terms: terms.clone(),
            list: Vec::new(),
            places: HashMap::new(),
            own: own_names(text, &clauses),
            spoken,
            writing: Writing::of(&clauses),
        };
        // What a paragraph says that does not speak of the post is said of the company.
        let speaks = |clause: &&Clause| has_cue(&clause.text.to_lowercase(), "cues of the post");
        let of_post: HashSet<usize> =
            clauses.iter().filter(speaks).map(|clause| clause.paragraph).collect();
        for (at, clause) in clauses.iter().enumerate() {
            let of_company =
                clause.part == Part::About && at > 0 && !of_post.contains(&clause.paragraph);
            if clause.part != Part::Other {
                reading.read(at, clause, of_company);
            }
        }
        let terms = &reading.terms;
        reading.list.retain(|asked| !terms.is_unsaid(asked.term) || had.contains(&asked.term));
        reading.list.truncate(MOST);
        let Reading { terms, mut list, writing, .. } = reading;
        let korean = writing.hangul;
        for asked in &mut list {
            let more = (asked.count - 1).min(MENTION.1) as f64;
            let generic = if terms.is_generic(asked.term) { GENERIC } else { 1.0 };
            asked.weight = asked.part.weight() * generic * (1.0 + MENTION.0 * more);
        }
        let (background, role) = (background(&clauses), post(&clauses));
        let fields = asked_fields(&clauses);
        let post_fields = role.as_deref().map(post_fields).unwrap_or_default();
        let counting = clauses.iter().filter(|clause| clause.part.weight() > 0.0);
        let of_post = counting.map(|clause| &*clause.text).collect::<Vec<_>>().join("\n");
        Self { terms, list, fields, post_fields, background, korean, role, of_post }
    }

    /// Whether the advertisement asks for a term.
    pub(super) fn asks_for(&self, term: usize) -> bool {
        self.weight(term).is_some()
    }

    /// What a term counts, where it is asked for.
    pub(super) fn weight(&self, term: usize) -> Option<f64> {
        self.list.iter().find(|asked| asked.term == term).map(|asked| asked.weight)
    }
}

/// How an advertisement is written.
struct Writing {
    /// Whether most words are Korean: there a Latin word is a name.
    hangul: bool,
    /// Whether nouns have a capital, as in German, or all words have: there a capital makes no name.
    nouns: bool,
}

impl Writing {
    fn of(clauses: &[Clause]) -> Self {
        let (mut hangul, mut all, mut capital, mut inside) = (0, 0, 0, 0);
        for clause in clauses {
            for word in words(&clause.text) {
                all += 1;
                if word.is_hangul() {
                    hangul += 1;
                } else if word.between == " " && word.text.len() > 3 {
                    inside += 1;
                    capital += usize::from(word.is_capital());
                }
            }
        }
        let (least, part) = CAPITALS;
        let nouns = inside >= least && capital as f64 > part * inside as f64;
        Self { hangul: hangul * 2 > all, nouns }
    }
}

/// The names in what the company says of itself, which are those of the company, its products and its
/// town: those in its addresses, all in a clause about other things than the post, and elsewhere those that begin a
/// statement (`Name is …`) or follow `at`, `join` and the like.
fn own_names(text: &str, clauses: &[Clause]) -> FxHashSet<String> {
    static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)[\w.+-]@([\w-]+)\.\w|github\.com/([\w-]+)(?:/([\w-]+))?").ok()
    });
    let addresses = ADDRESS.iter().flat_map(|address| address.captures_iter(text));
    // A repository of its own name is a product of others.
    let owners = addresses.filter_map(|found| {
        let part = |at| found.get(at).map(|part| part.as_str().to_lowercase());
        part(1).or_else(|| part(2).filter(|owner| Some(owner) != part(3).as_ref()))
    });
    let mut names: FxHashSet<String> = owners.collect();
    for clause in clauses {
        let words = words(&clause.text);
        let mut before = String::new();
        for (at, word) in words.iter().enumerate() {
            before.push_str(&word.between.replace('’', "'"));
            let next = words.get(at + 1).filter(|next| matches!(next.between, "" | " "));
            let states =
                word.is_first(at) && next.is_some_and(|next| AFTER_OWN.contains(&next.text));
            let is_own = clause.part == Part::Other
                || states
                || BEFORE_OWN.iter().any(|own| before.ends_with(own));
            if word.is_capital() && is_own {
                names.insert(word.singular());
            }
            before.push_str(&word.text.to_lowercase());
        }
    }
    names
}

/// The terms found so far.
struct Reading<'a> {
    terms: Terms,
    list: Vec<AskedTerm>,
    /// Indexes of `list`, by the term.
    places: HashMap<usize, usize>,
    own: FxHashSet<String>,
    spoken: &'a FxHashSet<String>,
    writing: Writing,
}

impl Reading<'_> {
    /// Reads a clause; of the company only names of technologies count.
    fn read(&mut self, at: usize, clause: &Clause, of_company: bool) {
        let words = words(&clause.text);
        let (mut taken, mut technology) = (vec![false; words.len()], false);
        let asks_language = has_cue(&clause.text.to_lowercase(), "cues of a language");
        for found in self.terms.all(&words) {
            // A shorter term inside a longer one is part of its name.
            let (start, end) = found.words;
            let run = &words[start..end];
            // `product managers` are colleagues.
            let last = run[run.len() - 1].text.to_lowercase();
            if last.strip_suffix('s').is_some_and(is_post) {
                continue;
            }
            let is_ordinary = clause.part == Part::About && is_ordinary(run);
            let is_wide = of_company && !self.terms.is_technology(found.term);
            if taken[start] || (is_ordinary || is_wide) && !asks_language {
                continue;
            }
            // `CI/CD pipeline` is CI/CD.
            let follows = run[0].between == " " && start > 0 && taken[start - 1];
            let follows = follows && !words[start - 1].is_hangul();
            taken[start..end].fill(true);
            technology |= self.terms.is_technology(found.term);
            if !(follows && self.terms.is_generic(found.term)) {
                self.count(found.term, at, clause, run);
            }
        }
        if clause.part == Part::About {
            return;
        }
        self.names(at, clause, &words, &mut taken, technology);
        self.phrases(at, clause, &words, &mut taken);
    }

    /// Counts a mention of a term.
    fn count(&mut self, term: usize, at: usize, clause: &Clause, run: &[Word]) {
        let place = *self.places.entry(term).or_insert(self.list.len());
        if place == self.list.len() {
            let spelling = self.terms.without_ending(spelling(&clause.text, run), run, term);
            let (part, clauses) = (clause.part, BTreeSet::new());
            self.list.push(AskedTerm { term, part, spelling, count: 0, weight: 0.0, clauses });
        }
        let asked = &mut self.list[place];
        asked.count += 1;
        asked.part = asked.part.max(clause.part);
        asked.clauses.insert(at);
    }

    /// Counts unknown names: acronyms, mixed case, a capital inside a sentence, Latin letters in a Korean
    /// text, and what stands in a list with a known `technology`.
    fn names(
        &mut self,
        at: usize,
        clause: &Clause,
        words: &[Word],
        taken: &mut [bool],
        technology: bool,
    ) {
        let titled = if is_titled(words, taken) { words.len() } else { titled_lead(words, taken) };
        let name =
            |at: usize| !taken[at] && self.is_name(words, taken, at, at < titled, technology);
        let is_name: Vec<bool> = (0..words.len()).map(name).collect();
        let mut start = 0;
        while start < words.len() {
            let mut end = start;
            while end < words.len().min(start + LONGEST)
                && !taken[end]
                && (end == start || (words[end].is_joined() && words[end].between != "/"))
                && (is_name[end] || (end > start && is_number(&words[end])))
            {
                end += 1;
            }
            if end == start {
                start += 1;
                continue;
            }
            let run = &words[start..end];
            let is_own = run.iter().map(Word::singular);
            let is_own = { is_own }.all(|word| self.own.contains(&word) || is_maker(&word));
            taken[start..end].fill(true);
            // `in Springfield, Illinois`
            let is_town = words
                .get(end)
                .is_some_and(|next| next.between == ", " && is_place(&next.text.to_lowercase()));
            if !is_own
                && !is_town
                && let Some(term) = self.terms.add(&[spelling(&clause.text, run)])
            {
                self.count(term, at, clause, run);
            }
            start = end;
        }
    }

    fn is_name(
        &self,
        words: &[Word],
        taken: &[bool],
        at: usize,
        titled: bool,
        technology: bool,
    ) -> bool {
        let word = &words[at];
        let text = word.text;
        let letters = text.chars().filter(|c| c.is_ascii_alphabetic()).count();
        let starts = text.trim_start_matches('.').chars().next();
        let upper = text.chars().skip(1).any(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let may_be = upper || word.is_capital() || self.writing.hangul;
        if !may_be || letters < 2 || starts.is_none_or(|c| !c.is_ascii_alphabetic()) {
            return false;
        }
        let small = word.singular();
        // `UTC+9`, `USD500`
        let bare = small.trim_end_matches(|c: char| !c.is_ascii_alphabetic());
        let is_amount = is_place(bare) || is_currency(bare);
        if is_stop(&small) || is_stop(&text.to_lowercase()) || is_place(&small) || is_amount {
            return false;
        }
        let inside = word.is_capital() && !word.is_first(at) && !titled && !self.writing.nouns;
        let listed = technology && word.is_capital() && is_in_list(words, at);
        // `Linux kernel driver`
        let follows = at > 0 && taken[at - 1] && word.between == " ";
        let common = is_common(&small);
        // `CURRENTLY` is loud and no acronym.
        let loud = common && text.len() > ACRONYM && text.bytes().all(|b| b.is_ascii_uppercase());
        let in_code = [Some(word), words.get(at + 1)].into_iter().flatten();
        if loud || { in_code }.any(|word| word.between == "_") {
            return false;
        }
        upper
            || listed && !(common && (word.is_first(at) || follows))
            || ((self.writing.hangul || inside) && !common)
    }

    /// Counts words and phrases that the record has, too.
    fn phrases(&mut self, at: usize, clause: &Clause, words: &[Word], taken: &mut [bool]) {
        for length in (2..=PHRASE.min(LONGEST)).rev() {
            for start in 0..(words.len() + 1).saturating_sub(length) {
                let (run, range) = (&words[start..start + length], start..start + length);
                if taken[range.clone()].contains(&true) || !self.is_phrase(run, start) {
                    continue;
                }
                let mut noun = spelling(&clause.text, run);
                if let Some(last) = run.last().filter(|last| last.is_hangul()) {
                    let stem = stems(last.text).last().filter(|stem| stem.chars().count() > 1);
                    noun.truncate(noun.len() - stem.map_or(0, |stem| last.text.len() - stem.len()));
                }
                taken[range].fill(true);
                if let Some(term) = self.terms.add(&[noun]) {
                    self.count(term, at, clause, run);
                }
            }
        }
    }

    /// Whether words that the record has name something.
    fn is_phrase(&self, run: &[Word], start: usize) -> bool {
        let says = |word: &Word| {
            let small = word.text.to_lowercase();
            let long = small.chars().count() >= if word.is_hangul() { 2 } else { 4 };
            let noun = word.is_hangul()
                || small.bytes().all(|b| b.is_ascii_alphabetic())
                    && !["ed", "ly", "er", "ers"].iter().any(|end| small.ends_with(end));
            let stop = is_stop(&small)
                || is_stop(&word.singular())
                || is_place(&small)
                || (word.is_hangul() && (is_verb(word.text) || stems(word.text).any(is_stop)));
            long && noun && !stop
        };
        let single = run.len() == 1;
        run.iter().all(says)
            && run[1..].iter().all(|word| word.between == " ")
            // An English sentence begins with a verb.
            && !(single && run[0].is_first(start) && !run[0].is_hangul())
            && !(single && start > 0 && run[0].between.is_empty())
            && keys(run).iter().any(|key| self.spoken.contains(key))
    }
}

/// Whether a Korean word is a verb that is made of a noun: `추적하고`.
fn is_verb(word: &str) -> bool {
    let verbs = ['하', '해', '한', '할', '함', '합', '했', '되', '된', '될', '됨', '됩', '돼'];
    stems(word).any(|stem| word[stem.len()..].starts_with(verbs))
}

/// Whether a run is a single word that names no skill by itself, as `채용` in a title.
fn is_ordinary(run: &[Word]) -> bool {
    run.len() == 1 && (is_stop(run[0].text) || is_stop(&run[0].singular()))
}

/// Whether a name stands in a list with others: signs part it from its neighbours, or it stands alone.
fn is_in_list(words: &[Word], at: usize) -> bool {
    let (word, next) = (&words[at], words.get(at + 1));
    let parts = |between: &str| [",", "/", ", ", " / "].contains(&between);
    let joins = |word: &Word| ["and", "or"].contains(&word.text);
    let ends = next.is_none_or(|next| {
        parts(next.between) || next.is_hangul() || !next.between.starts_with(' ')
    });
    let before = at > 0 && (parts(word.between) || joins(&words[at - 1]));
    if !word.is_first(at) {
        return before && ends || next.is_some_and(|next| parts(next.between));
    }
    let small = word.text.to_lowercase();
    let is_verb = ["ed", "ly", "ing"].iter().any(|end| small.ends_with(end));
    let begins = |next: &Word| parts(next.between) || next.between == " (" || joins(next);
    !is_verb && !word.between.contains(". ") && next.is_none_or(begins)
}

/// Whether nearly all long words of a line have a capital, which then names nothing; those of known terms and of lists
/// say nothing of the others.
fn is_titled(words: &[Word], taken: &[bool]) -> bool {
    let (mut all, mut capital) = (0, 0);
    for (word, taken) in words.iter().zip(taken) {
        if !taken && !word.is_hangul() && word.text.len() > 3 && word.between != ", " {
            all += 1;
            capital += usize::from(word.is_capital());
        }
    }
    all > 3 && capital * 10 > all * 7
}

/// How many words before the colon of a line are its title: `Solid Grasp of Design: …`.
fn titled_lead(words: &[Word], taken: &[bool]) -> usize {
    let colon = words.iter().skip(1).take(LEAD).position(|word| word.between.contains(':'));
    let lead = colon.map_or(0, |colon| colon + 1);
    let mut long =
        words[..lead].iter().zip(taken).filter(|(word, taken)| !**taken && word.text.len() > 3);
    if long.all(|(word, _)| word.is_capital()) { lead } else { 0 }
}

/// Whether a word is the number of a standard: `ISO 9001`, `VDA 6.3`.
fn is_number(word: &Word) -> bool {
    matches!(word.between, " " | "." | "-") && word.text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::own_names;
    use crate::tailor::advert::clauses;

    #[test]
    fn the_names_of_a_company_are_its_own() {
        let text = "Engineer at Acmeco\n\nAcmebase is a platform. Hi, we're Acmely.\n\n\
                    Requirements\n- Experience with Quxdb";
        let own = own_names(text, &clauses(text));
        assert!(["acmeco", "acmebase", "acmely"].iter().all(|name| own.contains(*name)), "{own:?}");
        assert!(!own.contains("quxdb"), "{own:?}");
    }
}
