//! Pictures of pixels: whole, of a bearable size, and what their names say they are.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use crate::diagnostics::Diagnostic;

/// Pixels of one picture: 50 million print A4 at 700 dpi.
const PIXEL_LIMIT: u64 = 50_000_000;
/// Bytes of one picture once decoded. The engine keeps a second copy while it writes the PDF.
const BYTE_LIMIT: u64 = 3 * PIXEL_LIMIT;
/// Bytes of a colour profile; those that come with cameras and screens have a few thousand.
const PROFILE_LIMIT: u64 = 10_000_000;

/// A picture of pixels must be what its name says, bearable in size and whole.
pub(super) fn pixels(bytes: &[u8], format: ImageFormat) -> Result<(), Box<Diagnostic>> {
    let wrong = |message: String| Diagnostic::error("E072", message);
    let kind = image::guess_format(bytes).ok();
    if kind != Some(format) {
        let name =
            |format: ImageFormat| format.extensions_str().first().copied().unwrap_or("picture");
        let other = kind.map_or("no picture".to_owned(), |kind| format!("a .{} file", name(kind)));
        let message = format!("the picture is not what its name says: it is {other}");
        return Err(Box::new(wrong(message).hint("save it again, in the format of its name")));
    }
    let reader = || ImageReader::with_format(Cursor::new(bytes), format);
    let corrupt = |error: image::ImageError| {
        Box::new(wrong(format!("the picture cannot be read: {error}")).hint("save it again"))
    };
    let smaller = |message: String| {
        Box::new(wrong(message).hint("make it smaller: 2500 pixels fill the width of a page"))
    };
    if format == ImageFormat::Png && profile_is_bomb(bytes).map_err(corrupt)? {
        let diagnostic = wrong("the picture's colour profile is broken or enormous".to_owned());
        return Err(Box::new(diagnostic.hint("save it again without a colour profile")));
    }
    let (width, height) = reader().into_dimensions().map_err(corrupt)?;
    if u64::from(width) * u64::from(height) > PIXEL_LIMIT {
        let message = format!("the picture has {width} × {height} pixels, more than 50 million");
        return Err(smaller(message));
    }
    let mut whole = reader();
    let mut limits = Limits::default();
    limits.max_alloc = Some(BYTE_LIMIT * 2);
    whole.limits(limits);
    let decoder = whole.into_decoder().map_err(corrupt)?;
    let size = decoder.total_bytes();
    if size > BYTE_LIMIT {
        let megabytes = size / 1_000_000;
        return Err(smaller(format!("the picture has {megabytes} MB once decoded, more than 150")));
    }
    DynamicImage::from_decoder(decoder).map_err(corrupt)?;
    Ok(())
}

/// Whether a PNG has a colour profile that cannot be unpacked within bounds: two megabytes of them
/// can unpack into two thousand.
fn profile_is_bomb(bytes: &[u8]) -> Result<bool, image::ImageError> {
    // Chunks are a length, a name, the data and a checksum; a profile stands before the pixels.
    let (mut at, mut named) = (8, false);
    while let Some(&[a, b, c, d, ref name @ ..]) = bytes.get(at..at + 8)
        && name != b"IDAT"
    {
        named |= name == b"iCCP";
        at += 12 + u32::from_be_bytes([a, b, c, d]) as usize;
    }
    if !named {
        return Ok(false);
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(PROFILE_LIMIT);
    Ok(PngDecoder::with_limits(Cursor::new(bytes), limits)?.icc_profile()?.is_none())
}
