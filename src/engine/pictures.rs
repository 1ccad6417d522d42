//! Pictures as they are printed: with no more pixels than print shows, and nothing but the picture.
//!
//! The size in which a template prints a picture is known only from the pages, so this comes after
//! layout. Must not know templates.

use std::collections::HashMap;

use image::imageops::FilterType;
use image::{DynamicImage, RgbaImage};
use typst::foundations::{Bytes, Smart};
use typst::layout::{Axes, Frame, FrameItem, Transform};
use typst::utils::hash128;
use typst::visualize::{
    ExchangeFormat, Image, ImageKind, ImageScaling, PixelEncoding, PixelFormat, RasterFormat,
    RasterImage,
};
use typst_layout::Page;

use crate::util::jpeg::{self, Jpeg};

/// The most pixels of a picture that print shows, per inch.
pub(super) const PRINT_PPI: f64 = 300.0;

/// The pages with their pictures as they are printed, of at most so many pixels to the inch; `None` where they are so already.
pub(super) fn printed(pages: &[Page], ppi: f64) -> Option<Vec<Page>> {
    // The same picture in several sizes is kept once, for the largest of them.
    let mut sizes: HashMap<u128, Axes<u32>> = HashMap::new();
    for page in pages {
        each_picture(&page.frame, Transform::identity(), &mut |image, raster, inches| {
            let pixels = match image.scaling() {
                // Its pixels are meant to be visible.
                Smart::Custom(ImageScaling::Pixelated) => Axes::splat(u32::MAX),
                _ => inches.map(|length| ((length * ppi) as u32).max(1)),
            };
            let known = sizes.entry(hash128(raster)).or_insert(pixels);
            *known = Axes::new(known.x.max(pixels.x), known.y.max(pixels.y));
        });
    }
    let mut changed = false;
    let pages = pages.iter().map(|page| {
        let mut page = page.clone();
        if has_pictures(&page.frame) {
            changed |= replace(&mut page.frame, &sizes);
        }
        page
    });
    let pages = pages.collect();
    changed.then_some(pages)
}

/// Visits all pictures of pixels with their printed size in inches.
pub(super) fn each_picture(
    frame: &Frame,
    outer: Transform,
    visit: &mut impl FnMut(&Image, &RasterImage, Axes<f64>),
) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                each_picture(&group.frame, outer.pre_concat(group.transform), visit);
            }
            FrameItem::Image(image, size, _) => {
                if let ImageKind::Raster(raster) = image.kind() {
                    let scale = Axes::new(
                        outer.sx.get().hypot(outer.ky.get()),
                        outer.kx.get().hypot(outer.sy.get()),
                    );
                    let inches = size.zip_map(scale, |length, scale| length.to_inches() * scale);
                    visit(image, raster, inches);
                }
            }
            _ => {}
        }
    }
}

/// Frames are shared with the compiler's cache: one without pictures must not be copied.
fn has_pictures(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_pictures(&group.frame),
        FrameItem::Image(image, ..) => matches!(image.kind(), ImageKind::Raster(_)),
        _ => false,
    })
}

/// Replaces the pictures of a frame; returns whether there was anything to replace.
fn replace(frame: &mut Frame, sizes: &HashMap<u128, Axes<u32>>) -> bool {
    let mut changed = false;
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) if has_pictures(&group.frame) => {
                changed |= replace(&mut group.frame, sizes);
            }
            FrameItem::Image(image, ..) => {
                if let ImageKind::Raster(raster) = image.kind()
                    && let Some(most) = sizes.get(&hash128(raster))
                    && let Some(smaller) = reduced(raster.clone(), most.x, most.y)
                {
                    let alt = image.alt().map(Into::into);
                    *image = Image::new(smaller, alt, image.scaling());
                    changed = true;
                }
            }
            _ => {}
        }
        true
    });
    changed
}

/// A picture of at most so many pixels and without metadata; `None` where it is so already.
///
/// JPEG stays JPEG; everything else becomes uncompressed pixels, without loss.
#[comemo::memoize]
fn reduced(raster: RasterImage, width: u32, height: u32) -> Option<RasterImage> {
    let picture = raster.dynamic();
    let jpeg = raster.format() == RasterFormat::Exchange(ExchangeFormat::Jpg);
    let (width, height) = (width.min(raster.width()), height.min(raster.height()));
    let fits = (width, height) == (raster.width(), raster.height());
    let read = jpeg.then(|| Jpeg::read(raster.data())).flatten();
    let inks = read.as_ref().is_some_and(|read| read.channels == 4);
    // Pictures of the record have no metadata any more; those of a template may have some.
    let clean = !inks && read.is_none_or(|read| read.bytes == raster.data().as_slice());
    if fits && clean {
        return None;
    }
    let smaller = if fits { (**picture).clone() } else { resized(picture, width, height) };
    // A CMYK profile does not describe RGB.
    let icc = raster.icc().filter(|_| !inks).cloned();
    if jpeg {
        let bytes = jpeg::encode(&smaller, icc.map(|icc| icc.to_vec())).ok()?;
        return RasterImage::plain(Bytes::new(bytes), ExchangeFormat::Jpg).ok();
    }
    let (encoding, bytes) = match smaller {
        DynamicImage::ImageLuma8(pixels) => (PixelEncoding::Luma8, pixels.into_raw()),
        DynamicImage::ImageRgb8(pixels) => (PixelEncoding::Rgb8, pixels.into_raw()),
        other => (PixelEncoding::Rgba8, other.into_rgba8().into_raw()),
    };
    let format = PixelFormat { encoding, width, height };
    let icc = icc.map_or(Smart::Auto, Smart::Custom);
    RasterImage::new(Bytes::new(bytes), format, icc).ok()
}

/// A smaller picture, in eight bits. The filter is a polynomial: it gives the same pixels on every
/// machine, which sines do not.
fn resized(picture: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    let filter = FilterType::CatmullRom;
    let color = picture.color();
    match (color.has_alpha(), color.has_color()) {
        (false, false) => {
            DynamicImage::ImageLuma8(picture.to_luma8()).resize_exact(width, height, filter)
        }
        (false, true) => {
            DynamicImage::ImageRgb8(picture.to_rgb8()).resize_exact(width, height, filter)
        }
        // The colour of transparent pixels must not mix into their neighbours.
        (true, _) => {
            let weighted =
                DynamicImage::ImageRgba8(weighted(picture.to_rgba8(), |value, alpha| {
                    value * alpha / 255
                }));
            let smaller = weighted.resize_exact(width, height, filter).into_rgba8();
            DynamicImage::ImageRgba8(self::weighted(smaller, |value, alpha| {
                (value * 255).checked_div(alpha).unwrap_or_default()
            }))
        }
    }
}

/// The colours of a picture, each changed by its opacity.
fn weighted(mut picture: RgbaImage, change: impl Fn(u32, u32) -> u32) -> RgbaImage {
    for pixel in picture.pixels_mut() {
        let [.., alpha] = pixel.0;
        for value in &mut pixel.0[..3] {
            *value = change(u32::from(*value), u32::from(alpha)).min(255) as u8;
        }
    }
    picture
}
