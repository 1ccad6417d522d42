//! `resume watch` after every kind of change that editors, formatters and version control make.

#![cfg(unix)]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use crate::support::data;
use crate::support::program::{folder, resume_in};
use crate::support::readers::reader;
use crate::support::watch::{MAIN, Watch, runs};

const CAREER: &str = "\
- id: first
  organization: First Company
  positions: [{title: Engineer, start: 2024-03, end: 2024-11}]
  highlights: [Wrote a first sentence]
";

fn record() -> TempDir {
    folder(&[("data/resume.yaml", MAIN), ("data/career.yaml", CAREER)])
}

/// A watch of one page without a preview.
fn start(folder: &TempDir, more: &[&str]) -> (Watch, String) {
    let flags = ["--format", "one-page", "--no-serve"];
    Watch::start(folder.path(), &[&flags, more].concat())
}

/// The documents are those of a fresh `render`.
#[track_caller]
fn is_current(folder: &TempDir, flags: &[&str]) {
    let line = ["render", "--format", "one-page", "--quiet", "--output", "fresh"];
    resume_in(folder.path(), line.iter().chain(flags), &[]).exits(0);
    let read = |path: &str| fs::read(folder.path().join(path)).expect("a document");
    assert!(read("output/one-page.pdf") == read("fresh/one-page.pdf"), "not the same bytes");
}

fn career(word: &str) -> String {
    CAREER.replace("first sentence", word)
}

/// A name and how a program writes a file.
type Way<'a> = (&'a str, &'a dyn Fn(&str));

#[test]
fn every_way_of_saving_starts_one_run() {
    let folder = record();
    let at = |name: &str| folder.path().join("data").join(name);
    let (mut watch, _) = start(&folder, &[]);
    let plain = |word: &str| fs::write(at("career.yaml"), career(word)).expect("written");
    let renamed = |word: &str| {
        fs::write(at("career.yaml~new"), career(word)).expect("written");
        fs::rename(at("career.yaml~new"), at("career.yaml")).expect("moved");
    };
    // vim moves the file away before it writes the new one.
    let backed_up = |word: &str| {
        fs::rename(at("career.yaml"), at("career.yaml~")).expect("moved");
        fs::write(at("career.yaml"), career(word)).expect("written");
        fs::remove_file(at("career.yaml~")).expect("removed");
    };
    let slow = |word: &str| {
        let mut file = File::create(at("career.yaml")).expect("emptied");
        std::thread::sleep(Duration::from_millis(40));
        let (first, second) = CAREER.split_at(60);
        file.write_all(first.as_bytes()).expect("written");
        std::thread::sleep(Duration::from_millis(20));
        file.write_all(second.replace("first sentence", word).as_bytes()).expect("written");
    };
    let ways: [Way; 5] = [
        ("plain", &plain),
        ("renamed", &renamed),
        ("backed up", &backed_up),
        ("slow", &slow),
        ("renamed again", &renamed),
    ];
    for (way, save) in ways {
        save(way);
        let printed = watch.run() + &watch.settle();
        assert_eq!(runs(&printed), 1, "{way}: {printed}");
        assert!(printed.starts_with("changed: data/career.yaml\n"), "{way}: {printed}");
        assert!(!printed.contains("error"), "{way}: {printed}");
        is_current(&folder, &[]);
    }
}

#[test]
fn a_formatter_that_saves_again_is_seen() {
    let folder = record();
    let file = folder.path().join("data/career.yaml");
    let (mut watch, _) = start(&folder, &[]);
    for (pause, word) in [(1, "second sentence"), (150, "third sentence")] {
        fs::write(&file, career(word)).unwrap();
        std::thread::sleep(Duration::from_millis(pause));
        fs::write(&file, career(&format!("{word}, formatted"))).unwrap();
        let printed = watch.run() + &watch.settle();
        assert!(runs(&printed) <= 2, "{pause}: {printed}");
        is_current(&folder, &[]);
    }
}

#[test]
fn a_checkout_of_another_branch_is_one_change() {
    let folder = record();
    let at = |name: &str| folder.path().join(name);
    let git = |words: &[&str]| {
        let settings = ["-c", "user.name=Name", "-c", "user.email=name@example.org"];
        let mut git = std::process::Command::new("git");
        git.current_dir(folder.path()).args(settings).args(words);
        let output = git.output().expect("git");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "-q", "-b", "first"]);
    git(&["add", "data"]);
    git(&["commit", "-qm", "First"]);
    git(&["switch", "-qc", "second"]);
    fs::remove_file(at("data/career.yaml")).unwrap();
    fs::create_dir(at("data/career")).unwrap();
    let entry = "organization: Second Company\npositions: [{title: Engineer, start: 2023-02}]\n";
    fs::write(at("data/career/second.yaml"), entry).unwrap();
    fs::write(at("data/resume.yaml"), MAIN.replace("Engineer", "Author")).unwrap();
    git(&["add", "data"]);
    git(&["commit", "-qm", "Second"]);
    let (mut watch, _) = start(&folder, &[]);
    for branch in ["first", "second", "first"] {
        git(&["switch", "-q", branch]);
        let printed = watch.run() + &watch.settle();
        assert!(runs(&printed) <= 2, "{branch}: {printed}");
        is_current(&folder, &[]);
    }
}

#[test]
fn what_the_record_says_of_its_build_counts_from_the_next_run() {
    let folder = record();
    let at = |name: &str| folder.path().join(name);
    let (mut watch, _) = start(&folder, &[]);
    resume_in(folder.path(), ["templates", "--copy", "own"], &[]).exits(0);
    let built = |text: &str| fs::write(at("data/resume.yaml"), MAIN.to_owned() + text).unwrap();
    built("build: {output: ../elsewhere}\n");
    watch.run();
    assert!(at("elsewhere/one-page.pdf").exists());
    let default = fs::read(at("elsewhere/one-page.pdf")).unwrap();
    built("build: {output: ../elsewhere, templates: ../own}\n");
    watch.run();
    // A template of its own is used, and its changes are seen.
    let main = at("own/one-page/main.typ");
    fs::write(&main, "#panic(\"own\")\n").unwrap();
    assert!(watch.run().contains("own/one-page/main.typ"));
    // A record with a fault does not say how it is built.
    built("build: {output: [\n");
    assert!(watch.run().contains("error["));
    built("build: {output: ../elsewhere, templates: ../none}\n");
    assert!(watch.run().contains("there is no templates folder `data/../none`"));
    built("build: {output: ../elsewhere}\n");
    assert!(!watch.run().contains("error"));
    assert!(fs::read(at("elsewhere/one-page.pdf")).unwrap() == default);
}

#[test]
fn a_burst_of_saves_is_a_few_runs() {
    let folder = record();
    let (mut watch, _) = start(&folder, &[]);
    for at in 0..40 {
        fs::write(folder.path().join("data/career.yaml"), career(&format!("word {at}"))).unwrap();
    }
    let printed = watch.run() + &watch.settle();
    assert!(runs(&printed) <= 4, "{printed}");
    is_current(&folder, &[]);
}

#[test]
fn files_may_come_move_and_go() {
    let folder = record();
    let at = |name: &str| folder.path().join("data").join(name);
    let (mut watch, _) = start(&folder, &[]);
    let project = "name: {NAME}\nsummary: A sentence\nstart: 2023-01\nend: 2023-05\n";
    fs::create_dir(at("projects")).unwrap();
    fs::write(at("projects/one.yaml"), project.replace("{NAME}", "Project One")).unwrap();
    watch.run();
    watch.settle();
    is_current(&folder, &[]);
    fs::rename(at("projects/one.yaml"), at("projects/two.yaml")).unwrap();
    watch.run();
    watch.settle();
    is_current(&folder, &[]);
    fs::remove_file(at("projects/two.yaml")).unwrap();
    watch.run();
    watch.settle();
    is_current(&folder, &[]);
}

#[test]
fn a_folder_replaced_by_another_is_watched_on() {
    let folder = record();
    let at = |name: &str| folder.path().join(name);
    let (mut watch, _) = start(&folder, &[]);
    for word in ["second sentence", "third sentence"] {
        fs::create_dir(at("new")).unwrap();
        fs::write(at("new/resume.yaml"), MAIN).unwrap();
        fs::write(at("new/career.yaml"), career(word)).unwrap();
        fs::rename(at("data"), at("old")).unwrap();
        fs::rename(at("new"), at("data")).unwrap();
        fs::remove_dir_all(at("old")).unwrap();
        watch.run();
        watch.settle();
        is_current(&folder, &[]);
        fs::write(at("data/career.yaml"), career(&format!("{word}, edited"))).unwrap();
        watch.run();
        watch.settle();
        is_current(&folder, &[]);
    }
    fs::remove_dir_all(at("data")).unwrap();
    assert!((watch.run() + &watch.settle()).contains("there is no record at `data`"));
    fs::create_dir(at("data")).unwrap();
    fs::write(at("data/resume.yaml"), MAIN).unwrap();
    watch.run();
    watch.settle();
    is_current(&folder, &[]);
}

#[test]
fn templates_fonts_ads_and_pictures_are_watched() {
    let folder = record();
    let at = |name: &str| folder.path().join(name);
    resume_in(folder.path(), ["templates", "--copy", "own"], &[]).exits(0);
    fs::create_dir(at("faces")).unwrap();
    fs::write(at("ad.txt"), "We look for an engineer").unwrap();
    let picture = |shade: u8| {
        let picture = image::RgbImage::from_pixel(600, 400, image::Rgb([shade, 90, 90]));
        picture.save(at("data/picture.png")).unwrap();
    };
    picture(10);
    let main = "cover: '![A picture](picture.png)'\nprofile: {name: Name Surname}\n";
    fs::write(at("data/resume.yaml"), main).unwrap();
    let flags = ["--format", "full", "--templates", "own", "--fonts", "faces", "--job", "ad.txt"];
    let (mut watch, printed) = Watch::start(folder.path(), &flags);
    assert!(!printed.contains("error"), "{printed}");
    let tokens = at("own/shared/tokens.typ");
    let changed = fs::read_to_string(&tokens).unwrap() + "\n// changed\n";
    let font = crate::support::program::root().join("fonts");
    let font = fs::read_dir(font).unwrap().map(|entry| entry.unwrap().path());
    let font = { font }.find(|path| path.extension().is_some_and(|e| e == "ttf")).expect("a font");
    let edits: [(&str, &dyn Fn()); 4] = [
        ("own/shared/tokens.typ", &|| fs::write(&tokens, &changed).unwrap()),
        ("faces/new.ttf", &|| assert!(fs::copy(&font, at("faces/new.ttf")).is_ok())),
        ("ad.txt", &|| fs::write(at("ad.txt"), "We look for a writer").unwrap()),
        ("data/picture.png", &|| picture(200)),
    ];
    for (path, edit) in edits {
        edit();
        let printed = watch.run();
        let first = printed.lines().next().unwrap();
        assert!(first.starts_with("changed: ") && first.ends_with(path), "{path}: {printed}");
        watch.settle();
    }
}

#[test]
fn its_own_files_start_no_run() {
    for output in ["data/output", "data", "."] {
        let folder = record();
        let more = ["--output", output, "--as", "pdf,png,svg,md"];
        let (mut watch, _) = start(&folder, &more);
        assert_eq!(watch.settle(), "", "{output}");
        fs::write(folder.path().join("data/career.yaml"), career("sentence")).unwrap();
        let printed = watch.run() + &watch.settle();
        assert_eq!(runs(&printed), 1, "{output}: {printed}");
    }
}

#[test]
fn a_broken_record_is_reported_and_the_last_document_stays() {
    let folder = record();
    let file = folder.path().join("data/career.yaml");
    let (mut watch, _) = start(&folder, &[]);
    let good = fs::read(folder.path().join("output/one-page.pdf")).unwrap();
    for broken in ["- id: [", "- {id: first, organisation: A}", "\u{0}", "text"] {
        fs::write(&file, broken).unwrap();
        let printed = watch.run();
        assert!(printed.contains("error["), "{printed}");
        assert!(printed.contains("--> data/career.yaml:1"), "{printed}");
        watch.settle();
        assert!(fs::read(folder.path().join("output/one-page.pdf")).unwrap() == good);
    }
    fs::write(&file, career("sentence again")).unwrap();
    let printed = watch.run();
    assert!(!printed.contains("error"), "{printed}");
    is_current(&folder, &[]);
}

#[test]
fn an_interrupt_exits_with_0_and_leaves_nothing() {
    let folder = record();
    let (watch, printed) = start(&folder, &[]);
    assert!(printed.starts_with("watching `data`, Ctrl-C ends it\n"), "{printed}");
    assert!(!printed.contains('\u{1b}'), "plain lines where there is no terminal");
    assert_eq!(watch.interrupt(), Some(0));
    let names = |path: &Path| -> Vec<String> {
        let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name());
        entries.map(|name| name.to_string_lossy().into_owned()).collect()
    };
    assert_eq!(names(&folder.path().join("output")), ["one-page.pdf"]);
    assert_eq!(names(folder.path()).len(), 2);
    // While it works, too.
    let (watch, _) = start(&folder, &[]);
    fs::write(folder.path().join("data/career.yaml"), career("sentence")).unwrap();
    assert_eq!(watch.interrupt(), Some(0));
    assert_eq!(names(&folder.path().join("output")), ["one-page.pdf"]);
}

#[test]
fn two_watches_do_not_harm_each_other() {
    let folder = record();
    let (mut one, _) = start(&folder, &["--output", "data"]);
    let (mut other, _) = start(&folder, &["--output", "data"]);
    assert_eq!(one.settle(), "");
    fs::write(folder.path().join("data/career.yaml"), career("sentence")).unwrap();
    for watch in [&mut one, &mut other] {
        let printed = watch.run() + &watch.settle();
        assert!(runs(&printed) == 1 && !printed.contains("error"), "{printed}");
    }
    fs::create_dir(folder.path().join("output")).unwrap();
    fs::rename(folder.path().join("data/one-page.pdf"), folder.path().join("output/one-page.pdf"))
        .unwrap();
    is_current(&folder, &[]);
}

#[test]
fn without_files_nothing_is_written() {
    let folder = record();
    let (_watch, printed) = start(&folder, &["--no-write"]);
    assert!(!printed.contains("error"), "{printed}");
    assert!(!folder.path().join("output").exists());
}

#[test]
#[ignore = "needs poppler"]
fn one_file_is_a_record_too() {
    let folder = folder(&[("me.yaml", MAIN)]);
    let (mut watch, _) = start(&folder, &["--data", "me.yaml"]);
    fs::write(folder.path().join("me.yaml"), MAIN.replace("Engineer", "Author")).unwrap();
    watch.run();
    let text = reader("pdftotext", &[], &folder.path().join("output/one-page.pdf"));
    assert!(text.contains("Author"), "{text}");
}

#[test]
fn what_cannot_be_watched_is_refused() {
    let folder = record();
    for (flags, words) in [
        (["--output", "-"], "`watch` writes files"),
        (["--data", "none"], "there is no record at `none`"),
    ] {
        let line = ["watch"].into_iter().chain(flags);
        resume_in(folder.path(), line, &[]).exits(2).says(words);
    }
}

/// Edits of a long watch.
const EDITS: u64 = 1000;
/// Edits after which its memory must be stable.
const SETTLED: u64 = 100;

#[test]
#[ignore = "takes two minutes"]
fn a_thousand_edits_end_with_the_bytes_of_render_in_bounded_memory() {
    let folder = data::copy();
    let career = folder.path().join("data/career.yaml");
    let good = fs::read_to_string(&career).unwrap();
    let words: Vec<&str> = good.split_inclusive(' ').collect();
    let (mut watch, _) = start(&folder, &[]);
    let mut state = 2024_u64;
    let mut random = |below: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % below
    };
    let mut settled = 0;
    for edit in 1..=EDITS {
        let mut words = words.clone();
        match random(4) {
            0 => drop(words.remove(random(words.len()))),
            1 => words.insert(random(words.len()), "more "),
            2 => words.insert(random(words.len()), ": [ "),
            _ => words.truncate(random(words.len())),
        }
        fs::write(&career, words.concat()).unwrap();
        watch.run();
        if edit == SETTLED {
            settled = watch.memory();
        }
    }
    let memory = watch.memory();
    assert!(memory * 2 <= settled * 3, "{settled} bytes grew to {memory}");
    fs::write(&career, good + "\n# the end\n").unwrap();
    watch.run();
    watch.settle();
    is_current(&folder, &[]);
}
