//! The pictures a record names: read from the data folder, and refused unless they are whole, of a
//! bearable size and hold all they show.
//!
//! This file must not know how pictures are set.

use std::collections::BTreeMap;
use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use crate::data::Record;
use crate::data::drawing::drawing;
use crate::data::folder::{Folder, PICTURE_LIMIT};
use crate::data::load::refused;
use crate::data::prose::prose;
use crate::markdown::survey;
use crate::problem::{Place, Problem, Sources};

/// Pixels of one picture: 50 million print A4 at 700 dpi.
const PIXEL_LIMIT: u64 = 50_000_000;
/// Bytes of one picture once decoded. The engine keeps a second copy while it writes the PDF.
const BYTE_LIMIT: u64 = 3 * PIXEL_LIMIT;
/// Bytes of a colour profile; those that come with cameras and screens have a few thousand.
const PROFILE_LIMIT: u64 = 10_000_000;

/// A picture that was read.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Where it is named first.
    pub place: Place,
}

/// Reads every picture the record names, by its path below the folder as it is written.
pub fn pictures(
    record: &Record,
    folder: &Folder,
    sources: &Sources,
) -> (BTreeMap<String, Picture>, Vec<Problem>) {
    let (mut found, mut problems) = (BTreeMap::new(), Vec::new());
    let mut named: Vec<(String, Place)> = Vec::new();
    if let Some(photo) = &record.profile.photo {
        named.push((photo.file.value.clone(), photo.file.place));
    }
    for (text, _) in prose(record) {
        for wording in text.wordings() {
            for image in &survey(&wording.text).images {
                let place = wording.find(sources, image.line, &image.url);
                if image.alt.trim().is_empty() {
                    let problem = Problem::error("E074", "the picture has no alternative text");
                    problems.push(
                        problem.at(place).hint("say what it shows, as in `![words](file.png)`"),
                    );
                }
                named.push((image.url.clone(), place));
            }
        }
    }
    for (name, place) in named {
        if found.contains_key(&name) {
            continue;
        }
        match read(folder, &name) {
            Ok((path, bytes)) => {
                found.insert(path, Picture { bytes, place });
            }
            Err(problem) => problems.push((*problem).at(place)),
        }
    }
    (found, problems)
}

/// Reads one picture, and gives its path in its plain form.
fn read(folder: &Folder, name: &str) -> Result<(String, Vec<u8>), Box<Problem>> {
    let (file, path) = folder.inside(name).map_err(|refusal| Box::new(refused(&refusal)))?;
    let bytes = folder.read(&file, PICTURE_LIMIT).map_err(|refusal| Box::new(refused(&refusal)))?;
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "svg" => drawing(&bytes)?,
        "png" => pixels(&bytes, ImageFormat::Png)?,
        "jpg" | "jpeg" => pixels(&bytes, ImageFormat::Jpeg)?,
        "gif" => pixels(&bytes, ImageFormat::Gif)?,
        "webp" => pixels(&bytes, ImageFormat::WebP)?,
        _ => {
            let problem = Problem::error("E072", format!("`.{extension}` is no kind of picture"));
            return Err(Box::new(problem.hint("pictures are PNG, JPEG, GIF, WebP and SVG")));
        }
    }
    Ok((path, bytes))
}

/// A picture of pixels must be what its name says, bearable in size and whole.
pub(super) fn pixels(bytes: &[u8], format: ImageFormat) -> Result<(), Box<Problem>> {
    let wrong = |message: String| Problem::error("E072", message);
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
        let problem = wrong("the picture's colour profile is broken or enormous".to_owned());
        return Err(Box::new(problem.hint("save it again without a colour profile")));
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
