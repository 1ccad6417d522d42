//! Labels: measured word by word, wrapped at spaces, balanced over their lines.
//!
//! A label is measured once, in em, and wrapped for as many widths and sizes as are tried.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::diagram::metrics::{Measure, Metrics, Weight};

/// How many lines more than its own a label may be wrapped into before words are cut.
const MORE_LINES: usize = 4;
/// The narrowest line, in em.
const NARROWEST: f64 = 1.2;

/// Measures labels.
pub(super) struct Ruler<'a> {
    measure: &'a mut Measure<'a>,
    metrics: Metrics,
}

/// A word and its width in em.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    width: f64,
}

/// A label whose words are measured. All widths are in em.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// The words of each line of the source.
    rows: Vec<Vec<Word>>,
    /// Width of the space between words.
    space: f64,
    /// Width of the widest line of the source.
    pub(super) natural: f64,
    /// Width of the widest word.
    pub(super) longest: f64,
    /// The narrowest widths at which it takes its own number of lines, one more, and so on.
    widths: Vec<f64>,
    weight: Weight,
    line_height: f64,
    line_pitch: f64,
}

/// A label in lines. Sizes are in points.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub(super) lines: Vec<String>,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) size: f64,
    pub(super) weight: Weight,
}

impl<'a> Ruler<'a> {
    pub(super) fn new(measure: &'a mut Measure<'a>, metrics: Metrics) -> Self {
        Self { measure, metrics }
    }

    /// Measures the lines of a label.
    pub(super) fn text<S: AsRef<str>>(&mut self, lines: &[S], weight: Weight) -> Text {
        let mut measure = |word: &str| (self.measure)(word, weight);
        let space = if lines.is_empty() { 0.0 } else { measure("a a") - measure("aa") };
        let mut word = |text: &str| Word { text: text.to_owned(), width: measure(text) };
        let rows: Vec<Vec<Word>> =
            lines.iter().map(|line| line.as_ref().split(' ').map(&mut word).collect()).collect();
        let natural = highest(rows.iter().map(|row| {
            row.iter().map(|word| word.width).sum::<f64>() + space * count(row.len() - 1)
        }));
        let longest = highest(rows.iter().flatten().map(|word| word.width));
        let Metrics { line_height, line_pitch, .. } = self.metrics;
        let mut text = Text {
            rows,
            space,
            natural,
            longest,
            widths: vec![natural],
            weight,
            line_height,
            line_pitch,
        };
        text.widths = text.narrowings();
        text
    }

    /// Measures a label and puts each of its lines into one.
    pub(super) fn label(&mut self, line: &str, weight: Weight, most: f64, size: f64) -> Label {
        self.text(&[line], weight).wrap(most, size)
    }
}

impl Text {
    /// The narrowest width at which the label takes each number of lines, from its own to
    /// [`MORE_LINES`] more; words stay whole.
    fn narrowings(&self) -> Vec<f64> {
        let mut widths = vec![self.natural];
        let mut last = self.natural;
        for more in 1..=MORE_LINES {
            if last <= self.longest + 0.01 {
                break;
            }
            let lines = self.rows.len() + more;
            let least = self.longest.max(self.natural / (count(more) + 1.6));
            let (mut low, mut high) = (least, last);
            if self.count_lines(low) <= lines {
                high = low;
            } else {
                for _ in 0..5 {
                    let middle = f64::midpoint(low, high);
                    if self.count_lines(middle) <= lines {
                        high = middle;
                    } else {
                        low = middle;
                    }
                }
            }
            widths.push(high);
            last = high;
        }
        widths
    }

    /// How many lines no wider than `most` em the label takes.
    fn count_lines(&self, most: f64) -> usize {
        let mut lines = 0;
        for row in &self.rows {
            lines += 1;
            let mut width = -self.space;
            for word in row {
                width += self.space + word.width;
                if width > most && width > word.width {
                    lines += 1;
                    width = word.width;
                }
            }
        }
        lines
    }

    /// The widest line that `most` points allow, in em, and the width of the balanced label.
    fn balanced(&self, most: f64, size: f64) -> (f64, Option<f64>) {
        let ems = NARROWEST.max(most / size) + 0.001;
        (ems, self.widths.iter().copied().find(|width| *width <= ems))
    }

    /// Width in points of the label in lines no wider than `most` points.
    pub(super) fn width_within(&self, most: f64, size: f64) -> f64 {
        let (ems, fitting) = self.balanced(most, size);
        let last = self.widths.last().copied().unwrap_or_default();
        size * fitting.unwrap_or_else(|| ems.min(self.longest.max(last)))
    }

    /// The label in lines no wider than `most` points, balanced over its lines.
    pub(super) fn wrap(&self, most: f64, size: f64) -> Label {
        let (ems, fitting) = self.balanced(most, size);
        let lines = self.fill(fitting.map_or(ems, |width| width + 0.01));
        let pitches = count(lines.len().saturating_sub(1));
        let height =
            if lines.is_empty() { 0.0 } else { self.line_height + pitches * self.line_pitch };
        Label {
            width: highest(lines.iter().map(|(_, width)| *width)) * size,
            height: height * size,
            lines: lines.into_iter().map(|(words, _)| words.join(" ")).collect(),
            size,
            weight: self.weight,
        }
    }

    /// Fills lines no wider than `most` em, the first first.
    fn fill(&self, most: f64) -> Vec<(Vec<String>, f64)> {
        let mut lines = Vec::new();
        for row in &self.rows {
            let (mut words, mut width) = (Vec::new(), 0.0);
            for word in row {
                for (at, part) in word.cut(most).into_iter().enumerate() {
                    let over = at > 0 || width + self.space + part.width > most;
                    if !words.is_empty() && over {
                        lines.push((std::mem::take(&mut words), width));
                        width = 0.0;
                    }
                    if !words.is_empty() {
                        width += self.space;
                    }
                    words.push(part.text);
                    width += part.width;
                }
            }
            lines.push((words, width));
        }
        lines
    }
}

impl Word {
    /// Cuts a word that is wider than `most` em, after a `/`, `_`, `-` or `.` where it can.
    fn cut(&self, most: f64) -> Vec<Self> {
        if self.width <= most {
            return vec![self.clone()];
        }
        let letters: Vec<&str> = self.text.graphemes(true).collect();
        let share = count(letters.len()) * most / self.width;
        let length = (1..=letters.len()).take_while(|at| count(*at) <= share).last().unwrap_or(1);
        let mut parts = Vec::new();
        let mut rest = letters.as_slice();
        while !rest.is_empty() {
            let mut end = length.min(rest.len());
            if end < rest.len() {
                let mark = |letter: &&str| matches!(*letter, "/" | "_" | "-" | ".");
                let after = rest[..end].iter().rev().position(mark);
                end -= after.filter(|after| after * 2 < length).unwrap_or(0);
            }
            let (part, after) = rest.split_at(end);
            let width = self.width * count(part.len()) / count(letters.len());
            parts.push(Self { text: part.concat(), width });
            rest = after;
        }
        parts
    }
}

impl Label {
    /// Whether it has no words.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// The highest of some values that are not negative; 0 where there is none.
pub(super) fn highest(values: impl Iterator<Item = f64>) -> f64 {
    values.fold(0.0, f64::max)
}

/// A small number as a factor.
#[expect(
    clippy::cast_precision_loss,
    reason = "diagrams hold far fewer things than an f64 can count"
)]
pub(super) fn count(number: usize) -> f64 {
    number as f64
}
