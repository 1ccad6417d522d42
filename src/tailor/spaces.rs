//! The sizes and spaces by which a template fills its pages, and what it reports instead of setting them.

use serde::Serialize;

/// Space that is kept free at the foot of the last page, in points.
pub(super) const SPARE: f64 = 0.5;

/// What a template reports instead of setting pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// The page without its entries.
    Page,
    /// The entries of the document.
    Entries,
    /// Both.
    All,
}

/// How pages are set to be filled: factors on the template's own sizes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fit {
    /// On the size of the body and what grows with it.
    pub scale: f64,
    /// On the space between lines.
    pub leading: f64,
    /// On the space between entries and sections.
    pub gaps: f64,
    /// Whether a project names no more technologies than the line of its role has room for.
    pub brief: bool,
    /// What the template reports instead of setting pages.
    pub measure: Option<Measure>,
}

impl Fit {
    /// The template as it was drawn: 9.3 pt body.
    pub const REGULAR: Self =
        Self { scale: 1.0, leading: 1.0, gaps: 1.0, brief: false, measure: None };
    /// A page that cannot hold everything: 9.3 pt body, line pitch 151 %.
    pub const CLOSE: Self =
        Self { scale: 1.0, leading: 0.85, gaps: 0.6, brief: true, measure: None };
    /// As tight as a page may be: 8.8 pt body, line pitch 142 %. The template keeps its floor where
    /// its own body is smaller.
    pub const TIGHT: Self =
        Self { scale: 8.8 / 9.3, leading: 0.84, gaps: 0.6, brief: true, measure: None };
    /// As loose as a page may be: 9.9 pt body, line pitch 160 %.
    pub const LOOSE: Self =
        Self { scale: 9.9 / 9.3, leading: 1.2, gaps: 1.5, brief: false, measure: None };

    /// The same, for measuring.
    pub fn measuring(self, what: Measure) -> Self {
        Self { measure: Some(what), ..self }
    }

    /// The same, with gaps that take a height more, in points, as far as they may; `gaps` is what they take. Those of a
    /// tight page stay: lines and size come first there.
    pub(super) fn wider(self, gaps: f64, height: f64) -> Self {
        if height <= SPARE || gaps <= 0.0 || self == Self::TIGHT {
            return self;
        }
        // In thousandths: sums of heights differ in their last digits with the way they were found.
        let factor = (self.gaps * (1.0 + height / gaps) * 1000.0).floor() / 1000.0;
        let most = if self == Self::REGULAR { Self::LOOSE } else { Self::REGULAR };
        Self { gaps: factor.min(most.gaps), ..self }
    }

    /// A fit between two others: `part` 0 is `self`, 1 is `other`.
    pub fn towards(self, other: Self, part: f64) -> Self {
        let between = |a: f64, b: f64| a + (b - a) * part;
        Self {
            scale: between(self.scale, other.scale),
            leading: between(self.leading, other.leading),
            gaps: between(self.gaps, other.gaps),
            ..self
        }
    }
}
