//! The sheet that shows a record in every theme.

use crate::document::reference::described;

described! {
    /// What the template of the sheet reads as `/document.json`.
    #[derive(Serialize)]
    pub struct Preview as "preview" {
        /// The language tag of the pages.
        pub language: String,
        /// The themes in their order.
        pub themes: Vec<ThemePage>,
    }

    /// A theme on the sheet.
    #[derive(Serialize)]
    pub struct ThemePage as "page of a theme" {
        /// The name of the theme.
        pub name: String,
        /// The path of a picture of the page.
        pub file: String,
    }
}

impl Preview {
    /// The sheet as JSON.
    pub fn json(&self) -> String {
        // Nothing in it fails to be written: all keys are strings.
        serde_json::to_string(self).unwrap_or_default()
    }
}
