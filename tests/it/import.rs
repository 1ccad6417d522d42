//! Files of other programs: `resume import` accounts for every value, and its record renders.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant};

use resume::interchange::reference;
use serde_json::Value;
use wait4::Wait4 as _;

use crate::support::bless::bless;
use crate::support::imports::{archive, counted, data, fixture, imported, values, written};
use crate::support::program::{command, resume_in};
use crate::support::readers::reader;
use crate::support::record::{check, listed};

/// Files that cover every field of their format.
const COMPLETE: [&str; 6] = [
    "jsonresume.json",
    "rendercv.yaml",
    "yamlresume.yaml",
    "papers.bib",
    "europass.xml",
    "skills-passport.xml",
];

#[test]
fn every_value_is_accounted_for() {
    for name in COMPLETE {
        let (_folder, account) = imported(&fixture(name), &[]);
        let counted = counted(&account);
        let text = fs::read_to_string(fixture(name)).expect("UTF-8");
        // What each entry of a bibliography has beside its fields: its key and its type. Names are
        // divided there.
        let expected = match name {
            "papers.bib" => 31,
            // Elements with words, and attributes; a date of three attributes is one value.
            "europass.xml" => 76,
            "skills-passport.xml" => 58,
            _ => values(&text).len() as u64,
        };
        assert_eq!(counted, expected, "{name}: {account:#}");
    }
}

#[test]
fn an_imported_record_has_no_fault_and_renders() {
    for name in COMPLETE {
        let (folder, _) = imported(&fixture(name), &[]);
        let outcome = check(&folder.path().join("data"), &[]);
        let errors = listed(&outcome);
        assert!(!errors.contains(" error "), "{name}: {errors}");
        resume_in(folder.path(), ["render", "--quiet"], &[]).exits(0);
        assert!(folder.path().join("output/one-page.pdf").exists(), "{name}");
    }
}

#[test]
#[ignore = "needs poppler"]
fn what_is_imported_is_printed() {
    let (folder, _) = imported(&fixture("jsonresume.json"), &[]);
    // One page leaves out what does not fit.
    resume_in(folder.path(), ["render", "--format", "cv", "--quiet"], &[]).exits(0);
    let text = reader("pdftotext", &["-enc", "UTF-8"], &folder.path().join("output/cv.pdf"));
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for expected in [
        "Platform engineer",
        "Builds payment systems & the tools around them.",
        "Lead engineer",
        "Twelve evenings a year",
        "University D",
        "Certificate H",
        "Prize F",
        "Chess",
        "A careful engineer.",
    ] {
        assert!(words.contains(expected), "no `{expected}` in {words}");
    }
}

#[test]
fn both_positions_of_an_employer_stand_in_one_entry() {
    let (folder, account) = imported(&fixture("jsonresume.json"), &[]);
    let run = resume_in(folder.path(), ["data", "--as", "json"], &[]).exits(0);
    let record: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let employer = &record["career"][0];
    let titles: Vec<&Value> = employer["positions"]
        .as_array()
        .expect("positions")
        .iter()
        .map(|position| &position["title"])
        .collect();
    assert_eq!(titles, ["Lead engineer", "Engineer"]);
    assert_eq!(
        (&employer["positions"][0]["end"], &employer["positions"][1]["end"]),
        (&"present".into(), &"2022-02-28".into())
    );
    assert_eq!(record["profile"]["url"], "https://example.org", "a scheme is added");
    assert_eq!(record["profile"]["links"][0]["url"], "https://github.com/name-surname");
    assert!(account["remarks"].to_string().contains("became its positions"), "{account}");
    let text = written(folder.path());
    assert!(text.contains("# salary: not said\n"), "{text}");
    assert!(text.contains("# endDate: 2016-01-01 (it ends before it starts)\n"), "{text}");
    assert!(text.contains("dates: Fall 2020\n"), "{text}");
}

#[test]
fn sections_of_any_title_become_the_record_s() {
    let (folder, _) = imported(&fixture("rendercv.yaml"), &[]);
    let record = data(folder.path(), "data");
    let own = |id: &str| {
        let sections = record["sections"].as_array().expect("sections");
        sections.iter().find(|section| section["id"] == id).expect("the section").clone()
    };
    assert_eq!(own("invited-talks")["entries"][0]["name"], "Pockets full of light");
    assert_eq!(own("military-service")["lines"][0]["label"], "Navy");
    assert_eq!(own("countdown")["text"]["en"], "2\\. Last\n\n1\\. First");
    assert_eq!(record["profile"]["links"][2]["url"], "https://example.net/@name");
    let kinds: Vec<&Value> =
        record["career"].as_array().expect("entries").iter().map(|entry| &entry["kind"]).collect();
    for kind in ["work", "education", "volunteering"] {
        assert!(kinds.contains(&&Value::from(kind)), "{kinds:?}");
    }
    let stays = "Two stays abroad\n- Kyoto, 3 months\n- Delft, 6 months";
    assert!(record["career"].to_string().contains(&Value::from(stays).to_string()), "{record:#}");
}

#[test]
fn sections_keep_their_order_and_their_titles() {
    let folder = tempfile::tempdir().expect("a folder");
    let entry = "[{company: Company A, position: Engineer, start_date: 2020-01}]";
    let skills = "[{label: Languages, details: 'Rust, SQL'}]";
    let text = |sections: &str| format!("cv:\n  name: Name Surname\n  sections:\n{sections}");
    for (sections, expected) in [
        (format!("    experience: {entry}\n    skills: {skills}\n"), None),
        (
            format!(
                "    skills: {skills}\n    Talks: [{{name: A talk}}]\n    experience: {entry}\n"
            ),
            Some(
                "formats:\n  cv:\n    sections:\n      - skills\n      - talks\n      - experience\n",
            ),
        ),
        (
            format!("    Where I worked: {entry}\n"),
            Some("sections:\n      - name: experience\n        title: Where I worked\n"),
        ),
    ] {
        let name = format!("cv{}.yaml", sections.len());
        fs::write(folder.path().join(&name), text(&sections)).expect("written");
        let out = format!("data{}", sections.len());
        resume_in(folder.path(), ["import", &name, "-o", &out], &[]).exits(0);
        let main = fs::read_to_string(folder.path().join(&out).join("resume.yaml")).expect("UTF-8");
        match expected {
            Some(expected) => assert!(main.contains(expected), "no `{expected}` in {main}"),
            None => assert!(!main.contains("formats"), "{main}"),
        }
        // An export has them in the same order.
        let export = ["export", "rendercv", "--data", &out, "-o", "-"];
        let run = resume_in(folder.path(), export, &[]).exits(0);
        let exported = String::from_utf8(run.stdout).expect("UTF-8");
        let places = sections.lines().map(|line| {
            let title = line.split_once(':').expect("a title").0.trim().to_lowercase();
            exported
                .to_lowercase()
                .find(&format!("\n    {title}:"))
                .unwrap_or_else(|| panic!("{title}: {exported}"))
        });
        assert!(places.is_sorted(), "{exported}");
    }
}

#[test]
fn nothing_is_overwritten() {
    let (folder, _) = imported(&fixture("jsonresume.json"), &[]);
    let before = written(folder.path());
    let file = fixture("rendercv.yaml");
    let again = ["import", file.to_str().expect("a path")];
    resume_in(folder.path(), again, &[]).exits(2).says("`data` holds a record already");
    assert_eq!(written(folder.path()), before);
}

#[test]
fn a_file_of_another_program_is_no_record() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, format) in [
        ("jsonresume.json", "JSON Resume"),
        ("rendercv.yaml", "RenderCV"),
        ("yamlresume.yaml", "YAMLResume"),
    ] {
        let file = fixture(name);
        let path = file.to_str().expect("a path");
        for command in ["render", "check", "data"] {
            resume_in(folder.path(), [command, "--data", path], &[])
                .exits(2)
                .says(&format!("is a {format} file, not a record"))
                .says(&format!("resume import {path}"));
        }
    }
}

#[test]
fn what_is_in_no_known_format_is_refused_by_name() {
    for (text, says) in [
        (r#"{"meta": {"format": "FRESH@0.6.0"}, "info": {}, "employment": {}}"#, "is a FRESH file"),
        (
            r#"{"sections": {"basics": {}}, "metadata": {"template": "x"}}"#,
            "is a Reactive Resume file",
        ),
        (r#"{"some": 1, "thing": 2}"#, "its keys are `some`, `thing`"),
        ("profile: {name: A}\ncareer: []\n", "is a record already"),
        ("<Person><Name>A</Name></Person>", "its keys are `Person`"),
        ("", "it has no keys"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("cv.json"), text).expect("written");
        resume_in(folder.path(), ["import", "cv.json"], &[]).exits(2).says(says);
        assert!(!folder.path().join("data").exists(), "{text}");
    }
}

#[test]
fn what_is_odd_but_clear_is_read_and_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "\u{feff}{\"basics\": {\"name\": \"A\\u0007 B\", \"name\": \"Second\", \"email\": \"a@example.org\",},}";
    fs::write(folder.path().join("cv.json"), text).expect("written");
    let run = resume_in(folder.path(), ["import", "cv.json"], &[]).exits(0);
    let account = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(
        account.contains("not valid JSON, but clear: Trailing commas are not allowed"),
        "{account}"
    );
    assert!(account.contains("the key `name` is given twice"), "{account}");
    assert!(account.contains("1 hidden or lost characters were removed"), "{account}");
    let record = written(folder.path());
    assert!(record.contains("name: A B\n") && record.contains("# name: Second\n"), "{record}");
}

#[test]
fn hostile_files_end_in_an_error_that_says_what() {
    let deep = format!("{{\"basics\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let deep_yaml = format!("cv: {}", "[".repeat(100_000));
    let large = format!("{{\"basics\": {{\"name\": \"{}\"}}}}", "x".repeat(50_000_000));
    let bomb = archive(&[("Profile.csv", &vec![b'x'; 100_000_000])]);
    let outside = archive(&[("../../Profile.csv", b"First Name\nA\n")]);
    let (korean, _, _) =
        encoding_rs::EUC_KR.encode("{\"basics\": {\"name\": \"이름은 개발자입니다\"}}");
    let entities = "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>";
    let cases: [(&str, &[u8], &str); 10] = [
        ("deep.json", deep.as_bytes(), "depth"),
        ("deep.yaml", deep_yaml.as_bytes(), "nest"),
        ("large.json", large.as_bytes(), "is larger than 8 MB"),
        ("bomb.zip", &bomb, "larger than 8 MB"),
        ("outside.zip", &outside, "leads out of it"),
        ("broken.zip", b"PK\x03\x04nothing", "the archive cannot be read"),
        ("korean.json", &korean, "looks like CP949"),
        ("cut.json", b"{\"basics\": {\"name\": \"A", "not valid JSON"),
        ("entities.xml", entities.as_bytes(), "not valid XML"),
        ("picture.json", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "no text at all"),
    ];
    for (name, bytes, says) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), bytes).expect("written");
        let began = Instant::now();
        resume_in(folder.path(), ["import", name], &[]).exits(2).says(says);
        assert!(began.elapsed() < Duration::from_secs(20), "{name}");
        assert!(!folder.path().join("data").exists(), "{name}");
    }
}

#[test]
fn both_forms_of_europass_become_a_record() {
    let (folder, account) = imported(&fixture("europass.xml"), &[]);
    let record = data(folder.path(), "data");
    let positions = record["career"][0]["positions"].as_array().expect("positions");
    let titles: Vec<&Value> = positions.iter().map(|position| &position["title"]).collect();
    assert_eq!(titles, ["Lead engineer", "Engineer"], "{account:#}");
    let text = written(folder.path());
    for expected in [
        "name: Name Surname",
        "phone: +49 30901820",
        "city: Berlin",
        "country: DE",
        "summary: Builds **bridges**.",
        "- network: linkedin\n    url: https://www.linkedin.com/in/name-surname",
        "start: 2021-10\n      end: present\n      summary: Leads twelve people.",
        "      highlights:\n        - One result\n        - A step\n",
        "location: Hamburg, DE",
        "start: 2018\n      end: 2021-09",
        "title: Bachelor of Civil Engineering",
        "score: '1.3'",
        "- Bridges of wood",
        "- language: German\n    fluency: Mother tongue",
        "- language: English\n    fluency: Listening C2, Writing Production C1",
        "title: Conferences and seminars",
        "title: Stays abroad",
        "second@example.org",
        "# IndustryCode: F",
    ] {
        assert!(text.contains(expected), "no `{expected}` in {text}");
    }
    let (folder, _) = imported(&fixture("skills-passport.xml"), &[]);
    let text = written(folder.path());
    for expected in [
        "role: Gardener",
        "address: Street 2",
        "country: Germany",
        "start: 2015-09\n      end: present",
        "start: 2012\n      end: 2015-08-31",
        "- Planted 400 trees",
        "department: Horticulture",
        "fluency: Listening B2, Spoken interaction B1",
        "- label: Job related\n      text: Knows *200* plants.",
        "- label: Driving\n      text: B, T",
        "title: Projects\n  text: A garden for bees.",
        "+49 151 1234567",
        "1990-03-10",
    ] {
        assert!(text.contains(expected), "no `{expected}` in {text}");
    }
}

#[test]
fn linkedin_s_tables_become_a_record() {
    let zip = archive(&[
        ("Profile.csv", b"First Name,Last Name,Headline,Summary,Industry,Geo Location\nName,Surname,Engineer,Builds things.,Software,\"Berlin, Germany\"\n"),
        ("Positions.csv", b"Company Name,Title,Description,Location,Started On,Finished On\nCompany A,Lead,\"Leads.\n- One result\",Berlin,Jan 2020,\nCompany A,Engineer,Built.,Berlin,Mar 2018,Dec 2019\n"),
        ("Education.csv", b"School Name,Start Date,End Date,Notes,Degree Name,Activities\nUniversity B,2012,2016,,Bachelor,Choir\n"),
        ("Skills.csv", b"Name\nRust\nSQL\n"),
        ("Certifications.csv", b"Name,Url,Authority,Started On,Finished On,License Number\nCertificate C,https://c.example.org,Institute C,May 2021,,42\n"),
        ("Languages.csv", b"Name,Proficiency\nGerman,Native\n"),
        ("Projects.csv", b"Title,Description,Url,Started On,Finished On\nProject D,A tool,https://d.example.org,Jan 2021,Feb 2021\n"),
        ("Publications.csv", b"Name,Published On,Description,Publisher,Url\nPaper E,\"May 3, 2020\",About E,Press E,https://e.example.org\n"),
        ("Honors.csv", b"Title,Description,Issued On\nPrize F,For F,Jun 2019\n"),
        ("Volunteering.csv", b"Company Name,Role,Cause,Started On,Finished On,Description\nAssociation G,Mentor,Education,2017,2018,Taught\n"),
        ("Recommendations_Received.csv", b"First Name,Last Name,Company,Job Title,Text,Creation Date,Status\nSomebody,Else,Company A,Manager,Careful work,\"01/02/21, 10:00 AM\",VISIBLE\n"),
        ("Courses.csv", b"Name,Number\nCourse H,101\n"),
        ("Email Addresses.csv", b"Email Address,Confirmed,Primary,Updated On\nname@example.org,Yes,Yes,Not Available\n"),
        ("PhoneNumbers.csv", b"Extension,Number,Type\n,+49 30 901820,Mobile\n"),
        ("messages.csv", b"FROM,CONTENT\nSomebody,private words\n"),
    ]);
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("export.zip"), zip).expect("written");
    let run = resume_in(folder.path(), ["import", "export.zip"], &[]).exits(0);
    let account = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(
        account.contains("the table `messages` says nothing about a career: 1 rows"),
        "{account}"
    );
    let text = written(folder.path());
    assert!(!text.contains("private words"), "{text}");
    for expected in [
        "name: Name Surname",
        "location: Berlin, Germany",
        "email: name@example.org",
        "phone: +49 30 901820",
        "start: 2020-01\n      end: present",
        "- One result",
        "title: Engineer",
        "- Rust",
        "# License Number: '42'",
        "date: 2020-05-03",
        "kind: volunteering",
        "reference: Careful work",
        "- id: courses",
        "# Industry: Software",
    ] {
        assert!(text.contains(expected), "no `{expected}` in {text}");
    }
    let outcome = check(&folder.path().join("data"), &[]);
    assert!(!listed(&outcome).contains(" error "), "{}", listed(&outcome));
    resume_in(folder.path(), ["render", "--quiet"], &[]).exits(0);
}

#[test]
fn two_hundred_kilobytes_take_a_moment() {
    let entry = r#"{"name": "Company", "position": "Engineer", "startDate": "2010-01", "endDate": "2011-01", "summary": "Led a team.\n- One thing\n- Another", "highlights": ["Moved **40** services", "Cut the bill by 30 %"]},"#;
    let work = entry.repeat(200_000 / entry.len());
    let text =
        format!(r#"{{"basics": {{"name": "A"}}, "work": [{}]}}"#, work.trim_end_matches(','));
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("cv.json"), &text).expect("written");
    // A build without optimisation on a busy machine; an optimised one takes a tenth.
    let mut import = command(folder.path());
    let child = import.args(["import", "cv.json", "--quiet"]).stdout(Stdio::null()).spawn();
    let usage = child.expect("resume starts").wait4().expect("it ends");
    assert!(usage.status.success());
    assert!(usage.rusage.utime < Duration::from_secs(1), "{:?}", usage.rusage.utime);
}

#[test]
fn the_documentation_is_that_of_the_tables() {
    bless("docs/import.md", &reference());
}

/// A record that a person wrote, with comments and every form of a text.
const WRITTEN: &str = r#"# My record
site: {date: 2024-01-01, languages: [en]}   # the first is the default
profile:
  name: Name Surname
  role: Engineer   # short
  location: {city: Berlin, country: Germany}
  summary: |
    Builds bridges.

    Likes steel.
career:
  # the newest first
  - id: a
    organization: Company A
    url: https://a.example.org/
    positions:
      - {title: Lead, start: 2020-01, end: present}
    highlights:
      - text: Built a bridge
        importance: 5
      - "Saved: money"
  - id: b
    organization: Company B
    positions:
      - title: Assistant
        start: 2018-01
        end: 2019-12
    highlights: [One thing]
skills:
  - name: Materials
    skills: [Steel, {name: Wood, importance: 2}]
"#;

/// The same in German, with one employer more.
const GERMAN: &str = r#"{
  "basics": {"name": "Name Surname", "label": "Ingenieur", "summary": "Baut Brücken.\n\nMag Stahl.",
    "phone": "+49 30 901820", "location": {"city": "Berlin", "countryCode": "Deutschland"}},
  "work": [
    {"name": "Firma B", "position": "Assistent", "startDate": "2018-01", "endDate": "2019-12", "highlights": ["Eine Sache"]},
    {"name": "Firma A", "url": "https://a.example.org/", "position": "Leitung", "startDate": "2020-01",
      "highlights": ["Baute eine Brücke", "Sparte: \"Geld\""]},
    {"name": "Firma C", "position": "Praktikum", "startDate": "2015", "endDate": "2016"}
  ],
  "skills": [{"name": "Werkstoffe", "keywords": ["Stahl", "Holz"]}]
}"#;

#[test]
fn a_second_language_is_merged_entry_by_entry() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("data")).expect("made");
    fs::write(path("data/resume.yaml"), WRITTEN).expect("written");
    fs::write(path("cv.de.json"), GERMAN).expect("written");
    let merge = ["import", "cv.de.json", "--into", "data", "--lang", "de"];
    let run = resume_in(folder.path(), merge, &[]).exits(0);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(said.contains("profile.phone") && said.contains("career[3]"), "{said}");
    let text = fs::read_to_string(path("data/resume.yaml")).expect("UTF-8");
    for kept in [
        "# My record",
        "# the first is the default",
        "# short",
        "# the newest first",
        "importance: 5",
    ] {
        assert!(text.contains(kept), "no `{kept}` in\n{text}");
    }
    let record = data(folder.path(), "data");
    let two = |en: &str, de: &str| serde_json::json!({ "en": en, "de": de });
    assert_eq!(record["site"]["languages"], serde_json::json!(["en", "de"]), "{text}");
    assert_eq!(record["profile"]["role"], two("Engineer", "Ingenieur"), "{text}");
    assert_eq!(record["profile"]["name"], "Name Surname", "what is the same stays one text");
    assert_eq!(record["profile"]["location"]["country"], two("Germany", "Deutschland"), "{text}");
    assert_eq!(
        record["profile"]["summary"],
        two("Builds bridges.\n\nLikes steel.", "Baut Brücken.\n\nMag Stahl."),
        "{text}"
    );
    let (first, second) = (&record["career"][0], &record["career"][1]);
    assert_eq!(first["organization"], two("Company A", "Firma A"), "{text}");
    assert_eq!(first["positions"][0]["title"], two("Lead", "Leitung"), "{text}");
    assert_eq!(
        first["highlights"][0]["text"],
        two("Built a bridge", "Baute eine Brücke"),
        "{text}"
    );
    assert_eq!(first["highlights"][1]["text"], two("Saved: money", "Sparte: \"Geld\""), "{text}");
    assert_eq!(second["highlights"][0]["text"], two("One thing", "Eine Sache"), "{text}");
    assert_eq!(record["skills"][0]["name"], two("Materials", "Werkstoffe"), "{text}");
    assert_eq!(record["skills"][0]["skills"][1]["name"], two("Wood", "Holz"), "{text}");
    let beside = fs::read_to_string(path("data/import-leftovers.de.yaml")).expect("UTF-8");
    assert!(beside.contains("Firma C") && beside.contains("+49 30 901820"), "{beside}");
    let outcome = check(&path("data"), &[]);
    assert!(!listed(&outcome).contains(" error "), "{}\n{text}", listed(&outcome));
    // A third language finds its place in the maps; what was left before is not overwritten.
    fs::write(path("cv.fr.json"), GERMAN.replace("Ingenieur", "Ingénieure")).expect("written");
    let third = ["import", "cv.fr.json", "--into", "data", "--lang", "fr"];
    resume_in(folder.path(), third, &[]).exits(0);
    assert_eq!(data(folder.path(), "data")["profile"]["role"]["fr"], "Ingénieure");
    let before = fs::read_to_string(path("data/resume.yaml")).expect("UTF-8");
    resume_in(folder.path(), merge, &[]).exits(0);
    assert_eq!(fs::read_to_string(path("data/resume.yaml")).expect("UTF-8"), before);
    assert!(path("data/import-leftovers.de-2.yaml").exists());
}

#[test]
fn publications_are_added_to_a_record() {
    let bib = fixture("papers.bib");
    let bib = bib.to_str().expect("a path");
    for single in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        let (data_path, main) =
            if single { ("cv.yaml", "cv.yaml") } else { ("data", "data/resume.yaml") };
        let main = folder.path().join(main);
        fs::create_dir_all(main.parent().expect("a folder")).expect("made");
        fs::write(&main, "site: {languages: [de]}\nprofile: {name: Name Surname}\n")
            .expect("written");
        let add = ["import", bib, "--into", data_path];
        resume_in(folder.path(), add, &[]).exits(0);
        let titles = |record: &Value| {
            let list = record["publications"].as_array().expect("a list").iter();
            list.map(|one| one["name"].as_str().expect("a text").to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(titles(&data(folder.path(), data_path)).len(), 3);
        // The same entries are not added twice; a new one is.
        fs::write(folder.path().join("more.bib"), "@book{x, title = {Another}, year = 2024}")
            .expect("written");
        resume_in(folder.path(), ["import", "more.bib", "--into", data_path], &[]).exits(0);
        resume_in(folder.path(), add, &[]).exits(0);
        let titles = titles(&data(folder.path(), data_path));
        assert_eq!(titles.len(), 4, "{titles:?}");
        assert!(titles.contains(&"Another".to_owned()), "{titles:?}");
    }
}
