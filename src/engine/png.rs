//! Pages to PNG bytes.

use typst::utils::Scalar;
use typst_render::{RenderOptions, render};

use super::Document;

impl Document {
    /// Draws a page, counted from 1; `pixels` for each point (1 is 72 dots per inch).
    ///
    /// `None` when there is no such page or it is too large to draw.
    pub fn png(&self, page: usize, pixels: f32) -> Option<Vec<u8>> {
        let page = self.paged.pages().get(page.checked_sub(1)?)?;
        let options =
            RenderOptions { pixel_per_pt: Scalar::new(pixels.into()), ..RenderOptions::default() };
        render(page, &options).encode_png().ok()
    }
}
