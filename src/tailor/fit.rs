//! The choice that fits a number of pages, and the fit at which it fills them.
//!
//! Entries are measured lazily. The search counts what is not measured with its least height, so a choice whose
//! entries are all measured is the best: everything else has a lower score or takes more even at its least height.
//! What has the highest scores is measured with the page, and each round measures what the last choice newly shows.
//! The laid-out pages prove the choice; where they differ from the sum of heights, as where a page breaks before an
//! entry, what the pages show is believed and the choice is made again. The gaps take what is left. Only where much
//! is left do lines and size grow too. Never more than [`MOST`] layouts of pages. Where other documents of the record
//! have measured all that is needed, the pages are laid out at once.
//!
//! The choice is made at close spaces; a page that holds everything is set with the usual ones. Where little is
//! left out, everything is tried at tighter spaces first, then whether they leave out far less; where a section
//! is left out, whether they hold more of them.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use crate::tailor::candidates::{Candidates, Unfit};
use crate::tailor::catalog::Optional;
use crate::tailor::constraints::Constraints;
use crate::tailor::heights::{Heights, unmeasured};
use crate::tailor::items::Item;
use crate::tailor::layouts::{Layouts, Pages};
use crate::tailor::repeats::Repeats;
use crate::tailor::select::{Choice, TooLong, select};
use crate::tailor::spaces::{Fit, SPARE};

/// Layouts of pages that one document may need.
const MOST: usize = 10;
/// How often a choice may be made again.
const ATTEMPTS: usize = 6;
/// Entries with the highest scores that are measured with the page, for each page. Only a matter of speed.
const LIKELY: usize = 48;
/// How often a choice is made again because it shows neither of two results that tell the same.
const AGAIN: usize = 3;
/// How far a height may be off without being wrong, in points.
const EXACT: f64 = 0.05;
/// Space that may be left free before lines and size grow, in lines.
const FREE: f64 = 1.5;
/// The part of a last page that has to be used where spaces can help it.
const LAST: f64 = 0.33;
/// The most pages of a document whose last page spaces help. A longer one is not read for how it ends, and
/// each of its layouts takes as long and as much memory as the first.
const SHORT: usize = 10;
/// How many times as much close spaces leave out as the tightest, for these to be taken.
const FAR_LESS: u64 = 2;
/// Layouts that look for the loosest fit that saves a last page.
const SAVING: usize = 3;

/// A document of no more pages than wanted.
#[derive(Debug)]
pub struct Fitted<D> {
    /// The pages.
    pub document: D,
    /// What they show.
    pub choice: Choice,
    /// The heights by which the choice was made; `None` where everything is shown and no height is wanted.
    pub heights: Option<Heights>,
    /// The fit at which the choice was made.
    pub chosen_at: Fit,
    /// The fit at which the pages are set.
    pub fit: Fit,
    /// How much of the pages the text takes in the end, in points.
    pub used: f64,
    /// How many layouts it took.
    pub layouts: usize,
}

/// Lays out everything that is not dropped, on as many pages as it takes. Where little would stand on the
/// last page, tighter spaces save it, or wider ones fill it.
///
/// # Errors
/// Those of `layouts`.
pub fn whole<D, E, L: Layouts<D, E>>(
    candidates: Candidates,
    layouts: &mut L,
) -> Result<Fitted<D>, E> {
    let mut search = Search { candidates, layouts, measured: 0, laid_out: 0, pages: PhantomData };
    let heights = candidates.all_heights.then(|| search.page(Fit::REGULAR)).transpose()?;
    let proof = search.whole(heights.as_ref())?;
    Ok(search.fitted(proof, heights, Fit::REGULAR))
}

/// Chooses what the pages show, lays them out and fills them.
///
/// # Errors
/// Those of `layouts`; `Unfit` comes back as a value.
pub fn fit<D, E, L: Layouts<D, E>>(
    candidates: Candidates,
    layouts: &mut L,
) -> Result<Result<Fitted<D>, Unfit>, E> {
    let mut search = Search { candidates, layouts, measured: 0, laid_out: 0, pages: PhantomData };
    if let Some(fitted) = search.known()? {
        return Ok(Ok(fitted));
    }
    let mut unfit = Unfit { by: 0.0, line: 1.0, cut: Vec::new() };
    let everything = candidates.everything();
    for base in [Fit::CLOSE, Fit::TIGHT] {
        let mut heights = search.page(base)?;
        let choice = match search.select(candidates.constraints, base, &mut heights)? {
            Ok(choice) => choice,
            Err(long) => {
                unfit = candidates.unfit(long.by, &heights);
                continue;
            }
        };
        let is_little =
            base == Fit::CLOSE && candidates.may_hold_everything(&choice, &everything, &heights);
        if is_little {
            let proof = search.whole(Some(&heights))?;
            if proof.pages.count <= candidates.pages {
                return Ok(Ok(search.fitted(proof, Some(heights), base)));
            }
            search.laid_out = 0;
        }
        if base == Fit::CLOSE && choice.items == everything.items {
            // Wider gaps alone may take more than there is.
            let gaps = candidates.gaps(&heights, &choice);
            let free = candidates.room(&heights) - choice.height;
            let fits = |fit: &Fit| gaps * (fit.gaps / base.gaps - 1.0) <= free;
            for fit in [Fit::REGULAR, Fit { brief: false, ..base }].into_iter().filter(fits) {
                let mut heights = search.page(fit)?;
                let choice = search.select(candidates.constraints, fit, &mut heights)?.ok();
                if let Some(choice) = choice.filter(|choice| choice.items == everything.items)
                    && let Some(proof) = search.proof(choice, fit, &mut heights)?
                    && proof.choice.items == everything.items
                {
                    return Ok(Ok(search.fitted(proof, Some(heights), fit)));
                }
                search.laid_out = 0;
            }
        }
        if base == Fit::CLOSE && (is_little || candidates.lacks_sections(&choice, &everything)) {
            let mut tight = search.page(Fit::TIGHT)?;
            let closer = search.select(candidates.constraints, Fit::TIGHT, &mut tight)?.ok();
            let left_out = |choice: &Choice| everything.score.saturating_sub(choice.score);
            let sections = candidates.sections(&choice.items).len();
            let is_better = |closer: &Choice| {
                let (less, close) = (left_out(closer), left_out(&choice));
                let far_less = less < close && less * FAR_LESS <= close;
                candidates.sections(&closer.items).len() > sections || is_little && far_less
            };
            if let Some(closer) = closer.filter(is_better) {
                let proof = search.proof(closer, Fit::TIGHT, &mut tight)?;
                if let Some(proof) = proof.filter(|proof| is_better(&proof.choice)) {
                    return Ok(Ok(search.fitted(proof, Some(tight), Fit::TIGHT)));
                }
                search.laid_out = 0;
            }
        }
        let Some(proof) = search.proof(choice, base, &mut heights)? else {
            unfit = candidates.unfit(heights.page.line, &heights);
            continue;
        };
        return Ok(Ok(search.fitted(proof, Some(heights), base)));
    }
    Ok(Err(unfit))
}

/// A choice whose pages are no more than wanted.
struct Proof<D> {
    choice: Choice,
    pages: Pages<D>,
    fit: Fit,
}

/// The search for the choice, and how many layouts it took.
struct Search<'a, D, E, L> {
    candidates: Candidates<'a>,
    layouts: &'a mut L,
    /// Layouts that measured.
    measured: usize,
    /// Layouts of pages.
    laid_out: usize,
    pages: PhantomData<(D, E)>,
}

impl<D, E, L: Layouts<D, E>> Search<'_, D, E, L> {
    fn fitted(&self, proof: Proof<D>, heights: Option<Heights>, chosen_at: Fit) -> Fitted<D> {
        let Proof { choice, pages: Pages { used, document, .. }, fit } = proof;
        let layouts = self.measured + self.laid_out;
        Fitted { document, choice, heights, chosen_at, fit, used, layouts }
    }

    /// Everything that is not dropped, laid out.
    fn whole(&mut self, heights: Option<&Heights>) -> Result<Proof<D>, E> {
        let room = heights.map_or(0.0, |heights| heights.page.room);
        let choice = self.candidates.everything();
        let pages = self.lay_out(&choice, Fit::REGULAR, room)?;
        let mut proof = Proof { choice, pages, fit: Fit::REGULAR };
        let count = proof.pages.count;
        // It names all technologies and keeps the arrangement, however tight.
        let tight = Fit { brief: false, ..Fit::TIGHT };
        if (2..=SHORT).contains(&count) && proof.pages.last < LAST {
            let pages = self.lay_out(&proof.choice, tight, room)?;
            if pages.count < count {
                (proof.pages, proof.fit) = (pages, tight);
                let (mut low, mut high) = (0.0, 1.0);
                for _ in 0..SAVING {
                    let part = (low + high) / 2.0;
                    let fit = tight.towards(Fit::REGULAR, part);
                    let pages = self.lay_out(&proof.choice, fit, room)?;
                    if pages.count < count {
                        (proof.pages, proof.fit, low) = (pages, fit, part);
                    } else {
                        high = part;
                    }
                }
            } else {
                let pages = self.lay_out(&proof.choice, Fit::LOOSE, room)?;
                if pages.count == count && pages.last > proof.pages.last {
                    (proof.pages, proof.fit) = (pages, Fit::LOOSE);
                }
            }
        }
        proof.choice.height = proof.pages.used;
        Ok(proof)
    }

    /// The likeliest case, in one layout: a page that leaves things out, by the heights of other documents of the
    /// record. `None` where anything has to be measured or tried, or where the page is not exactly as tall.
    fn known(&mut self) -> Result<Option<Fitted<D>>, E> {
        let (fit, candidates) = (Fit::CLOSE, self.candidates);
        let Some(mut heights) = self.layouts.known(fit, &self.items()) else { return Ok(None) };
        let Ok(choice) = self.select(candidates.constraints, fit, &mut heights)? else {
            return Ok(None);
        };
        let everything = candidates.everything();
        if choice.items == everything.items
            || candidates.lacks_sections(&choice, &everything)
            || candidates.may_hold_everything(&choice, &everything, &heights)
        {
            return Ok(None);
        }
        let proof = self.filled(&choice, fit, &heights, EXACT)?;
        let proof = proof.filter(|proof| self.free(proof, &heights) <= FREE * heights.page.line);
        self.laid_out = usize::from(proof.is_some());
        Ok(proof.map(|proof| self.fitted(proof, Some(heights), fit)))
    }

    /// The heights of the page, and of what must be shown.
    fn page(&mut self, fit: Fit) -> Result<Heights, E> {
        self.measured += 1;
        self.layouts.page(fit, &self.items())
    }

    /// What is measured with the page.
    fn items(&self) -> BTreeSet<Item> {
        let Candidates { catalog, scores, constraints, pages, all_heights, .. } = self.candidates;
        let mut items = self.candidates.pinned();
        // Career entries are always shown, and measured with and without their summaries.
        let shown = catalog.outline.iter().filter(|entry| all_heights || entry.whole().is_none());
        items.extend(shown.flat_map(|entry| {
            entry.items().filter(move |item| {
                all_heights || matches!(item, Item::CareerSummary(_) | Item::ProjectSummary(_))
            })
        }));
        // What is likely to be shown is measured at once: each further round costs more than its entries.
        let may = |item: &&Item| !constraints.dropped.contains(*item);
        let candidates = scores.entries.keys().filter(may);
        let (skills, mut others): (Vec<_>, Vec<_>) =
            candidates.partition(|item| matches!(item, Item::Skill(..)));
        others.sort_by_key(|item| (std::cmp::Reverse(scores.of(item)), *item));
        others.truncate(LIKELY * pages);
        items.extend(skills.into_iter().chain(others).cloned());
        items
    }

    /// The best choice without results that another one tells, too. Which of them is left out is settled by their
    /// scores; where the other is not shown, the choice is made again with this one, and the better is taken.
    fn select(
        &mut self,
        constraints: &Constraints,
        fit: Fit,
        heights: &mut Heights,
    ) -> Result<Result<Choice, TooLong>, E> {
        let Candidates { catalog, scores, repeats, .. } = self.candidates;
        let without = |told: &BTreeSet<Item>| Repeats::without(told, constraints);
        let mut told = repeats.told(catalog, scores, constraints);
        let mut best = self.select_of(&without(&told), fit, heights)?;
        for _ in 0..AGAIN {
            let Ok(choice) = &best else { break };
            let Some(other) = repeats.still_told(&told, &choice.items) else { break };
            match self.select_of(&without(&other), fit, heights)? {
                Ok(next) if next.score > choice.score => (best, told) = (Ok(next), other),
                _ => break,
            }
        }
        // Where only what is told already is left out, there is room for some of it.
        let all = self.candidates.everything().items;
        let is_all =
            |choice: &Choice| all.difference(&choice.items).all(|item| told.contains(item));
        if !told.is_empty() && best.as_ref().is_ok_and(is_all) {
            return self.select_of(constraints, fit, heights);
        }
        Ok(best)
    }

    /// The best choice, all of whose entries are measured. What the template does not report keeps its
    /// least height.
    fn select_of(
        &mut self,
        constraints: &Constraints,
        fit: Fit,
        heights: &mut Heights,
    ) -> Result<Result<Choice, TooLong>, E> {
        let Candidates { catalog, scores, pages, .. } = self.candidates;
        let mut asked = BTreeSet::new();
        loop {
            let choice = match select(heights, catalog, scores, constraints, pages) {
                Ok(choice) => choice,
                Err(long) => return Ok(Err(long)),
            };
            let missing = unmeasured(&heights.entries, catalog, &choice.items);
            if missing.is_subset(&asked) {
                return Ok(Ok(choice));
            }
            self.measured += 1;
            self.layouts.entries(fit, &missing, heights)?;
            asked.extend(missing);
        }
    }

    fn lay_out(&mut self, choice: &Choice, fit: Fit, room: f64) -> Result<Pages<D>, E> {
        self.laid_out += 1;
        let Candidates { scores, constraints, .. } = self.candidates;
        self.layouts.lay_out(&choice.selection(scores, constraints), fit, room)
    }

    /// What is left of the pages.
    fn free(&self, proof: &Proof<D>, heights: &Heights) -> f64 {
        self.candidates.room(heights) - proof.pages.used - SPARE
    }

    /// Tries a fit, which becomes that of the proof if its pages are not too many. Returns whether they
    /// are not, and how much of them is used.
    fn attempt(
        &mut self,
        proof: &mut Proof<D>,
        fit: Fit,
        heights: &Heights,
    ) -> Result<(bool, f64), E> {
        let pages = self.lay_out(&proof.choice, fit, heights.page.room)?;
        let (fits, used) = (pages.count <= self.candidates.pages, pages.used);
        if fits {
            (proof.pages, proof.fit) = (pages, fit);
        }
        Ok((fits, used))
    }

    /// The likely case, in one layout: the pages are as tall as the sum of heights, and the gaps take
    /// what is left. `None` where the pages differ by more than so many points.
    fn filled(
        &mut self,
        choice: &Choice,
        base: Fit,
        heights: &Heights,
        by: f64,
    ) -> Result<Option<Proof<D>>, E> {
        let gaps = self.candidates.gaps(heights, choice);
        let fit = base.wider(gaps, self.candidates.room(heights) - SPARE - choice.height);
        let expected = choice.height + gaps * (fit.gaps / base.gaps - 1.0);
        let pages = self.lay_out(choice, fit, heights.page.room)?;
        let fits = pages.count <= self.candidates.pages;
        let exact = fits && (pages.used - expected).abs() <= by;
        Ok(exact.then(|| Proof { choice: choice.clone(), pages, fit }))
    }

    /// The pages of a choice, filled.
    fn proof(
        &mut self,
        choice: Choice,
        base: Fit,
        heights: &mut Heights,
    ) -> Result<Option<Proof<D>>, E> {
        let mut proof = match self.filled(&choice, base, heights, SPARE)? {
            Some(proof) => Some(proof),
            None => self.prove(choice, base, heights)?,
        };
        if let Some(proof) = &mut proof {
            self.loosen(proof, base, heights)?;
        }
        Ok(proof)
    }

    /// The careful way: the choice is laid out as it was measured. Where its pages differ, the difference
    /// is added to the head and the choice is made again. The least addition whose choice fits is found
    /// by halving, and what is still free takes single items.
    fn prove(
        &mut self,
        first: Choice,
        base: Fit,
        heights: &mut Heights,
    ) -> Result<Option<Proof<D>>, E> {
        let head = heights.head.height;
        let mut best: Option<Proof<D>> = None;
        let (mut next, mut added) = (Some(first), 0.0);
        let (mut too_little, mut enough): (Option<f64>, Option<f64>) = (None, None);
        let most = self.laid_out + ATTEMPTS;
        while self.laid_out < most {
            let mut off = 0.0;
            if let Some(choice) = next {
                let pages = self.lay_out(&choice, base, heights.page.room)?;
                off = pages.used - choice.height;
                if pages.count > self.candidates.pages {
                    too_little = Some(added);
                } else {
                    enough = Some(added);
                    if best.as_ref().is_none_or(|best| choice.score > best.choice.score) {
                        best = Some(Proof { choice, pages, fit: base });
                    }
                }
            } else {
                // Not even the shortest choice is short enough for the head.
                enough = Some(added);
            }
            added = match (too_little, enough) {
                (Some(low), Some(high)) if high - low > heights.page.line / 2.0 => {
                    (low + high) / 2.0
                }
                (Some(low), None) => low + off.max(heights.page.line),
                (None, Some(high)) if off < -EXACT => high + off,
                _ => break,
            };
            heights.head.height = head + added;
            next = self.select(self.candidates.constraints, base, heights)?.ok();
        }
        let Some(mut proof) = best else { return Ok(None) };
        heights.head.height = head;
        self.extend(&mut proof, base, heights)?;
        proof.choice.height = proof.pages.used;
        let gaps = self.candidates.gaps(heights, &proof.choice);
        let fit = base.wider(gaps, self.free(&proof, heights));
        if fit != base && !self.attempt(&mut proof, fit, heights)?.0 {
            self.attempt(&mut proof, base.towards(fit, 0.5), heights)?;
        }
        Ok(Some(proof))
    }

    /// Adds single items, the highest scores first, where the pages still hold them.
    fn extend(&mut self, proof: &mut Proof<D>, base: Fit, heights: &mut Heights) -> Result<(), E> {
        let Candidates { catalog, scores, pages, .. } = self.candidates;
        // An entry comes with one of the parts that it has.
        let owners: BTreeSet<&Item> =
            catalog.entries.iter().filter_map(|entry| entry.owner.as_ref()).collect();
        let alone = catalog.entries.iter().filter(|entry| !owners.contains(&entry.item));
        let mut hidden: Vec<&Optional> = alone.collect();
        hidden.sort_by_key(|entry| std::cmp::Reverse(scores.of(&entry.item)));
        for entry in hidden {
            let mut pinned = proof.choice.items.clone();
            if pages == 1 || self.laid_out >= MOST || !pinned.insert(entry.item.clone()) {
                continue;
            }
            pinned.extend(entry.owner.clone());
            let others = catalog.entries.iter().map(|entry| entry.item.clone());
            let dropped = others.filter(|item| !pinned.contains(item)).collect();
            let constraints = Constraints { pinned, dropped, ..Constraints::default() };
            let Ok(choice) = self.select(&constraints, base, heights)? else { continue };
            if choice.score <= proof.choice.score {
                continue;
            }
            let laid_out = self.lay_out(&choice, base, heights.page.room)?;
            if laid_out.count <= pages {
                *proof = Proof { choice, pages: laid_out, fit: base };
            }
        }
        Ok(())
    }

    /// Lets lines and size grow too, while much of the pages is free.
    fn loosen(&mut self, proof: &mut Proof<D>, base: Fit, heights: &Heights) -> Result<(), E> {
        let line = heights.page.line;
        if self.free(proof, heights) <= FREE * line {
            return Ok(());
        }
        let goal = if base == Fit::REGULAR { Fit::LOOSE } else { Fit::REGULAR };
        let from = proof.fit;
        let (mut low, mut high) = ((0.0, proof.pages.used), None);
        let mut part = 1.0;
        while self.laid_out < MOST {
            let (fits, used) = self.attempt(proof, from.towards(goal, part), heights)?;
            if fits {
                low = (part, used);
            } else {
                high = Some((part, used));
            }
            let Some(high) = high else { break };
            if self.free(proof, heights) <= FREE * line / 2.0 || high.0 - low.0 < 0.03 {
                break;
            }
            // The height grows nearly straight with the part; stay a little short of the line.
            let slope = (high.1 - low.1) / (high.0 - low.0);
            let aim =
                low.0 + 0.97 * (self.candidates.room(heights) - SPARE - low.1) / slope.max(1.0);
            part = aim.clamp(low.0 + 0.2 * (high.0 - low.0), low.0 + 0.9 * (high.0 - low.0));
        }
        Ok(())
    }
}
