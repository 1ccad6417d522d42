//! What is redacted is in no part of a file: no stream, no metadata, no name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use hayro_syntax::Pdf as Objects;
use hayro_syntax::object::{Dict, Object, Stream};

use crate::support::pdf::decode;
use crate::support::program::{folder, resume_in};

/// Words that must not be left, by the part that removes them.
const MARKERS: [(&str, &[&str]); 5] = [
    (
        "contact",
        &[
            "mark.name@mail.example",
            "+49 30 9990001",
            "+49309990001",
            "Markweg",
            "99123",
            "homepage-mark",
            "codehub.example",
            "marklogin",
            "second-mark",
            "othernet.example",
            "site-mark.example",
            "1999-09-09",
            "Markburg",
            "Markland",
            "born-mark",
            "Permit-Mark",
        ],
    ),
    (
        "name",
        &[
            "홍길동",
            "길동",
            "Gildong",
            "gildong",
            "GILDONG",
            "Marksurname",
            "marksurname",
            "gildongmarksurname",
            "Gildong-Marksurname",
            "Marksurname, Gildong",
            "%ED%99%8D%EA%B8%B8%EB%8F%99",
            "Gildong_Marksurname",
            "Gildong Marksurname",
            "signature-mark",
        ],
    ),
    (
        "employers",
        &[
            "Markcorp",
            "markcorp",
            "MARKCORP",
            "마크상사",
            "마크",
            "Mark & Sons",
            "Markhold",
            "mark-sons",
            "markcorp.example",
            "Helpmark",
            "helpmark",
            "Markstadt",
            "Markcorp Ltd",
            "MC-Label",
            "sons.example",
        ],
    ),
    (
        "schools",
        &[
            "Mark University",
            "마크대학교",
            "mark-university",
            "markuni.example",
            "College of Marks",
            "college-marks",
        ],
    ),
    (
        "dates",
        &["2011", "2012", "2013", "2014", "2015", "2016", "2017", "2018", "1987", "Marktober"],
    ),
];

const RECORD: &str = "\
site: {url: \"https://site-mark.example/\", date: 2026-11-30, languages: [en, ko]}
theme: {footer: \"From {site}\"}
tags: {t: Tag}
profile:
  name: {en: Gildong Marksurname, ko: 홍길동}
  role: Engineer
  headline: Gildong builds at Markcorp
  email: mark.name@mail.example
  phone: +49 30 9990001
  location: {address: Markweg 5, postal-code: '99123', city: Markburg, country: Markland}
  url: https://homepage-mark.example/
  photo: {file: me.png, alt: Portrait of Gildong Marksurname}
  links:
    - {network: CodeHub, username: marklogin, url: \"https://codehub.example/marklogin\"}
    - {network: Other, url: \"https://othernet.example/second-mark\"}
  facts: [{label: Birth, text: 1999-09-09 born-mark}, {label: Permit, text: Permit-Mark}]
  summary: |
    **Gildong** [wrote](https://codehub.example/marklogin/x) for [Markcorp Ltd](https://markcorp.example/a) and 마크상사에서, see
    <https://site.example/%ED%99%8D%EA%B8%B8%EB%8F%99> and [home](/engine/), mark.name@mail.example, GILDONG.
career:
  - id: markcorp
    organization: {en: Markcorp Ltd, ko: 마크상사}
    label: MC-Label
    url: https://markcorp.example/
    location: Markstadt
    positions: [{title: Engineer, start: 2011-03, end: 2012-04}, {title: Lead at MARKCORP, start: 2012-05, end: 2013-06, dates: Marktober}]
    highlights: [{id: markcorp-fast, text: Made Markcorp fast with 마크상사의 team, importance: 5}]
    body: At Markcorp with Marksurname, Gildong.
  - id: mark-sons
    organization: Mark & Sons (Markhold)
    url: https://sons.example/
    positions: [{title: Trainee, start: 2014, end: 2015}]
  - id: helpmark
    kind: volunteering
    organization: Helpmark
    positions: [{title: Helper, start: 2016, end: 2016}]
  - id: mark-university
    kind: education
    organization: {en: Mark University, ko: 마크대학교}
    url: https://markuni.example/
    positions: [{title: BSc, start: 1987, end: 2011}]
  - id: college-marks
    kind: education
    organization: College of Marks
    positions: [{title: School, end: 1987}]
projects:
  - id: engine
    name: An engine of Mark & Sons, now Markhold
    at: markcorp
    start: 2017
    end: 2018
    tags: [t]
    summary: Built for [Mark University](https://markuni.example/p) by gildong-marksurname.
    highlights: [{text: \"Used by Markcorp, see [code](https://codehub.example/marklogin/engine)\"}]
articles:
  - id: engine
    title: How Markcorp built it
    date: 2018-01-01
    body: |
      At MARKCORP[^1], [here](/jobs/#markcorp). `gildongmarksurname` wrote it.

      [^1]: Mark & Sons and Gildong_Marksurname Gildong-Marksurname.
  - {id: jobs, title: Work at Markcorp, list: career}
publications: [{name: A paper, date: 2018, authors: [\"Marksurname, Gildong\", B. Other]}]
posts: [{id: p, title: A post, date: 2018-02-02, summary: Of Gildong.}]
applications:
  - id: a
    pin: [markcorp-fast]
    organization: Aim
    file-name: \"{name}-{format}\"
    letter: {closing: \"{name}\", signature: {file: me.png, alt: signature-mark}, paragraphs: [\"At [[markcorp]], [[mark-university]] and [[engine]] I, Gildong, worked.\"]}
    questions: [{ask: Why?, answer: Gildong of Markcorp answers.}]
";

/// What a program reads of a file of any type: its own characters, and those of every stream and text of a PDF.
/// Figures are looked for in words alone: every hash and every drawing has some.
fn read(file: &Path, figures: bool) -> String {
    let is = |wanted: &str| file.extension().is_some_and(|ending| ending == wanted);
    if figures && is("pdf") {
        let pages = Command::new("pdftotext").arg(file).arg("-").output();
        return String::from_utf8_lossy(&pages.expect("pdftotext").stdout).into_owned();
    }
    let bytes = fs::read(file).expect("read");
    if figures && is("svg") {
        return String::new();
    }
    let mut text = format!("{}\n{}", file.display(), String::from_utf8_lossy(&bytes));
    if is("pdf") {
        let pdf = Objects::new(bytes).expect("a PDF");
        for object in pdf.objects() {
            collect(&object, &mut text, 0);
        }
        text += &read(file, true);
    }
    text
}

/// The texts, names and streams of an object.
fn collect(object: &Object, text: &mut String, depth: usize) {
    let dictionary = |dictionary: &Dict, text: &mut String| {
        for key in dictionary.keys() {
            *text += &format!("/{}\n", key.as_str());
            if let Some(value) = dictionary.get::<Object>(key.clone()).filter(|_| depth < 4) {
                collect(&value, text, depth + 1);
            }
        }
    };
    match object {
        Object::String(string) => *text += &format!("{}\n", decode(string)),
        Object::Name(name) => *text += &format!("/{}\n", name.as_str()),
        Object::Dict(own) => dictionary(own, text),
        Object::Array(items) if depth < 4 => {
            items.iter::<Object>().for_each(|item| collect(&item, text, depth + 1));
        }
        Object::Stream(stream) => {
            dictionary(Stream::dict(stream), text);
            if let Ok(bytes) = stream.decoded() {
                *text += &String::from_utf8_lossy(&bytes);
            }
        }
        _ => {}
    }
}

/// All documents of the record with some parts redacted.
fn documents(parts: Option<&str>) -> Vec<(PathBuf, [String; 2])> {
    let folder = folder(&[("data/resume.yaml", RECORD)]);
    image::RgbImage::new(40, 50).save(folder.path().join("data/me.png")).expect("a picture");
    let redact = parts.map(|parts| format!("--redact={parts}"));
    for arguments in [
        &["--format", "all", "--lang", "en,ko"][..],
        &["--format", "all", "--application", "a", "--lang", "en,ko"],
    ] {
        let arguments = ["render", "--as", "pdf,txt,md,svg", "-o", "out"].iter().chain(arguments);
        let arguments = arguments.map(|it| (*it).to_owned()).chain(redact.clone());
        resume_in(folder.path(), arguments, &[]).exits(0);
    }
    let merge = ["--application", "a", "--merge", "letter,questions,one-page,cv,full,portfolio"];
    let attach = ["--format", "full", "--attach-data"];
    // The record has applications, so that it cannot be attached as it is.
    for arguments in [Some(&merge[..]), redact.as_ref().map(|_| &attach[..])].into_iter().flatten()
    {
        let output = format!("out/{}.pdf", arguments[2].trim_matches('-'));
        let render = ["render", "-o", &output];
        let arguments = render.iter().chain(arguments);
        let arguments = arguments.map(|it| (*it).to_owned()).chain(redact.clone());
        resume_in(folder.path(), arguments, &[]).exits(0);
    }
    let files = fs::read_dir(folder.path().join("out")).expect("written").flatten();
    let mut read: Vec<_> = files
        .map(|file| {
            (file.file_name().into(), [false, true].map(|figures| read(&file.path(), figures)))
        })
        .collect();
    read.sort();
    assert!(read.len() > 40, "{}", read.len());
    read
}

#[test]
#[ignore = "needs poppler"]
fn nothing_that_is_redacted_is_left_anywhere() {
    let before = documents(None);
    let all: String = before.iter().flat_map(|(_, read)| read).map(String::as_str).collect();
    let parts: Vec<&str> = MARKERS.iter().map(|(part, _)| *part).chain(["photo"]).collect();
    let after = documents(Some(&parts.join(",")));
    let mut count = 0;
    for marker in MARKERS.iter().flat_map(|(_, markers)| *markers) {
        // The record prints almost all of them; those that are spellings of others must not appear either.
        count += usize::from(all.contains(marker));
        let figures = marker.chars().all(|c| c.is_ascii_digit());
        for (file, read) in &after {
            let text = &read[usize::from(figures)];
            let found = text.find(marker).map(|at| {
                let start = text[..at].char_indices().rev().nth(60).map_or(0, |(start, _)| start);
                text[start..].chars().take(140).collect::<String>()
            });
            assert_eq!(found, None, "`{marker}` is in {}", file.display());
        }
    }
    let markers = MARKERS.iter().map(|(_, markers)| markers.len()).sum::<usize>();
    assert!(markers >= 60 && count >= 45, "{count} of {markers} are printed");
    for (file, [text, _]) in &after {
        assert!(!text.contains("/Image\n"), "{}: a picture", file.display());
    }
    assert!(all.contains("/Image\n"), "the portrait is in no document");
}

#[test]
fn a_name_that_is_a_word_of_the_format_stays_out_of_it() {
    let record = "profile: {name: Name Summary, role: Modern work}\ntheme: {layout: rail}\ncareer:\n  - {id: work, \
                  organization: Work Rail, kind: work, positions: [{title: Name}]}\n";
    let folder = folder(&[("data/resume.yaml", record)]);
    let arguments =
        ["render", "--format", "cv", "--as", "md", "-o", "-", "--redact", "name,employers"];
    let run = resume_in(folder.path(), arguments, &[]).exits(0);
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(
        text.contains("# ○○○") && !text.contains("Rail") && !text.contains("Summary"),
        "{text}"
    );
}

#[test]
fn an_entry_that_a_letter_names_keeps_a_sign_of_its_name() {
    let record = "profile: {name: Name Surname}\ncareer: [{id: acme, organization: Acme, positions: [{title: Engineer}]}]\n\
                  applications: [{id: a, letter: {paragraphs: [\"At [[acme]] I worked.\"]}}]\n";
    let folder = folder(&[("data/resume.yaml", record)]);
    let arguments =
        ["render", "--application", "a", "--format", "letter", "--as", "txt", "-o", "-"];
    let arguments = arguments.iter().chain(&["--redact", "employers"]);
    let run = resume_in(folder.path(), arguments, &[]).exits(0);
    let text = String::from_utf8(run.stdout).expect("UTF-8");
    assert!(text.contains("At ○○○ I worked."), "{text}");
}

#[test]
fn each_part_is_removed_alone_and_the_rest_stays() {
    let folder = folder(&[("data/resume.yaml", RECORD)]);
    image::RgbImage::new(40, 50).save(folder.path().join("data/me.png")).expect("a picture");
    let text = |part: &str| {
        let arguments = ["render", "--format", "cv", "--as", "md", "-o", "-", "--redact", part];
        let run = resume_in(folder.path(), arguments, &[]).exits(0);
        String::from_utf8(run.stdout).expect("UTF-8")
    };
    for (part, gone, stays) in [
        ("contact", "mail.example", "Gildong Marksurname"),
        ("name", "Marksurname", "Markcorp Ltd"),
        ("employers", "Markcorp", "Mark University"),
        ("schools", "Mark University", "Markcorp Ltd"),
        ("dates", "2012", "Mark & Sons"),
    ] {
        let text = text(part);
        assert!(!text.contains(gone) && text.contains(stays), "{part}: {text}");
    }
    let run = |flags: &[&str]| resume_in(folder.path(), ["render"].iter().chain(flags), &[]);
    run(&["--redact", "hobby"]).exits(2).says("contact, name, photo, employers, schools, dates");
    fs::write(folder.path().join("other.pdf"), "").expect("written");
    run(&["--redact", "name", "--merge", "cv,other.pdf"])
        .exits(2)
        .says("`--redact` removes nothing from `other.pdf`");
}

#[test]
fn a_picture_is_found_by_a_path_that_no_attachment_has() {
    let record = "profile: {name: Gildong Surname}\ncover: |\n  Made by ![Gildong at work](gildong.png).\n\
                  career: [{id: acme, organization: Acme, positions: [{title: Engineer}]}]\n";
    let folder = folder(&[("data/resume.yaml", record)]);
    image::RgbImage::new(900, 900).save(folder.path().join("data/gildong.png")).expect("a picture");
    let arguments =
        ["render", "--format", "full", "--redact", "name", "--attach-data", "-o", "a.pdf"];
    resume_in(folder.path(), arguments, &[]).exits(0);
    let text = read(&folder.path().join("a.pdf"), false);
    assert!(text.contains("/Image\n") && text.contains("○○○ at work"), "the picture and its words");
    assert!(text.contains("organization: Acme") && text.contains("(○○○.png)"), "the record");
    assert!(!text.to_lowercase().contains("gildong"), "the name");
}
