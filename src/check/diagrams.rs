//! Diagrams that can be drawn.

use crate::check::Subject;
use crate::data::prose::prose;
use crate::diagram::parse;
use crate::markdown::diagrams;
use crate::problem::Problem;

/// A Mermaid block must be of the kinds that are drawn, and without mistakes.
pub(super) fn drawable(subject: &Subject, problems: &mut Vec<Problem>) {
    for (text, _) in prose(subject.record) {
        for wording in text.wordings() {
            for block in diagrams(&wording.text) {
                for error in parse(&block.text).err().unwrap_or_default() {
                    // The diagram's first line is the one after its fence.
                    let place = wording.find(subject.sources, block.line + error.line, "");
                    let problem = Problem::error("E042", error.message).at(place);
                    problems.push(match error.hint {
                        Some(hint) => problem.hint(hint),
                        None => problem,
                    });
                }
            }
        }
    }
}

/// A project's `diagrams` count those of its article.
pub(super) fn counted(subject: &Subject, problems: &mut Vec<Problem>) {
    let record = subject.record;
    for project in &record.projects {
        let article = record.articles.iter().find(|article| article.id == project.id);
        let wordings = article.and_then(|a| a.body.as_ref()).map(|body| body.wordings());
        let there = wordings.and_then(|w| w.iter().map(|w| diagrams(&w.text).len()).min()).unwrap_or(0);
        for number in &project.diagrams {
            if !(1..=there).contains(&(number.value as usize)) {
                let message = format!("there is no diagram {} in the project's article", number.value);
                let hint = match there {
                    0 => "it has none: leave `diagrams` out".to_owned(),
                    _ => format!("it has {there}, counted from 1"),
                };
                problems.push(Problem::error("E043", message).at(number.place).hint(hint));
            }
        }
    }
}
