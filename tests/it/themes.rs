//! The themes and layouts that ship: what they print, in which order programs read it, and the sheet that
//! shows them all.

use std::fs;
use std::path::Path;

use crate::support::image;
use crate::support::pdf::Pdf;
use crate::support::program::{folder, resume, root};
use crate::support::readers::texts;
use crate::support::record::CAREER;
use crate::support::words::squash;

const PROFILE: &str = "\
site: {languages: [en], date: 2026-06-01}
profile:
  name: Name Surname
  role: Engineer
  email: name@example.org
  summary: Ten years of services that stay up.
";

/// A record with something in every column and section.
fn record() -> String {
    const MORE: &str = "\
awards: [{title: Award of the Year, date: 2019-11}]
interests: [{name: Mountaineering}]
";
    format!("{PROFILE}{CAREER}{MORE}")
}

/// The names of the files of a folder of templates, in order.
fn names(folder: &str) -> Vec<String> {
    let files = fs::read_dir(root().join("templates").join(folder)).unwrap();
    let stem = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut names: Vec<String> = files.map(|file| stem(&file.unwrap().path())).collect();
    names.sort();
    names
}

/// Where words are in a text without blanks; they must be there.
fn place(text: &str, words: &str, whose: &str) -> usize {
    text.find(&squash(words)).unwrap_or_else(|| panic!("{whose}: no `{words}` in {text}"))
}

/// Every theme prints every word of the record on its page, and programs read dates together with what they
/// date, and one column after the other.
#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn every_theme_is_read_in_order() {
    let themes = names("themes");
    assert!(themes.len() >= 6, "{themes:?}");
    let made: Vec<_> = themes
        .iter()
        .map(|theme| {
            let yaml = format!("{}theme: {{name: {theme}}}\n", record());
            let folder = folder(&[("data/resume.yaml", &yaml)]);
            let path = |name: &str| folder.path().join(name).display().to_string();
            for format in ["one-page", "cv"] {
                let data = path("data");
                let out = path("out");
                resume(["render", "--data", &data, "--format", format, "--output", &out]).exits(0);
            }
            folder
        })
        .collect();
    for format in ["one-page", "cv"] {
        let file = |folder: &tempfile::TempDir| folder.path().join(format!("out/{format}.pdf"));
        let files: Vec<_> = made.iter().map(file).collect();
        for (theme, file) in themes.iter().zip(&files) {
            assert_eq!(Pdf::read(file).page_count(), 1, "{theme} {format}");
        }
        let files: Vec<&Path> = files.iter().map(AsRef::as_ref).collect();
        for (reader, texts) in texts(&files) {
            for (theme, text) in themes.iter().zip(texts) {
                let (whose, text) = (format!("{reader}, {theme} {format}"), squash(&text));
                let at = |words: &str| place(&text, words, &whose);
                let employers = [at("Company A"), at("Company B"), at("University C")];
                assert!(employers.is_sorted(), "{whose}: {text}");
                for (date, employer, next) in [
                    ("Apr 2021", employers[0], employers[1]),
                    ("Jan 2016", employers[1], employers[2]),
                ] {
                    let date = at(date);
                    assert!(date < next, "{whose}: a date is read with the next employer: {text}");
                    assert!(
                        date + 60 > employer,
                        "{whose}: a date is far from its employer: {text}"
                    );
                }
                let column = [at("Rust"), at("Kubernetes"), at("English")];
                assert!(column.is_sorted(), "{whose}: {text}");
                for words in ["Certified Administrator", "Award of the Year", "Mountaineering"] {
                    at(words);
                }
                // These two sort blocks by their height on the page; each block stays whole.
                let sorts = ["poppler", "poppler -layout"].contains(&reader.as_str());
                if theme == "column" && !sorts {
                    assert!(employers[2] < column[0], "{whose}: columns are mixed: {text}");
                }
            }
        }
    }
}

/// The sheet shows the record in every theme; a record that is wrong leaves no sheet.
#[test]
fn the_sheet_shows_every_theme() {
    let folder =
        folder(&[("data/resume.yaml", record().as_str()), ("wrong/resume.yaml", "profile: {}\n")]);
    let path = |name: &str| folder.path().join(name).display().to_string();
    let sheet = path("themes.png");
    resume(["templates", "--data", &path("data"), "--preview", &sheet]).exits(0);
    let picture = image::read(Path::new(&sheet));
    let (columns, rows) = (3, names("themes").len().div_ceil(3) as u32);
    let (wide, high) = (picture.width() / columns, picture.height() / rows);
    // A page of A4 is taller than wide.
    assert!(high > wide && high < 2 * wide, "{} × {}", picture.width(), picture.height());
    let none = path("none.png");
    resume(["templates", "--data", &path("wrong"), "--preview", &none]).exits(1);
    assert!(!Path::new(&none).exists());
}

/// A layout of one's own is a file of `--templates`, and is measured like the others.
#[test]
fn layouts_and_themes_may_be_ones_own() {
    let layout = fs::read_to_string(root().join("templates/layouts/rail.typ")).unwrap();
    let theme = fs::read_to_string(root().join("templates/themes/modern.yaml")).unwrap();
    let yaml = format!("{}theme: {{name: mine, layout: narrow}}\n", record());
    let folder = folder(&[
        ("data/resume.yaml", &yaml),
        ("own/themes/mine.yaml", &theme.replace("#1d4ed8", "#7c2d12")),
        ("own/layouts/narrow.typ", &layout.replace("size.rail", "0.8 * size.rail")),
    ]);
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (data, own, out) = (path("data"), path("own"), path("out/one-page.pdf"));
    let flags = ["render", "--data", &data, "--format", "one-page", "--output", &out];
    resume(flags)
        .exits(1)
        .says("E013")
        .says("`mine` is not a theme")
        .says("`narrow` is not a layout");
    resume(flags.into_iter().chain(["--templates", &own])).exits(0);
    let pdf = Pdf::read(Path::new(&out));
    assert!(pdf.page_count() == 1 && pdf.paints("#7c2d12"));
}
