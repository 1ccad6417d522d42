//! SVG drawings: read as the engine reads them, and refused unless they are self-contained and can
//! be drawn in acceptable time.
//!
//! This file must not know the record.

use std::ops::Range;

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD};
use image::ImageFormat;
use usvg::{Fill, Group, ImageKind, Node, Options, Paint, Path, Stroke, Transform, Tree};

use crate::diagnostics::Diagnostic;
use crate::record::assets::pixels::pixels;

/// Elements of one drawing.
const NODE_LIMIT: u32 = 200_000;
/// The namespaces of what is drawn: SVG, links, `xml:space`.
const DRAWN: [&str; 3] = [
    "http://www.w3.org/2000/svg",
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/XML/1998/namespace",
];
/// How far a drawing may reach, in its own units. A PDF/A has no whole numbers beyond 2³¹.
const REACH_LIMIT: f32 = 1e9;

/// Reads a drawing, which must be self-contained.
///
/// Returns it without comments and what programs note in it, and with the pictures in it as [`pixels`] returns
/// them.
pub(super) fn drawing(bytes: &[u8]) -> Result<Vec<u8>, Box<Diagnostic>> {
    let wrong = |message: String| {
        Box::new(Diagnostic::error("E072", message).hint("save it again as plain SVG"))
    };
    let outside = |what: String| {
        let diagnostic =
            Diagnostic::error("E073", format!("the drawing reaches out of itself: {what}"));
        Box::new(
            diagnostic.hint("export it as plain SVG, with pictures embedded and nothing linked"),
        )
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
    let mut cleaned: Vec<(Range<usize>, String)> = Vec::new();
    for node in tree.descendants() {
        let name = node.tag_name().name();
        if cleaned.last().is_some_and(|(range, _)| node.range().start < range.end) {
            continue;
        }
        if node.is_comment() || name == "metadata" || foreign(node.tag_name().namespace()) {
            cleaned.push((node.range(), String::new()));
            continue;
        }
        if matches!(name, "script" | "foreignObject" | "iframe" | "handler") {
            return Err(outside(format!("`<{name}>`")));
        }
        if name == "style" && foreign_style(node.text().unwrap_or_default()) {
            return Err(outside("a style sheet refers to a file".to_owned()));
        }
        for attribute in node.attributes() {
            if foreign(attribute.namespace()) {
                cleaned.push((attribute.range(), String::new()));
                continue;
            }
            let value = attribute.value().trim();
            let links = attribute.name() == "href" && name != "a";
            let outward = if links { !own(value) } else { foreign_style(value) };
            if outward || attribute.name().starts_with("on") {
                let shown: String = value.chars().take(40).collect();
                return Err(outside(format!("`{}=\"{shown}\"`", attribute.name())));
            }
            if links && let Some(address) = without_notes(value)? {
                cleaned.push((attribute.range_value(), address));
            }
        }
    }
    // As the engine will read it, its references followed.
    let drawn = Tree::from_xmltree(&tree, &Options::default())
        .map_err(|error| wrong(format!("the drawing cannot be drawn: {error}")))?;
    let size = drawn.size();
    if !within([size.width(), size.height()]) {
        return Err(enormous());
    }
    embedded(drawn.root())?;
    let mut text = text.to_owned();
    for (range, address) in cleaned.into_iter().rev() {
        text.replace_range(range, &address);
    }
    Ok(text.into_bytes())
}

/// Whether a name belongs to no drawing, but to a program that made one: it may hold names and folders.
fn foreign(namespace: Option<&str>) -> bool {
    namespace.is_some_and(|it| !DRAWN.contains(&it))
}

/// The address of a picture embedded in a drawing, without its metadata; `None` where there is
/// nothing to remove.
fn without_notes(address: &str) -> Result<Option<String>, Box<Diagnostic>> {
    let Some((head, data)) = address.split_once(";base64,") else { return Ok(None) };
    let format = match head {
        "data:image/png" => ImageFormat::Png,
        "data:image/jpeg" | "data:image/jpg" => ImageFormat::Jpeg,
        "data:image/gif" => ImageFormat::Gif,
        "data:image/webp" => ImageFormat::WebP,
        _ => return Ok(None),
    };
    let data: String = data.split_ascii_whitespace().collect();
    let bytes = BASE64_STANDARD_NO_PAD.decode(data.trim_end_matches('=')).map_err(|error| {
        let message = format!("a picture in the drawing cannot be read: {error}");
        Box::new(Diagnostic::error("E072", message).hint("save it again as plain SVG"))
    })?;
    let clean = pixels(&bytes, format)?;
    Ok((clean != bytes).then(|| format!("{head};base64,{}", BASE64_STANDARD.encode(clean))))
}

/// Whether every reader of PDF can represent these numbers.
fn within(numbers: impl IntoIterator<Item = f32>) -> bool {
    numbers.into_iter().all(|number| number.abs() <= REACH_LIMIT)
}

fn enormous() -> Box<Diagnostic> {
    let message = "the drawing has numbers beyond a thousand million";
    Box::new(Diagnostic::error("E072", message).hint("export it in the size in which it is shown"))
}

/// Whether all coordinates of a path are within [`REACH_LIMIT`].
fn is_near(path: &Path) -> bool {
    let stroke = path.stroke().into_iter().flat_map(|stroke| {
        let dashes = stroke.dasharray().into_iter().flatten().copied();
        dashes.chain([stroke.width().get(), stroke.miterlimit().get(), stroke.dashoffset()])
    });
    let paints = path.fill().map(Fill::paint).into_iter();
    let paints = paints.chain(path.stroke().map(Stroke::paint));
    let paints = paints.flat_map(|paint| match paint {
        Paint::LinearGradient(it) => {
            [&[it.x1(), it.y1(), it.x2(), it.y2()][..], &entries(it.transform())].concat()
        }
        Paint::RadialGradient(it) => {
            let circles = [it.cx(), it.cy(), it.r().get(), it.fx(), it.fy()];
            [&circles[..], &entries(it.transform())].concat()
        }
        Paint::Color(_) | Paint::Pattern(_) => Vec::new(),
    });
    let bounds = [path.bounding_box(), path.abs_stroke_bounding_box()];
    let bounds =
        bounds.iter().flat_map(|area| [area.left(), area.top(), area.right(), area.bottom()]);
    within(bounds.chain(entries(path.abs_transform())).chain(stroke).chain(paints))
}

fn entries(transform: Transform) -> [f32; 6] {
    let Transform { sx, kx, ky, sy, tx, ty } = transform;
    [sx, kx, ky, sy, tx, ty]
}

/// Checks the limits of a drawing: those of pictures for its pictures, those of PDF for its paths;
/// filters are refused.
fn embedded(group: &Group) -> Result<(), Box<Diagnostic>> {
    if !group.filters().is_empty() {
        let message = "the drawing has a filter, which prints as pixels and may take minutes";
        let diagnostic = Diagnostic::error("E072", message);
        return Err(Box::new(diagnostic.hint("export it without blurs and shadows, or as a PNG")));
    }
    let mut found = Ok(());
    for node in group.children() {
        match node {
            Node::Group(group) => embedded(group)?,
            Node::Image(image) => match image.kind() {
                ImageKind::SVG(tree) => embedded(tree.root())?,
                ImageKind::JPEG(_) | ImageKind::PNG(_) | ImageKind::GIF(_) | ImageKind::WEBP(_) => {
                    let area = image.abs_bounding_box();
                    if !within([area.left(), area.top(), area.right(), area.bottom()]) {
                        return Err(enormous());
                    }
                }
            },
            Node::Path(path) if !is_near(path) => return Err(enormous()),
            Node::Path(_) | Node::Text(_) => {}
        }
        node.subroots(|group| {
            if found.is_ok() {
                found = embedded(group);
            }
        });
    }
    found
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
    use super::*;

    /// A picture of one pixel.
    const DOT: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4\
                       2mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==";

    fn code(svg: &str) -> Option<&'static str> {
        drawing(svg.as_bytes()).err().map(|diagnostic| diagnostic.code)
    }

    #[test]
    fn a_picture_in_a_drawing_loses_its_notes() {
        let mut noted = Vec::new();
        let mut encoder = png::Encoder::new(&mut noted, 1, 1);
        encoder.add_text_chunk("Author".to_owned(), "Name Surname".to_owned()).expect("a text");
        encoder.write_header().and_then(|mut it| it.write_image_data(&[0])).expect("written");
        let svg = |picture: &[u8]| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"data:image/png;base64,{}\"/></svg>",
                BASE64_STANDARD.encode(picture)
            )
        };
        let clean = pixels(&noted, ImageFormat::Png).expect("a picture");
        assert!(clean.len() < noted.len());
        let read = drawing(svg(&noted).as_bytes()).expect("a drawing");
        assert_eq!(String::from_utf8(read), Ok(svg(&clean)));
    }

    #[test]
    fn a_drawing_loses_comments_and_what_programs_note() {
        let svg = |comment: &str, attribute: &str, notes: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:i=\"http://www.inkscape.org/\"{attribute}>\
                 {comment}<g id=\"a\"{attribute}><desc>A dot</desc>{notes}</g></svg>"
            )
        };
        let noted = svg(
            "<!-- Name -->",
            " i:docname=\"/home/name/a.svg\"",
            "<metadata><!-- b --><i:b i:c=\"d\"/></metadata><i:view name=\"e\"><g/></i:view>",
        );
        let read = drawing(noted.as_bytes()).expect("a drawing");
        let read = String::from_utf8(read).expect("UTF-8");
        assert_eq!(read.replace(" >", ">"), svg("", "", ""));
    }

    #[test]
    fn drawings_must_be_self_contained() {
        let of = |inner: &str| {
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{inner}</svg>"#
            )
        };
        for inner in [
            r##"<use href="#a"/><rect id="a" fill="url(#b)"/>"##,
            &format!(r#"<image href="{DOT}"/>"#),
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
        let sized = |inner: &str| of(inner).replacen("<svg ", "<svg width=\"9\" height=\"9\" ", 1);
        let uses = |level: usize| {
            let uses = format!("<use href=\"#a{}\"/>", level.saturating_sub(1)).repeat(10);
            format!("<g id=\"a{level}\">{}</g>", if level == 0 { "<rect/>" } else { &uses })
        };
        let uses: String = (0..9).map(uses).collect();
        let deep = format!("{}{}", "<g>".repeat(50_000), "</g>".repeat(50_000));
        let rect = |with: &str| format!("<rect width=\"9\" height=\"9\" {with}/>");
        let blur = "<filter id=\"f\"><feGaussianBlur stdDeviation=\"5000\"/></filter>";
        let blur = blur.to_owned() + &rect("filter=\"url(#f)\"");
        for inner in [uses, deep, blur, rect("style=\"filter: blur(9px)\"")] {
            let inner = inner.as_str();
            assert_eq!(code(&sized(inner)), Some("E072"), "{inner:.60}");
        }
        for inner in [
            "<rect width=\"1e38\" height=\"9\"/>",
            "<rect width=\"9\" height=\"9\" transform=\"translate(1e30)\"/>",
            "<g transform=\"scale(1e5)\"><g transform=\"scale(1e5)\"><path d=\"M0 0h9v9z\"/></g></g>",
            "<path d=\"M0 0L9 9\" stroke=\"red\" stroke-width=\"3e9\"/>",
            "<path d=\"M0 0L9 9\" stroke=\"red\" stroke-dasharray=\"1 4e9\"/>",
            "<linearGradient id=\"g\" gradientUnits=\"userSpaceOnUse\" x2=\"1e20\"><stop/><stop \
             offset=\"1\" stop-color=\"red\"/></linearGradient><rect width=\"9\" height=\"9\" \
             fill=\"url(#g)\"/>",
            "<clipPath id=\"c\"><rect width=\"1e38\" height=\"9\"/></clipPath><rect width=\"9\" \
             height=\"9\" clip-path=\"url(#c)\"/>",
        ] {
            assert_eq!(code(&sized(inner)), Some("E072"), "{inner}");
        }
        // Maps are drawn in metres from the equator.
        assert_eq!(code(&sized("<rect x=\"4e5\" y=\"5e6\" width=\"9\" height=\"9\"/>")), None);
        assert_eq!(code("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\"/>"), Some("E072"));
        assert_eq!(code("<svg"), Some("E072"));
        assert_eq!(code("<html/>"), Some("E072"));
    }
}
