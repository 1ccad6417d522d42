//! How tall everything is, as the template reports it. All lengths in points.
//!
//! A section is as tall as its title and its entries with the space between them. An entry with
//! highlights is as tall as its title and its highlights, but never less than without any. What is
//! not measured yet counts with the least height that the template reports, so that no choice counts
//! with more than it takes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Deserializer};

use crate::record::model::sections::{SectionId, SectionKind};
use crate::tailor::catalog::Catalog;
use crate::tailor::items::Item;
use crate::tailor::outline::Entry;
use crate::tailor::spaces::Fit;

/// Units of length in a point.
pub(super) const UNITS: f64 = 1000.0;

/// One report of a template. An entry is named by its section and by its id, or by its index in the
/// record; highlights and skills by their indexes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Report {
    /// The page without its head and its entries.
    Page(PageHeights),
    /// What stands before the first section.
    Head(HeadHeight),
    /// An entry without its highlights: with all its optional parts, and without its summary, where
    /// it has one.
    Entry {
        /// Its section.
        #[serde(deserialize_with = "section")]
        kind: SectionId,
        /// Its name.
        id: String,
        /// With all its optional parts.
        form: Form,
        /// Without its summary, where it has one.
        brief: Option<Form>,
        /// How much of it grows with the gaps.
        gaps: f64,
    },
    /// A highlight alone.
    Highlight {
        /// The section of its entry.
        #[serde(deserialize_with = "section")]
        kind: SectionId,
        /// The name of its entry.
        id: String,
        /// Its index.
        index: usize,
        /// Its height.
        height: f64,
    },
    /// A group of skills.
    Skills {
        /// Its section.
        #[serde(deserialize_with = "section")]
        kind: SectionId,
        /// Its name.
        id: String,
        /// What it takes.
        #[serde(flatten)]
        group: GroupHeight,
    },
}

/// The page without its head and its entries.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct PageHeights {
    /// Height of the page between its margins.
    pub room: f64,
    /// Size of the body as the template was drawn.
    pub body: f64,
    /// The least that a fit makes of it.
    pub least_body: f64,
    /// From one line of text to the next.
    pub line: f64,
    /// Space between two sections.
    pub between_sections: f64,
    /// Space between the title of a section and its first entry.
    pub after_title: f64,
    /// The least height of an entry.
    pub least_entry: f64,
    /// The least height of a highlight.
    pub least_highlight: f64,
    /// The highlight that `Form::sample` has.
    pub sample_highlight: f64,
    /// Space between two highlights.
    pub between_highlights: f64,
    /// The lines of a group of skills.
    pub skills: Lines,
    /// The sections in the order of the page, empty ones too.
    pub sections: Vec<SectionHeight>,
}

/// What a section takes beside its entries.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct SectionHeight {
    /// The section.
    #[serde(deserialize_with = "section")]
    pub kind: SectionId,
    /// Whether it stands in a second column, beside the others.
    #[serde(default)]
    pub side: bool,
    /// Its title, with the space to the first entry.
    pub title: f64,
    /// Space between two entries.
    pub between: f64,
}

/// What stands before the first section.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct HeadHeight {
    /// Its height, with the space after it.
    pub height: f64,
    /// How much of it grows with the gaps.
    pub gaps: f64,
    /// The height of what stands before the first section of the second column, where there is one.
    #[serde(default)]
    pub side: Option<f64>,
    /// The height of the summary in it, where there is one.
    #[serde(default)]
    pub summary: Option<f64>,
}

/// The height of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Form {
    /// Without any highlight.
    pub bare: f64,
    /// With a highlight of several lines, where it may have any.
    pub sample: Option<f64>,
}

/// What a group of skills takes: its names run on, with commas between them, over as many lines as they
/// need, after the name of the group.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GroupHeight {
    /// How far its first line is taken by the group's own name.
    pub start: f64,
    /// How tall the group is without any skill.
    pub label: f64,
    /// Its skills.
    pub names: Vec<Words>,
}

/// The words of a skill's name, which lines may break between. Widths in points.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Words {
    /// The index of the skill in the record.
    pub index: usize,
    /// Of all but the last word.
    pub before: Vec<f64>,
    /// Of the last word where another skill follows: with its comma.
    pub comma: f64,
    /// Of the last word where no other skill follows.
    pub end: f64,
}

/// The lines of groups of skills.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Lines {
    /// How long they are.
    pub width: f64,
    /// Width of a blank.
    pub blank: f64,
    /// How tall one line is.
    pub line: f64,
    /// From one line to the next.
    pub pitch: f64,
}

/// What is known of an entry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct EntryHeight {
    /// With all its optional parts, and without its summary.
    pub forms: Option<(Form, Option<Form>)>,
    /// How much of it grows with the gaps.
    pub gaps: f64,
    /// Its highlights, by their indexes.
    pub highlights: BTreeMap<usize, f64>,
    /// Its skills, where it is a group of them.
    pub group: Option<GroupHeight>,
}

/// What is known of the entries of a record, by section and id.
pub type EntryHeights = HashMap<(SectionId, String), EntryHeight>;

/// What is known of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Heights {
    /// The page without its head and its entries.
    pub page: PageHeights,
    /// What stands before the first section.
    pub head: HeadHeight,
    /// The entries that were measured.
    pub entries: EntryHeights,
}

impl Heights {
    /// How many lines the summary takes.
    pub fn summary_lines(&self) -> usize {
        let Self { page, head, .. } = self;
        let further = head.summary.map_or(-1.0, |tall| (tall - page.least_entry) / page.line);
        (further.round() + 1.0) as usize
    }

    /// Size of the body at a fit.
    pub fn body_at(&self, fit: Fit) -> f64 {
        (self.page.body * fit.scale).max(self.page.body.min(self.page.least_body))
    }

    /// What is known of an entry.
    pub(super) fn of(&self, entry: &Entry) -> Option<&EntryHeight> {
        self.entries.get(&entry.key())
    }

    /// The height of a highlight with the space before it, or the least that it may be.
    pub(super) fn highlight(&self, entry: &Entry, index: usize) -> f64 {
        let measured = self.of(entry).and_then(|entry| entry.highlights.get(&index));
        measured.unwrap_or(&self.page.least_highlight) + self.page.between_highlights
    }

    /// What a skill takes of the height of its group: its part of a line, with its comma and the blank
    /// before it; nothing where the group is not measured.
    pub(super) fn skill(&self, entry: &Entry, index: usize) -> f64 {
        let Lines { width, blank, pitch, .. } = self.page.skills;
        let group = self.of(entry).and_then(|entry| entry.group.as_ref());
        let words = group.and_then(|group| group.names.iter().find(|words| words.index == index));
        let taken = words.map_or(0.0, |words| {
            let blanks = blank * (words.before.len() + 1) as f64;
            words.before.iter().sum::<f64>() + words.comma + blanks
        });
        taken / width.max(1.0) * pitch
    }

    /// The height of an entry without highlights; and what it takes beside its highlights, each of which
    /// counts with the space before it. The least that these may be where nothing is known.
    pub(super) fn form(&self, entry: &Entry, brief: bool) -> (f64, f64) {
        let page = &self.page;
        let forms = self.of(entry).and_then(|entry| entry.forms);
        let form = forms.map(|(form, without)| without.filter(|_| brief).unwrap_or(form));
        match form {
            None => (page.least_entry, page.least_entry - page.between_highlights),
            Some(Form { bare, sample }) => {
                let sample =
                    sample.map(|all| all - page.sample_highlight - page.between_highlights);
                (bare, sample.unwrap_or(bare))
            }
        }
    }

    /// The height of each optional entry by itself, with the space before it, in points.
    pub(super) fn taken(&self, catalog: &Catalog) -> HashMap<Item, f64> {
        let mut taken = HashMap::new();
        for section in &self.page.sections {
            let entries = catalog.outline.iter().filter(|entry| entry.section == section.kind);
            for entry in entries {
                let (bare, brief) = (self.form(entry, false).0, self.form(entry, true).0);
                for item in entry.items() {
                    let height = match item {
                        Item::CareerSummary(_) | Item::ProjectSummary(_) => bare - brief,
                        Item::CareerHighlight(_, at)
                        | Item::ProjectHighlight(_, at)
                        | Item::ListedHighlight(_, _, at) => self.highlight(entry, at),
                        Item::Skill(_, at) => self.skill(entry, at),
                        Item::Listed(..) if entry.is_line() => {
                            (bare + section.between) / entry.parts().count() as f64
                        }
                        Item::Project(_) | Item::Listed(..) => bare + section.between,
                        Item::Career(_) | Item::Position(..) | Item::Courses(_) => continue,
                    };
                    taken.insert(item, height);
                }
            }
        }
        taken
    }
}

/// What of these items is not known, with what it can only be measured with: its entry, the summary of
/// its entry, the other skills of its group.
pub fn unmeasured(
    entries: &EntryHeights,
    catalog: &Catalog,
    items: &BTreeSet<Item>,
) -> BTreeSet<Item> {
    let is_known = |entry: &Entry, item: &Item| {
        let Some(height) = entries.get(&entry.key()) else { return false };
        match item {
            Item::CareerHighlight(_, at)
            | Item::ProjectHighlight(_, at)
            | Item::ListedHighlight(_, _, at) => height.highlights.contains_key(at),
            Item::Skill(..) => height.group.is_some(),
            _ => height.forms.is_some(),
        }
    };
    let mut found = BTreeSet::new();
    for entry in &catalog.outline {
        let is_part = |item: &Item| entry.parts().any(|part| part == *item);
        let asked = |item: &Item| items.contains(item) && !is_known(entry, item);
        let asked: Vec<Item> = entry.items().filter(asked).collect();
        if !asked.is_empty() {
            let is_group = entry.section == SectionKind::Skills || entry.is_line();
            found.extend(entry.items().filter(|item| is_group || !is_part(item)));
            found.extend(asked);
        }
    }
    found
}

/// Adds a report to what is known of entries. Reports of the page are not for them.
pub fn add(entries: &mut EntryHeights, report: Report) {
    match report {
        // The first report has the summary; a later one may be of an entry that is shown without it.
        Report::Entry { kind, id, form, brief, gaps } => {
            let entry = entries.entry((kind, id)).or_default();
            entry.forms.get_or_insert((form, brief));
            entry.gaps = gaps;
        }
        Report::Highlight { kind, id, index, height } => {
            entries.entry((kind, id)).or_default().highlights.insert(index, height);
        }
        Report::Skills { kind, id, group } => {
            entries.entry((kind, id)).or_default().group = Some(group);
        }
        Report::Page(_) | Report::Head(_) => {}
    }
}

/// A section by its word.
fn section<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SectionId, D::Error> {
    String::deserialize(deserializer).map(|word| SectionId::of(&word))
}

impl Lines {
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

    /// How tall a group is when its skills end at a place; `label` is its height without any.
    pub(super) fn tall(&self, label: f64, end: i64) -> f64 {
        let width = units(self.width).max(1);
        let lines = (end + width - 1) / width;
        label.max(self.line + self.pitch * (lines - 1) as f64)
    }
}

/// A length in thousandths of a point.
pub(super) fn units(points: f64) -> i64 {
    (points * UNITS).round() as i64
}

#[cfg(test)]
mod tests {
    use super::{Lines, Words};

    const LINES: Lines = Lines { width: 100.0, blank: 2.0, line: 10.0, pitch: 15.0 };

    fn words(before: &[f64], end: f64) -> Words {
        Words { index: 0, before: before.to_vec(), comma: end + 3.0, end }
    }

    #[test]
    fn lines_are_filled_one_after_the_other() {
        let first = LINES.after(0, &words(&[], 45.0), false);
        assert_eq!(first, 48_000);
        assert_eq!(LINES.after(first, &words(&[], 50.0), true), 100_000, "exactly full");
        assert_eq!(LINES.after(first, &words(&[], 50.0), false), 153_000, "the comma does not fit");
        assert_eq!(
            LINES.after(first, &words(&[20.0], 40.0), true),
            140_000,
            "a name breaks at a blank"
        );
        assert_eq!(
            LINES.after(100_000, &words(&[], 10.0), true),
            110_000,
            "a new line needs no blank"
        );
        assert_eq!(LINES.after(first, &words(&[], 300.0), true), 200_000, "too long for any line");
    }

    #[test]
    fn a_group_is_as_tall_as_its_lines_or_its_name() {
        assert_eq!([1, 100_000, 100_001].map(|end| LINES.tall(12.0, end)), [12.0, 12.0, 25.0]);
    }
}
