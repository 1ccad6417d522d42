//! The choice worth most among those that fit: an exact search over heights and values.
//!
//! Every part of the page has a list of states (how tall, how much worth), each better than all
//! smaller ones; lists are merged entry by entry and section by section. That is exact as long as
//! a list has no more than [`STATES`] states. Longer lists are thinned to the best of each of
//! [`STATES`] bands of height, so a merge loses at most one band of a page, under half a point.

use std::collections::BTreeSet;

use crate::record::model::applications::SectionKind;
use crate::tailor::heights::{Costs, EntryCost, Form, SectionCost, UNITS, units};
use crate::tailor::{Item, Selection, Values};

/// States a list may have.
const STATES: usize = 2000;
/// Pairs a merge looks at one by one.
const PAIRS: usize = 1 << 16;
/// How much more than the room is looked at, to know what would come next, in lines.
const BEYOND: f64 = 6.0;

/// What an application insists on.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// Entries that must be shown; the owners of such entries must be too.
    pub pinned: BTreeSet<Item>,
    /// Entries that must not be shown.
    pub dropped: BTreeSet<Item>,
}

impl Wishes {
    fn must(&self, item: &Item) -> bool {
        self.pinned.contains(item)
    }

    fn may(&self, item: &Item) -> bool {
        !self.dropped.contains(item)
    }
}

/// A choice of entries.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What is shown.
    pub items: BTreeSet<Item>,
    /// What it is worth, in all.
    pub value: u64,
    /// How much of the page it takes, head included, in points.
    pub height: f64,
    /// The better choice that needs the least more room.
    pub next: Option<(BTreeSet<Item>, f64)>,
}

impl Choice {
    /// The choice as a document takes it.
    pub fn selection(&self) -> Selection {
        Selection::of(self.items.iter().cloned())
    }
}

/// Even the shortest page that keeps what must stay is too long.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TooLong {
    /// By how much, in points.
    pub by: f64,
}

/// Finds the choice of the greatest value that is no taller than the room.
///
/// # Errors
/// What must stay takes more than the room.
pub fn choose(costs: &Costs, values: &Values, wishes: &Wishes) -> Result<Choice, TooLong> {
    let room = costs.room - costs.head + costs.between_sections;
    let mut search = Search {
        values,
        wishes,
        between: costs.between_highlights,
        thin: costs.thin_highlight + costs.between_highlights,
        limit: units(room + BEYOND * costs.line),
        nodes: Vec::new(),
    };
    let mut page = vec![State::default()];
    for section in &costs.sections {
        let states = search.section(section, costs.between_sections);
        page = search.merge(&page, &states);
    }
    let room = units(room);
    let Some(at) = page.iter().rposition(|state| state.height <= room) else {
        let least = page.first().map_or(0, |state| state.height);
        return Err(TooLong { by: (least - room) as f64 / UNITS });
    };
    let tall = |state: &State| state.height as f64 / UNITS + costs.head - costs.between_sections;
    Ok(Choice {
        items: search.items(&page[at]),
        value: page[at].value,
        height: tall(&page[at]),
        next: page.get(at + 1).map(|state| (search.items(state), tall(state) - costs.room)),
    })
}

/// One way to fill a part of the page.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    height: i64,
    value: u64,
    /// What is shown: a node of the search, or 0 for nothing.
    shown: u32,
}

/// What a state shows: an item, or what two others show.
enum Node {
    One(Item),
    Both(u32, u32),
}

struct Search<'a> {
    values: &'a Values,
    wishes: &'a Wishes,
    between: f64,
    thin: f64,
    limit: i64,
    nodes: Vec<Node>,
}

impl Search<'_> {
    /// The state that shows one item.
    fn one(&mut self, item: Item, height: i64) -> State {
        let value = self.values.of(&item);
        self.nodes.push(Node::One(item));
        State { height, value, shown: self.nodes.len() as u32 }
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
    fn section(&mut self, section: &SectionCost, between_sections: f64) -> Vec<State> {
        let Some(kind) = SectionKind::of(&section.kind) else { return vec![State::default()] };
        let between = units(section.between);
        let mut states = vec![State::default()];
        for (at, entry) in section.entries.iter().enumerate() {
            let mut options = self.entry(kind, at, entry);
            for option in options.iter_mut().filter(|option| option.height > 0) {
                option.height += between;
            }
            states = self.merge(&states, &options);
        }
        for state in states.iter_mut().filter(|state| state.height > 0) {
            state.height += units(section.title + between_sections) - between;
        }
        states
    }

    /// All ways to show an entry; a state without height does not show it.
    fn entry(&mut self, kind: SectionKind, at: usize, entry: &EntryCost) -> Vec<State> {
        let id = entry.id.clone().unwrap_or_default();
        match kind {
            SectionKind::Experience | SectionKind::Education | SectionKind::Volunteering => {
                let highlights =
                    self.highlights(entry, |at| Item::StationHighlight(id.clone(), at));
                let mut states = Vec::new();
                let summary = Item::StationSummary(id.clone());
                let voice = self.values.voice(&id);
                match entry.brief {
                    None => states.extend(self.with(entry.form, &highlights, voice)),
                    Some(brief) => {
                        if !self.wishes.must(&summary) {
                            states.extend(self.with(brief, &highlights, voice));
                        }
                        if self.wishes.may(&summary) {
                            let full = self.with(entry.form, &highlights, voice);
                            let line = self.one(summary, 0);
                            states.extend(self.pairs(&full, &[line]));
                        }
                    }
                }
                best(states, self.limit)
            }
            SectionKind::Projects => {
                let project = Item::Project(id.clone());
                let item = |at| Item::ProjectHighlight(id.clone(), at);
                let highlights = self.highlights(entry, item);
                let mut shown = self.with(entry.form, &highlights, 0);
                if !highlights.some.is_empty() && !highlights.pinned {
                    // A name without anything that was done there says nothing.
                    shown.remove(0);
                }
                let name = self.one(project.clone(), 0);
                let mut states = self.pairs(&shown, &[name]);
                if !self.wishes.may(&project) {
                    return vec![State::default()];
                }
                if !highlights.pinned && !self.wishes.must(&project) {
                    states.insert(0, State::default());
                }
                best(states, self.limit)
            }
            SectionKind::Skills => self.skills(at, entry),
            _ => self.whole(Item::Listed(kind, at), entry.form.bare),
        }
    }

    /// An entry that is shown whole or not at all.
    fn whole(&mut self, item: Item, height: f64) -> Vec<State> {
        let (must, may) = (self.wishes.must(&item), self.wishes.may(&item));
        let mut states = Vec::new();
        if !must {
            states.push(State::default());
        }
        if may {
            states.push(self.one(item, units(height)));
        }
        states
    }

    /// All ways to show a group of skills: the best for every number of lines.
    fn skills(&mut self, group: usize, entry: &EntryCost) -> Vec<State> {
        let Some(row) = &entry.row else { return vec![State::default()] };
        let most = self.limit / units(row.pitch).max(1) + 2;
        let edge = most * units(row.width);
        // Lists that end somewhere, where more may follow, and those that end for good.
        let mut open = vec![State { height: units(row.start), ..State::default() }];
        let mut done = vec![State::default()];
        for (at, words) in row.names.iter().enumerate() {
            let item = Item::Skill(group, at);
            if !self.wishes.may(&item) {
                continue;
            }
            let must = self.wishes.must(&item);
            let this = self.one(item, 0);
            if must {
                done.clear();
            }
            let mut longer = Vec::with_capacity(2 * open.len());
            let mut ended: Vec<State> = Vec::new();
            for state in &open {
                let value = state.value + this.value;
                let shown = self.both(state.shown, this.shown);
                let place = |last| row.after(state.height, words, last);
                longer.push(State { height: place(false), value, shown });
                let tall = units(row.tall(place(true)));
                match ended.last_mut() {
                    // Of those of one height the last is worth most.
                    Some(last) if last.height == tall => *last = State { value, shown, ..*last },
                    _ => ended.push(State { height: tall, value, shown }),
                }
            }
            done = best([done, ended].concat(), self.limit);
            if !must {
                longer.append(&mut open);
            }
            open = best(longer, edge);
        }
        done
    }

    /// An entry without highlights first, unless some are pinned, then with each state of them.
    fn with(&self, form: Form, highlights: &Highlights, voice: u64) -> Vec<State> {
        let bare = units(form.bare);
        let listed = units(form.listed(self.thin));
        let none = (!highlights.pinned).then_some(State { height: bare, ..State::default() });
        let some = highlights.some.iter().map(|state| State {
            height: bare.max(listed + state.height),
            value: state.value + voice,
            ..*state
        });
        none.into_iter().chain(some).collect()
    }

    /// All ways to show at least one highlight of an entry, each with the space before it.
    fn highlights(&mut self, entry: &EntryCost, item: impl Fn(usize) -> Item) -> Highlights {
        let mut some: Vec<State> = Vec::new();
        let mut pinned = false;
        for (at, height) in entry.highlights.iter().enumerate() {
            let item = item(at);
            if !self.wishes.may(&item) {
                continue;
            }
            let must = self.wishes.must(&item);
            let this = self.one(item, units(height + self.between));
            let mut added = self.pairs(&some, &[this]);
            if !pinned {
                added.push(this);
            }
            pinned |= must;
            if !must {
                added.extend(&some);
            }
            some = best(added, self.limit);
        }
        Highlights { some, pinned }
    }

    /// Every state of one list with every state of another, pruned.
    fn merge(&mut self, a: &[State], b: &[State]) -> Vec<State> {
        let sum = |a: &State, b: &State| (a.height + b.height, a.value + b.value);
        let mut found: Vec<(i64, u64, u32, u32)> = Vec::new();
        if a.len() * b.len() <= PAIRS {
            for a in a {
                for b in b {
                    let (height, value) = sum(a, b);
                    found.push((height, value, a.shown, b.shown));
                }
            }
        } else {
            let band = (self.limit / STATES as i64).max(1);
            let mut bands: Vec<Option<(i64, u64, u32, u32)>> = vec![None; STATES + 2];
            for a in a {
                for b in b {
                    let (height, value) = sum(a, b);
                    if height > self.limit {
                        break;
                    }
                    let Some(best) = bands.get_mut((height / band) as usize) else { break };
                    if best.is_none_or(|(tall, worth, ..)| (value, -height) > (worth, -tall)) {
                        *best = Some((height, value, a.shown, b.shown));
                    }
                }
            }
            // The shortest of all is kept even where it is too tall.
            if let (Some(a), Some(b)) = (a.first(), b.first()) {
                let (height, value) = sum(a, b);
                found.push((height, value, a.shown, b.shown));
            }
            found.extend(bands.into_iter().flatten());
        }
        found.sort_by_key(|(height, value, ..)| (*height, std::cmp::Reverse(*value)));
        let mut states: Vec<State> = Vec::new();
        for (height, value, a, b) in found {
            if !keeps(&states, height, value, self.limit) {
                continue;
            }
            let shown = self.both(a, b);
            states.push(State { height, value, shown });
        }
        states
    }

    /// Every state of one list with every state of another.
    fn pairs(&mut self, a: &[State], b: &[State]) -> Vec<State> {
        let mut states = Vec::with_capacity(a.len() * b.len());
        for a in a {
            for b in b {
                let shown = self.both(a.shown, b.shown);
                let (height, value) = (a.height + b.height, a.value + b.value);
                states.push(State { height, value, shown });
            }
        }
        states
    }
}

/// The ways to show highlights of one entry.
struct Highlights {
    some: Vec<State>,
    /// Whether some must be shown.
    pinned: bool,
}

/// The states that are worth more than every shorter one.
fn best(mut states: Vec<State>, limit: i64) -> Vec<State> {
    states.sort_by_key(|state| (state.height, std::cmp::Reverse(state.value)));
    let mut kept: Vec<State> = Vec::with_capacity(states.len());
    for state in states {
        if keeps(&kept, state.height, state.value, limit) {
            kept.push(state);
        }
    }
    if kept.len() > STATES {
        // Values rise with heights, so the last of a band is its best.
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
fn keeps(shorter: &[State], height: i64, value: u64, limit: i64) -> bool {
    shorter.last().is_none_or(|last| value > last.value && height <= limit)
}
