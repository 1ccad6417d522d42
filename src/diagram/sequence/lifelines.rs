//! The lifelines of a sequence diagram, with the bars of active participants on them.

use crate::diagram::label::count;
use crate::diagram::scene::{Point, Shape, Stroke, Style};
use crate::diagram::sequence::columns::Span;

/// A place that lifelines and bars leave free.
#[derive(Debug, Clone, Copy)]
struct Gap {
    x: Span,
    y: Span,
}

/// A bar on a lifeline.
#[derive(Debug)]
struct Bar {
    column: usize,
    /// How many bars are below it.
    depth: usize,
    y: Span,
}

/// The lifelines while rows are added to the drawing.
#[derive(Debug)]
pub(super) struct Lifelines {
    /// Where each stands.
    columns: Vec<f64>,
    bar_width: f64,
    /// The active bars on each: where each begins.
    started: Vec<Vec<f64>>,
    bars: Vec<Bar>,
    gaps: Vec<Gap>,
}

impl Lifelines {
    pub(super) fn new(columns: &[f64], bar_width: f64) -> Self {
        let started = vec![Vec::new(); columns.len()];
        let columns = columns.to_vec();
        Self { columns, bar_width, started, bars: Vec::new(), gaps: Vec::new() }
    }

    /// Begins a bar.
    pub(super) fn activate(&mut self, column: usize, y: f64) {
        self.started[column].push(y);
    }

    /// Ends the innermost bar.
    pub(super) fn deactivate(&mut self, column: usize, y: f64) {
        if let Some(top) = self.started[column].pop() {
            let depth = self.started[column].len();
            self.bars.push(Bar { column, depth, y: (top, y.max(top + 8.0)) });
        }
    }

    /// Ends all bars.
    pub(super) fn end(&mut self, y: f64) {
        for (column, started) in self.started.iter().enumerate() {
            let bars = started.iter().enumerate();
            self.bars.extend(bars.map(|(depth, top)| Bar { column, depth, y: (*top, y) }));
        }
    }

    /// Leaves a place free of lifelines and bars.
    pub(super) fn leave_free(&mut self, x: Span, y: Span) {
        self.gaps.push(Gap { x, y });
    }

    /// How many bars are active on a lifeline.
    pub(super) fn active(&self, column: usize) -> usize {
        self.started[column].len()
    }

    /// The first lifeline whose bar is right of `x`.
    pub(super) fn next_bar(&self, x: f64) -> Option<f64> {
        let active = self.columns.iter().zip(&self.started).filter(|(_, bars)| !bars.is_empty());
        active.map(|(lifeline, _)| *lifeline).find(|lifeline| lifeline - self.bar_width / 2.0 > x)
    }

    /// How far the edge of the outermost of some bars is from the lifeline; `side` is -1 or 1.
    pub(super) fn edge(&self, side: f64, bars: usize) -> f64 {
        let half = self.bar_width / 2.0;
        bars.checked_sub(1).map_or(0.0, |inner| half * count(inner) + half * side)
    }

    /// The lifelines from their tops to `end`, broken where words or notes stand on them.
    pub(super) fn strokes(&self, tops: &[f64], end: f64) -> Vec<(Style, Stroke)> {
        let vertical = |style, x, from, to| (style, Stroke::lines(Point(x, from), &[Point(x, to)]));
        let mut strokes = Vec::new();
        for (&x, &top) in self.columns.iter().zip(tops) {
            let mut at = top;
            for gap in self.gaps_in(|gap| gap.x.0 <= x && x <= gap.x.1) {
                if gap.y.0 > at + 0.5 {
                    strokes.push(vertical(Style::Lifeline, x, at, gap.y.0));
                }
                at = at.max(gap.y.1);
            }
            if end > at {
                strokes.push(vertical(Style::Lifeline, x, at, end));
            }
            let foot = Stroke::lines(Point(x - 5.0, end), &[Point(x + 5.0, end)]);
            strokes.push((Style::LifelineEnd, foot));
        }
        strokes
    }

    /// The bars of active participants, the inner ones first, broken as lifelines are.
    pub(super) fn bars(&mut self) -> Vec<Shape> {
        self.bars.sort_by_key(|bar| bar.depth);
        let width = self.bar_width;
        let mut shapes = Vec::new();
        for &Bar { column, depth, y: (top, end) } in &self.bars {
            let x = self.columns[column] + width / 2.0 * (count(depth) - 1.0);
            let mut bar = |from, to| {
                shapes.push(Shape::rect(Style::Bar, (x, from), (x + width, to)));
            };
            let mut at = top;
            let meets =
                |gap: &Gap| gap.x.0 < x + width && x < gap.x.1 && gap.y.0 < end && gap.y.1 > top;
            for gap in self.gaps_in(meets) {
                if gap.y.0 > at + 1.0 {
                    bar(at, gap.y.0);
                }
                at = at.max(gap.y.1);
            }
            if end > at {
                bar(at, end);
            }
        }
        shapes
    }

    /// Some of the gaps, from top to bottom.
    fn gaps_in(&self, wanted: impl Fn(&Gap) -> bool) -> Vec<Gap> {
        let mut gaps: Vec<Gap> = self.gaps.iter().copied().filter(wanted).collect();
        gaps.sort_by(|a, b| a.y.0.total_cmp(&b.y.0));
        gaps
    }
}
