//! What names something in an advertisement, and what only has a capital.

use std::fs;

use serde_json::Value;

use crate::support::program::{folder, resume_in};

/// What an advertisement asks for, each with its part, for a record that has Redis alone.
fn asked(text: &str) -> Vec<(String, String)> {
    let record = "profile: {name: Name Surname}\nskills: [{name: Stores, skills: [Redis]}]\n";
    let folder = folder(&[("data/resume.yaml", record)]);
    fs::write(folder.path().join("ad.txt"), text).expect("written");
    let flags = ["tailor", "--job", "ad.txt", "--message-format", "json"];
    let run = resume_in(folder.path(), flags, &[]).exits(0);
    let ledger: Value = serde_json::from_slice(&run.stdout).expect("JSON");
    let terms = ledger["coverage"]["terms"].as_array().expect("terms").iter();
    let word = |term: &Value, key: &str| term[key].as_str().expect("a word").to_owned();
    terms.map(|term| (word(term, "spelling"), word(term, "part"))).collect()
}

fn spellings(text: &str) -> Vec<String> {
    asked(text).into_iter().map(|(spelling, _)| spelling).collect()
}

fn required(lines: &str) -> Vec<String> {
    spellings(&format!("Engineer\n\nRequirements\n{lines}"))
}

#[test]
fn a_capital_makes_no_name_in_titles_nor_of_ordinary_words() {
    let titled =
        "- **Solid Grasp of Redis:** you know it\n- **Excel in Teams You Delight:** always";
    assert_eq!(required(titled), ["Redis"]);
    let ordinary = "- We work with Optimism and with Genuine Delight in the Pacific region, CURRENTLY for USD500";
    assert_eq!(required(ordinary), [""; 0]);
    // Known ones come first.
    assert_eq!(required("- You know Quxdb, Redis and Room"), ["Redis", "Room", "Quxdb"]);
    assert_eq!(
        required("- Stores: Spanner, Redis (Gridly, Nx)"),
        ["Redis", "Spanner", "Gridly", "Nx"]
    );
    assert_eq!(required("- You’ve used products of Microsoft and of Dell"), [""; 0]);
    // A company's own names are those of its addresses.
    let own = "- Zigly at jobs@zigly.example and https://github.com/zagger/it\n- Zagger, Quxdb (https://github.com/quxdb/quxdb)";
    assert_eq!(required(own), ["Quxdb"]);
}

#[test]
fn nouns_of_other_languages_are_no_names() {
    let lines = "- Du hast gute Erfahrung mit der Entwicklung von Anwendungen und mit QuxDB\n\
                 - Sicherer Umgang mit Anforderungen und der Optimierung von Prozessen im Umfeld der Logistik\n";
    assert_eq!(required(&lines.repeat(4)), ["QuxDB"]);
}

#[test]
fn line_breaks_that_were_lost_are_found() {
    let lost =
        "Good writing skillsAbility to lead.This needs strong Redis experienceDriving is a plus";
    assert_eq!(required(lost), ["Redis"]);
    assert_eq!(required("- JavaScript, eClassin and OpenCV"), ["JavaScript", "OpenCV", "eClassin"]);
}

#[test]
fn spellings_and_forms_of_a_word_are_one_and_other_words_are_not() {
    let all = required("- Query optimization, cost optimisation\n- Lead the mentorship of juniors");
    assert_eq!(all, ["Query optimization", "cost optimisation", "mentorship"]);
    assert_eq!(required("- Perform other tasks and report to product managers securely"), [""; 0]);
    // What nearly all posts have counts, where it says something of who lacks it.
    assert_eq!(required("- Automate tests of the infrastructure"), ["Automate", "infrastructure"]);
}

#[test]
fn a_heading_below_another_parts_what_that_one_begins() {
    let text = "# Engineer\n\n## Requirements\n\n### In the office of Tallinn\n\n- Quxdb, Redis\n\n## Benefits\n\n\
                ### Food\n\n- Milk from Foobario, Redis\n";
    let part = |name: &str| (name.to_owned(), "required".to_owned());
    assert_eq!(asked(text), [part("Redis"), part("Quxdb")]);
    let text = "개발자\n\n저희 팀은 다음과 같은 업무를 담당하고 있습니다.\n\n- Redis 운영\n\n\
                합류하면 다음과 같은 이점이 있습니다.\n\n- Quxdb 경험\n";
    assert_eq!(asked(text), [("Redis".to_owned(), "duties".to_owned())]);
}
