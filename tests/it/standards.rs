//! The standards of a PDF, and the data attached to it.

use std::collections::BTreeMap;
use std::fs;

use hayro_syntax::object::{Array, Dict, Object, Stream};

use crate::support::pdf::{Pdf, text};
use crate::support::program::{folder, resume, resume_in, root};
use crate::support::readers::inspector;

const RECORD: &str = "profile: {name: 홍길동}\nskills: [{name: 언어, skills: [C]}]\n";

#[test]
fn a_pdf_names_its_standards() {
    let record = folder(&[("data/resume.yaml", RECORD)]);
    let file = record.path().join("a.pdf");
    let render = |standards: &str| {
        let arguments =
            ["render", "--format", "one-page", "-o", "a.pdf", "--pdf-standard", standards];
        resume_in(record.path(), arguments, &[]).exits(0);
        (Pdf::read(&file), fs::read(&file).unwrap())
    };
    let part = |pdf: &Pdf| {
        let xmp = pdf.xmp();
        let reported = |name: &str| {
            let (_, rest) = xmp.split_once(&format!("<{name}>"))?;
            rest.split_once('<').map(|(value, _)| value.to_owned())
        };
        [reported("pdfaid:part"), reported("pdfaid:conformance"), reported("pdfuaid:part")]
            .map(Option::unwrap_or_default)
            .concat()
    };
    for (standards, version, reported) in [
        ("1.4", "1.4", ""),
        ("1.7", "1.7", ""),
        ("2.0", "2.0", ""),
        ("ua-1", "1.7", "1"),
        ("a-1a", "1.4", "1A"),
        ("a-1b", "1.4", "1B"),
        ("a-2b", "1.7", "2B"),
        ("a-2u", "1.7", "2U"),
        ("a-2a,ua-1", "1.7", "2A1"),
        ("a-3a,ua-1", "1.7", "3A1"),
        ("a-3b,1.6", "1.6", "3B"),
        ("a-4", "2.0", "4"),
        ("a-4e", "2.0", "4E"),
        ("a-4f", "2.0", "4F"),
    ] {
        let (pdf, bytes) = render(standards);
        assert_eq!(part(&pdf), reported, "{standards}");
        assert_eq!(&bytes[..8], format!("%PDF-{version}").as_bytes(), "{standards}");
    }
}

#[test]
fn standards_that_do_not_go_together_stop_the_run_at_once() {
    // The record is broken as well, but is not reported.
    let record = folder(&[("data/resume.yaml", "profile: 1\n")]);
    for (flags, reported) in [
        ("--pdf-standard a-2a,a-3a", "choose at most one PDF/A standard"),
        ("--pdf-standard 1.4,1.7", "cannot conform to PDF 1.4 and PDF 1.7"),
        ("--pdf-standard 2.0,ua-1", "PDF 2.0 is not compatible with PDF/UA-1"),
        ("--pdf-standard a-4,ua-1", "mutually incompatible"),
        ("--pdf-standard a-1b,1.7", "requires version PDF 1.4"),
        ("--pdf-standard a-5", "invalid value 'a-5'"),
        ("--pdf-standard a-2a --attach-data", "`a-2a` does not let files be attached"),
        ("--pdf-standard a-4 --attach-data", "a-4e and a-4f"),
    ] {
        let run = resume_in(record.path(), ["render"].into_iter().chain(flags.split(' ')), &[]);
        let run = run.exits(2).says(reported);
        assert!(!run.stderr.contains("E0"), "{}", run.stderr);
    }
    assert!(!record.path().join("output").exists());
}

/// The files attached to a PDF: the content of each, and its description in the PDF.
fn attached(pdf: &Pdf) -> BTreeMap<String, (String, String)> {
    let catalog = pdf.catalog();
    let files: Array = catalog.get("AF").expect("associated files");
    let files = files.iter::<Dict>().map(|file| {
        let reported = |of: &Dict, key: &str| text(&of.get::<Object>(key).expect("a word"));
        let stream: Stream = file.get::<Dict>("EF").expect("a file").get("F").expect("a stream");
        let kind = reported(stream.dict(), "Subtype");
        let content = String::from_utf8(stream.decoded().unwrap().into_owned()).unwrap();
        (reported(&file, "UF"), (content, format!("{} {kind}", reported(&file, "AFRelationship"))))
    });
    files.collect()
}

#[test]
#[ignore = "needs poppler"]
fn the_record_is_attached_without_its_applications() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    let shown = file.display().to_string();
    let page = ["render", "--application", "llm-platform", "--format", "one-page"];
    let arguments = || page.into_iter().chain(["--attach-data", "-o", &shown]);
    resume(arguments()).exits(0);
    let first = fs::read(&file).unwrap();
    resume(arguments()).exits(0);
    assert_eq!(first, fs::read(&file).unwrap(), "the same bytes every time");
    let found = attached(&Pdf::read(&file));
    let mut expected = BTreeMap::new();
    for (path, text) in crate::support::data::sources() {
        let name = path.strip_prefix(root().join("data")).unwrap().display().to_string();
        if !name.starts_with("applications") {
            expected.insert(name.replace('/', "-"), (text, "Source application/yaml".to_owned()));
        }
    }
    assert!(expected.len() > 20);
    assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    assert!(found == expected, "every file is there as it is");
    let xmp = Pdf::read(&file).xmp();
    assert!(xmp.contains("<pdfaid:part>3<") && xmp.contains("<pdfuaid:part>1<"), "{xmp}");
    let list = inspector("pdfdetach", &["-list"], &file);
    assert!(list.starts_with(&format!("{} embedded files", expected.len())), "{list}");
    let into = folder.path().join("out");
    fs::create_dir(&into).unwrap();
    inspector("pdfdetach", &["-saveall", "-o", &into.display().to_string()], &file);
    for (name, (text, _)) in expected {
        assert_eq!(fs::read_to_string(into.join(name)).unwrap(), text);
    }
}

#[test]
fn private_data_is_not_attached() {
    let applications = format!("{RECORD}applications: [{{id: x, role: y, organization: 비밀}}]\n");
    let record = folder(&[
        ("data/resume.yaml", &applications),
        ("data/notes.txt", "비밀"),
        ("data/.private.yaml", "비밀: 1\n"),
        ("secret.yaml", "비밀: 1\n"),
    ]);
    let arguments = ["render", "--format", "one-page", "--attach-data", "-o", "a.pdf"];
    resume_in(record.path(), arguments, &[])
        .exits(2)
        .says("`data/resume.yaml` has applications")
        .says("move them into `applications/`");
    assert!(!record.path().join("a.pdf").exists());
    fs::write(record.path().join("data/resume.yaml"), RECORD).unwrap();
    fs::create_dir(record.path().join("data/applications")).unwrap();
    fs::write(record.path().join("data/applications/x.yaml"), "role: 비밀\n").unwrap();
    fs::write(record.path().join("job.txt"), "비밀").unwrap();
    resume_in(record.path(), arguments.into_iter().chain(["--job", "job.txt"]), &[]).exits(0);
    let found = attached(&Pdf::read(&record.path().join("a.pdf")));
    assert_eq!(found.keys().collect::<Vec<_>>(), ["resume.yaml"]);
    assert_eq!(found["resume.yaml"].0, RECORD);
    // One file alone, beside others that are not of the record.
    fs::write(record.path().join("one.yaml"), RECORD).unwrap();
    resume_in(record.path(), arguments.into_iter().chain(["--data", "one.yaml"]), &[]).exits(0);
    let found = attached(&Pdf::read(&record.path().join("a.pdf")));
    assert_eq!(found.keys().collect::<Vec<_>>(), ["one.yaml"]);
}
