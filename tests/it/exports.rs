//! Pictures of pages: sizes, names, ranges, what is inside an SVG, and what a later run removes.

use std::collections::BTreeSet;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::{ImageFormat, ImageReader};

use crate::support::pdf::Target;
use crate::support::printed::printed;
use crate::support::program::{folder, resume, resume_in};

/// A record whose manual has so many projects, four to a page.
fn record(projects: usize) -> String {
    let mut text =
        "site: {url: \"https://a.kr/\"}\nprofile: {name: 홍길동}\nprojects:\n".to_owned();
    for number in 1..=projects {
        text += &format!(
            "  - {{id: p{number}, name: 일 {number}, start: 2020, end: 2021, technologies: [C], \
             summary: \"{}\"}}\n",
            "어떤 일을 어떻게 해서 무엇이 되었는지 적습니다. ".repeat(12)
        );
    }
    text
}

fn size(bytes: &[u8]) -> (u32, u32) {
    let reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Png);
    reader.into_dimensions().expect("a PNG")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_picture_has_the_pixels_its_page_asks_for() {
    let render = |more: &[&str]| {
        let arguments = ["render", "--format", "one-page", "--as", "png", "--output", "-"];
        resume(arguments.iter().chain(more)).exits(0).stdout
    };
    // 210 mm × 297 mm, and 25.4 mm to the inch.
    for (ppi, expected) in [("144", (1191, 1684)), ("72", (595, 842)), ("300", (2480, 3508))] {
        let png = render(&["--ppi", ppi]);
        assert_eq!(size(&png), expected, "{ppi} ppi");
        let decoder = png::Decoder::new(Cursor::new(&png)).read_info().expect("a PNG");
        let pixels = decoder.info().pixel_dims.expect("pixels to the metre").xppu;
        assert_eq!((f64::from(pixels) * 0.0254).round().to_string(), ppi);
    }
    assert_eq!(render(&[]), render(&["--ppi", "144"]), "the default, and the same bytes twice");
    let letter = folder(&[("data/resume.yaml", "profile: {name: a}\ntheme: {paper: us-letter}\n")]);
    let arguments = ["render", "--format", "one-page", "--as", "png", "--ppi", "100", "-o", "-"];
    assert_eq!(size(&resume_in(letter.path(), arguments, &[]).exits(0).stdout), (850, 1100));
}

#[test]
fn every_page_is_a_file_and_ranges_choose_among_them() {
    let record = folder(&[("data/resume.yaml", &record(16))]);
    let draw = |more: &[&str]| {
        let arguments = ["render", "--as", "png,svg", "--ppi", "20"];
        let run = resume_in(record.path(), arguments.iter().chain(more), &[]);
        let made = names(&record.path().join("output"));
        fs::remove_dir_all(record.path().join("output")).expect("removed");
        (run.exits(0), made)
    };
    let (run, made) = draw(&["--format", "full"]);
    let pages = made.len() / 2;
    assert!(pages >= 4, "{made:?}");
    let expected: Vec<_> = (1..=pages)
        .flat_map(|page| ["png", "svg"].map(|ending| format!("full-{page:02}.{ending}")))
        .collect();
    assert_eq!(made, expected);
    run.says(&format!("output/full-01.png … full-{pages:02}.png  {pages} pages"));
    assert_eq!(draw(&["--format", "one-page"]).1, ["one-page.png", "one-page.svg"]);
    let (_, made) = draw(&["--format", "full", "--pages", "2-3,1"]);
    assert_eq!(made.len(), 6, "{made:?}");
    let (_, made) = draw(&["--format", "full", "--pages", "4-"]);
    assert_eq!(made[0], "full-04.png");
}

#[test]
fn pages_an_earlier_run_drew_go_and_nothing_else_does() {
    let record = folder(&[("data/resume.yaml", &record(16))]);
    let output = record.path().join("output");
    let draw = |text: &str| {
        fs::write(record.path().join("data/resume.yaml"), text).unwrap();
        let arguments = ["render", "--format", "full", "--as", "png", "--ppi", "20"];
        resume_in(record.path(), arguments, &[]).exits(0);
        names(&output)
    };
    let long = draw(&self::record(16));
    // Pictures of the user's own, one of them with a name as ours.
    let own = output.join("full-99.png");
    image::RgbImage::new(2, 2).save(&own).unwrap();
    fs::write(output.join("full-2019.png"), "not a picture").unwrap();
    // A document of another name that was drawn here.
    fs::copy(output.join("full-01.png"), output.join("other-07.png")).unwrap();
    // One of ours that was given to another document's name.
    let one = ["render", "--format", "one-page", "--as", "png", "--ppi", "20"];
    resume_in(record.path(), one.into_iter().chain(["-o", "output/full-77.png"]), &[]).exits(0);
    let short = draw(&self::record(5));
    let mut kept: Vec<&str> = short.iter().map(String::as_str).collect();
    for other in ["full-2019.png", "full-77.png", "full-99.png", "other-07.png"] {
        assert!(kept.contains(&other), "`{other}` is gone");
        kept.retain(|name| *name != other);
    }
    assert!(kept.len() < long.len(), "{kept:?}");
    assert!(kept.iter().all(|name| long.iter().any(|known| known == name)));
}

#[test]
fn an_svg_stands_alone_and_keeps_its_links() {
    let folder = tempfile::tempdir().unwrap();
    let mut linked = 0;
    for format in ["one-page", "portfolio"] {
        let output = folder.path().display().to_string();
        resume(["render", "--format", format, "--as", "svg", "-o", &output, "-q"]).exits(0);
        let pdf = &printed(format, "ko").pdf;
        for page in 0..pdf.page_count() {
            let name = if pdf.page_count() == 1 {
                format!("{format}.svg")
            } else {
                format!("{format}-{:02}.svg", page + 1)
            };
            let text = fs::read_to_string(folder.path().join(&name)).unwrap();
            let svg = roxmltree::Document::parse(&text).unwrap_or_else(|e| panic!("{name}: {e}"));
            let root = svg.root_element();
            assert_eq!(root.tag_name().name(), "svg");
            let (width, height) = pdf.page_size(page);
            let shown: Vec<f64> = root
                .attribute("viewBox")
                .unwrap()
                .split(' ')
                .map(|number| number.parse().unwrap())
                .collect();
            assert!((shown[2] - width).abs() < 0.1 && (shown[3] - height).abs() < 0.1, "{shown:?}");
            let mut links = BTreeSet::new();
            for node in svg.descendants().filter(roxmltree::Node::is_element) {
                let tag = node.tag_name().name();
                assert!(!["script", "foreignObject", "style", "text"].contains(&tag), "{tag}");
                for attribute in node.attributes() {
                    let value = attribute.value();
                    match (attribute.name(), tag) {
                        ("href", "a") => {
                            links.insert(value.to_owned());
                        }
                        ("href", _) => {
                            assert!(
                                value.starts_with(['#']) || value.starts_with("data:"),
                                "{value}"
                            );
                        }
                        _ => assert!(!value.contains("url(") || value.contains("url(#"), "{value}"),
                    }
                }
            }
            let expected: BTreeSet<String> = pdf
                .links_on(page)
                .into_iter()
                .filter_map(|link| match link.target {
                    Target::Address(url) => Some(url),
                    _ => None,
                })
                .collect();
            assert_eq!(links, expected, "{name}");
            linked += links.len();
            assert_eq!(
                svg.descendants()
                    .filter(|n| n.has_tag_name(("http://www.w3.org/2000/svg", "title")))
                    .count(),
                1
            );
        }
    }
    assert!(linked > 5, "only {linked} links to addresses");
}

#[test]
fn flags_that_conflict_are_reported_before_anything_is_written() {
    let record = folder(&[("data/resume.yaml", &record(8))]);
    for (arguments, reported) in [
        ("--ppi 200", "`--ppi` is for png"),
        ("--as png --ppi 17", "17 is not in 18..=600"),
        ("--as png --ppi 601", "601 is not in 18..=600"),
        ("--as png --ppi many", "invalid value 'many'"),
        ("--as jpg", "[possible values: pdf, png, svg, txt, md]"),
        ("--as png --pages 3-1", "`3-1` ends before it begins"),
        ("--as png --pages 0", "pages are counted from 1"),
        ("--as png --pages x", "`x` is not a page"),
        ("--as txt --pages 1", "`--pages` does not go with txt"),
        ("--pages 1", "`ua-1` asks for tags"),
        ("--as svg --pdf-standard 1.7", "`--pdf-standard` is for pdf"),
        ("--as md --attach-data", "`--attach-data` is for pdf"),
        ("--format one-page --as png,svg -o x.png", "`x.png` takes one file, and `--as` names 2"),
        ("--format one-page --as pdf,txt -o -", "`-` takes one file, and `--as` names 2"),
        ("--format one-page --as png -o x.pdf", "`x.pdf` is not the name of a file of type png"),
        ("--format one-page -o x.png", "add `--as png`"),
        ("--as txt -o -", "takes one document, and there are 3"),
        ("--format full --as png -o -", "choose a page with `--pages`"),
        ("--format full --as svg --pages 40", "`full`: there is no page 40"),
        ("--format one-page --as png --pages 2-", "the document has 1 page"),
    ] {
        let arguments = ["render"].into_iter().chain(arguments.split(' '));
        let run = resume_in(record.path(), arguments.clone(), &[]);
        assert_eq!(run.status, Some(2), "{:?}: {}", arguments.collect::<Vec<_>>(), run.stderr);
        assert!(run.stdout.is_empty());
        run.says(reported);
        assert_eq!(names(record.path()), ["data"]);
    }
}

#[test]
fn one_page_of_many_goes_to_standard_output_or_a_file() {
    let record = folder(&[("data/resume.yaml", &record(16))]);
    let full = ["render", "--format", "full", "--as", "png", "--ppi", "20"];
    let run = resume_in(record.path(), full.into_iter().chain(["--pages", "2", "-o", "-"]), &[]);
    assert_eq!(size(&run.exits(0).stdout), (165, 234));
    resume_in(record.path(), full.into_iter().chain(["--pages", "2-3", "-o", "a/b.png"]), &[])
        .exits(0);
    assert_eq!(names(&record.path().join("a")), ["b-02.png", "b-03.png"]);
    let portfolio = "render --format portfolio --pdf-standard a-2u --pages 1 -o some.pdf";
    resume_in(record.path(), portfolio.split(' '), &[]).exits(0);
    assert_eq!(crate::support::pdf::Pdf::read(&record.path().join("some.pdf")).page_count(), 1);
}

#[test]
fn a_document_is_not_named_like_a_page_of_another() {
    let record = folder(&[(
        "data/resume.yaml",
        "profile: {name: a}\napplications: [{id: x, role: b}, {id: y, role: c, file-name: \"{format}-x-01\"}]\n",
    )]);
    let arguments = ["render", "--all-applications", "--as", "png"];
    resume_in(record.path(), arguments, &[])
        .exits(2)
        .says("`one-page-x-01` would be named like a page of another document");
    resume_in(record.path(), ["render", "--all-applications"], &[]).exits(0);
}
