//! Raster pictures: complete, not too large, of the type that their names say, and without metadata
//! of cameras and programs.

use std::io::Cursor;

use image::codecs::png::{PngDecoder, PngEncoder};
use image::codecs::webp::WebPEncoder;
use image::metadata::Orientation;
use image::{
    DynamicImage, ImageDecoder, ImageEncoder as _, ImageFormat, ImageReader, ImageResult, Limits,
};

use crate::diagnostics::Diagnostic;
use crate::util::jpeg::{self, Jpeg};

/// Pixels of one picture: 50 million print A4 at 700 dpi.
const PIXEL_LIMIT: u64 = 50_000_000;
/// Bytes of one picture once decoded. The engine keeps a second copy while it writes the PDF.
const BYTE_LIMIT: u64 = 3 * PIXEL_LIMIT;
/// Bytes of a colour profile; those that come with cameras and screens have a few thousand.
const PROFILE_LIMIT: u64 = 10_000_000;

/// The chunks of a PNG that show the picture: its pixels and their colours, density and opacity.
const PNG_CHUNKS: [&[u8; 4]; 12] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"cICP", b"gAMA", b"iCCP", b"sBIT",
    b"sRGB", b"pHYs",
];

/// Reads a raster picture, which must be of the type that its name says, not too large, and
/// complete.
///
/// Returns its file as it was, as far as it shows the picture: without EXIF, XMP and comments. A
/// picture that EXIF rotates is rotated, and one in CMYK is converted to RGB; both are encoded
/// anew.
pub(super) fn pixels(bytes: &[u8], format: ImageFormat) -> Result<Vec<u8>, Box<Diagnostic>> {
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
    let mut decoder = whole.into_decoder().map_err(corrupt)?;
    let size = decoder.total_bytes();
    if size > BYTE_LIMIT {
        let megabytes = size / 1_000_000;
        return Err(smaller(format!("the picture has {megabytes} MB once decoded, more than 150")));
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    let noted = has_notes(&mut decoder, format, bytes);
    let damaged = |why: &str| Box::new(wrong(format!("the picture {why}")).hint("copy it again"));
    let (mut picture, bytes, inks) = match format {
        // The decoder stops before the end, which the engine's wants.
        ImageFormat::Png if !chunks(bytes).any(|(name, _)| name == b"IEND") => {
            return Err(damaged("ends early: its file is cut off"));
        }
        ImageFormat::Jpeg => {
            let jpeg = Jpeg::read(bytes);
            let jpeg = jpeg.ok_or_else(|| damaged("ends early: its file is cut off"))?;
            let picture = jpeg::decode(&jpeg, profile.as_deref());
            let picture = picture.map_err(|why| damaged(&format!("is damaged: {why}")))?;
            (picture, jpeg.bytes, jpeg.channels == 4)
        }
        _ => {
            let picture = DynamicImage::from_decoder(decoder).map_err(corrupt)?;
            let png = format == ImageFormat::Png;
            (picture, if png { without_notes(bytes) } else { bytes.to_vec() }, false)
        }
    };
    if orientation == Orientation::NoTransforms && !inks && !noted {
        return Ok(bytes);
    }
    picture.apply_orientation(orientation);
    // A CMYK profile does not describe RGB.
    encode(&picture, format, profile.filter(|_| !inks)).map_err(corrupt)
}

/// Whether a GIF or WebP holds more than the picture.
fn has_notes(decoder: &mut impl ImageDecoder, format: ImageFormat, bytes: &[u8]) -> bool {
    match format {
        ImageFormat::WebP => [decoder.exif_metadata(), decoder.xmp_metadata()]
            .iter()
            .any(|note| !matches!(note, Ok(None))),
        // Comments, texts and what programs add begin so. Pixels that look like it only cause the
        // file to be written anew, without loss.
        ImageFormat::Gif => bytes.windows(2).any(|pair| matches!(pair, [0x21, 0x01 | 0xFE | 0xFF])),
        _ => false,
    }
}

/// Writes a picture in its format, without loss where the format can.
fn encode(
    picture: &DynamicImage,
    format: ImageFormat,
    profile: Option<Vec<u8>>,
) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    match (format, profile) {
        (ImageFormat::Jpeg, profile) => return jpeg::encode(picture, profile),
        (ImageFormat::Png, Some(profile)) => {
            let mut encoder = PngEncoder::new(&mut bytes);
            encoder.set_icc_profile(profile).map_err(image::ImageError::Unsupported)?;
            picture.write_with_encoder(encoder)?;
        }
        (ImageFormat::WebP, Some(profile)) => {
            let mut encoder = WebPEncoder::new_lossless(&mut bytes);
            encoder.set_icc_profile(profile).map_err(image::ImageError::Unsupported)?;
            picture.write_with_encoder(encoder)?;
        }
        _ => picture.write_to(Cursor::new(&mut bytes), format)?,
    }
    Ok(bytes)
}

/// The chunks of a PNG, with their names: a length, the name, the data and a checksum.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = bytes.get(8..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(*rest.first_chunk()?) as usize;
        let (chunk, after) = rest.split_at_checked(length.checked_add(12)?)?;
        rest = after;
        Some((&chunk[4..8], chunk))
    })
}

/// A PNG without texts, EXIF, times, further frames and what follows its end.
fn without_notes(bytes: &[u8]) -> Vec<u8> {
    let mut kept = bytes[..8].to_vec();
    for (name, chunk) in chunks(bytes) {
        if PNG_CHUNKS.iter().any(|known| *known == name) {
            kept.extend(chunk);
        }
        if name == b"IEND" {
            break;
        }
    }
    kept
}

/// Whether a PNG has a colour profile that cannot be unpacked within bounds: two megabytes of them
/// can unpack into two thousand.
fn profile_is_bomb(bytes: &[u8]) -> ImageResult<bool> {
    // A profile stands before the pixels.
    let mut head = chunks(bytes).take_while(|(name, _)| *name != b"IDAT");
    if !head.any(|(name, _)| name == b"iCCP") {
        return Ok(false);
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(PROFILE_LIMIT);
    Ok(PngDecoder::with_limits(Cursor::new(bytes), limits)?.icc_profile()?.is_none())
}
