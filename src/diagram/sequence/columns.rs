//! The columns of a sequence diagram: as far apart as the words between them need.
//!
//! Widths and places are in points, from the left edge of the drawing.

use crate::diagram::label::{Text, count};
use crate::diagram::metrics::Metrics;
use crate::diagram::sequence::model::{Event, FrameKind, Sequence, Side};

/// Left and right end.
pub(super) type Span = (f64, f64);

/// Room left of a label that stands beside a loop of a participant to itself, from the lifeline.
const LOOP: f64 = 36.0;
/// Room around what a block holds.
const BLOCK_INSET: f64 = 7.0;

/// The measured words of a sequence diagram.
pub(super) struct Texts {
    pub(super) participants: Vec<Text>,
    /// Of each event; empty where it has none.
    pub(super) events: Vec<Text>,
}

/// How closely the columns stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    /// Size of the letters.
    pub(super) size: f64,
    /// Width that labels are wrapped to.
    pub(super) cap: f64,
    /// Least distance of neighbouring columns.
    least: f64,
    /// Rows of heads: 1 or 2.
    pub(super) rows: usize,
    /// Labels may stand across the lifelines beside their arrow; only heads need room.
    pub(super) loose: bool,
}

/// Columns with their places.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) attempt: Attempt,
    /// Width of each head.
    pub(super) heads: Vec<f64>,
    gaps: Vec<f64>,
    /// Width of the drawing.
    pub(super) width: f64,
    /// The lifelines.
    pub(super) lifelines: Vec<f64>,
    /// What each event covers.
    pub(super) covers: Vec<Option<Span>>,
    /// The backgrounds of neighbouring columns.
    pub(super) bands: Vec<Span>,
}

/// Finds the most generous columns that fit into `room` points, or the narrowest there are:
/// labels wrap, letters shrink, heads stand in two rows, labels stand across lifelines.
pub(super) fn columns(data: &Sequence, texts: &Texts, metrics: &Metrics, room: f64) -> Columns {
    let Metrics { size: large, min_size: small, .. } = *metrics;
    let middle = f64::midpoint(large, small);
    let attempts = [
        (large, 150.0, 72.0, 1, false),
        (large, 120.0, 56.0, 1, false),
        (large, 92.0, 44.0, 1, false),
        (large, 76.0, 0.0, 1, false),
        (middle, 82.0, 0.0, 1, false),
        (middle, 66.0, 0.0, 1, false),
        (small, 66.0, 0.0, 1, false),
        (small, 50.0, 0.0, 1, false),
        (small, 54.0, 0.0, 2, false),
        (small, 60.0, 0.0, 1, true),
        (small, 60.0, 0.0, 2, true),
    ]
    .map(|(size, cap, least, rows, loose)| Attempt { size, cap, least, rows, loose });
    let layout = Layout { data, texts, metrics, concerns: concerns(data) };
    let [first, .., last] = attempts;
    let mut found = layout.columns(first, None);
    if found.width > room {
        found = layout.columns(last, None);
        // Later attempts are narrower: the first that fits is found by halving.
        let (mut low, mut high) = (1, attempts.len() - 1);
        while low < high {
            let middle = usize::midpoint(low, high);
            let next = layout.columns(attempts[middle], None);
            if next.width <= room {
                found = next;
                high = middle;
            } else {
                low = middle + 1;
            }
        }
    }
    layout.widened(found, room)
}

struct Layout<'a> {
    data: &'a Sequence,
    texts: &'a Texts,
    metrics: &'a Metrics,
    /// First and last column of each event.
    concerns: Vec<Option<(usize, usize)>>,
}

impl Layout<'_> {
    /// Room that is left goes to the columns whose labels were wrapped.
    fn widened(&self, found: Columns, room: f64) -> Columns {
        if found.width >= room || found.lifelines.len() < 2 {
            return found;
        }
        let cap = if found.lifelines.len() < 4 { 260.0 } else { 150.0 };
        let wish = Attempt { cap, least: 0.0, loose: false, ..found.attempt };
        let wish = self.gaps(&found.heads, wish);
        let lack = wish.iter().zip(&found.gaps).map(|(wish, gap)| (wish - gap).max(0.0));
        let lack: Vec<f64> = lack.collect();
        let total: f64 = lack.iter().sum();
        if total <= 0.0 {
            return found;
        }
        let share = ((room - found.width) / total).min(1.0);
        let wider: Vec<f64> =
            found.gaps.iter().zip(&lack).map(|(gap, lack)| gap + lack * share).collect();
        let wider = self.columns(found.attempt, Some(&wider));
        if wider.width <= room + 0.5 { wider } else { found }
    }

    /// Places the columns; `gaps` are the least distances between neighbours.
    fn columns(&self, attempt: Attempt, gaps: Option<&[f64]>) -> Columns {
        let Attempt { size, cap, .. } = attempt;
        let (inset, least): (f64, f64) = match self.is_large(size) {
            true => (self.metrics.head_inset.0, 36.0),
            false => (4.5, 24.0),
        };
        let head = |text: &Text| least.max(text.width_within(head_cap(cap), size) + 2.0 * inset);
        let heads: Vec<f64> = self.texts.participants.iter().map(head).collect();
        let mut found = self.gaps(&heads, attempt);
        for (gap, least) in found.iter_mut().zip(gaps.unwrap_or_default()) {
            *gap = gap.max(*least);
        }
        let mut x = 0.0;
        let mut lifelines = vec![x];
        for gap in &found {
            x += gap;
            lifelines.push(x);
        }
        let covers = self.covers(&lifelines, attempt);
        let edges: Vec<Span> = lifelines
            .iter()
            .zip(&heads)
            .map(|(x, head)| (x - head / 2.0, x + head / 2.0))
            .collect();
        let band = |first: usize, last: usize| {
            let inside = self.concerns.iter().zip(&covers).filter_map(|(concerns, cover)| {
                cover.filter(|_| concerns.is_some_and(|(a, b)| a >= first && b <= last))
            });
            let own = (edges[first].0, edges[last].1);
            let (left, right) = inside.fold(own, hull);
            (left - 8.0, right + 8.0)
        };
        let bands: Vec<Span> = self.data.boxes.iter().map(|it| band(it.first, it.last)).collect();
        let all = edges.iter().chain(&bands).chain(covers.iter().flatten());
        let (left, right) = all.copied().fold((0.0, 1.0), hull);
        // Half a point more on each side, for the strokes.
        let moved = |x: f64| x - left + 0.5;
        let moved_span = |(a, b): Span| (moved(a), moved(b));
        Columns {
            attempt,
            heads,
            gaps: found,
            width: right - left + 1.0,
            lifelines: lifelines.into_iter().map(moved).collect(),
            covers: covers.into_iter().map(|cover| cover.map(moved_span)).collect(),
            bands: bands.into_iter().map(moved_span).collect(),
        }
    }

    /// Whether letters of this size have the usual room around them.
    fn is_large(&self, size: f64) -> bool {
        size > f64::midpoint(self.metrics.size, self.metrics.min_size)
    }

    /// The distances of neighbouring columns that heads and words need.
    fn gaps(&self, heads: &[f64], attempt: Attempt) -> Vec<f64> {
        let Attempt { size, least, rows, .. } = attempt;
        let between = if self.is_large(size) { 10.0 } else { 5.0 };
        let clear = |a: usize, b: usize| f64::midpoint(heads[a], heads[b]) + between;
        let columns = heads.len();
        let mut gaps: Vec<f64> = (1..columns)
            .map(|right| {
                let left = right - 1;
                let edges = self.data.boxes.iter().map(|it| {
                    9.0 * count(usize::from(it.last == left) + usize::from(it.first == right))
                });
                let need = match rows {
                    1 => clear(left, right),
                    // The heads of the lower row keep clear of the lifelines of the upper ones.
                    _ => heads[if left % 2 == 1 { left } else { right }] / 2.0 + 3.0,
                };
                least.max(need + edges.sum::<f64>())
            })
            .collect();
        let mut needs: Vec<(usize, usize, f64)> = Vec::new();
        if rows == 2 {
            needs.extend((2..columns).map(|right| (right - 2, right, clear(right - 2, right))));
        }
        needs.extend(self.needs(attempt));
        needs.retain(|(_, last, _)| *last < columns);
        needs.sort_by_key(|(first, last, _)| last - first);
        for (first, last, need) in needs {
            let lack = need - gaps[first..last].iter().sum::<f64>();
            if lack > 0.0 {
                let share = lack / count(last - first);
                gaps[first..last].iter_mut().for_each(|gap| *gap += share);
            }
        }
        gaps
    }

    /// The room that the words of events need between two columns.
    fn needs(&self, Attempt { size, cap, loose, .. }: Attempt) -> Vec<(usize, usize, f64)> {
        let mut needs = Vec::new();
        let mut depth: f64 = 0.0;
        for (event, text) in self.data.events.iter().zip(&self.texts.events) {
            // Long texts may be wrapped, but not into very many lines.
            let cap = cap.max((cap * 2.0).min(text.natural * size / 3.0));
            let width = text.width_within(cap, size);
            match *event {
                Event::Open { .. } => depth += 1.0,
                Event::Close => depth -= 1.0,
                Event::Message { from, to, .. } if from == to => {
                    needs.push((from, from + 1, width + LOOP + BLOCK_INSET * depth));
                }
                Event::Message { from, to, number, .. } if !loose => {
                    let disc = number.map_or(0.0, |number| number_radius(number) + 2.0);
                    needs.push((from.min(to), from.max(to), width + 20.0 + disc));
                }
                Event::Note { side, first, last, .. } => {
                    let width = width + 2.0 * self.metrics.note_inset.0;
                    match side {
                        Side::Right => needs.push((first, first + 1, width + 20.0)),
                        Side::Left if first > 0 => needs.push((first - 1, first, width + 20.0)),
                        Side::Left => {}
                        Side::Over if first == last && !loose => {
                            needs.push((first, first + 1, width / 2.0 + 10.0));
                            if first > 0 {
                                needs.push((first - 1, first, width / 2.0 + 10.0));
                            }
                        }
                        Side::Over => needs.push((first, last, width - 20.0)),
                    }
                }
                _ => {}
            }
        }
        needs
    }

    /// What each event covers, from left to right: a block what it holds and its title.
    fn covers(&self, lifelines: &[f64], Attempt { size, cap, .. }: Attempt) -> Vec<Option<Span>> {
        let own = |index: usize, event: &Event| {
            let text = &self.texts.events[index];
            match *event {
                Event::Message { from, to, .. } if from == to => {
                    let x = lifelines[from];
                    let room = lifelines.get(from + 1).map_or(cap, |next| cap.max(next - x - LOOP));
                    Some((x - 7.0, x + 29.0 + text.width_within(room, size)))
                }
                Event::Message { from, to, .. } => {
                    let (from, to) = (lifelines[from], lifelines[to]);
                    Some((from.min(to) - 7.0, from.max(to) + 7.0))
                }
                Event::Note { side, first, last, .. } => {
                    let (a, b) = (lifelines[first], lifelines[last]);
                    let room = if first == last { cap } else { cap.max(b - a + 20.0) };
                    let width = text.width_within(room, size) + 2.0 * self.metrics.note_inset.0;
                    Some(match side {
                        Side::Right => (a + 9.0, a + 9.0 + width),
                        Side::Left => (a - 9.0 - width, a - 9.0),
                        Side::Over => {
                            let least = if first == last { 30.0 } else { b - a + 32.0 };
                            let (middle, half) = (f64::midpoint(a, b), width.max(least) / 2.0);
                            (middle - half, middle + half)
                        }
                    })
                }
                _ => None,
            }
        };
        let block = |open: usize, held: Option<Span>| {
            let first = lifelines.first().copied().unwrap_or_default();
            let (left, right) = held.unwrap_or((first, first + 40.0));
            let title = match self.data.events[open] {
                Event::Open { frame: FrameKind::Rect, .. } => 0.0,
                _ => 62.0 + cap.min(self.texts.events[open].natural * size),
            };
            Some((left - BLOCK_INSET, (right + BLOCK_INSET).max(left + title)))
        };
        with_blocks(&self.data.events, own, block)
    }
}

/// The width that the label of a head is wrapped to.
pub(super) fn head_cap(cap: f64) -> f64 {
    cap.max(44.0)
}

/// Radius of the disc behind a number.
pub(super) fn number_radius(number: u32) -> f64 {
    5.2 + 1.4 * count(number.to_string().len().saturating_sub(2))
}

/// First and last column that each event concerns, a block those of what it holds.
fn concerns(data: &Sequence) -> Vec<Option<(usize, usize)>> {
    let own = |_, event: &Event| match *event {
        Event::Message { from, to, .. } => Some((from.min(to), from.max(to))),
        Event::Note { first, last, .. } => Some((first, last)),
        _ => None,
    };
    with_blocks(&data.events, own, |_, held| held)
}

/// The spans of events; `block` makes the span of a block of those of all that it holds.
fn with_blocks<T: Copy + PartialOrd>(
    events: &[Event],
    own: impl Fn(usize, &Event) -> Option<(T, T)>,
    block: impl Fn(usize, Option<(T, T)>) -> Option<(T, T)>,
) -> Vec<Option<(T, T)>> {
    let mut spans = vec![None; events.len()];
    let mut open: Vec<(usize, Option<(T, T)>)> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        let mut span = own(index, event);
        match event {
            Event::Open { .. } => open.push((index, None)),
            Event::Close => {
                if let Some((start, held)) = open.pop() {
                    span = block(start, held);
                    spans[start] = span;
                }
            }
            _ => {}
        }
        spans[index] = span;
        if let (Some(span), Some((_, held))) = (span, open.last_mut()) {
            *held = Some(held.map_or(span, |held| hull(held, span)));
        }
    }
    spans
}

/// The span that holds two others.
fn hull<T: Copy + PartialOrd>(a: (T, T), b: (T, T)) -> (T, T) {
    (if b.0 < a.0 { b.0 } else { a.0 }, if b.1 > a.1 { b.1 } else { a.1 })
}
