//! One page, whatever the record: of any length, for any application, in both languages, in every
//! theme; and what the command line says about it.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::data::copy;
use crate::support::pdf::Pdf;
use crate::support::program::{folder, pdfs, resume, resume_in, root};
use crate::support::words::pages;

const APPLICATIONS: [&str; 3] = ["edge-vision", "llm-platform", "serverless-backend"];

/// `count` more highlights, in turn one, two and three lines long.
fn highlights(count: usize) -> String {
    let words =
        "측정한 높이로 고르는 문장은 길이가 저마다 다르고 Kubernetes 같은 낱말도 섞여 있습니다 ";
    let tags = ["aws", "llm", "monitoring", "dev-ops"];
    let one = |at: usize| {
        let (text, tag) = (words.repeat(1 + at % 3), tags[at % 4]);
        let importance = 1 + at * 7 % 5;
        format!(
            "  - {{text: \"{at}번째 {}\", importance: {importance}, tags: [{tag}]}}\n",
            text.trim()
        )
    };
    (0..count).map(one).collect()
}

/// The ledger of an application, as a program reads it.
fn ledger(folder: &Path, arguments: &[&str]) -> Value {
    let all = ["tailor", "--message-format", "json"].iter().chain(arguments);
    let run = resume_in(folder, all, &[]).exits(0);
    serde_json::from_slice(&run.stdout).expect("JSON")
}

fn shown(ledger: &Value) -> Vec<String> {
    let entries = ledger["entries"].as_array().unwrap();
    let shown = entries.iter().filter(|entry| entry["shown"] == true);
    shown.map(|entry| entry["name"].as_str().unwrap().to_owned()).collect()
}

/// A record with so many more highlights, half of them at an employer and half in a project.
fn longer(folder: &Path, count: usize, theme: &str) {
    let add = |file: &str, before: &str, indent: &str, lines: &str| {
        let path = folder.join("data").join(file);
        let text = fs::read_to_string(&path).unwrap();
        let lines: String = lines.lines().map(|line| format!("{indent}{line}\n")).collect();
        assert!(text.contains(before));
        fs::write(&path, text.replacen(before, &format!("\n{lines}{}", &before[1..]), 1)).unwrap();
    };
    let all = highlights(count);
    let half = all.lines().take(count / 2).map(|line| line.len() + 1).sum();
    add("career.yaml", "\n  body: |", "  ", &all[..half]);
    add("projects/llm-nutrition-coach.yaml", "\noutcome:", "", &all[half..]);
    let theme = theme.trim_start_matches('{').trim_end_matches('}');
    add("resume.yaml", "\n  dates: dotted", "  ", &theme.replace(", ", "\n"));
}

/// 0 to 200 more highlights, without an application and with three, in two languages, three themes
/// and on two papers: always one page.
#[test]
fn the_page_is_one_page_for_every_length_application_language_and_theme() {
    let folder = TempDir::new().unwrap();
    let record = |name: String, count: usize, theme: &str| {
        let copy = copy();
        longer(copy.path(), count, theme);
        let to = folder.path().join("people").join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::rename(copy.path().join("data"), &to).unwrap();
        to
    };
    let mut records = 0;
    for count in [0, 1, 2, 5, 12, 30, 75, 200] {
        for theme in ["modern", "classic", "mono"] {
            record(format!("{theme}-{count}"), count, &format!("{{name: {theme}}}"));
            records += 1;
        }
    }
    for count in [0, 30, 200] {
        record(format!("letter-{count}"), count, "{paper: us-letter}");
        records += 1;
    }
    // As many skills, of one group.
    let skills = record("skills".to_owned(), 12, "{name: modern}").join("skills.yaml");
    let names: String = (0..200).map(|at| format!("    - 기술 {}\n", at * 7919)).collect();
    let text = fs::read_to_string(&skills).unwrap();
    fs::write(&skills, format!("{text}- name: 이백 가지\n  skills:\n{names}")).unwrap();
    records += 1;

    let plain = ["--data", "people/*", "render", "--format", "one-page", "--lang", "ko,en"];
    for (more, each) in [(None, 2), (Some("--all-applications"), 6)] {
        let output = ["--output", if more.is_some() { "tailored" } else { "plain" }];
        let arguments = plain.iter().copied().chain(more).chain(output);
        resume_in(folder.path(), arguments, &[]).exits(0);
        let mut made = 0;
        for record in pdfs(&folder.path().join(output[1])) {
            for file in pdfs(&record) {
                assert_eq!(Pdf::read(&file).page_count(), 1, "{}", file.display());
                made += 1;
            }
        }
        assert_eq!(made, records * each);
    }
}

#[test]
fn a_short_record_is_loosened_and_never_past_its_bounds() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    fs::write(
        folder.path().join("data/resume.yaml"),
        "profile: {name: 누구, summary: 짧은 소개입니다.}\ncareer:\n  - id: a\n    organization: 가\n    \
         positions: [{title: 나, start: 2020, end: 2021}]\n",
    )
    .unwrap();
    let ledger = ledger(folder.path(), &[]);
    let number = |key: &str| ledger[key].as_f64().unwrap();
    assert!(number("body") > 9.3 && number("body") <= 9.9, "{ledger}");
    assert!(number("leading") <= 1.2 && number("gaps") <= 1.5, "{ledger}");
    assert!(number("full-percent") < 100.0);
}

#[test]
fn a_page_is_full_and_costs_few_layouts() {
    for application in APPLICATIONS {
        let ledger = ledger(root(), &[application]);
        let full = ledger["full-percent"].as_f64().unwrap();
        assert!((98.0..=100.0).contains(&full), "{application}: {full} %");
        assert!(ledger["layouts"].as_u64().unwrap() <= 12);
    }
}

#[test]
fn pins_that_do_not_fit_are_reported_with_lines_and_a_remedy() {
    let folder = copy();
    let write =
        |text: &str| fs::write(folder.path().join("data/applications/mine.yaml"), text).unwrap();
    let render = || resume_in(folder.path(), ["render", "--application", "mine"], &[]);
    write("pin: [experience, projects]\n");
    render().exits(1).says("E041").says("lines too long for one page").says("it fits without");
    write("pin: [nutrition-promt-ops]\n");
    render()
        .exits(1)
        .says("no entry `nutrition-promt-ops`")
        .says("did you mean `nutrition-prompt-ops`?");
    write("pin: [alpr-jetson]\ndrop: [vision-and-alpr]\n");
    render().exits(1).says("E064").says("`alpr-jetson` is pinned and `vision-and-alpr` dropped");
    write("tags: {awz: 1}\n");
    render().exits(1).says("there is no tag `awz`").says("did you mean `aws`?");
    write("file-name: \"{nam}\"\n");
    render().exits(1).says("E065").says("did you mean `name`?");
    write("tags: {aws: lots}\n");
    render().exits(1).says("E060").says("`lots` is not a weight");
    write("job: {file: nowhere.txt}\n");
    render().exits(1).says("E061").says("cannot read the job description");
    write("pin: [alpr-jetson]\ndrop: [nutrition-iac]\n");
    let names = shown(&ledger(folder.path(), &["mine"]));
    assert!(
        names.contains(&"alpr-jetson".to_owned()) && names.contains(&"vision-and-alpr".to_owned())
    );
    assert!(!names.contains(&"nutrition-iac".to_owned()));
}

/// Pins are added until the page is too small: up to there it is set tighter, never below 8.8 pt;
/// then the error names pins to give up, and the page fits without them.
#[test]
fn a_page_of_pins_is_set_tighter_and_the_remedy_works() {
    let folder = copy();
    let file = folder.path().join("data/applications/mine.yaml");
    let all = ledger(folder.path(), &[]);
    let entries = all["entries"].as_array().unwrap().iter();
    let names: Vec<&str> = entries
        .filter(|entry| entry["section"] != "skills")
        .map(|entry| entry["name"].as_str().unwrap())
        .collect();
    let pinned =
        |names: &[&str]| fs::write(&file, format!("pin: [{}]\n", names.join(", "))).unwrap();
    let fits = |names: &[&str]| {
        pinned(names);
        resume_in(folder.path(), ["tailor", "mine", "--message-format", "json"], &[]).status
            == Some(0)
    };
    let (mut most, mut over) = (0, names.len());
    while over - most > 1 {
        let middle = usize::midpoint(most, over);
        if fits(&names[..middle]) { most = middle } else { over = middle }
    }
    pinned(&names[..most]);
    let tight = ledger(folder.path(), &["mine"]);
    let body = tight["body"].as_f64().unwrap();
    assert!((8.8..9.3).contains(&body), "{tight}");
    assert!(tight["full-percent"].as_f64().unwrap() <= 100.0, "{tight}");
    assert!(tight["layouts"].as_u64().unwrap() <= 12);
    pinned(&names[..over]);
    let run = resume_in(folder.path(), ["render", "--application", "mine"], &[]).exits(1);
    let run = run.says("E041").says("too long for one page");
    let (_, cut) = run.stderr.split_once("it fits without ").expect("a cut");
    let (cut, _) = cut.split_once(" in `pin`").expect("a cut of pins");
    let cut: Vec<&str> = cut.split(", ").map(|name| name.trim_matches('`')).collect();
    let left: Vec<&str> =
        names[..over].iter().copied().filter(|name| !cut.contains(name)).collect();
    assert_eq!(left.len() + cut.len(), over, "{cut:?}");
    assert!(fits(&left), "{cut:?}");
}

#[test]
fn the_ledger_explains_compares_and_draws() {
    let folder = TempDir::new().unwrap();
    let png = folder.path().join("page.png");
    let png = png.to_str().unwrap();
    let ledger = ledger(root(), &["llm-platform", "--compare", "edge-vision", "--preview", png]);
    assert_eq!(ledger["application"], "llm-platform");
    assert_eq!(ledger["difference"]["from"], "edge-vision");
    assert!(ledger["next"]["lacks"].as_f64().unwrap() > 0.0);
    let reasons: Vec<&str> = ledger["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|e| e["reason"].as_str().unwrap())
        .collect();
    for reason in ["chosen", "dropped", "no-room", "owner-not-shown"] {
        assert!(reasons.contains(&reason), "{reason}");
    }
    assert_eq!(&fs::read(png).unwrap()[..4], b"\x89PNG");
    let human = resume(["tailor", "edge-vision", "--quiet"]).exits(0);
    let human = String::from_utf8(human.stdout).unwrap();
    for words in ["on the page", "not on the page", "pinned", "next:", "the job asks for:"] {
        assert!(human.contains(words), "{words}");
    }
    resume(["tailor", "edge-visio"]).exits(2).says("did you mean `edge-vision`?");
}

#[test]
fn flags_tailor_a_page_without_an_application_file() {
    let job = root().join("data/applications/edge-vision.txt");
    let plain = ledger(root(), &[]);
    let lean = ledger(
        root(),
        &["--job", job.to_str().unwrap(), "--role", "Edge Engineer", "--tag", "dev-ops"],
    );
    assert_ne!(shown(&plain), shown(&lean));
    assert!(plain["coverage"].is_null() && lean["coverage"].is_object());
    let folder = copy();
    let render = ["render", "--format", "one-page", "--role", "Edge Engineer", "--job"];
    resume_in(folder.path(), render.iter().chain(&[job.to_str().unwrap()]), &[]).exits(0);
    assert_eq!(pdfs(&folder.path().join("output")).len(), 1);
    resume(["tailor", "--job", "nowhere.txt"]).exits(2).says("cannot read the job description");
    resume(["tailor", "--tag", "awz"]).exits(1).says("did you mean `aws`?");
}

#[test]
fn a_run_over_many_makes_what_it_can_and_parts_add_up() {
    let folder = copy();
    let people = folder.path().join("people");
    for name in ["ga", "na", "da"] {
        fs::create_dir_all(people.join(name)).unwrap();
        let text = format!("profile: {{name: {name}}}\n");
        fs::write(people.join(name).join("resume.yaml"), text).unwrap();
    }
    fs::write(people.join("na/resume.yaml"), "profil: {}\n").unwrap();
    let many = ["--data", "people/*", "render", "--format", "one-page", "--output", "made"];
    resume_in(folder.path(), many, &[]).exits(1).says("unknown key `profil`").says("not made");
    let made = folder.path().join("made");
    assert_eq!(pdfs(&made.join("ga")).len() + pdfs(&made.join("da")).len(), 2);
    assert!(!made.join("na").exists());
    // A record's name is its folder's, also where the pattern names the files; no two may be one.
    let many =
        ["--data", "people/*a/resume.yaml", "render", "--format", "one-page", "--output", "by"];
    resume_in(folder.path(), many, &[]).exits(1);
    assert_eq!(pdfs(&folder.path().join("by")).len(), 2);
    fs::write(people.join("ga.yaml"), "profile: {name: ga}\n").unwrap();
    resume_in(folder.path(), ["--data", "people/*", "render"], &[])
        .exits(2)
        .says("two records would be written to the folder `ga`");
    resume_in(folder.path(), ["--data", "nobody/*", "render"], &[])
        .exits(2)
        .says("no record matches");

    let names = |part: &str| {
        let output = format!("part-{}", part.replace('/', "-"));
        let all = [
            "render",
            "--all-applications",
            "--lang",
            "ko,en",
            "--partition",
            part,
            "--output",
            &output,
        ];
        resume_in(folder.path(), all, &[]).exits(0);
        let files = pdfs(&folder.path().join(output));
        files.iter().map(|file| file.file_name().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let whole = names("1/1");
    let mut parts: Vec<_> = ["1/4", "2/4", "3/4", "4/4"].into_iter().flat_map(names).collect();
    parts.sort();
    // In both languages a page and a letter of each of three, and the answers of one.
    assert_eq!(whole.len(), 2 * (3 + 3 + 1));
    assert_eq!(parts, whole);
    resume(["render", "--partition", "5/4"]).exits(2).says("1/4");

    // One that fails does not keep the others from being made.
    fs::write(folder.path().join("data/applications/full.yaml"), "pin: [experience, projects]\n")
        .unwrap();
    let run = resume_in(folder.path(), ["render", "--all-applications", "--output", "some"], &[])
        .exits(1);
    assert!(run.stderr.contains("one-page-full  not made"), "{}", run.stderr);
    assert_eq!(pdfs(&folder.path().join("some")).len(), 3 + 3 + 1);
    // Of two that would have one name only the first is made.
    for name in ["x", "y"] {
        fs::write(
            folder.path().join(format!("data/applications/{name}.yaml")),
            "file-name: same\n",
        )
        .unwrap();
    }
    let both = ["render", "--application", "x,y", "--output", "none"];
    resume_in(folder.path(), both, &[]).exits(1).says("two applications have files named `same`");
    assert_eq!(pdfs(&folder.path().join("none")).len(), 1);
}

#[test]
fn changing_only_the_tags_changes_the_highlights() {
    let folder = copy();
    let pages: Vec<Vec<String>> = ["aws", "llm", "monitoring"]
        .into_iter()
        .map(|tag| {
            let file = folder.path().join("data/applications/only-tags.yaml");
            fs::write(&file, format!("tags: {{{tag}: 3}}\n")).unwrap();
            shown(&ledger(folder.path(), &["only-tags"]))
        })
        .collect();
    assert_ne!(pages[0], pages[1]);
    assert_ne!(pages[1], pages[2]);
    assert_ne!(pages[0], pages[2]);
}

/// Applications share the heights of entries: no page depends on which others are made with it.
#[test]
fn a_page_is_the_same_alone_and_among_others() {
    let folder = copy();
    resume_in(folder.path(), ["render", "--all-applications", "--output", "all"], &[]).exits(0);
    let mut compared = 0;
    // A page and a letter each; the last has answers too.
    for (id, count) in [("serverless-backend", 2), ("llm-platform", 2), ("edge-vision", 3)] {
        resume_in(folder.path(), ["render", "--application", id, "--output", id], &[]).exits(0);
        let alone = pdfs(&folder.path().join(id));
        assert_eq!(alone.len(), count, "{alone:?}");
        for file in &alone {
            let among = folder.path().join("all").join(file.file_name().unwrap());
            assert!(fs::read(file).unwrap() == fs::read(among).unwrap(), "{}", file.display());
        }
        compared += count;
    }
    assert_eq!(pdfs(&folder.path().join("all")).len(), compared);
}

/// A mistake in the file of one application is reported, and the others get their pages.
#[test]
fn one_wrong_application_does_not_stop_the_others() {
    for (from, to) in [("tags: {", "tags: {["), ("tags:", "tgas:")] {
        let copy = copy();
        let file = copy.path().join("data/applications/llm-platform.yaml");
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(from));
        fs::write(&file, text.replacen(from, to, 1)).unwrap();
        let run = resume_in(copy.path(), ["render", "--all-applications"], &[]);
        run.exits(1).says("applications/llm-platform.yaml:").says("llm-platform  not made");
        // The page, the letter and the answers of one; the page and the letter of another.
        assert_eq!(pdfs(&copy.path().join("output")).len(), 3 + 2);
        // Documents that do not use it are made, and the run succeeds; `check` does not.
        for (arguments, made) in [(&[][..], 4), (&["--application", "edge-vision"], 3)] {
            let output = format!("sound-{made}");
            let run = ["render", "--output", &output];
            let run = resume_in(copy.path(), run.iter().chain(arguments), &[]);
            run.exits(0).says("applications/llm-platform.yaml:");
            assert_eq!(pdfs(&copy.path().join(output)).len(), made);
        }
        resume_in(copy.path(), ["tailor", "edge-vision"], &[]).exits(0);
        resume_in(copy.path(), ["tailor", "edge-vision", "--compare", "llm-platform"], &[])
            .exits(1);
        resume_in(copy.path(), ["render", "--application", "llm-platform"], &[]).exits(1);
        resume_in(copy.path(), ["check"], &[]).exits(1);
    }
}

#[test]
fn of_equals_the_first_are_shown() {
    let employer = |year: i32| {
        let highlights: Vec<String> =
            (1..=30).map(|at| format!("Line {at} of the year {year}")).collect();
        format!(
            "  - {{id: e{year}, organization: Employer {year}, positions: [{{title: Position, \
             start: {year}-01, end: {year}-12}}], highlights: [{}]}}\n",
            highlights.join(", ")
        )
    };
    let employers: String = [2024, 2023, 2022].map(employer).concat();
    let record = format!(
        "site: {{date: 2025-01-01, languages: [en]}}\nprofile: {{name: Name Surname}}\ncareer:\n{employers}"
    );
    let folder = folder(&[("data/resume.yaml", record.as_str())]);
    let data = folder.path().join("data");
    let run = resume([
        "render",
        "--format",
        "one-page",
        "--as",
        "txt",
        "--output",
        "-",
        "--data",
        data.to_str().unwrap(),
    ]);
    let text = String::from_utf8(run.exits(0).stdout).unwrap();
    for year in [2024, 2023, 2022] {
        let shown: Vec<usize> = (1..=30)
            .filter(|at| text.lines().any(|line| line == format!("- Line {at} of the year {year}")))
            .collect();
        assert!(!shown.is_empty(), "{text}");
        assert_eq!(shown, (1..=shown.len()).collect::<Vec<_>>(), "{text}");
    }
    assert!(!text.contains("Line 30 of the year 2022"), "the page is to be too short for all");
}

#[test]
fn a_note_of_two_marks_is_measured() {
    let record = "site: {date: 2025-01-01, languages: [en]}\nprofile: {name: Name Surname, summary: \"First[^a] second[^a]\\n\\n[^a]: explained\"}\n";
    let folder = folder(&[("data/resume.yaml", record)]);
    let data = folder.path().join("data");
    let file = folder.path().join("page.pdf");
    let run = resume([
        "render",
        "--format",
        "one-page",
        "--output",
        file.to_str().unwrap(),
        "--data",
        data.to_str().unwrap(),
    ]);
    run.exits(0);
    let text: String = pages(&file)
        .iter()
        .flat_map(|page| page.body.iter().chain(&page.foot))
        .map(|word| word.text.as_str())
        .collect();
    assert!(text.contains("First1second1") && text.contains("1explained"), "{text}");
}
