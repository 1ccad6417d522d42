//! Pictures of pages: small reference images, and how much another picture differs from one.

use std::fs;
use std::path::Path;

use image::{Rgb, RgbImage, open};

use crate::support::bless::blessing;
use crate::support::program::root;

/// How far a channel may be from the reference, of 255. Reducing the reference to its palette moves
/// it by 26 at most; the rest is for machines that round otherwise when they draw.
const NEAR: u8 = 64;
/// The share of pixels that may be further. A page of the size used here has 222,000 pixels; 44 of
/// them are less than one short word.
const SHARE: f64 = 0.0002;

/// The palette of the references: sixteen greys for letters, and a cube of 6 × 6 × 6 colours.
fn palette() -> Vec<[u8; 3]> {
    let greys = (0..16).map(|level| [level * 17; 3]);
    let cube = (0..216).map(|at| [at / 36 * 51, at / 6 % 6 * 51, at % 6 * 51]);
    greys.chain(cube).collect()
}

/// The colour of the palette that is nearest, by its place.
fn nearest(palette: &[[u8; 3]], Rgb(colour): Rgb<u8>) -> u8 {
    let far = |own: &[u8; 3]| -> u32 {
        own.iter().zip(colour).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let places = 0..palette.len();
    u8::try_from(places.min_by_key(|at| far(&palette[*at])).expect("a palette")).expect("a byte")
}

/// Writes a picture as a reference, with a palette of its own.
pub fn write_reference(file: &Path, picture: &RgbImage) {
    let palette = palette();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, picture.width(), picture.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    // Rows of a palette have no slopes that a filter could make use of.
    encoder.set_filter(png::Filter::NoFilter);
    let pixels: Vec<u8> = picture.pixels().map(|pixel| nearest(&palette, *pixel)).collect();
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&pixels).expect("pixels");
    writer.finish().expect("an end");
    fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    fs::write(file, bytes).expect("written");
}

/// A picture as its reference would be.
pub fn reduced(picture: &RgbImage) -> RgbImage {
    let palette = palette();
    let mut reduced = picture.clone();
    for pixel in reduced.pixels_mut() {
        *pixel = Rgb(palette[usize::from(nearest(&palette, *pixel))]);
    }
    reduced
}

pub fn read(file: &Path) -> RgbImage {
    open(file).unwrap_or_else(|error| panic!("{}: {error}", file.display())).into_rgb8()
}

/// How a picture differs from its reference.
pub struct Difference {
    /// The share of pixels that differ.
    pub share: f64,
    /// Reference, picture and the pixels that differ, side by side.
    pub sheet: RgbImage,
}

impl Difference {
    /// Whether a reader would see it.
    pub fn is_seen(&self) -> bool {
        self.share > SHARE
    }
}

/// Compares a picture with its reference.
pub fn compare(reference: &RgbImage, now: &RgbImage) -> Difference {
    let (width, height) =
        (reference.width().max(now.width()), reference.height().max(now.height()));
    let mut sheet = RgbImage::from_pixel(3 * width, height, Rgb([255; 3]));
    let mut differing = 0;
    for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
        let (old, new) = (reference.get_pixel_checked(x, y), now.get_pixel_checked(x, y));
        let differs = match (old, new) {
            (Some(Rgb(old)), Some(Rgb(new))) => {
                old.iter().zip(new).any(|(old, new)| old.abs_diff(*new) > NEAR)
            }
            _ => true,
        };
        differing += u32::from(differs);
        old.into_iter().for_each(|pixel| sheet.put_pixel(x, y, *pixel));
        new.into_iter().for_each(|pixel| sheet.put_pixel(width + x, y, *pixel));
        if differs {
            sheet.put_pixel(2 * width + x, y, Rgb([220, 0, 0]));
        }
    }
    Difference { share: f64::from(differing) / f64::from(width * height), sheet }
}

/// Pictures of a folder of the repository, compared with what is drawn now.
pub struct References {
    folder: &'static str,
    names: Vec<String>,
    wrong: Vec<String>,
}

impl References {
    /// The pictures of a folder.
    pub fn of(folder: &'static str) -> Self {
        Self { folder, names: Vec::new(), wrong: Vec::new() }
    }

    /// Compares a picture with its reference; with `BLESS=1`, draws one that differs anew. What differs is
    /// shown in `target/looks/`.
    pub fn check(&mut self, name: &str, now: &RgbImage) {
        let reference = root().join(self.folder).join(format!("{name}.png"));
        self.names.push(format!("{name}.png"));
        if blessing() && !reference.is_file() {
            write_reference(&reference, now);
        }
        assert!(reference.is_file(), "{} is missing: `just bless` draws it", reference.display());
        let difference = compare(&read(&reference), now);
        if !difference.is_seen() {
            return;
        }
        if blessing() {
            write_reference(&reference, now);
            return;
        }
        let shown = root().join("target/looks");
        fs::create_dir_all(&shown).expect("made");
        let sheet = shown.join(format!("{name}.png"));
        difference.sheet.save(&sheet).expect("written");
        let percent = difference.share * 100.0;
        self.wrong.push(format!("{name}: {percent:.2} % of the pixels, see {}", sheet.display()));
    }

    /// Asserts that all were alike, that they take no more bytes than `limit`, and that there are no others.
    #[track_caller]
    pub fn finish(self, limit: u64) {
        assert!(
            self.wrong.is_empty(),
            "pictures look different (reference | now | difference):\n  {}\n`just bless` takes them as they are now",
            self.wrong.join("\n  ")
        );
        let files = fs::read_dir(root().join(self.folder)).expect("a folder").flatten();
        let mut kept: Vec<_> = files.filter(|entry| entry.path().is_file()).collect();
        let size: u64 = kept.iter().map(|entry| entry.metadata().expect("a file").len()).sum();
        assert!(size < limit, "the pictures take {size} bytes");
        kept.retain(|entry| {
            !self.names.contains(&entry.file_name().to_string_lossy().into_owned())
        });
        assert!(kept.is_empty(), "pictures of nothing: {kept:?}");
    }
}
