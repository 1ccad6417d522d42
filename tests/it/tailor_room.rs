//! How the room of a page is used: nothing is told twice, sections give way to results for an advertisement, and a
//! page that cannot hold everything is set closer.

use serde_json::Value;
use tempfile::TempDir;

use crate::support::data::copy;
use crate::support::program::{folder, resume_in, root};
use crate::support::readers::reader;

/// An employment and a project that tell the same, with as many further results as are asked for.
fn record(results: usize, application: &str) -> TempDir {
    let more: String = (0..results)
        .map(|at| {
            format!(
                "      - {{text: \"{}\", importance: 4}}\n",
                WORK[at % WORK.len()].replace('#', &at.to_string())
            )
        })
        .collect();
    let text = format!(
        "site: {{date: 2026-01-01, languages: [en]}}\nprofile: {{name: Name Surname, role: Engineer}}\ncareer:\n  \
         - id: work\n    organization: Company A\n    positions: [{{title: Engineer, start: 2020, end: present}}]\n    \
         highlights:\n      - {{id: of-work, text: \"Built a reconciliation service that compares 80 bank statements \
         every night\", importance: 5}}\n{more}projects:\n  - id: bank\n    name: Reconciliation\n    importance: 5\n    \
         start: 2022\n    highlights:\n      - {{id: of-project, text: \"A reconciliation service compares 80 bank \
         statements a night and explains differences\", importance: 4}}\n      - {{id: other, text: \"Retired an import \
         of spreadsheets\", importance: 4}}\ncertificates:\n  - {{name: Barista, date: 2015}}\n"
    );
    folder(&[("data/resume.yaml", &text), ("data/applications/a.yaml", application)])
}

/// Results that have nothing in common but their numbers.
const WORK: [&str; 6] = [
    "Cut the queue in hall # by half",
    "Hired colleague number #",
    "Replaced pump #, which had leaked since spring",
    "Wrote chapter # of the handbook for apprentices",
    "Moved archive # into another building",
    "Taught course # at the college",
];

fn ledger(folder: &TempDir, more: &[&str]) -> Value {
    let words = [&["tailor", "--message-format", "json"], more].concat();
    let run = resume_in(folder.path(), words, &[]).exits(0);
    serde_json::from_slice(&run.stdout).expect("JSON")
}

fn entry<'l>(ledger: &'l Value, name: &str) -> &'l Value {
    let mut entries = ledger["entries"].as_array().unwrap().iter();
    entries.find(|entry| entry["name"] == name).unwrap_or_else(|| panic!("no {name} in {ledger:#}"))
}

#[test]
fn what_another_entry_tells_is_not_told_again() {
    let full = ledger(&record(80, "role: Engineer\n"), &[]);
    assert_eq!(entry(&full, "of-work")["shown"], true);
    let again = entry(&full, "of-project");
    assert_eq!((&again["shown"], &again["reason"]), (&false.into(), &"repeats".into()));
    assert_eq!(again["repeats"], "of-work");
    assert_eq!(entry(&full, "other")["shown"], true, "the project is shown for what only it tells");
    let pinned = record(80, "pin: [of-work, of-project]\n");
    let pinned = ledger(&pinned, &["a"]);
    assert_eq!(entry(&pinned, "of-work")["shown"], true);
    assert_eq!(entry(&pinned, "of-project")["shown"], true);
    // Where the better one is dropped, the other tells it.
    let dropped = ledger(&record(80, "drop: [of-work]\n"), &["a"]);
    assert_eq!(entry(&dropped, "of-project")["shown"], true);
    assert_eq!(entry(&dropped, "of-project")["repeats"], Value::Null);
    // A page that holds everything tells what the record tells.
    let short = ledger(&record(3, "role: Engineer\n"), &[]);
    assert!(short["entries"].as_array().unwrap().iter().all(|entry| entry["shown"] == true));
}

#[test]
fn of_two_that_tell_the_same_the_fuller_one_of_the_employment_stays() {
    let record = record(80, "role: Engineer\n");
    let file = record.path().join("data/resume.yaml");
    let text = std::fs::read_to_string(&file).expect("a record");
    let shorter = text
        .replace("A reconciliation service compares 80", "Reconciliation service, 80")
        .replace(" statements a night and explains differences", " statements")
        .replace("start: 2022\n", "start: 2022\n    end: present\n");
    assert_eq!(shorter.matches("Reconciliation service, 80 bank statements\"").count(), 1);
    std::fs::write(file, shorter).expect("written");
    let ledger = ledger(&record, &[]);
    assert_eq!(entry(&ledger, "of-work")["shown"], true);
    assert_eq!(entry(&ledger, "of-project")["repeats"], "of-work");
}

#[test]
fn a_page_that_cannot_hold_everything_is_set_closer() {
    let leading = |results: usize| {
        let ledger = ledger(&record(results, "role: Engineer\n"), &[]);
        (ledger["leading"].as_f64().unwrap(), ledger["body"].as_f64().unwrap())
    };
    let (short, body) = leading(3);
    assert!(short >= 1.0 && body >= 9.3, "{short} {body}");
    let (full, body) = leading(80);
    assert!(full < 0.95 && body >= 9.2, "{full} {body}");
}

#[test]
fn a_section_gives_way_to_results_unless_the_advertisement_speaks_of_it() {
    let shown = |wanted: &str| {
        let job = format!("job: |\n  Engineer\n\n  Requirements\n  - Runs halls\n  - {wanted}\n");
        let ledger = ledger(&record(80, &job), &["a"]);
        entry(&ledger, "Barista")["shown"] == true
    };
    assert!(!shown("Likes people"));
    assert!(shown("A certificate of any kind"));
    assert!(shown("우대: 자격증"));
    let everybody = ledger(&record(80, "role: Engineer\n"), &[]);
    assert_eq!(entry(&everybody, "Barista")["shown"], true);
}

#[test]
fn the_most_important_skills_and_those_that_fit_best_keep_their_rows() {
    let shown = |wanted: &str, more: &str| {
        let job = format!("{more}job: |\n  Engineer\n\n  Requirements\n  - {wanted}\n");
        let record = record(80, &job);
        let file = record.path().join("data/resume.yaml");
        let skills = "skills:\n  - {name: Wood, skills: [Lathes]}\n  - {name: Eyes, skills: [Zabbix]}\n  \
                      - {name: Tongues, importance: 5, skills: [Lua]}\n  - {name: Paper, skills: [Origami]}\n";
        let text = std::fs::read_to_string(&file).expect("a record") + skills;
        std::fs::write(file, text).expect("written");
        let ledger = ledger(&record, &["a"]);
        ["Lathes", "Zabbix", "Lua", "Origami"].map(|name| entry(&ledger, name)["shown"] == true)
    };
    assert_eq!(shown("Observability: alert rules and log aggregation", "")[1..3], [true, true]);
    assert_eq!(shown("Hospitality", ""), [false, false, true, false]);
    // Of those that may be shown.
    assert_eq!(shown("Hospitality", "drop: [Tongues]\n"), [true, false, false, false]);
}

/// A project made with twenty technologies, beside so many results of an employment.
fn with_technologies(results: usize) -> TempDir {
    let record =
        record(results, "job: |\n  Engineer\n\n  Requirements\n  - Tool number 19\npin: [other]\n");
    let file = record.path().join("data/resume.yaml");
    let names: Vec<String> = (0..20).map(|at| format!("Tool number {at}")).collect();
    let project = "    name: Reconciliation\n";
    let with = format!("{project}    role: Lead\n    technologies: [{}]\n", names.join(", "));
    let text = std::fs::read_to_string(&file).expect("a record").replace(project, &with);
    std::fs::write(file, text).expect("written");
    record
}

#[test]
#[ignore = "needs poppler"]
fn a_project_names_as_many_technologies_as_its_line_holds() {
    let record = with_technologies(80);
    let ledger = ledger(&record, &["a"]);
    let left_out = &entry(&ledger, "bank")["left-out"];
    let left_out: Vec<&str> =
        left_out.as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    // What the advertisement names stays; of the others the first do.
    assert!(!left_out.contains(&"Tool number 19") && !left_out.contains(&"Tool number 0"));
    assert_eq!(left_out.last(), Some(&"Tool number 18"));
    resume_in(record.path(), ["render", "--application", "a", "--format", "one-page"], &[])
        .exits(0);
    let text = reader("pdftotext", &["-layout"], &record.path().join("output/one-page-a.pdf"));
    let has_some = |line: &&str| line.contains("Tool number");
    let lines: Vec<&str> = text.lines().map(str::trim).filter(has_some).collect();
    assert_eq!(lines.len(), 1, "{lines:?}");
    let named = lines[0].matches("Tool number").count();
    assert_eq!(named + left_out.len(), 20, "{lines:?}");
    // As wide as the others: one more would not have fitted.
    assert!(lines[0].starts_with("Lead") && lines[0].len() > 70, "{lines:?}");
}

#[test]
fn a_page_that_holds_everything_names_all_technologies() {
    let ledger = ledger(&with_technologies(3), &["a"]);
    assert_eq!(entry(&ledger, "bank")["left-out"], Value::Array(Vec::new()));
}

#[test]
#[ignore = "needs poppler"]
fn a_full_page_has_its_dates_at_the_right_unless_the_record_sets_the_arrangement() {
    let date_stands_first = |results: usize, theme: &str| {
        let record = record(results, "role: Engineer\n");
        let file = record.path().join("data/resume.yaml");
        let text = std::fs::read_to_string(&file).expect("a record") + theme;
        std::fs::write(file, text).expect("written");
        resume_in(record.path(), ["render", "--format", "one-page"], &[]).exits(0);
        let text = reader("pdftotext", &["-layout"], &record.path().join("output/one-page.pdf"));
        let line = text.lines().find(|line| line.contains("Company A")).expect("the employer");
        line.find("2020").expect("its date") < line.find("Company A").expect("the employer")
    };
    assert!(date_stands_first(3, ""));
    assert!(!date_stands_first(80, ""));
    assert!(date_stands_first(80, "theme: {layout: rail}\n"));
    assert!(date_stands_first(80, "theme: {name: formal, layout: rail}\n"));
    assert!(!date_stands_first(80, "theme: {name: formal}\n"));
    assert!(!date_stands_first(3, "theme: {name: academic}\n"));
}

#[test]
fn what_matters_most_stays_where_only_trifles_would_take_its_place() {
    let trifle = "Sorted the shelves of hall #, one by one, and wrote a label for each of them";
    let text = |importance: usize| {
        let trifles: String = (0..80)
            .map(|at| format!("      - {}\n", trifle.replace('#', &at.to_string())))
            .collect();
        format!(
            "site: {{date: 2026-01-01, languages: [en]}}\nprofile: {{name: Name Surname}}\ncareer:\n  - id: work\n    \
             organization: Company A\n    positions: [{{title: Engineer, start: 2010, end: present}}]\n    highlights:\n\
             {trifles}      - {{id: best, importance: {importance}, text: \"Led the five people who built a planner \
             that gives three thousand couriers their route each morning and spares one mile in seven, with all that \
             belongs to it, from the first drawing to the day on which the last depot went over to it\"}}\n"
        )
    };
    let ad = "job: |\n  Engineer\n\n  Requirements\n  - Welding\n";
    let shown = |importance: usize| {
        let files = [("data/resume.yaml", &*text(importance)), ("data/applications/a.yaml", ad)];
        let ledger = ledger(&folder(&files), &["a"]);
        entry(&ledger, "best")["shown"] == true
    };
    assert!(shown(5));
    assert!(!shown(2));
}

/// What a batch has measured for one page is no measure for the next where the template depends on what it shows.
#[test]
fn a_page_of_a_batch_is_the_page_that_is_made_alone() {
    let record = root().join("tests/records/senior-engineer.yaml");
    let record = std::fs::read_to_string(record).expect("a record");
    let ads = ["backend-en", "platform-en", "data-en", "quality-en", "embedded-en", "sales-en"];
    let mut files = vec![("data/resume.yaml".to_owned(), record)];
    for ad in ads {
        let text = std::fs::read_to_string(root().join(format!("tests/ads/{ad}.txt"))).unwrap();
        files.push((format!("data/applications/{ad}.txt"), text));
        // The heads of the pages are not equally tall.
        let role = "Senior Engineer of Platforms ".repeat(if ad == "data-en" { 5 } else { 1 });
        let job = format!("job: {{file: applications/{ad}.txt}}\nrole: {role}\n");
        files.push((format!("data/applications/{ad}.yaml"), job));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let folder = folder(&files);
    let pages = |more: &[&str], output: &str| {
        let words = [&["render", "--format", "one-page", "--output", output], more].concat();
        resume_in(folder.path(), words, &[]).exits(0);
    };
    pages(&["--all-applications"], "all");
    for ad in ads {
        pages(&["--application", ad], "alone");
        let file = format!("one-page-{ad}.pdf");
        let read =
            |output: &str| std::fs::read(folder.path().join(output).join(&file)).expect("a page");
        assert!(read("all") == read("alone"), "{ad}");
    }
}

/// An entry whose summary one application pins is taller than the same entry of the others.
#[test]
fn a_batch_measures_entries_with_the_summaries_that_each_page_may_show() {
    let folder = copy();
    for at in 0..4 {
        let path = folder.path().join(format!("data/applications/a{at}.yaml"));
        std::fs::write(path, "tags: {}\n").expect("an application");
    }
    let pinned = "pin: [naimy/summary]\n";
    std::fs::write(folder.path().join("data/applications/b.yaml"), pinned).expect("an application");
    let page = |more: &[&str], output: &str| {
        let words = [&["render", "--format", "one-page", "--output", output], more].concat();
        resume_in(folder.path(), words, &[]).exits(0);
        std::fs::read(folder.path().join(output).join("one-page-b.pdf")).expect("a page")
    };
    assert!(page(&["--all-applications"], "all") == page(&["--application", "b"], "alone"));
}

#[test]
fn a_position_of_late_does_not_stand_without_a_result() {
    let text = "site: {date: 2026-01-01, languages: [en]}\nprofile: {name: Name Surname}\ncareer:\n  \
                - id: new\n    organization: Company A\n    positions: [{title: Head, start: 2021, end: present}]\n    \
                highlights:\n";
    let more: String = (0..80)
        .map(|at| {
            let words = WORK[at % WORK.len()].replace('#', &at.to_string());
            format!("      - {{text: \"{words}\", importance: 4}}\n")
        })
        .collect();
    let old = "  - id: old\n    organization: Company B\n    positions:\n      - {id: lead, title: Lead, start: 2017, \
               end: 2020, highlights: [{id: of-lead, text: Led a team, importance: 1}]}\n      - {id: junior, title: \
               Junior, start: 1990, end: 1992, highlights: [{id: of-junior, text: Kept books, importance: 1}]}\n";
    let record = folder(&[("data/resume.yaml", &format!("{text}{more}{old}"))]);
    let ledger = ledger(&record, &[]);
    assert_eq!(entry(&ledger, "of-lead")["shown"], true);
    assert_eq!(entry(&ledger, "of-junior")["shown"], false);
}
