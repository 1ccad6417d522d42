//! The lists of a Europass file that no table describes: languages, pages, skills, achievements, and those
//! whose entries have titles of their own.

use crate::interchange::account::Destination;
use crate::interchange::commented_yaml::{Block, Written};
use crate::interchange::mapping::{How, Section, field};
use crate::interchange::source::Source;
use crate::interchange::steps::complete_link;
use crate::interchange::values;
use crate::interchange::walk::Walk;

/// Where lists of the profile are.
pub const PROFILE: &str = "Candidate.CandidateProfile";
const LEARNER: &str = "SkillsPassport.LearnerInfo";

/// A page of the person in a network.
pub const LINK: Section = Section::new(
    "",
    "profile.links[]",
    &[
        field(&["OtherTitle", "UseCode", "Use"], "network", How::Plain),
        field(&["URI", "Contact"], "url", How::Url),
    ],
)
.finish(complete_link);

/// An entry of any other list.
pub const ENTRY: Section = Section::new(
    "",
    "sections[].entries[]",
    &[
        field(&["Title"], "name", How::Inline),
        field(&["Date.StartDate", "Date.EndDate"], "", How::Period { open: false }),
        field(&["Location"], "location", How::Plain),
        field(&["Description"], "summary", How::Bullets),
        field(&["Link"], "url", How::Url),
    ],
)
.required(&["name"]);

/// Takes the items of a list, or the one that stands for it.
pub fn items(source: &mut Source, path: &str) -> Vec<Source> {
    match source.take(path) {
        None => Vec::new(),
        Some(Source::List(items)) => items,
        Some(item) => vec![item],
    }
}

/// Takes a text.
pub fn text(source: &mut Source, key: &str) -> Option<String> {
    source.get(key)?.text()?;
    source.take(key)?.text().map(str::to_owned)
}

/// Notes the field that a value went to.
pub fn went(walk: &mut Walk, path: &str, value: &str, to: &str) {
    walk.account.add(path, &Source::of(value), &Destination::Field(to.to_owned()));
}

/// Adds a language with its levels: one word for each skill, or one for all.
fn language(walk: &mut Walk, name: &str, levels: &[(String, String)]) {
    let mut block = Block::default();
    // Today's files name languages by three letters.
    let name = whatlang::Lang::from_code(name).map_or(name, |language| language.eng_name());
    block.set("language", Written::Text(name.to_owned()));
    let fluency = match levels {
        [] => None,
        [(_, first), rest @ ..] if rest.iter().all(|(_, level)| level == first) => {
            Some(first.clone())
        }
        levels => {
            let levels = levels.iter().map(|(skill, level)| format!("{skill} {level}"));
            Some(levels.collect::<Vec<_>>().join(", "))
        }
    };
    if let Some(fluency) = fluency {
        block.set("fluency", Written::Text(fluency));
    }
    walk.record.push("languages", Written::Block(block));
}

/// What the level of a first language is called.
const FIRST: &str = "Mother tongue";

/// Reads the languages of both forms.
pub fn languages(source: &mut Source, walk: &mut Walk) {
    let to = Destination::Field("languages[]".to_owned());
    let first = [
        ("Candidate.CandidatePerson.PrimaryLanguageCode", ""),
        (
            "SkillsPassport.LearnerInfo.Skills.Linguistic.MotherTongueList.MotherTongue",
            "Description",
        ),
    ];
    for (path, key) in first {
        for mut item in items(source, path) {
            let name =
                if key.is_empty() { item.text().map(str::to_owned) } else { text(&mut item, key) };
            let Some(name) = name else {
                walk.leave(path, item);
                continue;
            };
            went(walk, path, &name, "languages[].language");
            language(walk, &name, &[("".to_owned(), FIRST.to_owned())]);
            if !key.is_empty() && !item.is_empty() {
                walk.leave(path, item);
            }
        }
    }
    let path = format!("{PROFILE}.PersonQualifications.PersonCompetency");
    for mut item in items(source, &path) {
        let is_language = item.get("TaxonomyID").and_then(Source::text) == Some("language");
        let Some(name) = text(&mut item, "CompetencyID").filter(|_| is_language) else {
            walk.leave(&path, item);
            continue;
        };
        let mut levels = Vec::new();
        for dimension in items(&mut item, "CompetencyDimension") {
            let of = |path: &str| dimension.get(path).and_then(Source::text);
            let skill = of("CompetencyDimensionTypeCode").unwrap_or_default();
            let skill = skill.trim_start_matches("CEF-").trim_start_matches("Understanding-");
            if let Some(level) = of("Score.ScoreText") {
                levels.push((skill.replace('-', " "), level.to_owned()));
            }
            walk.account.add(&format!("{path}[].CompetencyDimension[]"), &dimension, &to);
        }
        language(walk, &name, &levels);
        went(walk, &format!("{path}[].CompetencyID"), &name, "languages[].language");
        if let Some(taxonomy) = text(&mut item, "TaxonomyID") {
            went(walk, &format!("{path}[].TaxonomyID"), &taxonomy, "languages[]");
        }
        if !item.is_empty() {
            walk.leave(&path, item);
        }
    }
    let path = format!("{LEARNER}.Skills.Linguistic.ForeignLanguageList.ForeignLanguage");
    for mut item in items(source, &path) {
        let Some(name) = text(&mut item, "Description") else {
            walk.leave(&path, item);
            continue;
        };
        let mut levels = Vec::new();
        if let Some(Source::Map(skills)) = item.take("ProficiencyLevel") {
            for (skill, level) in skills {
                walk.account.add(&format!("{path}[].ProficiencyLevel.{skill}"), &level, &to);
                levels.extend(level.text().map(|level| (words_of(&skill), level.to_owned())));
            }
        }
        went(walk, &format!("{path}[].Description"), &name, "languages[].language");
        language(walk, &name, &levels);
        if !item.is_empty() {
            walk.leave(&path, item);
        }
    }
}

/// Reads the pages of the person: the first is the person's own, unless it belongs to something.
pub fn websites(source: &mut Source, walk: &mut Walk) {
    let path = format!("{LEARNER}.Identification.ContactInfo.WebsiteList.Website");
    for item in items(source, &path) {
        walk.entry(&path, item, &LINK);
    }
}

/// Adds a section of its own, unless there is nothing in it.
fn section(walk: &mut Walk, title: &str, key: &str, content: Vec<Written>) {
    if content.is_empty() {
        return;
    }
    let mut own = Block::default();
    own.set("id", Written::Bare(walk.new_id(title, "section")));
    own.set("title", Written::Text(title.to_owned()));
    own.set(key, Written::List(content));
    walk.record.push("sections", Written::Block(own));
}

/// Reads skills in words, and achievements.
pub fn achievements(source: &mut Source, walk: &mut Walk) {
    let mut lines = Vec::new();
    for skill in ["Communication", "Organisational", "JobRelated", "Computer", "Driving", "Other"] {
        let path = format!("{LEARNER}.Skills.{skill}.Description");
        let Some(said) = source.take(&path) else { continue };
        let licences = said.get("Licence").is_some();
        let said = match said {
            Source::Map(mut entries) if licences && entries.len() == 1 => entries.remove(0).1,
            said => said,
        };
        let joined = |items: &[Source]| {
            items.iter().map(Source::text).collect::<Option<Vec<_>>>().map(|all| all.join(", "))
        };
        let words = match &said {
            Source::List(items) => joined(items),
            said => said.text().map(str::to_owned),
        };
        let Some(text) = words else {
            walk.leave(&path, said);
            continue;
        };
        walk.account.add(&path, &said, &Destination::Field("sections[].lines[].text".to_owned()));
        let mut line = Block::default();
        line.set("label", Written::Text(words_of(skill)));
        line.set("text", Written::Text(values::inline(&text)));
        lines.push(Written::Block(line));
    }
    let title = walk.words.title("skills");
    section(walk, &title, "lines", lines);
    let path = format!("{LEARNER}.AchievementList.Achievement");
    for mut item in items(source, &path) {
        let title = text(&mut item, "Title");
        let (Some(title), Some(said)) = (title, text(&mut item, "Description")) else {
            walk.leave(&path, item);
            continue;
        };
        went(walk, &format!("{path}[].Title"), &title, "sections[].title");
        went(walk, &format!("{path}[].Description"), &said, "sections[].text");
        let mut own = Block::default();
        own.set("id", Written::Bare(walk.new_id(&title, "section")));
        own.set("title", Written::Text(title));
        own.set("text", Written::Text(values::markdown(&said)));
        walk.record.push("sections", Written::Block(own));
        if !item.is_empty() {
            walk.leave(&path, item);
        }
    }
}

/// Reads the other lists of the profile, whose entries have titles.
pub fn lists(source: &mut Source, walk: &mut Walk) {
    let Some(Source::Map(lists)) = source.take(PROFILE) else { return };
    let mut rest = Vec::new();
    for (key, list) in lists {
        let parts = if let Source::List(parts) = list { parts } else { vec![list] };
        for mut part in parts {
            let title = text(&mut part, "Title");
            let path = format!("{PROFILE}.{key}");
            let Source::Map(kinds) = part else {
                rest.push((key.clone(), part));
                continue;
            };
            let mut entries = Vec::new();
            for (kind, of_kind) in kinds {
                let of_kind = if let Source::List(items) = of_kind { items } else { vec![of_kind] };
                for item in of_kind {
                    match item.get("Title") {
                        Some(_) => {
                            entries.extend(walk.block(&format!("{path}.{kind}[]"), item, &ENTRY))
                        }
                        None => rest.push((format!("{key}.{kind}"), item)),
                    }
                }
            }
            if let (Some(title), false) = (&title, entries.is_empty()) {
                went(walk, &format!("{path}.Title"), title, "sections[].title");
            } else if let Some(title) = &title {
                rest.push((format!("{key}.Title"), Source::of(title)));
            }
            let entries = entries.into_iter().map(Written::Block).collect();
            section(walk, &title.unwrap_or_else(|| words_of(&key)), "entries", entries);
        }
    }
    rest.into_iter().for_each(|(key, value)| walk.leave(&format!("{PROFILE}.{key}"), value));
}

/// The words of a name without blanks: `JobRelated` is `Job related`.
fn words_of(name: &str) -> String {
    let mut words = String::new();
    for (at, c) in name.char_indices() {
        if at > 0 && c.is_uppercase() {
            words.push(' ');
            words.extend(c.to_lowercase());
        } else {
            words.push(c);
        }
    }
    words
}
