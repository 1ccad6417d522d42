//! The pictures a record names: read from the data folder, and refused unless they are complete,
//! not too large, and self-contained.
//!
//! This file must not know how pictures are printed.

use std::collections::BTreeMap;

use image::ImageFormat;

use crate::diagnostics::{Diagnostic, Place, Sources};
use crate::record::assets::pixels::pixels;
use crate::record::assets::svg::drawing;
use crate::record::folder::{Folder, PICTURE_LIMIT};
use crate::record::model::record::Record;
use crate::record::prose::prose;
use crate::record::refused::refused;

/// A picture that was read.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its bytes: the picture and nothing else.
    pub bytes: Vec<u8>,
    /// Where it is named first.
    pub place: Place,
}

/// Reads every picture the record names, by its path below the folder as it is written.
pub fn pictures(
    record: &Record,
    folder: &Folder,
    sources: &Sources,
) -> (BTreeMap<String, Picture>, Vec<Diagnostic>) {
    let (mut found, mut diagnostics) = (BTreeMap::new(), Vec::new());
    let mut named: Vec<(String, Place)> = Vec::new();
    let letters = record.applications.iter().filter_map(|application| application.letter.as_ref());
    let signatures = letters.filter_map(|letter| letter.signature.as_ref());
    let photos = record.profile.photo.iter().chain(signatures);
    named.extend(photos.map(|photo| (photo.file.value.clone(), photo.file.place)));
    for (text, _) in prose(record) {
        for wording in text.wordings() {
            for image in &wording.survey().images {
                let place = wording.find(sources, image.line, &image.url);
                if image.alt.trim().is_empty() {
                    let diagnostic =
                        Diagnostic::error("E074", "the picture has no alternative text");
                    diagnostics.push(
                        diagnostic.at(place).hint("say what it shows, as in `![words](file.png)`"),
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
            Err(diagnostic) => diagnostics.push((*diagnostic).at(place)),
        }
    }
    (found, diagnostics)
}

/// Reads one picture without the notes of cameras and programs, and its path in its plain form.
fn read(folder: &Folder, name: &str) -> Result<(String, Vec<u8>), Box<Diagnostic>> {
    let (file, path) = folder.inside(name).map_err(|refusal| Box::new(refused(&refusal)))?;
    let bytes = folder.read(&file, PICTURE_LIMIT).map_err(|refusal| Box::new(refused(&refusal)))?;
    let extension = path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let bytes = match extension.as_str() {
        "svg" => drawing(&bytes)?,
        "png" => pixels(&bytes, ImageFormat::Png)?,
        "jpg" | "jpeg" => pixels(&bytes, ImageFormat::Jpeg)?,
        "gif" => pixels(&bytes, ImageFormat::Gif)?,
        "webp" => pixels(&bytes, ImageFormat::WebP)?,
        _ => {
            let diagnostic =
                Diagnostic::error("E072", format!("`.{extension}` is no kind of picture"));
            return Err(Box::new(diagnostic.hint("pictures are PNG, JPEG, GIF, WebP and SVG")));
        }
    };
    Ok((path, bytes))
}
