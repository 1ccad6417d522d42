//! The look of all documents, as far as the record chooses it.
//!
//! The templates' tokens define the look of a theme; this file has only its name and what the
//! record overrides.

use serde_json::{Value, json};

use crate::diagnostics::Diagnostic;
use crate::record::declare::{choice, record};
use crate::record::model::site::{DateForm, Paper};
use crate::record::read::{Read, Reader, Spanned};
use crate::record::schema::Schemas;
use crate::record::text::Text;
use crate::record::yaml::tree::Node;

choice! {
    /// How the titles of sections are set in résumés.
    pub enum TitleStyle as "a style of section titles" {
        /// Before a rule on its line, in the accent colour.
        Rule = "rule",
        /// Above a rule.
        Underline = "underline",
        /// On a pale band.
        Band = "band",
        /// By weight and space alone.
        Plain = "plain",
    }
}

choice! {
    /// What stands before the items of a list.
    pub enum Bullets as "a kind of bullets" {
        /// A filled circle.
        Dot = "dot",
        /// A short line.
        Dash = "dash",
        /// A filled square.
        Square = "square",
        /// Nothing.
        None = "none",
    }
}

choice! {
    /// Where the head of a résumé stands.
    pub enum HeadAlignment as "an arrangement of the head" {
        /// At the left margin.
        Left = "left",
        /// In the middle.
        Center = "center",
    }
}

choice! {
    /// At which side of the head the portrait stands.
    pub enum PhotoSide as "a place of the photo" {
        /// At the left.
        Left = "left",
        /// At the right.
        Right = "right",
    }
}

choice! {
    /// The outline of the portrait.
    pub enum PhotoShape as "a shape of the photo" {
        /// As the picture is.
        Rectangle = "rectangle",
        /// With round corners.
        Rounded = "rounded",
        /// A circle, from the middle of the picture.
        Circle = "circle",
    }
}

record! {
    /// How the portrait is set.
    pub struct PhotoLook as "`photo` of the theme" {
        /// At which side of the head it stands.
        pub side: Option<PhotoSide>,
        /// Its outline.
        pub shape: Option<PhotoShape>,
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
        /// One of the themes that `resume templates` lists; `modern` by default.
        pub name: Option<Spanned<String>>,
        /// The arrangement of résumés on all pages, where it is not the theme's, which may have another one for pages
        /// that cannot hold everything: `rail` (dates in a column at the left), `classic` (dates at the right of
        /// each line) or `sidebar` (two columns).
        pub layout: Option<Spanned<String>>,
        /// The one colour beside ink and greys, as `"#1d4ed8"`; text in it is darkened to 4.5:1 against
        /// white where it is paler.
        pub accent: Option<Accent>,
        /// `sans`, `serif`, or the name of a family that `resume fonts` lists; by default the
        /// theme's own.
        pub font: Option<Spanned<String>>,
        /// Size of text in points, 8.5 to 12, as the manual has it; the sizes of all other formats, which are
        /// set smaller, grow and shrink with it. 10 by default.
        pub size: Option<BodySize>,
        /// Margins left and right.
        pub margins: Margins,
        /// The longest line of text in letters, 45 to 120: margins, except those of letters, grow where lines would be
        /// longer. By default the
        /// margins alone decide.
        pub line_length: Option<LineLength>,
        /// The form of dates; by default the language's.
        pub dates: Option<DateForm>,
        /// Whether documents print durations; on by default.
        pub durations: Option<bool>,
        /// Paper of all formats; A4 by default.
        pub paper: Option<Paper>,
        /// How the titles of sections are set in résumés; by default the theme's own.
        pub titles: Option<TitleStyle>,
        /// What stands before the items of a list; by default the theme's own.
        pub bullets: Option<Bullets>,
        /// Where the head of a résumé stands; by default the theme's own.
        pub head: Option<HeadAlignment>,
        /// How the portrait is set; by default the theme's own.
        pub photo: Option<PhotoLook>,
        /// Words at the foot of each page instead of `Printed from …`; `{site}` is the address.
        pub footer: Option<Text>,
    }
}

impl Theme {
    /// A theme as it is.
    pub fn named(name: Spanned<String>) -> Self {
        Self {
            place: name.place,
            name: Some(name),
            layout: None,
            accent: None,
            font: None,
            size: None,
            margins: Margins::Normal,
            paper: None,
            titles: None,
            bullets: None,
            head: None,
            photo: None,
            footer: None,
            dates: None,
            durations: None,
            line_length: None,
        }
    }
}

/// The accent colour of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accent(pub Spanned<String>);

impl Read for Accent {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let text = reader.scalar(node, "a colour such as `\"#1d4ed8\"`")?;
        if channels(text).is_none() {
            let diagnostic = Diagnostic::error("E024", format!("`{text}` is not a colour"))
                .at(node.place)
                .hint("write `\"#rrggbb\"`, in quotes: a bare `#` begins a comment");
            return reader.fail(diagnostic);
        }
        Some(Self(Spanned { value: text.to_owned(), place: node.place }))
    }

    fn schema(schemas: &mut Schemas) -> Value {
        schemas.define("Accent", |_| {
            json!({
                "description": "A colour. One of less than 4.5:1 against white is darkened where it is the colour of text.",
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

impl Accent {
    /// The colour as text on white: darker, in its own hue, where it is too pale to be read; `None`
    /// where it can be read as it is.
    pub fn darkened(&self) -> Option<String> {
        let [red, green, blue] = channels(&self.0.value)?;
        // Every step is a hundredth of the way to black, which is dark enough.
        let dark = |step: u32| [red, green, blue].map(|channel| channel * (100 - step) / 100);
        let step = (0..=100).find(|step| contrast_with_white(dark(*step)) >= MIN_CONTRAST)?;
        let [red, green, blue] = dark(step);
        (step > 0).then(|| format!("#{red:02x}{green:02x}{blue:02x}"))
    }

    /// Its contrast against white, 1 to 21.
    pub fn contrast(&self) -> f64 {
        channels(&self.0.value).map_or(1.0, contrast_with_white)
    }
}

/// Contrast that text needs against its background (WCAG 2.2, success criterion 1.4.3).
const MIN_CONTRAST: f64 = 4.5;

/// Red, green and blue of `#rrggbb`, 0 to 255.
fn channels(color: &str) -> Option<[u32; 3]> {
    let digits = color.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let channel = |at: usize| u32::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([channel(0)?, channel(2)?, channel(4)?])
}

/// Contrast of a colour with white, 1 to 21 (WCAG 2.2, relative luminance).
fn contrast_with_white(channels: [u32; 3]) -> f64 {
    let [red, green, blue] = channels.map(|channel| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    });
    1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

/// A number with bounds.
macro_rules! bounded {
    ($(#[doc = $about:literal])+ $name:ident($number:ty), $range:expr, $what:literal, $hint:literal, $schema:tt) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub struct $name(pub $number);

        impl Read for $name {
            fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
                let text = reader.scalar(node, $what)?;
                match text.parse() {
                    Ok(value) if $range.contains(&value) => Some(Self(value)),
                    _ => {
                        let message = format!("`{text}` is not {}", $what);
                        let diagnostic = Diagnostic::error("E026", message).at(node.place);
                        reader.fail(diagnostic.hint($hint))
                    }
                }
            }

            fn schema(schemas: &mut Schemas) -> Value {
                schemas.define(stringify!($name), |_| json!($schema))
            }

            fn value(&self) -> Value {
                self.0.into()
            }
        }
    };
}

bounded!(
    /// A size of text in points.
    BodySize(f64),
    (8.5..=12.0),
    "a size of text in points",
    "points from 8.5 to 12; 10 is the default",
    {
        "description": "A size of text in points.",
        "type": "number",
        "minimum": 8.5,
        "maximum": 12,
        "default": 10,
    }
);

bounded!(
    /// The length of a line in letters.
    LineLength(u32),
    (45..=120),
    "a length of lines in letters",
    "a whole number from 45 to 120; 75 is easy to read",
    {
        "description": "The length of a line in letters.",
        "type": "integer",
        "minimum": 45,
        "maximum": 120,
        "examples": [75],
    }
);

#[cfg(test)]
mod tests {
    use super::{Accent, channels};
    use crate::diagnostics::{Place, Sources};
    use crate::record::read::Spanned;

    fn accent(color: &str) -> Accent {
        let file = Sources::default().add("theme.yaml", color.to_owned());
        Accent(Spanned { value: color.to_owned(), place: Place { file, start: 0, end: 0 } })
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let contrast = |color| (accent(color).contrast() * 10.0).round() / 10.0;
        assert_eq!(contrast("#000000"), 21.0);
        assert_eq!(contrast("#ffffff"), 1.0);
        assert_eq!(contrast("#767676"), 4.5);
        assert!(channels("blue").is_none() && channels("#12345").is_none());
    }

    #[test]
    fn pale_colours_are_darkened_to_be_read() {
        assert_eq!(accent("#1d4ed8").darkened(), None);
        for color in ["#93c5fd", "#fde047", "#ffffff"] {
            let darker = accent(color).darkened().expect("it is pale");
            assert!(accent(&darker).contrast() >= 4.5, "{darker}");
            assert!(accent(&darker).contrast() < 4.8, "{darker} is darker than it has to be");
        }
    }
}
