//! Several documents as one PDF.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::pdf::{Pdf, Target};
use crate::support::program::{Run, folder, resume_in};
use crate::support::readers::texts;
use crate::support::words::squash;

const RECORD: &str = "\
site: {url: \"https://site.example/\", date: 2026-11-30, languages: [en]}
profile: {name: Name Surname, email: name@example.org}
career: [{id: a, organization: Company A, positions: [{title: Engineer, start: 2020}]}]
projects: [{id: engine, name: An engine, start: 2024, summary: It runs.}]
applications: [{id: x, letter: {paragraphs: [\"I made [[engine]].\"]}}, {id: y}]
";

fn record() -> TempDir {
    folder(&[("data/resume.yaml", RECORD)])
}

fn merge(record: &TempDir, parts: &str, flags: &[&str]) -> Run {
    let arguments = ["render", "--application", "x", "-o", "all.pdf", "--merge", parts];
    resume_in(record.path(), arguments.iter().chain(flags), &[])
}

fn outline(file: &Path) -> Vec<(usize, String)> {
    Pdf::read(file).outline().into_iter().map(|entry| (entry.depth, entry.title)).collect()
}

#[test]
#[ignore = "needs poppler and `tests/readers/install`"]
fn documents_are_one_file_in_their_order() {
    let record = record();
    merge(&record, "letter,one-page,portfolio", &[]).exits(0);
    let file = record.path().join("all.pdf");
    let pdf = Pdf::read(&file);
    assert_eq!(pdf.page_count(), 3);
    assert_eq!(pdf.labels(), ["1", "1", "1"]);
    let entry = |depth, title: &str| (depth, title.to_owned());
    let entries = [
        entry(0, "Name Surname – Cover letter"),
        entry(0, "Name Surname – Résumé"),
        entry(1, "Experience"),
        entry(1, "Selected projects"),
        entry(0, "Name Surname – Project Portfolio"),
        entry(1, "An engine"),
    ];
    assert_eq!(outline(&file), entries);
    // Standards, and links that lead somewhere.
    let xmp = pdf.xmp();
    assert!(xmp.contains("<pdfuaid:part>1<") && xmp.contains("<pdfaid:part>2<"), "{xmp}");
    let targets: Vec<Target> = pdf.links().into_iter().map(|link| link.target).collect();
    let site = |target: &Target| matches!(target, Target::Address(url) if url.contains("site.example/project"));
    assert_eq!(targets.into_iter().filter(site).count(), 1, "that of the card to its page");
    // To the card of the portfolio, from the letter and from the résumé.
    assert_eq!(ways(&pdf), [(0, 2), (1, 2)]);
    for (reader, read) in texts(&[&file]) {
        let (read, mut at) = (squash(&read[0]), 0);
        for part in ["ImadeAnengine.", "CompanyA", "Itruns."] {
            let found = read[at..].find(part);
            at += found.unwrap_or_else(|| panic!("{reader}: no `{part}` in order in {read}"));
        }
    }
}

/// The links into the file itself: their pages, and those that they lead to, from 0.
fn ways(pdf: &Pdf) -> Vec<(usize, usize)> {
    let links = pdf.links().into_iter();
    links.filter_map(|link| Some((link.page, pdf.landing(&link.target)?.page))).collect()
}

#[test]
fn a_link_leads_to_the_place_in_the_file_that_says_most() {
    let record = record();
    let letter =
        RECORD.replace("I made [[engine]]", "I made [[engine]] at [[a]] and wrote [[text]]");
    let article = "articles: [{id: text, title: A text, date: 2024-01-01, body: Its words.}]\n";
    fs::write(record.path().join("data/resume.yaml"), letter + article).expect("written");
    for (parts, pages) in [
        ("letter", &[][..]),
        // The résumé has the project and the employer; the card of the project says more.
        ("letter,one-page", &[1, 1]),
        ("letter,one-page,portfolio", &[2, 1]),
        ("letter,portfolio,one-page", &[1, 2]),
        // The article is on the third page of the manual, which ends with the résumé.
        ("letter,full", &[4, 4, 3]),
    ] {
        merge(&record, parts, &[]).exits(0);
        let ways = ways(&Pdf::read(&record.path().join("all.pdf")));
        let ways: Vec<usize> = ways.into_iter().filter(|way| way.0 == 0).map(|way| way.1).collect();
        assert_eq!(ways, pages, "{parts}");
    }
}

#[test]
fn two_documents_with_the_same_projects_keep_their_links_apart() {
    let record = record();
    let text = RECORD.replace("summary: It runs.", "summary: \"It [runs](/project/engine/).\"");
    fs::write(record.path().join("data/resume.yaml"), text).expect("written");
    for parts in ["full,portfolio", "portfolio,full", "cv,one-page,full,portfolio"] {
        merge(&record, parts, &[]).exits(0);
        let pdf = Pdf::read(&record.path().join("all.pdf"));
        let outline = pdf.outline();
        let cards = outline.iter().filter(|entry| entry.title == "An engine");
        let cards: Vec<usize> = cards.map(|entry| entry.spot.page).collect();
        // Each card has a link to itself, in its summary.
        let own = ways(&pdf);
        assert!(
            cards.iter().all(|card| own.contains(&(*card, *card))),
            "{parts}: {cards:?} {own:?}"
        );
        assert_eq!(cards.len(), 2, "{parts}");
        assert!(pdf.xmp().contains("<pdfuaid:part>1<"), "{parts}");
    }
}

#[test]
fn a_pdf_of_others_stands_between_the_documents() {
    let record = record();
    resume_in(record.path(), ["render", "--format", "portfolio", "-o", "certificate.pdf"], &[])
        .exits(0);
    merge(&record, "letter,certificate.pdf,one-page", &[])
        .exits(0)
        .says("with `certificate.pdf` in it, the file holds to no standard");
    let file = record.path().join("all.pdf");
    let pdf = Pdf::read(&file);
    assert_eq!(pdf.page_count(), 3);
    let titles: Vec<String> = outline(&file).into_iter().map(|(_, title)| title).collect();
    assert_eq!(
        titles[..3],
        ["Name Surname – Cover letter", "certificate", "Name Surname – Résumé"]
    );
    assert_eq!(pdf.alternatives(), ["certificate 1"]);
    assert!(!pdf.xmp().contains("pdfuaid"), "it claims a standard");
    // The documents of the record are tagged as without it.
    let headings: Vec<String> = pdf.headings().into_iter().map(|(_, words)| words).collect();
    assert!(headings.iter().any(|words| words.contains("Experience")), "{headings:?}");
    assert_eq!(ways(&pdf), [(0, 2)], "from the letter to the résumé");
}

/// A PDF of one page, as another program may write it, with more entries in its page, its catalog and its trailer.
fn other(page: &str, catalog: &str, trailer: &str) -> String {
    let objects = [
        format!("<</Type/Catalog/Pages 2 0 R{catalog}>>"),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents 4 0 R{page}>>"),
        "<</Length 17>> stream\n0 0 m 100 100 l S\nendstream".to_owned(),
    ];
    let (mut pdf, mut table) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (object, number) in objects.iter().zip(1..) {
        table += &format!("{:010} 00000 n \n", pdf.len());
        pdf += &format!("{number} 0 obj {object} endobj\n");
    }
    let place = pdf.len();
    pdf + &format!(
        "xref\n0 5\n{table}trailer <</Root 1 0 R/Size 5{trailer}>>\nstartxref\n{place}\n%%EOF\n"
    )
}

#[test]
fn a_document_that_the_record_cannot_fill_is_not_left_out_of_the_file() {
    let record = record();
    let text = RECORD.lines().filter(|line| !line.starts_with("projects:"));
    let text = text.collect::<Vec<_>>().join("\n").replace("I made [[engine]].", "I write.");
    fs::write(record.path().join("data/resume.yaml"), text).expect("written");
    merge(&record, "letter,portfolio", &[]).exits(2).says("leave it out of `--merge`");
    assert!(!record.path().join("all.pdf").exists());
    // Without a title of its own, the manual has the name for one.
    merge(&record, "letter,full", &[]).exits(0);
    let titles = outline(&record.path().join("all.pdf")).into_iter().map(|(_, title)| title);
    assert!(
        titles.clone().any(|title| title == "Name Surname"),
        "{:?}",
        titles.collect::<Vec<_>>()
    );
}

#[test]
fn what_a_document_of_the_file_leaves_out_is_said() {
    let record = record();
    let project =
        |at: usize| format!("{{id: p{at}, name: Number {at}, start: 2020, summary: It runs.}}");
    let many = (0..60).map(project).collect::<Vec<_>>().join(", ");
    let text = RECORD.replace("projects: [", &format!("projects: [{many}, "));
    fs::write(record.path().join("data/resume.yaml"), text).expect("written");
    merge(&record, "letter,one-page", &[]).exits(0).says("of projects");
}

#[test]
fn what_a_pdf_of_others_loses_is_said_and_one_that_cannot_be_merged_is_refused() {
    let record = record();
    let annotation = |kind: &str| format!("<</Type/Annot/Subtype/{kind}/Rect[0 0 9 9]>>");
    let annotations = ["Widget", "Widget", "Link", "FreeText", "Popup"].map(annotation).concat();
    let names = "/Names<</EmbeddedFiles<</Names[]>>>>/Outlines<</First<</Title(A)>>>>";
    let rich = other(&format!("/Annots[{annotations}]"), names, "");
    let plain = other("", "", "");
    let cut = plain.split_once("xref").expect("a table").0;
    let key = "00".repeat(32);
    let lock = format!(
        "/ID[<00><00>]/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{key}>/U<{key}>>>"
    );
    let locked = other("", "", &lock);
    let files = [
        ("plain", plain.as_str()),
        ("rich", &rich),
        ("cut", cut),
        ("no", "no PDF"),
        ("locked", &locked),
    ];
    for (name, text) in files {
        fs::write(record.path().join(format!("{name}.pdf")), text).expect("written");
    }
    let lost = merge(&record, "letter,rich.pdf", &[]).exits(0);
    lost.says("merged without 2 form fields, 1 comment, 1 link, its bookmarks, its attachments");
    let plain = merge(&record, "letter,plain.pdf", &[]).exits(0);
    assert!(!plain.stderr.contains("W056"), "{}", plain.stderr);
    for (name, says) in [
        ("cut", "has no end"),
        ("no", "is no PDF"),
        ("locked", "opens with a password"),
        ("gone", "cannot read `gone.pdf`"),
    ] {
        merge(&record, &format!("letter,{name}.pdf"), &[]).exits(2).says(says);
    }
}

#[test]
fn parts_that_cannot_be_merged_are_refused() {
    let record = record();
    for (parts, flags, says) in [
        ("letter,cover", &[][..], "or the path of a PDF"),
        ("a.pdf", &[], "nothing of the record"),
        ("letter,letter", &[], "names `letter` twice"),
        ("letter", &["--as", "txt"], "makes one whole PDF"),
        ("letter", &["--format", "cv"], "leave out `--format`"),
        ("questions, one-page", &[], "has no `questions` to merge"),
    ] {
        merge(&record, parts, flags).exits(2).says(says);
    }
}

#[test]
fn a_limit_of_bytes_is_met_by_fewer_pixels_or_refused() {
    let record = record();
    // Noise, which no compression makes small.
    let mut state = 1_u32;
    let noise = image::RgbImage::from_fn(700, 700, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_be_bytes();
        image::Rgb([a, b, c])
    });
    noise.save(record.path().join("data/me.png")).expect("a picture");
    let text = RECORD.replace("email:", "photo: {file: me.png, alt: Portrait}, email:");
    fs::write(record.path().join("data/resume.yaml"), text).expect("written");
    let size = || fs::metadata(record.path().join("all.pdf")).expect("a file").len();
    merge(&record, "letter,one-page", &[]).exits(0);
    let whole = size();
    let most = whole / 2;
    merge(&record, "letter,one-page", &["--max-size", &most.to_string()]).exits(0);
    assert!(size() <= most, "{} of {most}, {whole} without a limit", size());
    merge(&record, "letter,one-page", &["--max-size", "2KB"])
        .exits(2)
        .says("even with pictures of 72 pixels");
    merge(&record, "letter", &["--max-size", "ten"]).exits(2).says("write it as `10MB`");
}
