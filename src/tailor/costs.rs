//! What everything takes of the page, as the template reports it. All lengths in points.
//!
//! A section costs its title and its entries with the space between them; an entry with highlights
//! is as tall as its rail (`bare`) or as what stands beside it, whichever is more.

use serde::Deserialize;

use crate::tailor::Fit;

/// The report of a template.
#[derive(Debug, Clone, PartialEq, Deserialize)]
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
    /// Space between two highlights.
    pub between_highlights: f64,
    /// The sections in the order of the page, empty ones too.
    pub sections: Vec<SectionCost>,
}

/// What a section takes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct EntryCosts {
    /// The section's word.
    pub kind: String,
    /// Its entries in the order of the page.
    pub entries: Vec<EntryCost>,
}

/// What an entry takes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct EntryCost {
    /// The entry's id, where its kind has ids.
    pub id: Option<String>,
    /// With all its optional parts.
    pub form: Form,
    /// Without its summary, where it has one.
    pub brief: Option<Form>,
    /// Its highlights, each alone.
    pub highlights: Vec<f64>,
}

/// The height of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Form {
    /// Without any highlight.
    pub bare: f64,
    /// With its first highlight thrice, where it has any: more than the rail is tall.
    pub some: Option<f64>,
}

impl Costs {
    /// Size of the body at a fit.
    pub fn body_at(&self, fit: Fit) -> f64 {
        (self.body * fit.scale).max(self.body.min(self.least))
    }
}

impl EntryCost {
    /// What an entry with highlights takes beside them, counting each with the space before it.
    pub(super) fn listed(&self, form: Form, between: f64) -> f64 {
        let first = self.highlights.first().map_or(0.0, |height| height + between);
        form.some.map_or(form.bare, |some| some - 3.0 * first)
    }
}
