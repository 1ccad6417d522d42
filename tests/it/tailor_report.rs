//! What `resume tailor` reports of an advertisement, the form for programs, and applications made of one.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use boon::{Compiler, Schemas};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::data::copy;
use crate::support::program::{command, folder, resume, resume_in};

/// A record with one employment of three results, a group of skills that the page has no room for, and an
/// application.
fn record(application: &str) -> TempDir {
    let skills: Vec<String> = (0..120).map(|at| format!("Instrument {at}")).collect();
    let record = format!(
        "site: {{date: 2026-01-31}}\nprofile: {{name: Name Surname, role: Developer, headline: \
         Kubernetes for everybody}}\ncareer:\n  - id: a\n    organization: Company A\n    positions: \
         [{{title: Developer, start: 2020-02, end: present}}]\n    highlights:\n      - Moved offices \
         twice.\n      - Wrote the billing service in Go.\n      - Cut latency with Redis.\n  - id: \
         s\n    kind: education\n    organization: School\n    positions: [{{title: B.Sc., department: \
         Physics, start: 2015-09, end: 2019-07}}]\nskills:\n  - {{name: Tools, importance: 1, skills: \
         [{}, COBOL]}}\n",
        skills.join(", ")
    );
    folder(&[("data/resume.yaml", record.as_str()), ("data/applications/a.yaml", application)])
}

fn report(folder: &Path, arguments: &[&str]) -> Value {
    let flags = ["--message-format", "json", "--quiet"];
    let run = resume_in(folder, [&["tailor"], arguments, &flags].concat(), &[]);
    serde_json::from_slice(&run.stdout).unwrap()
}

const AD: &str = "job: |\n  Developer\n\n  Requirements\n  - 5 years of experience with Go\n  - COBOL\n  \
                  - Fortran and Redis\n  - Master's degree\n\n  Nice to have\n  - Physics\n";

#[test]
fn the_report_says_what_is_asked_for_and_where_it_is() {
    let folder = record(AD);
    let coverage = report(folder.path(), &["a"])["coverage"].clone();
    let terms = coverage["terms"].as_array().unwrap();
    let term = |name: &str| terms.iter().find(|term| term["name"] == name).unwrap();
    assert_eq!(term("Go")["place"], "on-page");
    assert_eq!(term("Go")["by"][0], "a/2");
    assert_eq!(term("Go")["part"], "required");
    assert_eq!(term("Physics")["part"], "preferred");
    assert_eq!(term("Fortran")["place"], "missing");
    assert_eq!(term("Fortran")["nearest"][0], "a/3", "Redis stands beside it");
    assert_eq!(coverage["asked"]["years"], 5.0);
    assert_eq!(coverage["had"]["years"], 6.0);
    assert_eq!((&coverage["asked"]["degree"], &coverage["had"]["degree"]), (&3.into(), &2.into()));
    assert_eq!(coverage["unsupported"][0], "Kubernetes", "only the headline says it");
    assert_eq!(coverage["required"]["all"], 4);
    assert_eq!(coverage["required"]["on-page"], 3);
    // A skill that is asked for is shown, however little it matters, and what alone has a term that is required.
    let named = |name: &str| {
        let report = report(folder.path(), &["a"]);
        let mut entries = report["entries"].as_array().unwrap().iter();
        entries.find(|entry| entry["name"] == name).unwrap()["factors"]["named"].clone()
    };
    assert_eq!((named("COBOL"), named("a/2")), (100.0.into(), 200.0.into()));
    assert_eq!(term("COBOL")["place"], "on-page");
    let human = resume_in(folder.path(), ["tailor", "a", "--quiet"], &[]).exits(0);
    let human = String::from_utf8(human.stdout).unwrap();
    for words in ["3 of 4 required", "Go (required): on the page by a/2", "5 asked for, 6 in"] {
        assert!(human.contains(words), "{words}: {human}");
    }
}

#[test]
fn a_term_that_the_page_lacks_has_a_price() {
    let dropped = format!("{AD}drop: [COBOL]\n");
    let folder = record(&dropped);
    let terms = report(folder.path(), &["a"])["coverage"]["terms"].clone();
    let cobol =
        terms.as_array().unwrap().iter().find(|term| term["name"] == "COBOL").unwrap().clone();
    assert_eq!((&cobol["place"], &cobol["price"]), (&"in-record".into(), &Value::Null), "dropped");
    let more: String = (0..90).map(|at| format!("      - Result number {at}.\n")).collect();
    let file = folder.path().join("data/resume.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let text = text.replace("      - Cut latency", &format!("{more}      - Cut latency"));
    fs::write(
        &file,
        text.replace(
            "- Wrote the billing",
            "- {importance: 5, text: X.}\n      - Wrote the billing",
        ),
    )
    .unwrap();
    fs::write(
        folder.path().join("data/applications/a.yaml"),
        "job: |\n  Redis\n\n  Required\n  - Redis\ntailoring: {job: 0}\n",
    )
    .unwrap();
    let terms = report(folder.path(), &["a"])["coverage"]["terms"].clone();
    assert_eq!(terms[0]["place"], "in-record");
    assert_eq!(terms[0]["price"]["entry"], "a/94");
    assert!(terms[0]["price"]["lines"].as_f64().unwrap() > 0.5);
    let human = resume_in(folder.path(), ["tailor", "a", "--quiet"], &[]).exits(0);
    assert!(String::from_utf8_lossy(&human.stdout).contains("; a/94 would bring it for "));
    assert!(!terms[0]["price"]["displaces"].as_array().unwrap().is_empty());
}

/// A highlight of a project that is not shown costs the project's name, too; of several entries the one is
/// named whose page loses least.
#[test]
fn a_price_has_the_lines_of_the_project_and_is_the_least() {
    let results: String = (0..60)
        .map(|at| format!("      - {{text: Result number {at} of many., importance: 4}}\n"))
        .collect();
    let text = format!(
        "site: {{date: 2026-01-31}}\nprofile: {{name: Name Surname}}\ncareer:\n  - id: a\n    organization: \
         Company A\n    positions: [{{title: Developer, start: 2020-02, end: present}}]\n    highlights:\n{results}\
         projects:\n  - {{id: r, name: Main, importance: 5, start: 2025-01, end: 2025-05, highlights: [It sells.]}}\n  - {{id: p, name: Shop, importance: 1, start: 2015-01, end: 2015-05, highlights: [{{id: own, text: \
         With Redis, importance: 1}}]}}\n  - {{id: q, name: Long, importance: 1, start: 2014-01, end: 2014-05, \
         highlights: [{{id: long, text: \"{}Redis\", importance: 1}}]}}\n",
        "word ".repeat(120)
    );
    let application =
        "drop: []\njob: |\n  Developer\n\n  Requirements\n  - Redis\ntailoring: {job: 0}\n";
    let folder =
        folder(&[("data/resume.yaml", text.as_str()), ("data/applications/a.yaml", application)]);
    let terms = report(folder.path(), &["a"])["coverage"]["terms"].clone();
    let price = &terms[0]["price"];
    assert_eq!(
        (&terms[0]["place"], &price["entry"]),
        (&"in-record".into(), &"own".into()),
        "{terms}"
    );
    assert!(price["lines"].as_f64().unwrap() > 2.0, "{price}");
}

#[test]
fn the_form_for_programs_is_that_of_the_schema() {
    let schema = resume(["schema", "tailor"]).exits(0);
    let schema: Value = serde_json::from_slice(&schema.stdout).unwrap();
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.add_resource("tailor.json", schema).unwrap();
    let index = compiler.compile("tailor.json", &mut schemas).unwrap();
    let valid = |value: &Value| {
        assert_eq!(value["version"], 1);
        schemas.validate(value, index).unwrap_or_else(|error| panic!("{error:#}\n{value:#}"));
    };
    let folder = copy();
    let one = report(folder.path(), &["llm-platform", "--compare", "default"]);
    valid(&one);
    assert_eq!(one["difference"]["from"], "default");
    valid(&report(folder.path(), &[]));
    let failure = report(folder.path(), &["llm-platfrom"]);
    valid(&failure);
    assert!(failure["error"]["hint"].as_str().unwrap().contains("llm-platform"));
    fs::write(folder.path().join("data/applications/wrong.yaml"), "pin: [nothing]\n").unwrap();
    let wrong = report(folder.path(), &["wrong"]);
    valid(&wrong);
    assert_eq!(wrong["diagnostics"][0]["severity"], "error");
    let all = report(folder.path(), &["--all"]);
    valid(&all);
    assert_eq!(all["applications"].as_array().unwrap().len(), 3, "the wrong one stops no other");
    let table = resume_in(folder.path(), ["tailor", "--all", "--quiet"], &[]);
    let table = String::from_utf8(table.stdout).unwrap();
    for name in ["application", "llm-platform", "edge-vision", "serverless-backend"] {
        assert!(table.lines().any(|line| line.starts_with(name)), "{table}");
    }
}

#[test]
fn an_application_is_made_of_an_advertisement() {
    let folder = record("role: Developer\n");
    let ad = "[Company A] Go Developer\n\nRequirements\n- 3 years of experience in the development of \
              services with Go\n- Redis and Kafka\n";
    fs::write(folder.path().join("ad.txt"), ad).unwrap();
    let new =
        |name: &str| resume_in(folder.path(), ["tailor", "new", name, "--job", "ad.txt"], &[]);
    new("Company A & Söhne").exits(0);
    let written = folder.path().join("data/applications/company-a-sohne.yaml");
    let text = fs::read_to_string(&written).unwrap();
    for words in ["\"Company A & Söhne\"", "role: \"Go Developer\"", "Kafka (required)", "3 years"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    new("Company A & Söhne").exits(2).says("there is an application");
    new("가나다 주식회사").exits(0);
    new(" - ").exits(2).says("has no letters");
    let ids = ["company-a-sohne", "가나다-주식회사"];
    resume_in(folder.path(), ["render", "--application", &ids.join(",")], &[]).exits(0);
    let (before, letter) = text.split_once("# letter:").unwrap();
    fs::write(&written, format!("{before}letter:{}", letter.replace("\n# ", "\n"))).unwrap();
    let flags =
        ["render", "--application", ids[0], "--format", "letter", "--as", "txt", "--output", "-"];
    let letter = resume_in(folder.path(), flags, &[]).exits(0);
    assert!(String::from_utf8_lossy(&letter.stdout).contains("Dear Name Surname,"));
}

#[test]
fn advertisements_are_read_in_other_encodings_and_from_standard_input() {
    let folder = record("role: Developer\n");
    let ad = "개발자 모집\n\n자격 요건\n- Redis와 쿠버네티스 운영 경험이 있으신 분\n- Go 언어로 서버를 개발해 보신 분\n";
    let (bytes, _, _) = encoding_rs::EUC_KR.encode(ad);
    fs::write(folder.path().join("ad.txt"), &bytes).unwrap();
    let names = |report: &Value| {
        let terms = report["coverage"]["terms"].as_array().unwrap().iter();
        terms.map(|term| term["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&report(folder.path(), &["--job", "ad.txt"])), ["Redis", "Kubernetes", "Go"]);
    let mut run = command(folder.path());
    run.args(["tailor", "--job", "-", "--message-format", "json", "--quiet"]);
    run.stdin(fs::File::open(folder.path().join("ad.txt")).unwrap()).stdout(Stdio::piped());
    let output = run.output().unwrap();
    let piped: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(names(&piped), ["Redis", "Kubernetes", "Go"]);
}

#[test]
fn a_language_counts_where_the_advertisement_asks_for_it() {
    let folder = record("role: Developer\n");
    let file = folder.path().join("data/resume.yaml");
    let text = fs::read_to_string(&file).unwrap() + "languages: [{language: English}]\n";
    fs::write(&file, text).unwrap();
    for (ad, asked) in [
        ("Developer\n\nRequirements\n- Fluent English and Japanese", vec!["English", "Japanese"]),
        ("Developer\n\nYou speak English fluently.", vec!["English"]),
        ("개발자\n\n자격 요건\n- 영어 회화 가능자, 일본어 능통자", vec!["English", "Japanese"]),
        ("English page\n\nRequirements\n- Polish the rough words", vec![]),
    ] {
        fs::write(folder.path().join("ad.txt"), ad).unwrap();
        let terms = report(folder.path(), &["--job", "ad.txt"])["coverage"]["terms"].clone();
        let names: Vec<&str> =
            terms.as_array().unwrap().iter().map(|term| term["name"].as_str().unwrap()).collect();
        assert_eq!(names, asked, "{ad}");
        if let Some(english) = terms.as_array().unwrap().first() {
            assert_eq!(english["place"], "on-page", "{ad}");
        }
    }
}

#[test]
fn a_long_advertisement_takes_no_longer_than_its_words() {
    let folder = record("role: Developer\n");
    let words: String = (0..100_000).map(|at| format!("word{} ", at % 977)).collect();
    let hangul = "가나다라".repeat(25_000);
    for text in [format!("Requirements\n- {words}"), format!("자격 요건\n- {hangul}")] {
        fs::write(folder.path().join("ad.txt"), text).unwrap();
        let began = Instant::now();
        report(folder.path(), &["--job", "ad.txt"]);
        // A step that takes the square of the words takes minutes.
        assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    }
}
