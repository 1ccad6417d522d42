//! JPEG files: reduced to the picture they hold, read and written.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, ImageEncoder as _, ImageResult, RgbImage};
use moxcms::{ColorProfile, Layout, TransformOptions};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Quality of a JPEG that is written, of 100; from 90 on no difference is visible in print.
const QUALITY: u8 = 92;

/// Writes a picture as a JPEG, with its colour profile.
pub(crate) fn encode(picture: &DynamicImage, profile: Option<Vec<u8>>) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).map_err(image::ImageError::Unsupported)?;
    }
    picture.write_with_encoder(encoder)?;
    Ok(bytes)
}

/// Reads a picture whole; one in inks (CMYK) is converted to sRGB by its colour profile, or by the rule of
/// thumb where it has none.
///
/// # Errors
/// What is wrong with the file. Other decoders fill up with grey what is missing.
pub(crate) fn decode(jpeg: &Jpeg, profile: Option<&[u8]>) -> Result<DynamicImage, String> {
    let profile = profile.and_then(|profile| ColorProfile::new_from_slice(profile).ok());
    let read = |filling| filled(jpeg, profile.as_ref(), filling);
    let picture = read(0x00)?;
    // The decoder does not report a scan of several that ends early. What follows a whole one does not
    // matter.
    if !jpeg.sequential && picture != read(0x55)? {
        return Err("its last scan ends early".to_owned());
    }
    Ok(picture)
}

/// Reads a picture with some bytes of a value behind its last scan.
fn filled(
    jpeg: &Jpeg,
    profile: Option<&ColorProfile>,
    filling: u8,
) -> Result<DynamicImage, String> {
    let mut bytes = jpeg.bytes.clone();
    // The decoder reads a few bytes ahead.
    let end = bytes.len() - 2;
    bytes.splice(end..end, [filling; 16]);
    if jpeg.sequential {
        // An end marker is an end of the picture to the decoder, wherever it stands.
        bytes.truncate(end + 16);
    }
    let options = DecoderOptions::default().set_strict_mode(true);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes.as_slice()), options);
    decoder.decode_headers().map_err(|error| error.to_string())?;
    let space = decoder.input_colorspace().unwrap_or(ColorSpace::RGB);
    let read = match (space, profile) {
        (ColorSpace::Luma, _) | (ColorSpace::CMYK | ColorSpace::YCCK, Some(_)) => space,
        _ => ColorSpace::RGB,
    };
    decoder.set_options(options.jpeg_set_out_colorspace(read));
    let mut pixels = decoder.decode().map_err(|error| error.to_string())?;
    if let Some(profile) = profile.filter(|_| read.num_components() == 4) {
        let wrong = |error| format!("its colour profile is wrong: {error}");
        pixels = printed(&pixels, space, profile).map_err(wrong)?;
    }
    let (width, height) = decoder.dimensions().unwrap_or_default();
    let (width, height) = (width as u32, height as u32);
    let picture = match read {
        ColorSpace::Luma => GrayImage::from_raw(width, height, pixels).map(Into::into),
        _ => RgbImage::from_raw(width, height, pixels).map(Into::into),
    };
    picture.ok_or_else(|| "it has no pixels".to_owned())
}

/// The colours of inks, written inverted as Adobe's programs do, by their profile.
fn printed(
    pixels: &[u8],
    space: ColorSpace,
    profile: &ColorProfile,
) -> Result<Vec<u8>, moxcms::CmsError> {
    let inks: Vec<u8> = pixels
        .chunks_exact(4)
        .flat_map(|pixel| {
            let [a, b, c, k] = [pixel[0], pixel[1], pixel[2], 255 - pixel[3]];
            if space != ColorSpace::YCCK {
                return [255 - a, 255 - b, 255 - c, k];
            }
            let (luma, blue, red) = (f32::from(a), f32::from(b) - 128.0, f32::from(c) - 128.0);
            let ink = |value: f32| value.round().clamp(0.0, 255.0) as u8;
            [
                ink(luma + 1.402 * red),
                ink(luma - 0.344_14 * blue - 0.714_14 * red),
                ink(luma + 1.772 * blue),
                k,
            ]
        })
        .collect();
    let options = TransformOptions::default();
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgb, options)?;
    let mut colours = vec![0; inks.len() / 4 * 3];
    transform.transform(&inks, &mut colours)?;
    Ok(colours)
}

/// A JPEG whose segments were read.
pub(crate) struct Jpeg {
    /// The file without the metadata of cameras and programs (EXIF, XMP, IPTC, comments), without
    /// small copies of itself, and without what follows its end.
    pub bytes: Vec<u8>,
    /// Colour channels: 1 grey, 3 colour, 4 inks (CMYK).
    pub channels: u8,
    /// Whether its pixels are in one scan, from top to bottom.
    sequential: bool,
}

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const COMMENT: u8 = 0xFE;

impl Jpeg {
    /// Reads the segments of a JPEG; `None` where the file ends before the picture does.
    pub fn read(file: &[u8]) -> Option<Self> {
        let mut bytes = vec![0xFF, START];
        let (mut at, mut channels, mut frame, mut scans) = (2, 0, 0, 0);
        loop {
            // Bytes between segments belong to none of them.
            while *file.get(at)? != 0xFF || matches!(*file.get(at + 1)?, 0x00 | 0xFF) {
                at += 1;
            }
            let marker = file[at + 1];
            if marker == END {
                bytes.extend([0xFF, END]);
                let sequential = scans == 1 && matches!(frame, 0xC0 | 0xC1);
                return Some(Self { bytes, channels, sequential });
            }
            if is_bare(marker) {
                at += 2;
                continue;
            }
            let length = usize::from(u16::from_be_bytes([*file.get(at + 2)?, *file.get(at + 3)?]));
            let segment = file.get(at..at + 2 + length)?;
            at += segment.len();
            if is_frame(marker) {
                (channels, frame) = (*segment.get(9)?, marker);
            }
            if is_picture(marker, segment.get(4..)?) {
                bytes.extend(segment);
            }
            if marker == SCAN {
                scans += 1;
                let begin = at;
                while *file.get(at)? != 0xFF || !ends_scan(*file.get(at + 1)?) {
                    at += 1;
                }
                bytes.extend(&file[begin..at]);
            }
        }
    }
}

/// Whether a marker stands alone, without a length.
fn is_bare(marker: u8) -> bool {
    matches!(marker, 0x01 | 0xD0..=START)
}

/// Whether a marker begins a header that counts the channels (SOF).
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC)
}

/// Whether a byte after 0xFF ends the data of a scan: neither stuffing nor a restart.
fn ends_scan(marker: u8) -> bool {
    !matches!(marker, 0x00 | 0xD0..=0xD7)
}

/// Whether a segment is needed to show the picture: tables and headers, the density of its pixels,
/// its colour profile, how its colours are coded. Other programs' segments are not.
fn is_picture(marker: u8, content: &[u8]) -> bool {
    match marker {
        // The last two bytes are the size of a small copy that follows.
        0xE0 => content.starts_with(b"JFIF\0") && content.len() == 14,
        0xE2 => content.starts_with(b"ICC_PROFILE\0"),
        0xEE => content.starts_with(b"Adobe"),
        0xE1..=0xEF | COMMENT => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::Jpeg;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = (content.len() as u16 + 2).to_be_bytes();
        [&[0xFF, marker], length.as_slice(), content].concat()
    }

    /// A file of these segments with two scans, and something behind its end.
    fn file(notes: &[Vec<u8>]) -> Vec<u8> {
        let frame = segment(0xC0, &[8, 0, 1, 0, 1, 3]);
        let scan = |data: &[u8]| [segment(0xDA, &[1]), data.to_vec()].concat();
        let scans = [scan(b"one\xFF\x00\xFF\xD0"), scan(b"two")].concat();
        [b"\xFF\xD8".to_vec(), notes.concat(), frame, scans, b"\xFF\xD9".to_vec()].concat()
    }

    #[test]
    fn only_the_picture_stays() {
        let kept = [
            segment(0xE0, b"JFIF\0\x01\x01\x01\x00\x48\x00\x48\0\0"),
            segment(0xE2, b"ICC_PROFILE\0\x01\x01profile"),
            segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01"),
        ];
        let dropped = [
            segment(0xE1, b"Exif\0\0GPS"),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"),
            segment(0xE2, b"MPF\0"),
            segment(0xED, b"Photoshop 3.0\0"),
            segment(0xFE, b"a comment"),
            segment(0xE0, b"JFXX\0\x10"),
        ];
        let noted = [kept.clone().to_vec(), dropped.to_vec()].concat();
        let read = Jpeg::read(&[file(&noted), b"\xFF\xD8second picture\xFF\xD9".to_vec()].concat());
        let read = read.expect("it is whole");
        assert_eq!((read.bytes, read.channels), (file(&kept), 3));
    }

    #[test]
    fn truncated_files_are_refused() {
        let whole = file(&[segment(0xE1, b"Exif\0\0")]);
        for length in 0..whole.len() {
            assert!(Jpeg::read(&whole[..length]).is_none(), "{length} bytes");
        }
    }
}
