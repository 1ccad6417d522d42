//! Records in folders of their own, and what `resume check` finds in them.

use std::fs;
use std::path::Path;

use clap::Parser as _;
use resume::cli::{Cli, Command};
use resume::diagnostics::Sources;
use resume::record::{Loaded, load};
use resume::{Outcome, Session};
use tempfile::TempDir;

/// A short career, for records whose looks are tested.
pub const CAREER: &str = "\
career:
  - id: company-a
    organization: Company A
    positions: [{title: Lead Engineer, start: 2021-04, end: 2024-11}]
    highlights: [Moved the billing service to another region, Halved the time of a release]
  - id: company-b
    organization: Company B
    positions: [{title: Engineer, start: 2016-01, end: 2020-12}]
    highlights: [Built the first search service]
  - id: university
    kind: education
    organization: University C
    positions: [{title: BSc Computer Science, start: 2012-09, end: 2015-06}]
skills:
  - {name: Languages, skills: [Rust, Python, TypeScript]}
  - {name: Infrastructure, skills: [Kubernetes, Terraform]}
languages: [{language: English, fluency: native}, {language: German, fluency: B2}]
certificates: [{name: Certified Administrator, date: 2022-03}]
";

/// A folder with pictures, whole and broken, and a `resume.yaml`.
pub fn record(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    fs::write(at("resume.yaml"), with_profile(text)).expect("written");
    if text.contains("](") {
        let save = |name: &str, width, height| {
            let picture =
                image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
            picture.save(at(name)).expect("saved");
        };
        save("picture.png", 1200, 800);
        save("tiny.png", 60, 40);
        let whole = fs::read(at("picture.png")).expect("read");
        fs::write(at("corrupt.png"), &whole[..whole.len() / 2]).expect("written");
        let svg = |inner: &str| {
            format!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20">{inner}</svg>"#
            )
        };
        let drawing = svg(r##"<rect width="40" height="20" fill="#1d4ed8"/>"##);
        fs::write(at("drawing.svg"), drawing).expect("written");
        let outside = svg(r#"<image href="file:///etc/hosts" width="9" height="9"/>"#);
        fs::write(at("outside.svg"), outside).expect("written");
    }
    folder
}

/// A record needs somebody it is about.
pub fn with_profile(text: &str) -> String {
    let has = text.lines().any(|line| line.starts_with("profile:"));
    let map = text.is_empty()
        || text.lines().any(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    if has || !map {
        text.to_owned()
    } else {
        format!("{}\nprofile: {{name: Your Name}}\n", text.trim_end())
    }
}

/// What is read of the record at a path: the record, its faults and its sources.
pub fn loaded(data: &Path) -> (Loaded, Sources) {
    let mut sources = Sources::default();
    (load(data, &mut sources).expect("the record can be read"), sources)
}

/// What `resume check` reports of the record at a path.
pub fn check(data: &Path, flags: &[&str]) -> Outcome {
    let words = ["resume".as_ref(), "--data".as_ref(), data.as_os_str(), "check".as_ref()];
    let words = words.into_iter().chain(flags.iter().map(AsRef::as_ref));
    let cli = Cli::try_parse_from(words).expect("the words of the command line");
    let Command::Check(args) = &cli.command else { panic!("it is `check`") };
    let session = Session::new(&cli.global.engine_options()).expect("an engine");
    resume::commands::check(&session, data, &args.options()).expect("the record can be read")
}

/// The codes of all problems, in order.
pub fn codes(outcome: &Outcome) -> Vec<&'static str> {
    outcome.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

/// Every problem as `line:column severity CODE message`, its hints below it.
pub fn listed(outcome: &Outcome) -> String {
    let mut out = String::new();
    for diagnostic in &outcome.diagnostics {
        let at = diagnostic.place.map_or("-".to_owned(), |place| {
            let (line, column) = outcome.sources.line_column(place);
            format!("{line}:{column}")
        });
        out += &format!(
            "{at} {} {} {}\n",
            diagnostic.severity.word(),
            diagnostic.code,
            diagnostic.message
        );
        for hint in &diagnostic.hints {
            out += &format!("    {hint}\n");
        }
    }
    out
}
