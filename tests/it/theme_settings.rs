//! What the settings of a theme look like: pictures for the documentation, from real pages.

use std::fs;

use image::{GenericImage as _, Rgb, RgbImage, imageops};

use crate::support::image::{References, read};
use crate::support::program::{folder, resume, root};
use crate::support::record::CAREER;

/// A setting with the values to show, and what of the page to show: left, top, width and height in points.
pub struct Setting {
    pub key: &'static str,
    pub values: &'static [&'static str],
    part: [u32; 4],
}

/// The whole width of a page from the top, so high.
const fn top(height: u32) -> [u32; 4] {
    [36, 36, 524, height]
}

/// The settings that are shown.
pub const SETTINGS: [Setting; 13] = [
    Setting { key: "layout", values: &["rail", "classic", "sidebar"], part: [0, 0, 595, 480] },
    Setting { key: "accent", values: &["\"#9d174d\"", "\"#d97706\""], part: [39, 172, 346, 70] },
    Setting {
        key: "font",
        values: &["sans", "serif", "Fira Sans", "STIX Two Text"],
        part: [39, 50, 346, 180],
    },
    Setting { key: "margins", values: &["narrow", "normal", "wide"], part: [0, 0, 595, 300] },
    Setting { key: "line-length", values: &["65", "90"], part: [0, 0, 595, 300] },
    Setting {
        key: "dates",
        values: &["numeric", "short", "long", "iso", "dotted"],
        part: [39, 197, 326, 34],
    },
    Setting { key: "durations", values: &["true", "false"], part: [39, 197, 346, 24] },
    Setting {
        key: "titles",
        values: &["rule", "underline", "band", "plain"],
        part: [39, 168, 346, 50],
    },
    Setting {
        key: "bullets",
        values: &["dot", "dash", "square", "none"],
        part: [142, 190, 228, 60],
    },
    Setting { key: "head", values: &["left", "center"], part: top(150) },
    Setting { key: "photo", values: &["{side: left}", "{side: right}"], part: top(150) },
    Setting {
        key: "photo",
        values: &["{shape: rectangle}", "{shape: rounded}", "{shape: circle}"],
        part: [430, 36, 130, 110],
    },
    Setting { key: "footer", values: &["Name Surname", "\"{site}\""], part: [36, 800, 524, 30] },
];

/// The picture of a setting; of two for one key, by the first word of the values.
pub fn picture(setting: &Setting) -> String {
    let part = setting.values[0].strip_prefix('{').and_then(|value| value.split(':').next());
    part.map_or(setting.key.to_owned(), |part| format!("{}-{part}", setting.key))
}

const PROFILE: &str = "\
site: {date: 2026-06-01, languages: [en], url: \"https://example.org/\"}
profile:
  name: Name Surname
  role: Engineer
  headline: Services that stay up
  email: name@example.org
  location: Seoul
  url: https://example.org/
  photo: {file: photo.png, alt: Portrait}
  summary: >-
    Ten years of building services that stay up, with teams in three countries. Writes less code than others, and
    reads more of it.
";

/// Pixels to the inch.
const PPI: u32 = 54;

/// The page of a record with a setting.
fn page(setting: &str) -> RgbImage {
    let folder = folder(&[("resume.yaml", &format!("{PROFILE}{CAREER}theme: {{{setting}}}\n"))]);
    let photo = root().join("tests/records/graduate/photo.png");
    fs::copy(photo, folder.path().join("photo.png")).unwrap();
    let (data, out) = (folder.path().display().to_string(), folder.path().join("cv.png"));
    let ppi = PPI.to_string();
    let output = out.display().to_string();
    let flags = ["render", "--format", "cv", "--as", "png", "--ppi", &ppi, "--data", &data];
    resume(flags.into_iter().chain(["--output", &output])).exits(0);
    read(&out)
}

/// Every value of a setting looks different, and as in the documentation.
#[test]
fn every_setting_looks_as_documented() {
    let mut references = References::of("docs/images/settings");
    let pixels = |points: u32| points * PPI / 72;
    for setting in &SETTINGS {
        let [left, top, width, height] = setting.part.map(pixels);
        let parts = setting.values.iter().map(|value| {
            let page = page(&format!("{}: {value}", setting.key));
            let (width, height) = (width.min(page.width() - left), height.min(page.height() - top));
            imageops::crop_imm(&page, left, top, width, height).to_image()
        });
        let parts: Vec<RgbImage> = parts.collect();
        for (at, part) in parts.iter().enumerate() {
            assert!(
                !parts[..at].contains(part),
                "{}: {} looks alike",
                setting.key,
                setting.values[at]
            );
        }
        let columns: u32 =
            if width > 300 || parts.len().is_multiple_of(2) && width > 160 { 2 } else { 3 };
        let columns = columns.min(parts.len() as u32);
        let (gap, rows) = (6, (parts.len() as u32).div_ceil(columns));
        let size = (columns * (width + gap) + gap, rows * (height + gap) + gap);
        let mut sheet = RgbImage::from_pixel(size.0, size.1, Rgb([0xdd; 3]));
        for (at, part) in (0..).zip(&parts) {
            let (x, y) = (at % columns * (width + gap) + gap, at / columns * (height + gap) + gap);
            sheet.copy_from(part, x, y).unwrap();
        }
        references.check(&picture(setting), &sheet);
    }
    references.finish(200_000);
}
