//! SVG drawings: read as the engine will read them, and refused unless they hold all they show and
//! can be drawn in bearable time.
//!
//! This file must not know the record.

use image::ImageFormat;
use usvg::{Group, ImageKind, Node, Options, Tree};

use crate::diagnostics::Diagnostic;
use crate::record::assets::pixels::pixels;

/// Elements of one drawing.
const NODE_LIMIT: u32 = 200_000;

/// A drawing must hold all it shows.
pub(super) fn drawing(bytes: &[u8]) -> Result<(), Box<Diagnostic>> {
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
    // As the engine will read it, its references followed.
    let drawn = Tree::from_xmltree(&tree, &Options::default())
        .map_err(|error| wrong(format!("the drawing cannot be drawn: {error}")))?;
    embedded(drawn.root())
}

/// Pictures inside a drawing are held to what pictures are held to, and filters are refused.
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
                ImageKind::JPEG(bytes) => pixels(bytes, ImageFormat::Jpeg)?,
                ImageKind::PNG(bytes) => pixels(bytes, ImageFormat::Png)?,
                ImageKind::GIF(bytes) => pixels(bytes, ImageFormat::Gif)?,
                ImageKind::WEBP(bytes) => pixels(bytes, ImageFormat::WebP)?,
                ImageKind::SVG(tree) => embedded(tree.root())?,
            },
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
    use super::drawing;

    fn code(svg: &str) -> Option<&'static str> {
        drawing(svg.as_bytes()).err().map(|diagnostic| diagnostic.code)
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
        assert_eq!(code("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"0\"/>"), Some("E072"));
        assert_eq!(code("<svg"), Some("E072"));
        assert_eq!(code("<html/>"), Some("E072"));
    }
}
