//! Rules on letters, and on the answers to the questions of application forms.

use std::collections::{BTreeSet, HashMap};

use unicode_segmentation::UnicodeSegmentation as _;

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Place, Rule, Severity, brief};
use crate::record::Record;
use crate::record::model::applications::Application;
use crate::record::model::questions::{Count, Question, in_euckr};
use crate::record::placeholders::{Kind, Placeholder, VALUES, named, placeholders, value};
use crate::record::read::Read as _;
use crate::record::text::{Text, Wording};

/// Per cent of a limit below which an answer is short.
const SHORT: usize = 80;
/// Characters from which on the same sentence in two answers is no chance.
const SENTENCE: usize = 20;

pub(super) const RULES: &[Check] = &[
    Check {
        find: Some(placeholders_exist),
        ..Check::error(
            "E091",
            "unknown word in braces",
            "A letter or a snippet has braces round a word that is neither `organization`, `role` or `name` nor the id \
             of a snippet; or a snippet names a snippet.",
            "The braces would be printed. A backslash before them says that they are meant.",
            "applications: [{id: b, letter: {paragraphs: [\"I like {organisation}.\"]}}]\n",
            "applications: [{id: b, organization: B, letter: {paragraphs: [\"I like {organization}.\"]}}]\n",
        )
    },
    Check::error(
        "E092",
        "value in braces is missing",
        "A letter has braces round a value that its application and the profile lack.",
        "There would be a hole in the sentence.",
        "applications: [{id: b, letter: {paragraphs: [\"I like {organization}.\"]}}]\n",
        "applications: [{id: b, organization: B, letter: {paragraphs: [\"I like {organization}.\"]}}]\n",
    ),
    Check::error(
        "E093",
        "unknown entry in a letter",
        "`[[id]]` in a letter or a snippet is the id of no project, career entry, article or post.",
        "It would name nothing.",
        "projects: [{id: engine, name: Engine, summary: It runs.}]\napplications: [{id: b, letter: {paragraphs: [\"I made [[engin]].\"]}}]\n",
        "projects: [{id: engine, name: Engine, summary: It runs.}]\napplications: [{id: b, letter: {paragraphs: [\"I made [[engine]].\"]}}]\n",
    ),
    Check::error(
        "E047",
        "letter of more than a page",
        "A letter does not fit its page.",
        "A letter has one page. The message says how many lines are too many.",
        "",
        "",
    ),
    Check {
        find: Some(answers_fit),
        ..Check::error(
            "E094",
            "answer over its limit",
            "An answer is longer than its `limit`, in what `count` counts; or the limit is 0.",
            "The form would refuse it, or cut off its end.",
            "applications: [{id: b, questions: [{ask: Why?, answer: Because I can., limit: 10}]}]\n",
            "applications: [{id: b, questions: [{ask: Why?, answer: Because I can., limit: 15}]}]\n",
        )
    },
    Check {
        rule: Rule {
            code: "W097",
            name: "letter without paragraphs",
            severity: Severity::Warning,
            what: "A letter has no paragraphs yet.",
            why: "Its page has a head and a closing alone.",
            bad: "applications: [{id: b, letter: {opening: Hello}}]\n",
            good: "applications: [{id: b, letter: {opening: Hello, paragraphs: [I write software.]}}]\n",
        },
        find: Some(written),
    },
    Check {
        rule: Rule {
            code: "W091",
            name: "question without an answer",
            severity: Severity::Warning,
            what: "A question of an application form has no answer yet.",
            why: "Its document prints the question alone.",
            bad: "applications: [{id: b, questions: [{ask: Why?}]}]\n",
            good: "applications: [{id: b, questions: [{ask: Why?, answer: Because I can.}]}]\n",
        },
        find: Some(answered),
    },
    Check {
        rule: Rule {
            code: "W092",
            name: "another organisation",
            severity: Severity::Warning,
            what: "A letter or an answer names the organisation of another application.",
            why: "It was probably written for that one.",
            bad: "applications:\n  - {id: a, organization: Acme}\n  - {id: b, organization: Bell, questions: [{ask: Why?, answer: I like Acme.}]}\n",
            good: "applications:\n  - {id: a, organization: Acme}\n  - {id: b, organization: Bell, questions: [{ask: Why?, answer: I like Bell.}]}\n",
        },
        find: Some(organizations),
    },
    Check {
        rule: Rule {
            code: "W093",
            name: "sentence in two answers",
            severity: Severity::Warning,
            what: "Two answers of an application have the same sentence of 20 characters or more.",
            why: "Who reads both notices, and a limit is spent twice.",
            bad: "applications: [{id: b, questions: [{ask: Why?, answer: I write software that lasts.}, {ask: How?, answer: I write software that lasts.}]}]\n",
            good: "applications: [{id: b, questions: [{ask: Why?, answer: I write software that lasts.}, {ask: How?, answer: With tests.}]}]\n",
        },
        find: Some(repeated),
    },
    Check {
        rule: Rule {
            code: "W094",
            name: "character that a form may count otherwise",
            severity: Severity::Warning,
            what: "An answer that is counted in EUC-KR has a character that EUC-KR lacks; or one that is counted in \
             characters fits its limit only because an emoji or a combined letter counts as one.",
            why: "The form may print a `?` for it, or count it as two or more, as JavaScript's `length` does.",
            bad: "applications: [{id: b, questions: [{ask: Why?, answer: Because 👍🏽, limit: 100, count: bytes-euckr}]}]\n",
            good: "applications: [{id: b, questions: [{ask: Why?, answer: Because, limit: 8, count: bytes-euckr}]}]\n",
        },
        find: Some(foreign_characters),
    },
    Check {
        rule: Rule {
            code: "W095",
            name: "short answer",
            severity: Severity::Advice,
            what: "An answer takes less than 80 % of its limit.",
            why: "Who sets a limit expects about as much.",
            bad: "applications: [{id: b, questions: [{ask: Why?, answer: Because., limit: 100}]}]\n",
            good: "applications: [{id: b, questions: [{ask: Why?, answer: Because., limit: 9}]}]\n",
        },
        find: Some(short),
    },
];

/// All questions of the applications, with their answers and the lengths of these.
fn answers<'a>(
    subject: &Subject<'a>,
) -> impl Iterator<Item = (&'a Application, &'a Question, &'a Wording, usize)> {
    let all = subject.record.applications.iter().flat_map(|application| {
        application.questions.iter().map(move |question| (application, question))
    });
    all.flat_map(|(application, question)| {
        let wordings = question.answer.iter().flat_map(|answer| answer.wordings());
        wordings.map(move |own| (application, question, own, question.count.of(&own.text)))
    })
}

/// The texts of an application's letter.
fn letter_texts(application: &Application) -> Vec<&Text> {
    let mut texts = Vec::new();
    application.letter.texts(&mut texts);
    texts
}

fn placeholders_exist(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    let mut check = |text: &Text, application: Option<&Application>| {
        for wording in text.wordings() {
            for Placeholder { kind, range } in placeholders(&wording.text) {
                let place = subject.place_of(wording, range.start, &wording.text[range]);
                diagnostics.extend(unknown(record, application, kind).map(|found| found.at(place)));
            }
        }
    };
    for application in &record.applications {
        letter_texts(application).into_iter().for_each(|text| check(text, Some(application)));
    }
    record.snippets.0.iter().for_each(|(_, text)| check(text, None));
}

/// What is wrong with a placeholder of an application's letter, or of a snippet.
fn unknown(record: &Record, application: Option<&Application>, kind: Kind) -> Option<Diagnostic> {
    match kind {
        Kind::Value(name) if VALUES.contains(&name) => {
            // What a snippet lacks is missing where a letter uses it.
            let lacking = value(record, application?, name).is_none();
            let message = format!("there is no {name} for `{{{name}}}`");
            lacking.then(|| {
                let diagnostic = Diagnostic::error("E092", message);
                diagnostic.hint(format!("add a line `{name}: …` to the application"))
            })
        }
        Kind::Value(id) => {
            let snippets = record.snippets.0.iter().map(|(id, _)| id.as_str());
            let Some(application) = application else {
                let message = format!("a snippet cannot hold `{{{id}}}`");
                let hint = format!("a snippet takes {}", braced(VALUES));
                return Some(Diagnostic::error("E091", message).hint(hint));
            };
            let Some(snippet) = record.snippets.get(id) else {
                let known = VALUES.into_iter().chain(snippets);
                let diagnostic = Diagnostic::error("E091", format!("there is no snippet `{id}`"))
                    .suggest(id, known.clone())
                    .hint(format!("known: {}", braced(known)));
                return Some(
                    diagnostic.hint(format!("for the braces themselves, write `\\{{{id}}}`")),
                );
            };
            let inner = snippet.wordings().iter().flat_map(|own| placeholders(&own.text));
            inner
                .filter(|found| matches!(found.kind, Kind::Value(name) if VALUES.contains(&name)))
                .find_map(|found| unknown(record, Some(application), found.kind))
        }
        Kind::Entry(id, _) => {
            let known: Vec<&str> = named(record).map(|entry| entry.id).collect();
            (!known.contains(&id)).then(|| {
                Diagnostic::error("E093", format!("there is no entry `{}`", brief(id)))
                    .suggest(id, known.iter().copied())
                    .hint("entries are ids of projects, career entries, articles and posts")
            })
        }
    }
}

/// Names as they stand in braces.
fn braced<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{{{name}}}`")).collect();
    names.join(", ")
}

/// What a count is in, for a message.
fn unit(count: Count, number: usize) -> &'static str {
    match (count.is_bytes(), number) {
        (true, 1) => "byte",
        (true, _) => "bytes",
        (false, 1) => "character",
        (false, _) => "characters",
    }
}

fn answers_fit(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let questions = subject.record.applications.iter().flat_map(|own| &own.questions);
    for limit in questions.filter_map(|question| question.limit.as_ref()) {
        if limit.value == 0 {
            let diagnostic = Diagnostic::error("E094", "`0` is not a limit").at(limit.place);
            diagnostics.push(diagnostic.hint("write how much the form takes, or remove the key"));
        }
    }
    for (_, question, answer, length) in answers(subject) {
        let Some(limit) = question.limit.as_ref().filter(|limit| limit.value > 0) else { continue };
        let most = limit.value as usize;
        if length > most {
            let (over, count) = (length - most, question.count);
            let message = format!(
                "the answer is {over} {} over its limit: {length} of {most}",
                unit(count, over)
            );
            let diagnostic = Diagnostic::error("E094", message).at(answer.place);
            diagnostics.push(
                diagnostic
                    .related(limit.place, "the limit")
                    .hint(format!("shorten it; `count: {}` is counted", count.word())),
            );
        }
    }
}

fn short(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for (_, question, answer, length) in answers(subject) {
        let Some(limit) = &question.limit else { continue };
        let most = limit.value as usize;
        if length * 100 < most * SHORT {
            let per_cent = length * 100 / most;
            let message = format!("the answer takes {per_cent} % of its limit: {length} of {most}");
            let diagnostic = Diagnostic::advice("W095", message).at(answer.place);
            diagnostics.push(diagnostic.hint(format!("{SHORT} % and more is usual")));
        }
    }
}

fn written(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let letters = subject.record.applications.iter().filter_map(|own| own.letter.as_ref());
    for letter in letters.filter(|letter| letter.paragraphs.is_empty()) {
        let diagnostic = Diagnostic::warning("W097", "the letter has no paragraphs");
        diagnostics.push(diagnostic.at(letter.place).hint("write them under `paragraphs:`"));
    }
}

fn answered(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let questions = subject.record.applications.iter().flat_map(|own| &own.questions);
    for question in questions.filter(|question| question.answer.is_none()) {
        let diagnostic = Diagnostic::warning("W091", "the question has no answer");
        diagnostics.push(diagnostic.at(question.ask.place).hint("write it under `answer:`"));
    }
}

/// A letter or an answer names no organisation of another application, unless the person has worked there.
fn organizations(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let record = subject.record;
    let names = |text: &Text| text.wordings().iter().map(Wording::plain).collect::<Vec<_>>();
    let known: Vec<String> =
        record.career.iter().flat_map(|entry| names(&entry.organization)).collect();
    for application in &record.applications {
        let own: Vec<String> = application.organization.iter().flat_map(names).collect();
        let others = record.applications.iter().filter_map(|other| other.organization.as_ref());
        let mut others: Vec<String> = others.flat_map(names).collect();
        others.retain(|name| !own.iter().chain(&known).any(|own| own.contains(name.as_str())));
        others.sort_unstable();
        others.dedup();
        let answers = application.questions.iter().filter_map(|question| question.answer.as_ref());
        for wording in letter_texts(application).into_iter().chain(answers).flat_map(Text::wordings)
        {
            for name in &others {
                let Some(start) = wording.text.find(name.as_str()) else { continue };
                let message =
                    format!("`{}` is the organisation of another application", brief(name));
                diagnostics.push(
                    Diagnostic::warning("W092", message)
                        .at(subject.place_of(wording, start, name))
                        .hint(
                            "name the organisation of this one; a letter can say `{organization}`",
                        ),
                );
            }
        }
    }
}

fn repeated(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    // Within one application and one language.
    let mut first: HashMap<(&str, Option<&str>, &str), (Place, Place)> = HashMap::new();
    for (application, _, answer, _) in answers(subject) {
        for (start, sentence) in answer.text.split_sentence_bound_indices() {
            let sentence = sentence.trim();
            if Count::Chars.of(sentence) < SENTENCE {
                continue;
            }
            let place = subject.place_of(answer, start, sentence);
            let language = answer.language.as_deref();
            let key = (application.id.as_str(), language, sentence);
            let (earlier, within) = *first.entry(key).or_insert((place, answer.place));
            if within != answer.place {
                let message = format!("`{}` is in two answers", brief(sentence));
                diagnostics.push(
                    Diagnostic::warning("W093", message)
                        .at(place)
                        .related(earlier, "the first")
                        .hint("say it in one of them"),
                );
            }
        }
    }
}

fn foreign_characters(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for (_, question, answer, length) in answers(subject) {
        let text = &answer.text;
        match question.count {
            Count::BytesEuckr => {
                let lacking = text.char_indices().filter(|(_, c)| in_euckr(*c).is_none());
                let Some((start, first)) = lacking.clone().next() else { continue };
                let signs: BTreeSet<char> = lacking.map(|(_, sign)| sign).collect();
                let others = match signs.len() - 1 {
                    0 => String::new(),
                    1 => " and another character of the answer".to_owned(),
                    count => format!(" and {count} other characters of the answer"),
                };
                let code = u32::from(first);
                let message = format!("EUC-KR has no `{first}` (U+{code:04X}){others}");
                let diagnostic = Diagnostic::warning("W094", message)
                    .at(subject.place_of(answer, start, &first.to_string()))
                    .hint("replace it: a form may print `?`, which is counted here as two bytes");
                diagnostics.push(diagnostic);
            }
            Count::Chars => {
                let Some(limit) = &question.limit else { continue };
                let (units, most) = (text.encode_utf16().count(), limit.value as usize);
                if length <= most && units > most {
                    let message = format!("some forms count {units} characters of {most} here");
                    let diagnostic = Diagnostic::warning("W094", message).at(answer.place);
                    diagnostics.push(
                        diagnostic.hint("an emoji or a combined letter may count as two or more"),
                    );
                }
            }
            Count::CharsNoSpace | Count::BytesUtf8 => {}
        }
    }
}
