//! `resume init`: a record that is valid at once; nothing is overwritten.

use std::fs;
use std::path::Path;

use regex::Regex;
use serde_json::{Value, json};

use crate::schema::yaml;
use crate::support::program::{folder, resume_in};
use crate::support::record::{check, listed};
use crate::support::watch::Watch;

#[test]
fn a_new_record_is_clean_and_renders() {
    for flags in [
        &["--lang", "ko"][..],
        &["--lang", "en"],
        &["--lang", "ko", "--single-file"],
        &["--lang", "en", "--single-file"],
        &["--lang", "pt-BR"],
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let made = resume_in(folder.path(), [&["init", "own"], flags].concat(), &[]).exits(0);
        let own = folder.path().join("own");
        for path in String::from_utf8_lossy(&made.stdout).lines() {
            assert!(folder.path().join(path).is_file(), "{path}");
        }
        let outcome = check(&own.join("data"), &["--deny", "warnings"]);
        assert!(outcome.diagnostics.is_empty(), "{flags:?}: {}", listed(&outcome));
        resume_in(&own, ["render"], &[]).exits(0);
        for name in ["cv.pdf", "one-page.pdf", "portfolio.pdf"] {
            let bytes = fs::read(own.join("output").join(name)).expect("made");
            assert!(bytes.starts_with(b"%PDF-"), "{name}");
        }
    }
}

/// The lines of the files of a new record: of its comments, or all others.
fn lines(folder: &Path, comments: bool) -> String {
    let files = ["resume", "profile", "career", "skills", "projects/first-project"];
    let read = |name| fs::read_to_string(folder.join(format!("data/{name}.yaml"))).expect("read");
    let all: String = files.map(read).concat();
    let lines = all.lines().filter(|line| line.trim_start().starts_with('#') == comments);
    lines.map(|line| format!("{line}\n")).collect()
}

/// Every language has a starter with its own words and customs, and it renders without a word of English.
#[test]
#[ignore = "needs the packages fonts-noto-core and fonts-noto-cjk"]
fn every_language_has_a_starter_of_its_own() {
    let english = tempfile::tempdir().expect("a folder");
    resume_in(english.path(), ["init", "--lang", "en"], &[]).exits(0);
    let sentence = Regex::new(r"[A-Z][a-z]+(?: [a-z*]+,?){3,}").expect("a pattern");
    let text = lines(english.path(), false);
    let sentences: Vec<&str> = sentence.find_iter(&text).map(|found| found.as_str()).collect();
    assert!(sentences.len() > 6, "{sentences:?}");
    let words = fs::read_dir(crate::support::program::root().join("templates/words"));
    let mut count = 0;
    for file in words.expect("a folder") {
        let path = file.expect("a file").path();
        let tag = path.file_stem().expect("a tag").to_string_lossy().into_owned();
        if tag.starts_with("en") {
            continue;
        }
        count += 1;
        let folder = tempfile::tempdir().expect("a folder");
        resume_in(folder.path(), ["init", "--lang", &tag], &[]).exits(0);
        let own = lines(folder.path(), false);
        for words in sentences.iter().copied().chain(["Your", "Company", "University"]) {
            assert!(!own.contains(words), "{tag}: `{words}` in {own}");
        }
        if !tag.starts_with("ko") {
            assert_eq!(lines(folder.path(), true), lines(english.path(), true), "{tag}");
        }
        let photo = ["nl", "sv", "no", "fi", "pt", "he", "hi"].contains(&tag.as_str());
        assert_eq!(own.contains("photo:"), !photo, "{tag}");
        let flags = ["--system-fonts", "--deny", "warnings"];
        resume_in(folder.path(), ["check"].into_iter().chain(flags), &[]).exits(0);
        resume_in(folder.path(), ["render", "--system-fonts", "--quiet"], &[]).exits(0);
        assert!(folder.path().join("output/cv.pdf").is_file());
    }
    assert!(count >= 28, "{count} languages");
}

#[test]
fn one_file_and_many_files_have_the_same_content() {
    let folder = tempfile::tempdir().expect("a folder");
    let printed: Vec<Vec<u8>> = [&["init", "many"][..], &["init", "one", "--single-file"]]
        .iter()
        .map(|words| {
            resume_in(folder.path(), *words, &[]).exits(0);
            let data = format!("{}/data", words[1]);
            resume_in(folder.path(), ["--data", &data, "data", "--as", "json"], &[]).exits(0).stdout
        })
        .collect();
    let value = |text: &[u8]| serde_json::from_slice::<serde_json::Value>(text).expect("JSON");
    assert_eq!(value(&printed[0]), value(&printed[1]));
}

#[test]
fn any_language_can_be_that_of_a_new_record() {
    for (variables, language) in [
        (&[][..], "en"),
        (&[("LANG", "ko_KR.UTF-8")], "ko-KR"),
        (&[("LC_ALL", "de_AT.UTF-8"), ("LANG", "ko_KR.UTF-8")], "de-AT"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        resume_in(folder.path(), ["init"], variables).exits(0);
        let main = fs::read_to_string(folder.path().join("data/resume.yaml")).expect("the record");
        assert!(main.contains(&format!("\n  languages: [{language}]\n")), "{main}");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let run = resume_in(folder.path(), ["init", "--lang", "pt_br"], &[]);
    run.exits(2).says("`pt_br` is not a language tag").says("write `pt-BR`");
}

#[test]
fn nothing_is_overwritten() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".gitignore"), "mine\n").expect("written");
    resume_in(folder.path(), ["init"], &[]).exits(2).says(".gitignore");
    assert_eq!(
        fs::read_dir(folder.path()).expect("a folder").count(),
        1,
        "nothing else was written"
    );
    assert_eq!(fs::read_to_string(folder.path().join(".gitignore")).expect("read"), "mine\n");
}

#[test]
fn every_file_names_its_schema() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = resume_in(folder.path(), ["init"], &[]).exits(0);
    let files = String::from_utf8_lossy(&made.stdout).into_owned();
    let records = files.lines().filter(|path| path.contains("data/"));
    for path in records {
        let path = folder.path().join(path);
        let text = fs::read_to_string(&path).expect("read");
        let schema = text.strip_prefix("# yaml-language-server: $schema=").expect("the line");
        let schema = path.parent().expect("a folder").join(schema.lines().next().expect("a path"));
        assert!(schema.is_file(), "{}", schema.display());
    }
}

#[test]
fn the_workflow_uses_the_action_of_this_version() {
    let folder = tempfile::tempdir().expect("a folder");
    resume_in(folder.path(), ["init"], &[]).exits(0);
    let workflow = fs::read_to_string(folder.path().join(".github/workflows/resume.yaml"));
    let uses = concat!("/resume@v", env!("CARGO_PKG_VERSION"));
    assert!(workflow.expect("a workflow").contains(uses));
}

#[test]
fn the_data_names_the_version_of_its_format() {
    let folder = tempfile::tempdir().expect("a folder");
    resume_in(folder.path(), ["init"], &[]).exits(0);
    let main = folder.path().join("data/resume.yaml");
    let text = fs::read_to_string(&main).expect("the record");
    assert!(text.contains("\nresume: 1\n"), "{text}");
    for (version, hint) in [("2", "install a newer `resume`"), ("one", "write `resume: 1`")] {
        fs::write(&main, text.replace("resume: 1", &format!("resume: {version}")))
            .expect("written");
        let message = format!("the data has version `{version}`; this program reads `1`");
        resume_in(folder.path(), ["check"], &[]).exits(1).says(&message).says(hint);
    }
}

#[test]
fn renamed_keys_are_written_by_their_new_names_and_all_else_stays() {
    let old = "\u{feff}# Mine: title: stays.\r\nprofile: {name: Name Surname}\r\n\
        awards:\r\n- title: \"title: a\"  # first\r\n  awarder: title\r\n\
        publications: [{\"title\":\"b\", 'publisher':c}]\r\n";
    let new = "\u{feff}# Mine: title: stays.\r\nprofile: {name: Name Surname}\r\n\
        awards:\r\n- name: \"title: a\"  # first\r\n  by: title\r\n\
        publications: [{\"name\":\"b\", 'by':c}]\r\n";
    let folder = folder(&[("data/resume.yaml", old)]);
    let file = folder.path().join("data/resume.yaml");
    let run = resume_in(folder.path(), ["check", "--fix"], &[]);
    assert_eq!(fs::read_to_string(&file).expect("read"), new);
    let line = "data/resume.yaml:4:3: `title` is now `name`";
    assert!(run.stderr.starts_with(line), "{}", run.stderr);
    let again = resume_in(folder.path(), ["check", "--fix"], &[]);
    assert!(!again.stderr.contains("is now"), "{}", again.stderr);
    assert_eq!(fs::read_to_string(&file).expect("read"), new);
}

#[test]
fn a_new_record_has_the_date_of_its_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let day = || {
        let days = std::time::UNIX_EPOCH.elapsed().expect("a clock").as_secs() / 86_400;
        chrono::NaiveDate::from_epoch_days(days as i32).expect("a date")
    };
    let before = day().pred_opt().expect("a date");
    resume_in(folder.path(), ["init"], &[]).exits(0);
    let after = day().succ_opt().expect("a date");
    let text = fs::read_to_string(folder.path().join("data/resume.yaml")).expect("the record");
    let date = text.lines().find_map(|line| line.trim().strip_prefix("date: ")).expect("a date");
    let date: chrono::NaiveDate = date.parse().expect("a date");
    assert!((before..=after).contains(&date), "{date}");
}

#[test]
fn the_language_is_that_of_the_machine_where_there_is_such_a_record() {
    for (locale, name) in
        [("ko_KR.UTF-8", "이름"), ("fr_CA.UTF-8", "Prénom Nom"), ("C", "Your Name")]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let variables = [("LC_ALL", locale), ("LC_CTYPE", locale), ("LANG", locale)];
        resume_in(folder.path(), ["init"], &variables).exits(0);
        let profile = fs::read_to_string(folder.path().join("data/profile.yaml")).expect("read");
        assert!(profile.contains(&format!("\nname: {name}\n")), "{locale}: {profile}");
    }
}

#[test]
fn an_editor_knows_every_file_a_record_can_have() {
    let folder = tempfile::tempdir().expect("a folder");
    resume_in(folder.path(), ["init"], &[]).exits(0);
    let json = |path: &str| -> Value {
        let text = fs::read_to_string(folder.path().join(path)).expect("read");
        serde_json::from_str(&text).expect("JSON")
    };
    let settings = json(".vscode/settings.json");
    let schemas = settings["yaml.schemas"].as_object().expect("a map");
    let whole = json("schema/resume.json");
    let keys = whole.pointer("/$defs/Record/properties").and_then(Value::as_object).expect("keys");
    for key in keys.keys().filter(|key| *key != "resume") {
        let files = &schemas[&format!("./schema/{key}.json")];
        assert_eq!(files, &json!([format!("data/{key}.yaml"), format!("data/{key}/*.yaml")]));
    }
    let mut files = 0;
    for (path, paths) in schemas {
        let file = folder.path().join(paths[0].as_str().expect("a path"));
        let text = fs::read_to_string(file).ok();
        files += usize::from(text.is_some());
        accepts(&folder.path().join(path), &json(path), text.map(|text| yaml(&text)));
    }
    assert_eq!(files, 4, "resume, profile, career and skills");
    assert_eq!(json(".vscode/extensions.json")["recommendations"], json!(["redhat.vscode-yaml"]));
}

/// Every reference of a schema leads to a definition in it, and it accepts a file.
fn accepts(path: &Path, schema: &Value, file: Option<Value>) {
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    let url = format!("https://example.org/{}", path.file_name().unwrap().to_string_lossy());
    compiler.add_resource(&url, schema.clone()).expect("a schema");
    let index =
        compiler.compile(&url, &mut schemas).unwrap_or_else(|error| panic!("{url}: {error:#}"));
    if let Some(file) = file {
        schemas.validate(&file, index).unwrap_or_else(|error| panic!("{url}: {error:#}"));
    }
}

#[test]
fn the_task_finds_problems_in_place() {
    let folder = folder(&[("data/resume.yaml", "profile: {name: Name Surname, rle: x}\n")]);
    resume_in(folder.path(), ["init", "new"], &[]).exits(0);
    let tasks = fs::read_to_string(folder.path().join("new/.vscode/tasks.json")).expect("read");
    let tasks: Value = serde_json::from_str(&tasks).expect("JSON");
    let matcher = &tasks["tasks"][0]["problemMatcher"];
    let regex = |at: &str| Regex::new(matcher.pointer(at).unwrap().as_str().unwrap()).unwrap();
    let (first, second) = (regex("/pattern/0/regexp"), regex("/pattern/1/regexp"));
    let (_watch, printed) = Watch::start(folder.path(), &["--no-serve"]);
    let lines: Vec<&str> = printed.lines().collect();
    let found = lines
        .windows(2)
        .find_map(|pair| Some((first.captures(pair[0])?, second.captures(pair[1])?)));
    let (what, place) = found.unwrap_or_else(|| panic!("nothing is found in {printed}"));
    assert_eq!((&what[1], &place[1], &place[2]), ("error", "data/resume.yaml", "1"));
    assert!(regex("/background/beginsPattern").is_match(lines[0]));
    assert!(regex("/background/endsPattern").is_match(lines.last().unwrap()));
}
