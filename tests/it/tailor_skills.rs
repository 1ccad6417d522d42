//! Single skills on a page without space for all: which are shown, in which order, and why.

use std::fs;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::program::{folder, pdfs, resume_in};
use crate::support::readers::reader;

const TOOLS: usize = 200;

fn tool(at: usize) -> String {
    format!("Tool {at:02}")
}

/// A record whose summary leaves a few lines of the page to more skills than they can hold.
fn record() -> TempDir {
    let summary = "요약을 여러 줄로 길게 적어 종이를 거의 채웁니다. ".repeat(118);
    let tools: String = (0..TOOLS)
        .map(|at| format!("      - {{name: {}, importance: {}}}\n", tool(at), 1 + at * 7 % 5))
        .collect();
    let text = format!(
        "profile: {{name: 누구, summary: \"{}\"}}\ncareer:\n  - id: a\n    organization: 회사\n    \
         positions: [{{title: 개발자, start: 2020, end: 2021}}]\nskills:\n  - name: 연장\n    \
         skills:\n{tools}  - name: 나머지\n    skills: [{{name: Gadget, aliases: [Gizmo]}}]\n",
        summary.trim()
    );
    folder(&[("data/resume.yaml", &text)])
}

fn apply(folder: &TempDir, application: &str) {
    fs::create_dir_all(folder.path().join("data/applications")).unwrap();
    fs::write(folder.path().join("data/applications/mine.yaml"), application).unwrap();
}

/// Skills with whether they are shown and what they are worth.
fn skills(folder: &TempDir) -> Vec<(String, bool, f64)> {
    let run =
        resume_in(folder.path(), ["tailor", "mine", "--message-format", "json"], &[]).exits(0);
    let ledger: Value = serde_json::from_slice(&run.stdout).unwrap();
    let entries = ledger["entries"].as_array().unwrap().iter();
    entries
        .filter(|entry| entry["section"] == "skills")
        .map(|entry| {
            let name = entry["name"].as_str().unwrap().to_owned();
            (name, entry["shown"] == true, entry["value"].as_f64().unwrap())
        })
        .collect()
}

fn shown(folder: &TempDir) -> Vec<String> {
    skills(folder).into_iter().filter(|(_, shown, _)| *shown).map(|(name, ..)| name).collect()
}

/// The words of the page, blanks and line ends alike.
fn printed(folder: &TempDir) -> String {
    resume_in(folder.path(), ["render", "--application", "mine", "--output", "made"], &[]).exits(0);
    let file = pdfs(&folder.path().join("made")).remove(0);
    let text = reader("pdftotext", &[], &file);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
#[ignore = "needs poppler"]
fn skills_that_the_job_names_come_first_and_the_record_orders_them() {
    let folder = record();
    // Of importance 1 both: without the job's words they come last.
    apply(&folder, "{}\n");
    let plain = shown(&folder);
    assert!(!plain.is_empty() && plain.len() < TOOLS, "{plain:?}");
    assert!(!plain.contains(&tool(15)) && !plain.contains(&tool(30)), "{plain:?}");
    apply(&folder, "job: \"Tool 15와 tool-30을 써 보신 분\"\n");
    let all = skills(&folder);
    let named = |name: &str| name == tool(15) || name == tool(30);
    let least = all.iter().filter(|(n, ..)| named(n)).map(|(.., v)| *v).fold(f64::MAX, f64::min);
    let most = all.iter().filter(|(n, ..)| !named(n)).map(|(.., v)| *v).fold(0.0, f64::max);
    assert!(least > most, "{least} and {most}");
    let shown = shown(&folder);
    assert!(shown.contains(&tool(15)) && shown.contains(&tool(30)), "{shown:?}");
    let text = printed(&folder);
    let on_page: Vec<String> = (0..TOOLS).map(tool).filter(|tool| shown.contains(tool)).collect();
    assert!(text.contains(&on_page.join(", ")), "{on_page:?} in {text}");
}

#[test]
#[ignore = "needs poppler"]
fn single_skills_are_pinned_and_dropped_and_an_empty_group_is_gone() {
    let folder = record();
    apply(&folder, "pin: [Tool 30, Gizmo]\ndrop: [Tool 06, Tool 07]\n");
    let names = shown(&folder);
    assert!(names.contains(&tool(30)) && names.contains(&"Gadget".to_owned()), "{names:?}");
    assert!(!names.contains(&tool(6)) && !names.contains(&tool(7)), "{names:?}");
    let text = printed(&folder);
    assert!(text.contains("연장") && text.contains("나머지"), "{text}");
    // A group without skills has no name on the page, and a section without groups no title.
    apply(&folder, "drop: [연장]\n");
    assert_eq!(shown(&folder), ["Gadget"]);
    let text = printed(&folder);
    assert!(!text.contains("연장") && text.contains("나머지 Gadget"), "{text}");
    apply(&folder, "drop: [skills]\n");
    assert_eq!(shown(&folder), [""; 0]);
    let text = printed(&folder);
    assert!(!text.contains("나머지") && !text.contains("기술"), "{text}");
    let render = || resume_in(folder.path(), ["render", "--application", "mine"], &[]);
    apply(&folder, "pin: [Tool 30]\ndrop: [연장]\n");
    render().exits(1).says("E064");
    apply(&folder, "pin: [Gadgt]\n");
    render().exits(1).says("E062").says("did you mean `Gadget`?");
}

/// What must stay is too much when all skills are pinned: so many lines, and which pins to give up.
#[test]
fn pinned_skills_that_are_too_much_are_an_error() {
    let folder = record();
    let file = folder.path().join("data/resume.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let more: String = (TOOLS..1000).map(|at| format!("      - {}\n", tool(at))).collect();
    fs::write(&file, text.replace("  - name: 나머지", &format!("{more}  - name: 나머지"))).unwrap();
    apply(&folder, "pin: [연장]\n");
    resume_in(folder.path(), ["render", "--application", "mine"], &[])
        .exits(1)
        .says("E041")
        .says("lines too long for one page")
        .says("it fits without");
}
