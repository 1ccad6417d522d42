//! The look that the record sets for its documents.

use crate::document::reference::described;
use crate::record::model::theme::{FontKind, Margins, ThemeName};

described! {
    /// The look that the record sets. It is in a file of its own, `/theme.json`, so that the look
    /// and the content change separately.
    #[derive(Serialize)]
    pub struct Theme as "theme" {
        /// The name of the theme.
        pub name: ThemeName,
        /// The accent colour, such as `#1d4ed8`; `none` for the theme's own.
        pub accent: Option<String>,
        /// The kind of font; `none` for the theme's own.
        pub font: Option<FontKind>,
        /// The size of the manual's text in points; `none` for the theme's own.
        pub size: Option<f64>,
        /// How wide the margins left and right are.
        pub margins: Margins,
    }
}

impl Theme {
    /// The look that a record sets.
    pub fn new(theme: Option<&crate::record::model::theme::Theme>) -> Self {
        Self {
            name: theme.map_or(ThemeName::Modern, |theme| theme.name),
            accent: theme
                .and_then(|theme| theme.accent.as_ref())
                .map(|accent| accent.0.value.clone()),
            font: theme.and_then(|theme| theme.font),
            size: theme.and_then(|theme| theme.size).map(|size| size.0),
            margins: theme.map_or(Margins::Normal, |theme| theme.margins),
        }
    }

    /// The look as JSON.
    pub fn json(&self) -> String {
        // Nothing in it fails to be written: all keys are strings.
        serde_json::to_string(self).unwrap_or_default()
    }
}
