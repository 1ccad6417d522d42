//! The pictures a record names: read from the data folder, and refused unless they are whole, of a
//! bearable size and hold all they show.
//!
//! This file must not know how pictures are set.

use std::collections::BTreeMap;
use std::io::Cursor;

use image::{ImageFormat, ImageReader, Limits};

use crate::data::Record;
use crate::data::folder::{Folder, PICTURE_LIMIT};
use crate::data::load::refused;
use crate::data::prose::prose;
use crate::markdown::survey;
use crate::problem::{Place, Problem, Sources};

/// Pixels of one picture: 50 million print A4 at 700 dpi, and decode into 200 MB.
const PIXEL_LIMIT: u64 = 50_000_000;
/// Elements of one drawing.
const NODE_LIMIT: u32 = 200_000;

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
            for image in survey(&wording.text).images {
                let place = wording.find(sources, image.line, &image.url);
                if image.alt.trim().is_empty() {
                    let problem = Problem::error("E074", "the picture has no alternative text");
                    problems.push(
                        problem.at(place).hint("say what it shows, as in `![words](file.png)`"),
                    );
                }
                named.push((image.url, place));
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
fn pixels(bytes: &[u8], format: ImageFormat) -> Result<(), Box<Problem>> {
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
    let (width, height) = reader().into_dimensions().map_err(corrupt)?;
    if u64::from(width) * u64::from(height) > PIXEL_LIMIT {
        let message = format!("the picture has {width} × {height} pixels, more than 50 million");
        return Err(Box::new(
            wrong(message).hint("make it smaller: 2500 pixels fill the width of a page"),
        ));
    }
    let mut whole = reader();
    let mut limits = Limits::default();
    limits.max_alloc = Some(PIXEL_LIMIT * 8);
    whole.limits(limits);
    whole.decode().map_err(corrupt)?;
    Ok(())
}

/// A drawing must hold all it shows.
fn drawing(bytes: &[u8]) -> Result<(), Box<Problem>> {
    let wrong = |message: String| {
        Box::new(Problem::error("E072", message).hint("save it again as plain SVG"))
    };
    let outside = |what: String| {
        let problem = Problem::error("E073", format!("the drawing reaches out of itself: {what}"));
        Box::new(problem.hint("export it as plain SVG, with pictures embedded and nothing linked"))
    };
    let text =
        std::str::from_utf8(bytes).map_err(|_| wrong("the drawing is not UTF-8".to_owned()))?;
    let options = roxmltree::ParsingOptions { nodes_limit: NODE_LIMIT, ..Default::default() };
    let tree =
        roxmltree::Document::parse_with_options(text, options).map_err(|error| match error {
            roxmltree::Error::DtdDetected => {
                outside("it declares a document type or entities".to_owned())
            }
            error => wrong(format!("the drawing cannot be read: {error}")),
        })?;
    if tree.root_element().tag_name().name() != "svg" {
        return Err(wrong("the file is XML, but no SVG".to_owned()));
    }
    for node in tree.descendants() {
        let name = node.tag_name().name();
        if matches!(name, "script" | "foreignObject" | "iframe" | "handler") {
            return Err(outside(format!("`<{name}>`")));
        }
        if name == "style" && foreign_style(node.text().unwrap_or_default()) {
            return Err(outside("a style sheet refers to a file".to_owned()));
        }
        for attribute in node.attributes() {
            let value = attribute.value().trim();
            let links = attribute.name() == "href" && name != "a";
            let foreign = if links { !own(value) } else { foreign_style(value) };
            if foreign || attribute.name().starts_with("on") {
                let shown: String = value.chars().take(40).collect();
                return Err(outside(format!("`{}=\"{shown}\"`", attribute.name())));
            }
        }
    }
    Ok(())
}

/// Whether a reference stays in the drawing: to one of its parts, or a picture in its text.
fn own(reference: &str) -> bool {
    let kinds = ["png", "jpeg", "jpg", "gif", "webp"];
    reference.starts_with('#')
        || kinds.iter().any(|kind| reference.starts_with(&format!("data:image/{kind};base64,")))
}

/// Whether a style refers to anything but the drawing's own parts.
fn foreign_style(style: &str) -> bool {
    style.contains("@import")
        || style.match_indices("url(").any(|(at, found)| {
            let target = style[at + found.len()..].trim_start().trim_start_matches(['"', '\'']);
            !own(target)
        })
}

#[cfg(test)]
mod tests {
    use super::drawing;

    fn code(svg: &str) -> Option<&'static str> {
        drawing(svg.as_bytes()).err().map(|problem| problem.code)
    }

    #[test]
    fn drawings_hold_all_they_show() {
        let of = |inner: &str| {
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inner}</svg>"#
            )
        };
        for inner in [
            r##"<use href="#a"/><rect id="a" fill="url(#b)"/>"##,
            r#"<image href="data:image/png;base64,AA"/>"#,
            "<style>.a { fill: url('#b') }</style>",
        ] {
            assert_eq!(code(&of(inner)), None, "{inner}");
        }
        for inner in [
            r#"<image href="/etc/passwd"/>"#,
            r#"<image xlink:href="file:///etc/passwd"/>"#,
            r#"<image href="https://example.org/x.png"/>"#,
            r#"<image href="data:image/svg+xml;base64,AA"/>"#,
            r#"<use href="other.svg#a"/>"#,
            r#"<rect style="fill: url(https://example.org/#a)"/>"#,
            "<style>@import 'x.css';</style>",
            "<script>1</script>",
            "<foreignObject/>",
            r#"<rect onload="x()"/>"#,
        ] {
            assert_eq!(code(&of(inner)), Some("E073"), "{inner}");
        }
        let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><svg>&b;</svg>";
        assert_eq!(code(bomb), Some("E073"));
        assert_eq!(code("<svg"), Some("E072"));
        assert_eq!(code("<html/>"), Some("E072"));
    }
}
