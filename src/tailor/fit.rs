//! The choice that fits, and the measure at which it fills the page.
//!
//! Entries are sketched: each takes no less than is said of it. The search chooses, and one layout
//! shows the choice while its gaps take what is left. A page as tall as the sum of what was sketched
//! proves all of it, and that nothing better fits: whatever is not shown takes no less either. Where
//! the page says otherwise everything is measured, and the choice made again. Only on a page that
//! stays half empty do lines and size give way too. Never more than [`MOST`] layouts beside the guesses.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use crate::tailor::heights::Costs;
use crate::tailor::select::{Choice, Wishes, choose};
use crate::tailor::{Fit, Item, Selection, Values};

/// Layouts that one document may cost beside its guesses.
pub const MOST: usize = 10;
/// Layouts that measuring costs at the most.
const PARTS: usize = 1;
/// How often a choice may be made again.
const ATTEMPTS: usize = 4;
/// How far a height may be off without being wrong, in points.
const EXACT: f64 = 0.05;
/// How far a height may be off and still be the same, in points: what was guessed must give the same
/// page as what was measured.
pub const SAME: f64 = 0.02;
/// Space that is kept free at the foot of a page that is made to measure, in points.
const SPARE: f64 = 0.5;
/// Space that may be left free before lines and size give way, in lines.
const FREE: f64 = 1.5;

/// A laid-out page as the search sees it.
#[derive(Debug)]
pub struct Page<D> {
    /// How many pages there are.
    pub pages: usize,
    /// How much of them the text takes, in points, over all pages.
    pub used: f64,
    /// The pages themselves.
    pub document: D,
}

/// What lays documents out.
pub trait Layouts<D, E> {
    /// What everything takes at a measure, and how many layouts it took to find out.
    ///
    /// # Errors
    /// The template's.
    fn measure(&mut self, fit: Fit) -> Result<(Costs, usize), E>;

    /// What everything takes at the least; or took on another page of the same record, whose head
    /// may be another. And how many layouts it took to find out. Asked again until there is no
    /// guess left that the page has not proven wrong.
    ///
    /// # Errors
    /// The template's.
    fn guess(&mut self, _: Fit) -> Result<Option<(Costs, usize)>, E> {
        Ok(None)
    }

    /// A choice, laid out.
    ///
    /// # Errors
    /// The template's.
    fn lay_out(&mut self, selection: &Selection, fit: Fit, room: f64) -> Result<Page<D>, E>;
}

/// A page that is exactly one page.
#[derive(Debug)]
pub struct Fitted<D> {
    /// The page.
    pub document: D,
    /// What it shows.
    pub choice: Choice,
    /// The heights the choice was made by.
    pub costs: Costs,
    /// The measure the choice was made at, and the one it is set in.
    pub chosen_at: Fit,
    /// The measure the page is set in.
    pub fit: Fit,
    /// How much of the page it takes in the end, in points.
    pub used: f64,
    /// How many layouts it cost.
    pub layouts: usize,
}

/// What must stay does not fit even at the tightest measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfit {
    /// By how much, in points.
    pub by: f64,
    /// From one line to the next, in points.
    pub line: f64,
    /// Pinned entries without which it would fit; empty when unpinning does not help.
    pub cut: Vec<Item>,
}

impl Unfit {
    fn new(by: f64, costs: &Costs, values: &Values, wishes: &Wishes) -> Self {
        Self { by, line: costs.line, cut: cut(costs, values, wishes) }
    }

    /// By how many lines, at least one.
    pub fn lines(&self) -> usize {
        ((self.by / self.line).ceil() as usize).max(1)
    }
}

/// Chooses, proves and fills.
///
/// # Errors
/// The press's; `Unfit` comes back as a value.
pub fn fit<D, E, P: Layouts<D, E>>(
    values: &Values,
    wishes: &Wishes,
    typesetter: &mut P,
) -> Result<Result<Fitted<D>, Unfit>, E> {
    let mut bench = Bench { typesetter, layouts: 0, spent: 0, pages: PhantomData };
    while let Some((costs, layouts)) = bench.typesetter.guess(Fit::REGULAR)? {
        bench.layouts += layouts;
        // However a page is found, as much is done to fill it.
        bench.spent = PARTS;
        if let Ok(choice) = choose(&costs, values, wishes)
            && let Some(proof) = bench.filled(&choice, Fit::REGULAR, &costs, SAME)?
        {
            return bench.finish(proof, Fit::REGULAR, costs).map(Ok);
        }
    }
    bench.spent = 0;
    let mut base = Fit::REGULAR;
    let mut costs = bench.measure(base)?;
    let mut choice = choose(&costs, values, wishes);
    if choice.is_err() {
        base = Fit::TIGHT;
        costs = bench.measure(base)?;
        choice = choose(&costs, values, wishes);
    }
    let choice = match choice {
        Ok(choice) => choice,
        Err(long) => return Ok(Err(Unfit::new(long.by, &costs, values, wishes))),
    };
    let proof = match bench.filled(&choice, base, &costs, SPARE)? {
        Some(proof) => proof,
        None => match bench.prove(choice, base, &mut costs, values, wishes)? {
            Some(proof) => proof,
            None => return Ok(Err(Unfit::new(costs.line, &costs, values, wishes))),
        },
    };
    bench.finish(proof, base, costs).map(Ok)
}

/// A choice that was laid out on one page.
struct Proof<D> {
    choice: Choice,
    page: Page<D>,
    fit: Fit,
}

impl<D> Proof<D> {
    /// What is left of the page.
    fn free(&self, costs: &Costs) -> f64 {
        costs.room - self.page.used - SPARE
    }
}

/// The press, and how often it was used.
struct Bench<'p, D, E, P> {
    typesetter: &'p mut P,
    layouts: usize,
    /// Layouts that count against [`MOST`]: not those of guesses.
    spent: usize,
    pages: PhantomData<(D, E)>,
}

impl<D, E, P: Layouts<D, E>> Bench<'_, D, E, P> {
    fn measure(&mut self, fit: Fit) -> Result<Costs, E> {
        let (costs, layouts) = self.typesetter.measure(fit)?;
        self.layouts += layouts;
        self.spent += PARTS;
        Ok(costs)
    }

    fn lay_out(&mut self, choice: &Choice, fit: Fit, costs: &Costs) -> Result<Page<D>, E> {
        self.layouts += 1;
        self.spent += 1;
        self.typesetter.lay_out(&choice.selection(), fit, costs.room)
    }

    /// Tries a measure; the proof becomes the new page where that is one page.
    fn attempt(&mut self, proof: &mut Proof<D>, fit: Fit, costs: &Costs) -> Result<(bool, f64), E> {
        let page = self.lay_out(&proof.choice, fit, costs)?;
        let (fits, used) = (page.pages == 1, page.used);
        if fits {
            (proof.page, proof.fit) = (page, fit);
        }
        Ok((fits, used))
    }

    /// Loosens a page that is not full yet, and hands it over.
    fn finish(mut self, mut proof: Proof<D>, base: Fit, costs: Costs) -> Result<Fitted<D>, E> {
        self.loosen(&mut proof, base, &costs)?;
        let Proof { choice, page, fit } = proof;
        let Page { used, document, .. } = page;
        let layouts = self.layouts;
        Ok(Fitted { document, choice, costs, chosen_at: base, fit, used, layouts })
    }

    /// The likely case, in one layout: heights are exact, and the gaps take what is left. `None`
    /// where the page says otherwise.
    fn filled(
        &mut self,
        choice: &Choice,
        base: Fit,
        costs: &Costs,
        tolerance: f64,
    ) -> Result<Option<Proof<D>>, E> {
        let gaps = gaps(costs, choice);
        let fit = wider(base, gaps, costs.room - SPARE - choice.height);
        let expected = choice.height + gaps * (fit.gaps / base.gaps - 1.0);
        let page = self.lay_out(choice, fit, costs)?;
        let exact = page.pages == 1 && (page.used - expected).abs() <= tolerance;
        Ok(exact.then(|| Proof { choice: choice.clone(), page, fit }))
    }

    /// The careful way: the choice is laid out as it was measured; where the heights were off, what
    /// the page says is believed and the choice is made again.
    fn prove(
        &mut self,
        first: Choice,
        base: Fit,
        costs: &mut Costs,
        values: &Values,
        wishes: &Wishes,
    ) -> Result<Option<Proof<D>>, E> {
        let mut best: Option<Proof<D>> = None;
        let mut next = Some(first);
        for attempt in 0..ATTEMPTS {
            let Some(choice) = next.take() else { break };
            let page = self.lay_out(&choice, base, costs)?;
            let off = page.used - choice.height;
            if page.pages == 1 {
                let again = best.is_some();
                if best.as_ref().is_none_or(|best| choice.value > best.choice.value) {
                    best = Some(Proof { choice, page, fit: base });
                }
                if again || off > -EXACT {
                    break;
                }
                costs.head += off;
            } else if best.is_some() {
                break;
            } else {
                costs.head += off.max(1.0) + costs.line * attempt as f64;
            }
            next = choose(costs, values, wishes).ok();
        }
        let Some(mut proof) = best else { return Ok(None) };
        proof.choice.height = proof.page.used;
        let fit = wider(base, gaps(costs, &proof.choice), proof.free(costs));
        if fit != base && !self.attempt(&mut proof, fit, costs)?.0 {
            self.attempt(&mut proof, base.towards(fit, 0.5), costs)?;
        }
        Ok(Some(proof))
    }

    /// Lets lines and size give way too, while much of the page is free.
    fn loosen(&mut self, proof: &mut Proof<D>, base: Fit, costs: &Costs) -> Result<(), E> {
        if proof.free(costs) <= FREE * costs.line {
            return Ok(());
        }
        let goal = if base == Fit::TIGHT { Fit::REGULAR } else { Fit::LOOSE };
        let from = proof.fit;
        let (mut low, mut high) = ((0.0, proof.page.used), None);
        let mut part = 1.0;
        while self.spent < MOST {
            let (fits, used) = self.attempt(proof, from.towards(goal, part), costs)?;
            if fits {
                low = (part, used);
            } else {
                high = Some((part, used));
            }
            let Some(high) = high else { break };
            if proof.free(costs) <= FREE * costs.line / 2.0 || high.0 - low.0 < 0.03 {
                break;
            }
            // The height grows nearly straight with the part; stay a little short of the line.
            let slope = (high.1 - low.1) / (high.0 - low.0);
            let aim = low.0 + 0.97 * (costs.room - SPARE - low.1) / slope.max(1.0);
            part = aim.clamp(low.0 + 0.2 * (high.0 - low.0), low.0 + 0.9 * (high.0 - low.0));
        }
        Ok(())
    }
}

/// A fit whose gaps take a height more, as far as they may. A tight page has gaps to win back by
/// other means.
fn wider(base: Fit, gaps: f64, height: f64) -> Fit {
    if height <= SPARE || gaps <= 0.0 || base == Fit::TIGHT {
        return base;
    }
    // In thousandths: sums of heights differ in their last digits with the way they were found.
    let factor = (base.gaps * (1.0 + height / gaps) * 1000.0).floor() / 1000.0;
    Fit { gaps: factor.min(Fit::LOOSE.gaps), ..base }
}

/// All the space between entries and sections that a choice has, in points.
fn gaps(costs: &Costs, choice: &Choice) -> f64 {
    use crate::record::model::applications::SectionKind as Kind;
    let shown = |item: &Item| choice.items.contains(item);
    let mut sections = 0;
    let mut sum = 0.0;
    for section in &costs.sections {
        let Some(kind) = Kind::of(&section.kind) else { continue };
        let entries = section.entries.iter().enumerate().filter(|(at, entry)| match kind {
            Kind::Experience | Kind::Education | Kind::Volunteering => true,
            Kind::Projects => shown(&Item::Project(entry.id.clone().unwrap_or_default())),
            Kind::Skills => (0..entry.row.as_ref().map_or(0, |row| row.names.len()))
                .any(|skill| shown(&Item::Skill(*at, skill))),
            _ => shown(&Item::Listed(kind, *at)),
        });
        let entries = entries.count();
        if entries > 0 {
            sections += 1;
            sum += section.between * (entries - 1) as f64;
        }
    }
    sum + costs.gaps + costs.between_sections * f64::from(sections)
}

/// The pinned entries to give up, worth as little as can be: all but the best of them that fit.
/// None where the page is too long even without them.
fn cut(costs: &Costs, values: &Values, wishes: &Wishes) -> Vec<Item> {
    let pinned = &wishes.pinned;
    let owners = pinned.iter().filter_map(|item| match item {
        Item::ProjectHighlight(project, _) => Some(Item::Project(project.clone())),
        _ => None,
    });
    let kept: BTreeSet<Item> = pinned.iter().cloned().chain(owners).collect();
    let others = values.entries.keys().filter(|item| !kept.contains(*item)).cloned();
    let dropped = wishes.dropped.iter().cloned().chain(others).collect();
    match choose(costs, values, &Wishes { pinned: BTreeSet::new(), dropped }) {
        Ok(best) => pinned.difference(&best.items).cloned().collect(),
        Err(_) => Vec::new(),
    }
}
