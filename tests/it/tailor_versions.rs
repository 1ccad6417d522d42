//! Several versions of the role, the headline and the summary; and claims that nothing supports.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{folder, resume_in};
use crate::support::record::{check, codes};

const PROFILE: &str = "site: {languages: [en, de], date: 2026-01-31}\ntags: {people: People}\nprofile:\n  name: Name \
    Surname\n  role: [Software Engineer, {text: {en: Platform Engineer, de: Plattformingenieur}, tags: [people]}]\n  \
    headline:\n    - Builds quiet services\n    - {text: Runs Kubernetes for everybody, importance: 4}\n    - {text: \
    Leads people, tags: [people], importance: 4}\n  summary:\n    - {en: Plain words., de: Einfache Worte.}\n    - \
    text: {en: Words on Kafka., de: Worte zu Kafka.}\ncareer:\n  - id: a\n    organization: Company A\n    positions: \
    [{title: Developer, start: 2020-02, end: present}]\n    highlights: [Moved it to Kubernetes and Kafka.]\nprojects: [{id: p, name: Shop, start: 2021-01, end: 2021-05, summary: It sells.}]\nskills: \
    [{name: Languages, skills: [Rust]}]\n";

fn application(text: &str) -> TempDir {
    folder(&[("data/resume.yaml", PROFILE), ("data/applications/a.yaml", text)])
}

/// The words of all documents of a run, as text.
fn words(folder: &TempDir, flags: &[&str]) -> String {
    let flags = [&["render", "--as", "txt", "--output", "made"], flags].concat();
    resume_in(folder.path(), flags, &[]).exits(0);
    let files = fs::read_dir(folder.path().join("made")).unwrap();
    files.map(|file| fs::read_to_string(file.unwrap().path()).unwrap()).collect()
}

fn ledger(folder: &TempDir, flags: &[&str]) -> Value {
    let flags = [&["tailor", "--message-format", "json", "--quiet"], flags].concat();
    let run = resume_in(folder.path(), flags, &[]).exits(0);
    serde_json::from_slice(&run.stdout).unwrap()
}

#[test]
fn an_application_uses_the_version_that_fits_best_in_every_document() {
    let ad = "job: |\n  Engineer\n\n  Requirements\n  - Kubernetes\n  - Kafka\n";
    let letter = "letter:\n  subject: \"{role}\"\n  paragraphs: [Some words.]\n";
    let folder = application(&format!("{ad}{letter}"));
    let usual = words(&folder, &[]);
    for words in ["Software Engineer", "Builds quiet services", "Plain words."] {
        assert!(usual.contains(words), "{words}: {usual}");
    }
    assert!(!usual.contains("Words on Kafka.") && !usual.contains("Platform Engineer"), "{usual}");
    for format in ["one-page", "cv", "full", "portfolio"] {
        let own = words(&application(ad), &["--application", "a", "--format", format]);
        assert!(own.contains("Runs Kubernetes") && own.contains("Words on Kafka."), "{own}");
        assert!(!own.contains("Builds quiet services"), "{format}: {own}");
    }
    let german = words(&application(ad), &["--application", "a", "--lang", "de"]);
    assert!(german.contains("Worte zu Kafka."), "{german}");
    let versions = ledger(&folder, &["a"])["versions"].clone();
    let field =
        |name: &str| versions.as_array().unwrap().iter().find(|one| one["field"] == name).unwrap();
    assert_eq!((&field("headline")["number"], &field("headline")["count"]), (&2.into(), &3.into()));
    assert_eq!(field("headline")["matched"][0], "Kubernetes");
    assert_eq!((&field("role")["number"], &field("role")["fits"]), (&1.into(), &0.0.into()));
    assert_eq!(field("summary")["text"], "Words on Kafka.");
    let human = resume_in(folder.path(), ["tailor", "a", "--quiet"], &[]).exits(0);
    let human = String::from_utf8(human.stdout).unwrap();
    for words in [
        "headline 2 of 3 (Kubernetes, containers): Runs",
        "role 1 of 2 (none fits better than the first)",
    ] {
        assert!(human.contains(words), "{words}: {human}");
    }
    let other = ledger(&folder, &["--compare", "a"]);
    assert_eq!(other["versions"].as_array().unwrap().len(), 0);
}

#[test]
fn tags_choose_a_version_and_an_own_text_replaces_all() {
    let tagged = application(
        "tags: [people]\nletter: {subject: \"{role}\", paragraphs: [Some words.]}\nfile-name: \"{role}\"\n",
    );
    let text = words(&tagged, &["--application", "a", "--format", "letter"]);
    assert!(text.contains("Platform Engineer"), "{text}");
    assert!(fs::read_dir(tagged.path().join("made")).unwrap().all(|file| {
        file.unwrap().file_name().to_string_lossy().starts_with("Platform-Engineer")
    }));
    let text = words(&tagged, &["--application", "a", "--format", "one-page"]);
    assert!(text.contains("Leads people") && text.contains("Plain words."), "{text}");
    let own = application("tags: [people]\nheadline: My own words\n");
    let text = words(&own, &["--application", "a", "--format", "one-page"]);
    assert!(text.contains("My own words") && !text.contains("Leads people"), "{text}");
    let versions = ledger(&own, &["a"])["versions"].clone();
    assert!(
        versions.as_array().unwrap().iter().all(|one| one["field"] != "headline"),
        "{versions}"
    );
}

#[test]
fn versions_are_exported_and_read_again() {
    let folder = application("{}\n");
    resume_in(folder.path(), ["export", "jsonresume", "--lang", "en"], &[]).exits(0);
    let file = folder.path().join("output/resume.json");
    let exported: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let basics = &exported["basics"];
    assert_eq!(
        (&basics["label"], &basics["summary"]),
        (&"Software Engineer".into(), &"Plain words.".into())
    );
    resume_in(folder.path(), ["import", "output/resume.json", "--lang", "en", "-o", "again"], &[])
        .exits(0);
    let again = resume_in(folder.path(), ["data", "--data", "again", "--as", "json"], &[]).exits(0);
    let again: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(again["profile"]["headline"].as_array().unwrap().len(), 3);
    resume_in(folder.path(), ["export", "rendercv", "--lang", "en", "-o", "cv.yaml"], &[]).exits(0);
    let text = fs::read_to_string(folder.path().join("cv.yaml")).unwrap();
    assert!(
        text.contains("headline: Software Engineer") && text.contains("Plain words."),
        "{text}"
    );
}

#[test]
fn a_wrong_version_is_reported_at_its_place() {
    for (profile, code, words) in [
        ("headline: []", "E010", "empty list"),
        ("headline: [{txt: A}]", "E014", "txt"),
        ("headline: [{text: A, tagz: [b]}]", "E011", "tags"),
        ("headline: [{text: A, importance: 9}]", "E019", "`9`"),
        ("headline: [{text: A, tags: [nothing]}]", "E021", "nothing"),
        ("headline: [{tags: [b]}]", "E012", "text"),
        ("role: [A, {text: {xx: B}}]", "E014", "xx"),
    ] {
        let made = folder(&[(
            "data/resume.yaml",
            &format!("tags: {{b: B}}\nprofile: {{name: N, {profile}}}\n"),
        )]);
        let run = resume_in(made.path(), ["check"], &[]).exits(1);
        run.says(code).says(words);
    }
}

/// The claims that a record is warned of.
fn claims(profile: &str, more: &str) -> Vec<&'static str> {
    let text = format!(
        "site: {{date: 2026-01-31}}\nprofile: {{name: Name Surname, {profile}}}\ncareer:\n  - id: a\n    organization: \
         Company A\n    positions: [{{title: Developer, start: 2020-02, end: present}}]\n    highlights: [Cut latency \
         with Redis.]\n{more}"
    );
    let folder = folder(&[("data/resume.yaml", &text)]);
    let found = check(&folder.path().join("data"), &[]);
    codes(&found).into_iter().filter(|code| *code == "W027").collect()
}

#[test]
fn a_claim_that_nothing_supports_is_a_warning() {
    for wrong in [
        "headline: Kubernetes for everybody",
        "role: Kafka Engineer",
        "summary: I have built GraphQL services.",
        "summary: \"서버 개발자입니다. 쿠버네티스를 운영했습니다.\"",
        "summary: Ten years of experience with servers.",
        "summary: \"경력 12년의 개발자입니다.\"",
        "summary: Developer with a PhD in physics.",
        "headline: [Plain words, Machine learning for all]",
    ] {
        assert_eq!(claims(wrong, "").len(), 1, "{wrong}");
    }
    for right in [
        "headline: Redis for everybody",
        "role: Backend Engineer",
        "summary: I want to learn Kubernetes.",
        "summary: \"쿠버네티스를 배우고 싶습니다.\"",
        "summary: Six years of experience with servers.",
        "summary: Scrum masters like me.",
        "headline: Express delivery. React quickly",
        "summary: Sells in ten countries.",
    ] {
        assert_eq!(claims(right, ""), [""; 0], "{right}");
    }
    let school = "  - id: s\n    kind: education\n    organization: School\n    positions: [{title: PhD, start: 2015, end: 2019}]\n";
    assert_eq!(claims("summary: Developer with a PhD in physics.", school), [""; 0]);
    let skills = "skills: [{name: Tools, skills: [Kubernetes]}]\n";
    assert_eq!(claims("headline: Kubernetes for everybody", skills), [""; 0]);
    let letter = |words: &str| {
        format!("applications:\n  - {{id: b, letter: {{paragraphs: [\"{words}\"]}}}}\n")
    };
    for (words, count) in [
        ("I have run Kubernetes for years.", 1),
        ("You run Kubernetes.", 0),
        ("I read that your team runs Kubernetes.", 0),
        ("Kubernetes를 운영했습니다.", 1),
        ("귀사는 Kubernetes를 운영했습니다.", 0),
        ("I would like to learn Kubernetes.", 0),
    ] {
        assert_eq!(claims("role: Developer", &letter(words)).len(), count, "{words}");
    }
}
