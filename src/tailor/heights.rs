//! What everything takes of the page, as the template reports it. All lengths in points.
//!
//! A section costs its title and its entries with the space between them; an entry with highlights
//! is as tall as its rail (`bare`) or as what stands beside it, whichever is more.

use serde::{Deserialize, Serialize};

use crate::tailor::Fit;

/// Units of length in a point.
pub(super) const UNITS: f64 = 1000.0;

/// The report of a template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Costs {
    /// Height of the page between its margins.
    pub room: f64,
    /// Size of the body as the template was drawn.
    pub body: f64,
    /// The least that a fit makes of it.
    pub least: f64,
    /// From one line of text to the next.
    pub line: f64,
    /// Everything before the first section, with the space after it.
    pub head: f64,
    /// What of the head grows with the gaps.
    pub gaps: f64,
    /// Space between two sections.
    pub between_sections: f64,
    /// A highlight of one line.
    pub thin_highlight: f64,
    /// Space between two highlights.
    pub between_highlights: f64,
    /// The sections in the order of the page, empty ones too.
    pub sections: Vec<SectionCost>,
}

/// What a section takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SectionCost {
    /// The section's word.
    pub kind: String,
    /// Its title, with the space to the first entry.
    pub title: f64,
    /// Space between two entries.
    pub between: f64,
    /// Its entries in the order of the page; reported apart.
    #[serde(default)]
    pub entries: Vec<EntryCost>,
}

/// What the entries of a section take: the other half of the report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryCosts {
    /// The section's word.
    pub kind: String,
    /// Its entries in the order of the page.
    pub entries: Vec<EntryCost>,
}

/// What an entry takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EntryCost {
    /// The entry's id, where its kind has ids.
    pub id: Option<String>,
    /// With all its optional parts.
    pub form: Form,
    /// Without its summary, where it has one.
    pub brief: Option<Form>,
    /// Its highlights, each alone.
    pub highlights: Vec<f64>,
    /// Its skills, where it is a group of them.
    pub row: Option<Row>,
}

/// What a group of skills takes: its names run on, with commas between them, over as many lines as
/// they need, after the name of the group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Row {
    /// How long its lines are.
    pub width: f64,
    /// Width of a blank.
    pub blank: f64,
    /// How far its first line is taken by the group's own name.
    pub start: f64,
    /// How tall the group is without any skill.
    pub label: f64,
    /// How tall one line of skills is.
    pub line: f64,
    /// From one line of skills to the next.
    pub pitch: f64,
    /// Its skills.
    pub names: Vec<Words>,
}

/// The words of a skill's name, which lines may break between. Widths in points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// Of all but the last word.
    pub before: Vec<f64>,
    /// Of the last word where another skill follows: with its comma.
    pub comma: f64,
    /// Of the last word where no other skill follows.
    pub end: f64,
}

/// The height of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// Without any highlight.
    pub bare: f64,
    /// With three highlights of one line, where it has any: more than the rail is tall.
    pub some: Option<f64>,
}

impl Costs {
    /// Size of the body at a fit.
    pub fn body_at(&self, fit: Fit) -> f64 {
        (self.body * fit.scale).max(self.body.min(self.least))
    }
}

impl Form {
    /// What an entry takes beside its highlights, each of which is counted with the space before it;
    /// `thin` is that of a highlight of one line.
    pub(super) fn listed(self, thin: f64) -> f64 {
        self.some.map_or(self.bare, |some| some - 3.0 * thin)
    }
}

impl Row {
    /// Where a line ends that goes on with a skill after `from`. Places are counted along the
    /// lines as if they were one, in thousandths of a point; lines are filled one after the other,
    /// so that what begins earlier never ends later.
    pub(super) fn after(&self, from: i64, words: &Words, last: bool) -> i64 {
        let (width, blank) = (units(self.width).max(1), units(self.blank));
        let end = if last { words.end } else { words.comma };
        words.before.iter().chain([&end]).fold(from, |at, word| {
            let (word, used) = (units(*word), at.rem_euclid(width));
            if used > 0 && used + blank + word <= width {
                at + blank + word
            } else {
                (at + width - 1) / width * width + word.min(width)
            }
        })
    }

    /// How tall the group is when its skills end at a place.
    pub(super) fn tall(&self, end: i64) -> f64 {
        let width = units(self.width).max(1);
        let lines = (end + width - 1) / width;
        self.label.max(self.line + self.pitch * (lines - 1) as f64)
    }

    /// The part of a line that a skill takes, with its comma and the blank before it.
    pub(super) fn part(&self, words: &Words) -> f64 {
        let blanks = self.blank * (words.before.len() + 1) as f64;
        (words.before.iter().sum::<f64>() + words.comma + blanks) / self.width.max(1.0)
    }
}

/// A length in thousandths of a point.
pub(super) fn units(points: f64) -> i64 {
    (points * UNITS).round() as i64
}

#[cfg(test)]
mod tests {
    use super::{Row, Words};

    fn row() -> Row {
        Row {
            width: 100.0,
            blank: 2.0,
            start: 0.0,
            label: 12.0,
            line: 10.0,
            pitch: 15.0,
            names: Vec::new(),
        }
    }

    fn words(before: &[f64], end: f64) -> Words {
        Words { before: before.to_vec(), comma: end + 3.0, end }
    }

    #[test]
    fn lines_are_filled_one_after_the_other() {
        let row = row();
        let first = row.after(0, &words(&[], 45.0), false);
        assert_eq!(first, 48_000);
        assert_eq!(row.after(first, &words(&[], 50.0), true), 100_000, "exactly full");
        assert_eq!(row.after(first, &words(&[], 50.0), false), 153_000, "the comma does not fit");
        assert_eq!(
            row.after(first, &words(&[20.0], 40.0), true),
            140_000,
            "a name breaks at a blank"
        );
        assert_eq!(
            row.after(100_000, &words(&[], 10.0), true),
            110_000,
            "a new line needs no blank"
        );
        assert_eq!(row.after(first, &words(&[], 300.0), true), 200_000, "too long for any line");
    }

    #[test]
    fn a_group_is_as_tall_as_its_lines_or_its_name() {
        let row = row();
        assert_eq!([1, 100_000, 100_001].map(|end| row.tall(end)), [12.0, 12.0, 25.0]);
    }
}
