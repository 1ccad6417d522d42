//! The look that the record sets for its documents.

use crate::document::reference::described;
use crate::record::model::theme::{
    self, Accent, Bullets, HeadAlignment, Margins, PhotoShape, PhotoSide, TitleStyle,
};
use crate::record::read::Spanned;

described! {
    /// The look that the record sets. It is in a file of its own, `/theme.json`, so that the look
    /// and the content change separately.
    #[derive(Serialize)]
    pub struct Theme as "theme" {
        /// The name of the theme, of which there is a file in `themes/`; `none` for the usual one.
        pub name: Option<String>,
        /// The arrangement of résumés, by the name of its file in `layouts/`; `none` for the theme's own.
        pub layout: Option<String>,
        /// The accent colour, such as `#1d4ed8`; `none` for the theme's own.
        pub accent: Option<String>,
        /// The accent as the colour of text, where it is too pale for text; `none` where it is not.
        pub accent_text: Option<String>,
        /// `sans`, `serif` or the name of a family; `none` for the theme's own.
        pub font: Option<String>,
        /// How the titles of sections are set; `none` as the theme has them.
        pub titles: Option<TitleStyle>,
        /// What stands before the items of a list; `none` as the theme has it.
        pub bullets: Option<Bullets>,
        /// Where the head of a résumé stands; `none` as the theme has it.
        pub head: Option<HeadAlignment>,
        /// How the portrait is set.
        pub photo: PhotoSetting,
        /// The size of text in points, as the manual has it; `none` for the theme's own.
        pub size: Option<f64>,
        /// How wide the margins left and right are.
        pub margins: Margins,
        /// The longest line of text, in letters; `none` where the margins decide.
        pub line_length: Option<u32>,
    }

    /// How the portrait is set.
    #[derive(Serialize)]
    pub struct PhotoSetting as "photo setting" {
        /// At which side of the head it stands; `none` as the theme has it.
        pub side: Option<PhotoSide>,
        /// Its outline; `none` as the theme has it.
        pub shape: Option<PhotoShape>,
    }
}

impl Theme {
    /// The look that a record sets.
    pub fn new(theme: Option<&theme::Theme>) -> Self {
        let value = |text: &Option<Spanned<String>>| text.as_ref().map(|text| text.value.clone());
        let accent = theme.and_then(|theme| theme.accent.as_ref());
        let photo = theme.and_then(|theme| theme.photo.as_ref());
        Self {
            name: theme.and_then(|theme| value(&theme.name)),
            layout: theme.and_then(|theme| value(&theme.layout)),
            accent: accent.map(|accent| accent.0.value.clone()),
            accent_text: accent.and_then(Accent::darkened),
            font: theme.and_then(|theme| value(&theme.font)),
            size: theme.and_then(|theme| theme.size).map(|size| size.0),
            margins: theme.map_or(Margins::Normal, |theme| theme.margins),
            line_length: theme.and_then(|theme| theme.line_length).map(|length| length.0),
            titles: theme.and_then(|theme| theme.titles),
            bullets: theme.and_then(|theme| theme.bullets),
            head: theme.and_then(|theme| theme.head),
            photo: PhotoSetting {
                side: photo.and_then(|photo| photo.side),
                shape: photo.and_then(|photo| photo.shape),
            },
        }
    }

    /// The look as JSON.
    pub fn json(&self) -> String {
        // Nothing in it fails to be written: all keys are strings.
        serde_json::to_string(self).unwrap_or_default()
    }
}
