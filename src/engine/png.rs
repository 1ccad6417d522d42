//! Pages to PNG bytes, and the note in a PNG: which page of which document it is.

use std::io::Cursor;

use png::{BitDepth, ColorType, Decoder, Encoder, PixelDimensions, Unit};
use typst::utils::Scalar;
use typst_render::{RenderOptions, render};

use crate::engine::document::Document;

/// Points to the inch.
const POINTS: f64 = 72.0;
/// Millimetres to the inch.
const MILLIMETRES: f64 = 25.4;
/// More pixels than this are not drawn: they would take over 800 MB of memory.
const MOST_PIXELS: f64 = 200e6;
/// The keyword of the note.
const KEYWORD: &str = "Comment";

impl Document {
    /// Draws a page, counted from 1, with so many pixels to the inch, and notes on it what it is.
    ///
    /// `None` when there is no such page or it is too large to draw.
    pub fn png(&self, page: usize, ppi: u16, note: &str) -> Option<Vec<u8>> {
        let page = self.paged.pages().get(page.checked_sub(1)?)?;
        let scale = f64::from(ppi) / POINTS;
        let size = page.frame.size();
        if size.x.to_pt() * size.y.to_pt() * scale * scale > MOST_PIXELS {
            return None;
        }
        let options =
            RenderOptions { pixel_per_pt: Scalar::new(scale), ..RenderOptions::default() };
        let drawn = render(page, &options);
        // Paper is white, so that a page without a fill of its own has no holes.
        let over = |value: u8, alpha: u8| value.saturating_add(255 - alpha);
        let pixels: Vec<u8> = drawn
            .pixels()
            .iter()
            .flat_map(|pixel| {
                [pixel.red(), pixel.green(), pixel.blue()].map(|v| over(v, pixel.alpha()))
            })
            .collect();
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, drawn.width(), drawn.height());
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        let per_metre = (f64::from(ppi) * 1000.0 / MILLIMETRES).round() as u32;
        encoder.set_pixel_dims(Some(PixelDimensions {
            xppu: per_metre,
            yppu: per_metre,
            unit: Unit::Meter,
        }));
        encoder.add_itxt_chunk(KEYWORD.to_owned(), note.to_owned()).ok()?;
        let mut writer = encoder.write_header().ok()?;
        writer.write_image_data(&pixels).ok()?;
        writer.finish().ok()?;
        Some(bytes)
    }
}

/// The note on a PNG.
pub(super) fn note(bytes: &[u8]) -> Option<String> {
    let reader = Decoder::new(Cursor::new(bytes)).read_info().ok()?;
    let notes = &reader.info().utf8_text;
    notes.iter().find(|note| note.keyword == KEYWORD)?.get_text().ok()
}
