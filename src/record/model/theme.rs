//! The look of all documents, as far as the record chooses it.
//!
//! The templates' tokens define the look of a theme; this file has only its name and what the
//! record overrides.

use serde_json::{Value, json};

use crate::diagnostics::Diagnostic;
use crate::record::model::site::Paper;
use crate::record::read::{Read, Reader, Spanned, choice, record};
use crate::record::schema::Schemas;
use crate::record::text::Text;
use crate::record::yaml::tree::Node;

choice! {
    /// The finished themes.
    pub enum ThemeName as "a theme" {
        /// Sans serif, one blue accent.
        Modern = "modern",
        /// Sans serif, black and greys only: prints the same everywhere.
        Mono = "mono",
        /// Serif text with wide margins, a dark green accent.
        Classic = "classic",
    }
}

choice! {
    /// Kinds of letters.
    pub enum FontKind as "a kind of font" {
        /// Letters without serifs.
        Sans = "sans",
        /// Letters with serifs (명조).
        Serif = "serif",
    }
}

choice! {
    /// How wide the margins left and right are.
    pub enum Margins as "a width of margins" {
        /// As the theme has it.
        Normal = "normal",
        /// A fifth less.
        Narrow = "narrow",
        /// A fifth more.
        Wide = "wide",
    }
}

record! {
    /// The look of all documents.
    pub struct Theme as "`theme`" {
        /// One of the finished themes.
        pub name: ThemeName,
        /// The one colour beside ink and greys, as `"#1d4ed8"`; 4.5:1 against white at least.
        pub accent: Option<Accent>,
        /// Sans or serif; by default the theme's own.
        pub font: Option<FontKind>,
        /// Size of the manual's text in points, 8.5 to 12; all other sizes follow. 10 by default.
        pub size: Option<BodySize>,
        /// Margins left and right.
        pub margins: Margins,
        /// Paper of all formats; A4 by default.
        pub paper: Option<Paper>,
        /// Words at the foot of each page instead of `Printed from …`; `{site}` is the address.
        pub footer: Option<Text>,
    }
}

/// A colour that text may have on white paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accent(pub Spanned<String>);

impl Read for Accent {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "a colour such as `\"#1d4ed8\"`")?;
        let Some(contrast) = contrast_with_white(text) else {
            let diagnostic = Diagnostic::error("E024", format!("`{text}` is not a colour"))
                .at(node.place)
                .hint("write `\"#rrggbb\"`, in quotes: a bare `#` begins a comment");
            return reader.fail(diagnostic);
        };
        if contrast < MIN_CONTRAST {
            let diagnostic = Diagnostic::error(
                "E025",
                format!("`{text}` is too pale to read: {contrast:.1}:1 against white"),
            )
            .at(node.place)
            .hint("take a darker colour: 4.5:1 at least (WCAG 2.2, 1.4.3)");
            return reader.fail(diagnostic);
        }
        Some(Self(Spanned { value: text.to_owned(), place: node.place }))
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Accent", |_| {
            json!({
                "description": "A colour of 4.5:1 against white at least.",
                "type": "string",
                "pattern": "^#[0-9a-fA-F]{6}$",
                "examples": ["#1d4ed8"],
            })
        })
    }

    fn value(&self) -> Value {
        self.0.value()
    }
}

/// Contrast that text needs against its background (WCAG 2.2, success criterion 1.4.3).
const MIN_CONTRAST: f64 = 4.5;

/// Contrast of `#rrggbb` with white, 1 to 21 (WCAG 2.2, relative luminance).
fn contrast_with_white(color: &str) -> Option<f64> {
    let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(digits.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    let luminance = 0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?;
    Some(1.05 / (luminance + 0.05))
}

/// A size of text in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BodySize(pub f64);

impl Read for BodySize {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "a size in points")?;
        match text.parse() {
            Ok(size) if (8.5..=12.0).contains(&size) => Some(Self(size)),
            _ => {
                let diagnostic =
                    Diagnostic::error("E026", format!("`{text}` is not a size of text"))
                        .at(node.place)
                        .hint("points from 8.5 to 12; 10 is the default");
                reader.fail(diagnostic)
            }
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("BodySize", |_| {
            json!({
                "description": "A size of text in points.",
                "type": "number",
                "minimum": 8.5,
                "maximum": 12,
                "default": 10,
            })
        })
    }

    fn value(&self) -> Value {
        self.0.into()
    }
}

#[cfg(test)]
mod tests {
    use super::contrast_with_white;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let contrast = |color| contrast_with_white(color).map(|c| (c * 10.0).round() / 10.0);
        assert_eq!(contrast("#000000"), Some(21.0));
        assert_eq!(contrast("#ffffff"), Some(1.0));
        assert_eq!(contrast("#767676"), Some(4.5));
        assert_eq!(contrast("blue"), None);
        assert_eq!(contrast("#12345"), None);
    }
}
