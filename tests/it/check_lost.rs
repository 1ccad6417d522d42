//! What YAML drops, folds or takes for something else without a mistake in its syntax, files that
//! are not read, and faults that must not hide each other.

use std::fs;

use resume::diagnostics::Severity;

use crate::support::program::{Run, folder, pdfs, resume};
use crate::support::record::{check, codes, listed, loaded, record};

/// Codes of warnings and errors, and everything that is reported.
fn found(text: &str) -> (Vec<&'static str>, String) {
    let outcome = check(record(text).path(), &[]);
    let listed = listed(&outcome);
    (
        outcome
            .diagnostics
            .iter()
            .filter(|p| p.severity > Severity::Advice)
            .map(|p| p.code)
            .collect(),
        listed,
    )
}

/// A record with one skill, as it is written.
fn skill(written: &str) -> String {
    format!("skills:\n  - name: Work\n    skills:\n      - {written}\n      - Go\n")
}

#[test]
fn words_lost_as_a_comment_are_shown_with_the_line_in_quotes() {
    for (written, lost, line) in [
        ("Ranked #1 of 40", "#1 of 40", "- \"Ranked #1 of 40\""),
        ("Ranked  #1 of 40", "#1 of 40", "- \"Ranked #1 of 40\""),
        ("C #", "#", "- \"C #\""),
        ("C #, Go", "#, Go", "- \"C #, Go\""),
        ("행사 #개발자", "#개발자", "- \"행사 #개발자\""),
        ("name: Team #7", "#7", "- name: \"Team #7\""),
    ] {
        let (codes, listed) = found(&skill(written));
        assert_eq!(codes, ["W082"], "{written}: {listed}");
        assert!(listed.contains(&format!("`{lost}` is not read")), "{written}: {listed}");
        assert!(listed.contains(&format!("`{line}`")), "{written}: {listed}");
    }
    // A value of which nothing is left.
    let (codes, listed) = found("profile: {name: A}\ncover: #1 in sales\n");
    assert_eq!(codes, ["W082"], "{listed}");
    assert!(listed.starts_with("2:8 "), "{listed}");
    let (codes, listed) = found(&skill("#1 in sales"));
    assert_eq!(codes, ["E010"], "{listed}");
    assert!(listed.contains("`- \"#1 in sales\"`"), "{listed}");
}

#[test]
fn comments_that_are_meant_are_left_alone() {
    for written in [
        "Rust # the language",
        "Rust # 1st choice",
        "Rust    #aligned",
        "Rust #### Languages ####",
        "Rust #----",
        "C#",
        "C# # the language",
        "\"Rust\" #1",
        "'Rust' #rust",
        "name: Rust # words",
    ] {
        let (codes, listed) = found(&skill(written));
        assert!(codes.is_empty(), "{written}: {listed}");
    }
    // Only a text can lose words: a date or a choice has none.
    let dated = "posts:\n  - {id: a, title: One, date: 2024-01-01}\nformats:\n  full:\n    paper: a4 #letter\n";
    assert!(found(dated).0.is_empty());
}

#[test]
fn a_text_that_became_a_map_is_one_error_with_the_line_in_quotes() {
    let text = "career:\n  - id: a\n    organization: A\n    positions: [{title: B, start: 2022-01, end: 2023-01}]\n    highlights:\n      - Migrated billing: 40 % cheaper\n      - Kept: it\n          all running\n";
    let (codes, listed) = found(&format!("{text}{}", skill("Python: Django, Flask")));
    assert_eq!(codes, ["E010", "E010", "E010"], "{listed}");
    for line in [
        "- \"Migrated billing: 40 % cheaper\"",
        "- \"Kept: it all running\"",
        "- \"Python: Django, Flask\"",
    ] {
        assert!(listed.contains(&format!("put the text in quotes: `{line}`")), "{listed}");
    }
    let (codes, listed) = found("profile:\n  name: [TBD]\n  headline: {first} of all\n");
    assert_eq!(codes, ["E001"], "{listed}");
    let (codes, listed) = found("profile:\n  name: [TBD]\n  headline: {first}\n");
    assert_eq!(codes, ["E010", "E010"], "{listed}");
    assert!(
        listed.contains("`name: \"[TBD]\"`") && listed.contains("`headline: \"{first}\"`"),
        "{listed}"
    );
}

#[test]
fn lines_that_yaml_would_fold_are_refused_with_the_way_to_write_them() {
    let (codes, listed) =
        found(&skill("Project A\n        - One\n          - Detail\n        - Two"));
    assert_eq!(codes, ["E086"], "{listed}");
    let block = "- |\n  Project A\n  - One\n    - Detail\n  - Two\n";
    assert!(listed.contains(block), "{listed}");
    for text in [
        "cover: \"Project C\n    - One\"\n",
        "cover: 'Project C\n    * One'\n",
        "cover: >\n  Project C\n  - One\n",
        "cover: Steps\n  1. One\n  2. Two\n",
        "cover: Steps\n  • One\n",
        "cover: Code\n  ```\n  a\n  ```\n",
        "cover: Rows\n  | a | b |\n  |---|---|\n",
        "cover: First\n\n  - One\n  - Two\n",
    ] {
        assert_eq!(found(text).0, ["E086"], "{text}");
    }
    for text in [
        "cover: |\n  Project\n  - One\n  - Two\n",
        "cover: >\n  Project\n\n    - One\n    - Two\n\n  Text\n",
        "cover: Words with - a dash\n  -and no bullet\n  2019. Then more\n",
        "cover: \"Project\\n\\\n    - One\\n\\\n    - Two\"\n",
    ] {
        assert!(found(text).0.is_empty(), "{text}: {}", found(text).1);
    }
}

#[test]
fn the_way_that_is_shown_is_read_as_nested_bullets() {
    let text = "career:\n  - id: a\n    organization: A\n    positions: [{title: B, start: 2022-01, end: 2023-01}]\n    highlights:\n      - |\n        Project A\n        - One\n        - Two\n";
    let folder = record(text);
    let (loaded, _) = loaded(folder.path());
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let highlight = &loaded.record.expect("a record").career[0].highlights[0];
    assert_eq!(highlight.text.wordings()[0].text, "Project A\n- One\n- Two");
}

#[test]
fn blanks_that_are_no_spaces_are_named_at_their_place() {
    for (text, place, name) in [
        ("profile:\n\u{a0} name: A\n", "2:1", "a no-break space (U+00A0) in the indentation"),
        ("profile:\n  role: A\n  name:\u{a0}A\n", "3:8", "a no-break space (U+00A0) after the `:`"),
        ("profile:\n  name:\u{202f}A\n", "2:8", "a narrow no-break space (U+202F) after the `:`"),
        ("interests:\n  -\u{3000}name: A\n", "2:4", "an ideographic space (U+3000) after the `-`"),
        ("interests:\n  - name: A\n  -\u{a0}name: B\n", "3:4", "after the `-`"),
        ("interests:\n  - name: A\n\u{2003} - name: B\n", "3:1", "(U+2003) in the indentation"),
    ] {
        let (codes, listed) = found(text);
        assert_eq!(codes, ["E087"], "{text:?}: {listed}");
        assert!(listed.starts_with(&format!("{place} ")) && listed.contains(name), "{listed}");
    }
    for text in [
        "cover: Objectif\u{a0}\u{2014} 10\u{a0}% et plus\n",
        "cover: |\n  \u{3000}一段落。\n",
        "cover: \"note:\u{a0}this\"\n",
    ] {
        assert!(found(text).0.is_empty(), "{text:?}: {}", found(text).1);
    }
}

/// Checks the record of a folder as a program reads it.
fn run(folder: &std::path::Path, words: &[&str]) -> Run {
    let data = folder.join("data").display().to_string();
    resume(words.iter().copied().chain(["--data", &data]))
}

#[test]
fn every_yaml_file_is_read_or_reported() {
    let project = "name: A\nstart: 2023-01\nend: 2024-01\nsummary: Built a server.\n";
    let folder = folder(&[
        ("data/resume.yaml", "profile: {name: A}\n"),
        ("data/interests.YML", "- name: Music\n"),
        ("data/projects/one.yaml", project),
        ("data/projects/two.YAML", project),
        ("data/projects/three.yml", project),
        ("data/projects/old/four.yaml", project),
        ("data/projects/old/older/five.yml", project),
        ("data/projects/six.yaml.txt", project),
        ("data/projects/picture.png", ""),
        ("data/projects/notes.txt", ""),
        ("data/awards.json", "[]"),
        ("data/README.md", ""),
        ("data/templates/words/de.yaml", ""),
    ]);
    let data = folder.path().join("data");
    let (loaded, _) = loaded(&data);
    let record = loaded.record.expect("a record");
    assert_eq!((record.interests.len(), record.projects.len()), (1, 3));
    let outcome = check(&data, &[]);
    let named: Vec<&str> = outcome
        .diagnostics
        .iter()
        .map(|p| p.message.split('`').nth(1).and_then(|path| path.rsplit('/').next()).unwrap())
        .collect();
    assert_eq!(codes(&outcome), ["W083"; 4], "{}", listed(&outcome));
    assert_eq!(named, ["awards.json", "four.yaml", "five.yml", "six.yaml.txt"]);
}

#[test]
fn a_main_file_of_another_name_is_named() {
    let yml = folder(&[("data/resume.yml", "profile: {name: A}\n")]);
    run(yml.path(), &["check"]).exits(2).says("rename `resume.yml` to `resume.yaml`");
    resume(["check", "--data", "/dev/null"]).exits(2).says("`/dev/null` is a device or a pipe");
    resume(["check", "--data", "/dev/stdin"]).exits(2).says("`/dev/stdin` is a device or a pipe");
}

#[test]
fn control_characters_of_a_record_do_not_reach_the_terminal() {
    let folder = folder(&[
        ("data/resume.yaml", "profile:\n  name: \"A\u{9b}31m\u{202e}\"\n  \"ke\\e[31my\\a\": 1\n"),
        ("data/a\u{1b}[31m\u{9b}.yaml", "x: *y\u{9b}z\n"),
    ]);
    let steers = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{202a}'..='\u{202e}')
    };
    for format in ["human", "json", "github", "sarif"] {
        let run = run(folder.path(), &["check", "--message-format", format]).exits(1);
        let out = String::from_utf8(run.stdout).expect("UTF-8") + &run.stderr;
        assert!(!out.contains(steers), "{format}: {out:?}");
        assert!(
            out.contains(if format == "human" { "\\u{9b}" } else { "u{1b}" }),
            "{format}: {out}"
        );
    }
    let ad = folder.path().join("ad.txt");
    fs::write(&ad, "We need \u{1b}[31mKubernetes\u{9b}, Kubernetes\u{202e} and Terraform.\n")
        .unwrap();
    fs::remove_file(folder.path().join("data/a\u{1b}[31m\u{9b}.yaml")).unwrap();
    fs::write(folder.path().join("data/resume.yaml"), "profile: {name: A}\n").unwrap();
    for format in ["human", "json"] {
        let ad = ad.display().to_string();
        let run =
            run(folder.path(), &["tailor", "--job", &ad, "--message-format", format]).exits(0);
        let out = String::from_utf8(run.stdout).expect("UTF-8");
        assert!(out.contains("Kubernetes") && !out.contains(steers), "{format}: {out:?}");
    }
}

/// One sound application and one with a wrong value, in a file each and in one file.
fn broken_ones() -> Vec<tempfile::TempDir> {
    let sound = "{id: sound, role: Developer}";
    let main = "profile: {name: A}\nskills: [{name: G, skills: [S]}]\n";
    let wrong = ["{id: app, paper: a3}", "{id: app, language: tlh}", "{id: app, pin: [nothing]}"];
    let mut folders: Vec<_> = wrong
        .iter()
        .map(|wrong| {
            let text = format!("{main}applications:\n  - {wrong}\n  - {sound}\n");
            folder(&[("data/resume.yaml", &text)])
        })
        .collect();
    for wrong in ["paper: a3\n", "role: \"never closed\n"] {
        folders.push(folder(&[
            ("data/resume.yaml", main),
            ("data/applications/app.yaml", wrong),
            ("data/applications/sound.yaml", "role: Developer\n"),
        ]));
    }
    folders
}

#[test]
fn a_broken_application_stops_only_its_own_documents() {
    for folder in broken_ones() {
        let path = folder.path();
        let out = path.join("out").display().to_string();
        let made = |words: &[&str]| {
            let run = run(path, &[words, &["--output", &out]].concat());
            let run = run.exits(1).says("error[E").says(" --> ");
            let files = pdfs(&path.join("out"));
            fs::remove_dir_all(path.join("out")).ok();
            let names =
                files.iter().map(|file| file.file_stem().unwrap().to_string_lossy().into_owned());
            (names.collect::<Vec<_>>(), run.stderr)
        };
        let (files, messages) = made(&["render", "--application", "app"]);
        assert!(files.is_empty() && !messages.contains("no application"), "{messages}");
        let (files, messages) = made(&["render", "--all-applications"]);
        assert_eq!(files, ["one-page-sound"], "{messages}");
        assert!(messages.contains("app  not made"), "{messages}");
        run(path, &["render", "--application", "sound", "--output", &out]);
        assert_eq!(pdfs(&path.join("out")).len(), 1);
        let messages = run(path, &["tailor", "app"]).exits(1).stderr;
        assert!(!messages.contains("no application"), "{messages}");
        run(path, &["check"]).exits(1).says(" --> ");
    }
    let path = &broken_ones()[0];
    run(path.path(), &["render", "--application", "ap"])
        .exits(2)
        .says("there is no application `ap`");
    let out = path.path().join("out").display().to_string();
    run(path.path(), &["render", "--output", &out]).exits(0).says("warning[E013]");
    assert_eq!(pdfs(&path.path().join("out")).len(), 2);
}

#[test]
fn names_of_files_are_refused_where_they_are_written() {
    let applied = |names: &[&str]| {
        let mut text = "profile: {name: A}\napplications:\n".to_owned();
        for (at, name) in names.iter().enumerate() {
            text += &format!("  - {{id: a{at}, file-name: \"{name}\"}}\n");
        }
        found(&text)
    };
    let long = "x".repeat(300);
    for name in ["..", ".cv", "/", "CON", "nul", &long, "{organization}"] {
        let (codes, listed) = applied(&[name]);
        assert_eq!(codes, ["E068"], "{name}: {listed}");
        assert!(listed.starts_with("3:"), "{name}: {listed}");
    }
    let (codes, listed) = applied(&["cv", "CV"]);
    assert_eq!(codes, ["E068"], "{listed}");
    assert!(listed.contains("two applications have files named `CV`"), "{listed}");
    assert!(applied(&["cv-{application}", "cv-{application}"]).0.is_empty());
}

#[test]
fn faults_do_not_hide_each_other() {
    let text = "profile:\n  role: Developer\n  phone: on request\n  email: nobody\n  photo: portrait\ntheme: {accent: blue}\nposts:\n  - {id: a, title: A, date: 2024-13}\nprojects:\n  - {id: b, name: B, start: 2024-01, end: 2023-01, importance: 9, tags: [unknown]}\n";
    let (mut codes, listed) = found(text);
    codes.sort_unstable();
    let wanted = ["E010", "E012", "E017", "E018", "E019", "E024", "E033", "E038"];
    assert_eq!(codes, wanted, "{listed}");
}

#[test]
fn many_faults_of_a_kind_are_one() {
    let all = crate::support::record::listed;
    let keys: String = (0..12).map(|at| format!("  qqq{at}: x\n")).collect();
    let (codes, listed) = found(&format!("profile:\n  name: A\n{keys}"));
    assert_eq!(codes, ["E011"], "{listed}");
    assert!(listed.contains("12 unknown keys in `profile`: `qqq0`, `qqq1`"), "{listed}");
    let letters = "𒀀𒀁𒀂𒀃𒀄𒀅𒀆𒀇𒀈𒀉𒀊𒀋";
    let (codes, listed) = found(&format!("interests:\n  - name: {letters}\n"));
    assert_eq!(codes, ["E040"], "{listed}");
    assert!(listed.contains("no font has the letters of the script Cuneiform"), "{listed}");
    assert!(listed.contains("--fonts"), "{listed}");
    // Five employments at one time: ten pairs.
    let employers: String = (0..5)
        .map(|at| format!("  - {{id: s{at}, organization: A, positions: [{{title: B, start: 2020-01, end: 2024-0{}}}]}}\n", at + 1))
        .collect();
    let outcome = check(record(&format!("career:\n{employers}")).path(), &[]);
    let overlaps: Vec<_> = outcome.diagnostics.iter().filter(|p| p.code == "W011").collect();
    assert_eq!(overlaps.len(), 1, "{}", all(&outcome));
    assert_eq!(overlaps[0].message, "10 pairs of employments overlap");
}

#[test]
fn highlights_without_words_are_named() {
    let empty = ["[](https://example.org/)", "&nbsp;", "`` ``"];
    let highlights = empty.map(|it| format!("      - \"{it}\"\n")).concat();
    let (codes, listed) = found(&format!(
        "career:\n  - id: a\n    organization: A\n    positions: [{{title: A, start: 2020, end: 2021}}]\n    \
         highlights:\n      - Words\n{highlights}"
    ));
    assert_eq!(codes, ["W023"; 3], "{listed}");
    for line in 7..10 {
        assert!(listed.contains(&format!("{line}:9 warning W023")), "{listed}");
    }
}

#[test]
fn more_stations_than_a_page_can_choose_from_are_refused() {
    let stations: String = (0..201)
        .map(|at| format!("  - {{id: s{at}, organization: A, positions: [{{title: A, start: 2020, end: 2021}}]}}\n"))
        .collect();
    let (codes, listed) = found(&format!("career:\n{stations}"));
    assert_eq!(codes, ["E088"], "{listed}");
    assert!(listed.contains("202:6 error E088 there are more than 200"), "{listed}");
}

#[test]
fn characters_that_print_as_letters_are_named() {
    let (_, listed) = found("interests:\n  - name: e\u{fb03}cient\n  - name: ½ ①\n");
    assert!(listed.starts_with("2:12 advice W026 `\u{fb03}` prints as `ffi`"), "{listed}");
    assert_eq!(listed.matches("W026").count(), 1, "{listed}");
}

#[test]
#[cfg(unix)]
fn a_job_description_is_read_within_bounds() {
    let folder = folder(&[
        ("data/resume.yaml", "profile: {name: A}\n"),
        ("k.txt", &"클라우드네이티브에서는".repeat(12_000)),
    ]);
    let out = folder.path().join("o.pdf").display().to_string();
    let render = |job: &str| {
        run(folder.path(), &["render", "--format", "one-page", "--job", job, "--output", &out])
    };
    render("/dev/zero").exits(2).says("larger than 1 MB");
    let long = folder.path().join("k.txt").display().to_string();
    render(&long).exits(0);
    fs::write(folder.path().join("k.txt"), encoding_rs::EUC_KR.encode("서버 개발자를 찾습니다").0)
        .unwrap();
    render(&long).exits(0);
}
