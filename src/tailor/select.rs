//! The choice of the greatest score among those that fit: an exact search over heights and scores.
//!
//! Every part of the page has a list of states (a height and a score), each with a higher score than
//! all shorter ones; lists are merged entry by entry and section by section. That is exact as long
//! as a list has no more than [`STATES`] states. Longer lists are thinned to the best of each of
//! [`STATES`] bands of height, so a merge loses at most one band of a page, under half a point.

use std::collections::BTreeSet;

use crate::record::model::sections::SectionKind;
use crate::tailor::catalog::Catalog;
use crate::tailor::constraints::Constraints;
use crate::tailor::heights::{Heights, SectionHeight, UNITS, units};
use crate::tailor::items::Item;
use crate::tailor::outline::Entry;
use crate::tailor::score::{First, Scores};
use crate::tailor::selection::Selection;

/// States a list may have.
const STATES: usize = 2000;
/// Pairs a merge looks at one by one.
const PAIRS: usize = 1 << 16;
/// How much more than the room is looked at, to know what would come next, in lines.
const BEYOND: f64 = 6.0;

/// A choice of entries.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What is shown.
    pub items: BTreeSet<Item>,
    /// Its score.
    pub score: u64,
    /// How much of the page it takes, head included, in points.
    pub height: f64,
    /// The better choice that needs the least more room.
    pub next: Option<(BTreeSet<Item>, f64)>,
}

impl Choice {
    /// The choice as a document takes it.
    pub fn selection(&self, scores: &Scores, constraints: &Constraints) -> Selection {
        Selection::of(self.items.iter().cloned())
            .in_order(constraints.order(scores))
            .naming(&scores.technologies)
    }
}

/// Even the shortest page that keeps what must stay is too long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TooLong {
    /// By how much, in points.
    pub by: f64,
}

/// Finds the choice of the greatest score that is no taller than a number of pages.
///
/// # Errors
/// What must stay takes more than the pages.
pub fn select(
    heights: &Heights,
    catalog: &Catalog,
    scores: &Scores,
    constraints: &Constraints,
    pages: usize,
) -> Result<Choice, TooLong> {
    let main = column(heights, catalog, scores, constraints, pages, false)?;
    if !heights.page.sections.iter().any(|section| section.side) {
        return Ok(main);
    }
    // The columns of a page are filled apart from each other.
    let side = column(heights, catalog, scores, constraints, pages, true)?;
    let items = main.items.into_iter().chain(side.items).collect();
    Ok(Choice { items, score: main.score + side.score, ..main })
}

/// The best choice for one column of the pages.
fn column(
    heights: &Heights,
    catalog: &Catalog,
    scores: &Scores,
    constraints: &Constraints,
    pages: usize,
    side: bool,
) -> Result<Choice, TooLong> {
    let page = &heights.page;
    let head = if side { heights.head.side.unwrap_or(0.0) } else { heights.head.height };
    // Every section counts with the space before it, which the first one does not have.
    let beside = head - page.between_sections;
    // The space before what begins a page is dropped.
    let dropped = (pages - 1) as f64 * page.between_sections;
    let room = pages as f64 * page.room + dropped - beside;
    let limit = units(room + BEYOND * page.line);
    let mut search = Search { heights, scores, constraints, limit, nodes: Vec::new() };
    let mut states = vec![State::default()];
    for section in page.sections.iter().filter(|section| section.side == side) {
        let entries = catalog.outline.iter().filter(|entry| entry.section == section.kind);
        let section = search.section(section, entries);
        states = search.merge(&states, &section);
    }
    let room = units(room);
    let Some(at) = states.iter().rposition(|state| state.height <= room) else {
        let least = states.first().map_or(0, |state| state.height);
        return Err(TooLong { by: (least - room) as f64 / UNITS });
    };
    let points = |height: i64| height as f64 / UNITS;
    Ok(Choice {
        items: search.items(&states[at]),
        score: states[at].score,
        height: points(states[at].height) + beside,
        next: states.get(at + 1).map(|state| (search.items(state), points(state.height - room))),
    })
}

/// One way to fill a part of the page.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    height: i64,
    score: u64,
    /// What is shown: a node of the search, or 0 for nothing.
    shown: u32,
}

/// What a state shows: an item, or what two others show.
enum Node {
    One(Item),
    Both(u32, u32),
}

struct Search<'a> {
    heights: &'a Heights,
    scores: &'a Scores,
    constraints: &'a Constraints,
    /// States that are taller do not matter.
    limit: i64,
    nodes: Vec<Node>,
}

impl Search<'_> {
    /// The state that shows one item.
    fn one(&mut self, item: Item, height: i64) -> State {
        let score = self.scores.of(&item);
        self.nodes.push(Node::One(item));
        State { height, score, shown: self.nodes.len() as u32 }
    }

    fn both(&mut self, a: u32, b: u32) -> u32 {
        match (a, b) {
            (0, shown) | (shown, 0) => shown,
            _ => {
                self.nodes.push(Node::Both(a, b));
                self.nodes.len() as u32
            }
        }
    }

    fn items(&self, state: &State) -> BTreeSet<Item> {
        let (mut items, mut open) = (BTreeSet::new(), vec![state.shown]);
        while let Some(shown) = open.pop() {
            match (shown as usize).checked_sub(1).and_then(|at| self.nodes.get(at)) {
                Some(Node::One(item)) => {
                    items.insert(item.clone());
                }
                Some(Node::Both(a, b)) => open.extend([*a, *b]),
                None => {}
            }
        }
        items
    }

    /// All ways to show a section, the way not to show it among them.
    fn section<'e>(
        &mut self,
        section: &SectionHeight,
        entries: impl Iterator<Item = &'e Entry>,
    ) -> Vec<State> {
        let between = units(section.between);
        let mut states = vec![State::default()];
        for entry in entries {
            let mut options = self.entry(entry);
            for option in options.iter_mut().filter(|option| option.height > 0) {
                option.height += between;
            }
            states = self.merge(&states, &options);
        }
        let place = self.scores.first(&First::Section(section.kind.word().to_owned()));
        for state in states.iter_mut().filter(|state| state.height > 0) {
            state.height += units(section.title + self.heights.page.between_sections) - between;
            state.score += place;
        }
        states
    }

    /// All ways to show an entry; a state without height does not show it.
    fn entry(&mut self, entry: &Entry) -> Vec<State> {
        match entry.section.usual() {
            _ if entry.is_career() => {
                let highlights = self.highlights(entry);
                let (bare, with_summary) = self.forms(entry, &highlights);
                best([bare, with_summary].concat(), self.limit)
            }
            Some(SectionKind::Skills) => self.skills(entry),
            _ if entry.is_line() => self.together(entry, self.heights.form(entry, false).0),
            _ => entry.whole().map_or_else(Vec::new, |whole| self.whole(entry, whole)),
        }
    }

    /// All ways to show an entry that is shown: without its summary, and with it.
    fn forms(&mut self, entry: &Entry, highlights: &Highlights) -> (Vec<State>, Vec<State>) {
        let Some(summary) = entry.summary() else {
            return (self.with(entry, false, highlights), Vec::new());
        };
        let (mut bare, mut with_summary) = (Vec::new(), Vec::new());
        if !self.constraints.must(&summary) {
            bare = self.with(entry, true, highlights);
        }
        if self.constraints.may(&summary) {
            let line = self.one(summary, 0);
            let full = self.with(entry, false, highlights);
            with_summary = self.pairs(&full, &[line]);
        }
        (bare, with_summary)
    }

    /// An entry that is shown or not, with some of its highlights.
    fn whole(&mut self, entry: &Entry, whole: Item) -> Vec<State> {
        let highlights = self.highlights(entry);
        let (mut shown, with_summary) = self.forms(entry, &highlights);
        let is_project = entry.section == SectionKind::Projects;
        if is_project && !highlights.some.is_empty() && !highlights.pinned && !shown.is_empty() {
            // A name without anything that was done there says nothing.
            shown.remove(0);
        }
        shown.extend(with_summary);
        if !self.constraints.may(&whole) {
            return vec![State::default()];
        }
        let must = highlights.pinned || self.constraints.must(&whole);
        let name = self.one(whole, 0);
        let mut states = self.pairs(&shown, &[name]);
        if !must {
            states.insert(0, State::default());
        }
        best(states, self.limit)
    }

    /// All ways to show a group of skills: the best for every number of lines.
    fn skills(&mut self, entry: &Entry) -> Vec<State> {
        let page = &self.heights.page;
        let Some(group) = self.heights.of(entry).and_then(|entry| entry.group.as_ref()) else {
            // No choice of skills takes less.
            return self.together(entry, page.least_entry);
        };
        let lines = page.skills;
        let most = self.limit / units(lines.pitch).max(1) + 2;
        let edge = most * units(lines.width);
        // Lists that end somewhere, where more may follow, and those that end for good.
        let first = self.scores.first(&First::Group(entry.index));
        let mut open = vec![State { height: units(group.start), score: first, shown: 0 }];
        let mut done = match self.constraints.must_group(entry.index) {
            true => Vec::new(),
            false => vec![State::default()],
        };
        for words in &group.names {
            let item = entry.part(words.index);
            if !self.constraints.may(&item) {
                continue;
            }
            let must = self.constraints.must(&item);
            let this = self.one(item, 0);
            if must {
                done.clear();
            }
            let mut longer = Vec::with_capacity(2 * open.len());
            let mut ended: Vec<State> = Vec::new();
            for state in &open {
                let score = state.score + this.score;
                let shown = self.both(state.shown, this.shown);
                let place = |last| lines.after(state.height, words, last);
                longer.push(State { height: place(false), score, shown });
                let tall = units(lines.tall(group.label, place(true)));
                match ended.last_mut() {
                    // Of those of one height the last has the highest score.
                    Some(last) if last.height == tall => *last = State { score, shown, ..*last },
                    _ => ended.push(State { height: tall, score, shown }),
                }
            }
            done = best([done, ended].concat(), self.limit);
            if must {
                open.clear();
            }
            open.append(&mut longer);
            open = best(open, edge);
        }
        done
    }

    /// All parts of an entry that may be shown, in a height, or none of them.
    fn together(&mut self, entry: &Entry, height: f64) -> Vec<State> {
        let height = units(height);
        let is_group = entry.section == SectionKind::Skills;
        let mut pinned = is_group && self.constraints.must_group(entry.index);
        let mut all = State::default();
        for item in entry.parts().filter(|item| self.constraints.may(item)) {
            pinned |= self.constraints.must(&item);
            let this = self.one(item, 0);
            let shown = self.both(all.shown, this.shown);
            all = State { height, score: all.score + this.score, shown };
        }
        if !entry.is_line() {
            all.score += self.scores.first(&First::Group(entry.index));
        }
        match (pinned, all.height > 0) {
            (true, _) => vec![all],
            (false, true) => vec![State::default(), all],
            (false, false) => vec![State::default()],
        }
    }

    /// An entry without highlights first, unless some are pinned, then with each state of them.
    fn with(&self, entry: &Entry, brief: bool, highlights: &Highlights) -> Vec<State> {
        let (bare, listed) = self.heights.form(entry, brief);
        let (bare, listed) = (units(bare), units(listed));
        let first = match entry.whole() {
            Some(_) => 0,
            None => self.scores.first(&First::Employer(entry.id.clone())),
        };
        let none = (!highlights.pinned).then_some(State { height: bare, ..State::default() });
        let some = highlights.some.iter().map(|state| State {
            height: bare.max(listed + state.height),
            score: state.score + first,
            ..*state
        });
        none.into_iter().chain(some).collect()
    }

    /// All ways to show at least one highlight of an entry, each with the space before it.
    fn highlights(&mut self, entry: &Entry) -> Highlights {
        let mut all = Highlights::default();
        for (position, highlights) in entry.by_position() {
            let mut own = Highlights::default();
            for at in highlights {
                let item = entry.part(at);
                if self.constraints.may(&item) {
                    let must = self.constraints.must(&item);
                    let this = self.one(item, units(self.heights.highlight(entry, at)));
                    own = self.also(own, &Highlights { some: vec![this], pinned: must });
                }
            }
            let first = position.map(|at| First::Position(entry.id.clone(), at));
            let first = first.map_or(0, |first| self.scores.first(&first));
            own.some.iter_mut().for_each(|state| state.score += first);
            all = self.also(all, &own);
        }
        all
    }

    /// All ways to show at least one of some highlights and others.
    fn also(&mut self, some: Highlights, others: &Highlights) -> Highlights {
        let mut all = if others.pinned { Vec::new() } else { some.some.clone() };
        all.extend(self.pairs(&some.some, &others.some));
        if !some.pinned {
            all.extend(others.some.iter().copied());
        }
        // Of equals the first stays, so earlier highlights win.
        Highlights { some: best(all, self.limit), pinned: some.pinned || others.pinned }
    }

    /// Every state of one list with every state of another, pruned. Of equals the one that shows
    /// most of the first list stays, which is the earlier one in the document.
    fn merge(&mut self, a: &[State], b: &[State]) -> Vec<State> {
        let sum = |a: &State, b: &State| (a.height + b.height, a.score + b.score);
        let mut found: Vec<(i64, u64, u32, u32)> = Vec::new();
        if a.len() * b.len() <= PAIRS {
            for a in a.iter().rev() {
                for b in b {
                    let (height, score) = sum(a, b);
                    found.push((height, score, a.shown, b.shown));
                }
            }
        } else {
            let band = (self.limit / STATES as i64).max(1);
            let mut bands: Vec<Option<(i64, u64, u32, u32)>> = vec![None; STATES + 2];
            for a in a.iter().rev() {
                for b in b {
                    let (height, score) = sum(a, b);
                    if height > self.limit {
                        break;
                    }
                    let Some(best) = bands.get_mut((height / band) as usize) else { break };
                    if best.is_none_or(|(tall, most, ..)| (score, -height) > (most, -tall)) {
                        *best = Some((height, score, a.shown, b.shown));
                    }
                }
            }
            // The shortest of all is kept even where it is too tall.
            if let (Some(a), Some(b)) = (a.first(), b.first()) {
                let (height, score) = sum(a, b);
                found.push((height, score, a.shown, b.shown));
            }
            found.extend(bands.into_iter().flatten());
        }
        found.sort_by_key(|(height, score, ..)| (*height, std::cmp::Reverse(*score)));
        let mut states: Vec<State> = Vec::new();
        for (height, score, a, b) in found {
            if !keeps(&states, height, score, self.limit) {
                continue;
            }
            let shown = self.both(a, b);
            states.push(State { height, score, shown });
        }
        states
    }

    /// Every state of one list with every state of another.
    fn pairs(&mut self, a: &[State], b: &[State]) -> Vec<State> {
        let mut states = Vec::with_capacity(a.len() * b.len());
        for a in a {
            for b in b {
                let shown = self.both(a.shown, b.shown);
                let (height, score) = (a.height + b.height, a.score + b.score);
                states.push(State { height, score, shown });
            }
        }
        states
    }
}

/// The ways to show highlights of one entry.
#[derive(Default)]
struct Highlights {
    some: Vec<State>,
    /// Whether some must be shown.
    pinned: bool,
}

/// The states that have a higher score than every shorter one.
fn best(mut states: Vec<State>, limit: i64) -> Vec<State> {
    states.sort_by_key(|state| (state.height, std::cmp::Reverse(state.score)));
    let mut kept: Vec<State> = Vec::with_capacity(states.len());
    for state in states {
        if keeps(&kept, state.height, state.score, limit) {
            kept.push(state);
        }
    }
    if kept.len() > STATES {
        // Scores rise with heights, so the last of a band is its best.
        let band = |state: &State| state.height * STATES as i64 / limit.max(1);
        let lasts = kept.windows(2).filter(|two| band(&two[0]) != band(&two[1])).map(|two| two[0]);
        kept = kept
            .first()
            .copied()
            .into_iter()
            .chain(lasts.skip(1))
            .chain(kept.last().copied())
            .collect();
    }
    kept
}

/// Whether a state goes onto a list of shorter ones; the shortest always does.
fn keeps(shorter: &[State], height: i64, score: u64, limit: i64) -> bool {
    shorter.last().is_none_or(|last| score > last.score && height <= limit)
}
