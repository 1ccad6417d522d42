//! Rules on the wording of texts.

use std::collections::HashSet;

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Place, Rule, Severity, brief};
use crate::language::tag::fallbacks;
use crate::markdown::{Bound, Context, Excess, Number, crowded};
use crate::record::letters::shape;
use crate::record::text::Wording;

/// Words that may occur twice in a row.
const REPEATABLE: &[&str] = &[
    "had", "that", "하나", "매우", "아주", "정말", "점점", "조금", "더욱", "자주", "서로", "가지",
];
/// Markup that leaves its signs in the text when it is not closed.
const SIGNS: &[&str] = &["**", "~~", "](", "[^", "`"];

/// Characters of one text in Markdown: some fifty pages.
const LENGTH: usize = 100_000;
/// Characters of one text without blocks.
const INLINE_LENGTH: usize = 10_000;
/// Characters of one text without Markdown.
const SHORT_LENGTH: usize = 2_000;

pub(super) const RULES: &[Check] = &[
    Check {
        rule: Rule {
            code: "E083",
            name: "text out of bounds",
            severity: Severity::Error,
            what: "A text is longer than 100,000 characters, one without blocks, such as a highlight, longer \
               than 10,000, or one without Markdown longer than 2,000; a text nests quotes, lists, emphasis \
               or links deeper than 12 levels, has a table of more than 20 columns or 5,000 cells, a paragraph \
               with more than 400 emoji, a letter with more than 10 marks, or more than 2,000 signs in a row.",
            why: "It would not fit a page, or keep the machine busy for minutes; most often something was \
              pasted.",
            bad: "cover: \">>>>>>>>>>>>> Thirteen times quoted.\"\n",
            good: "cover: \"> Quoted once.\"\n",
        },
        find: Some(bounded),
    },
    Check {
        rule: Rule {
            code: "E045",
            name: "heading without words",
            severity: Severity::Error,
            what: "A heading of a Markdown text has no words.",
            why: "The contents and the bookmarks would list nothing, and PDF/UA forbids it. Most often a `#` \
              stands alone on its line.",
            bad: "articles:\n  - {id: a, title: A, body: \"# \\n\\nBuilds servers.\"}\n",
            good: "articles:\n  - {id: a, title: A, body: \"# Work\\n\\nBuilds servers.\"}\n",
        },
        find: Some(titled),
    },
    Check {
        rule: Rule {
            code: "W002",
            name: "missing translation",
            severity: Severity::Warning,
            what: "A text has wordings in some languages of the record, but not in all of them.",
            why: "It was translated once, and the rest forgotten.",
            bad: "site: {languages: [ko, en]}\nprofile:\n  name: {ko: 이름}\n",
            good: "site: {languages: [ko, en]}\nprofile:\n  name: {ko: 이름, en: Your Name}\n",
        },
        find: Some(untranslated),
    },
    Check {
        rule: Rule {
            code: "W020",
            name: "doubled word",
            severity: Severity::Warning,
            what: "A word occurs twice in a row.",
            why: "It is the slip that spelling checkers miss.",
            bad: "cover: Built the the servers.\n",
            good: "cover: Built the servers.\n",
        },
        find: Some(doubled),
    },
    Check {
        rule: Rule {
            code: "W021",
            name: "Markdown that prints",
            severity: Severity::Warning,
            what: "Signs of Markdown are printed as they are: `**` that is not closed, `[text]` that is no \
               link, or any markup in a field that is plain text. Or a number such as `2019.` at the beginning \
               of a line makes a list of one item, or is printed as another number in a list.",
            why: "A reader sees the signs, or an unintended list. A backslash shows what is intended: \
              `\\**`, `2019\\.`.",
            bad: "cover: Built **servers.\n",
            good: "cover: Built **servers**.\n",
        },
        find: Some(literal),
    },
    Check {
        rule: Rule {
            code: "W022",
            name: "HTML that prints",
            severity: Severity::Warning,
            what: "Markdown contains raw HTML, which is never interpreted and prints as its characters.",
            why: "A reader sees the tags.",
            bad: "cover: Built <b>servers</b>.\n",
            good: "cover: Built **servers**.\n",
        },
        find: Some(html),
    },
    Check {
        rule: Rule {
            code: "W026",
            name: "shape of a letter",
            severity: Severity::Advice,
            what: "A text has a character that is a shape of letters: a ligature (`ﬃ`), a radical (`⼈`), bold or \
               italic letters from the alphabets of mathematics (`𝗔`).",
            why: "The letters themselves are printed, because nobody searches for such shapes. They come along \
              with text that is copied from a PDF or from a website.",
            bad: "cover: An eﬃcient server.\n",
            good: "cover: An efficient server.\n",
        },
        find: Some(shapes),
    },
];

/// No text is too long to be typeset.
fn bounded(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for wording in subject.texts.iter().flat_map(|text| text.wordings()) {
        let limit = match wording.markdown {
            None => SHORT_LENGTH,
            Some(Context::Inline) => INLINE_LENGTH,
            Some(Context::Block) => LENGTH,
        };
        let length = wording.text.chars().count();
        if length > limit {
            let message = format!("the text has {length} characters, more than {limit}");
            let diagnostic = Diagnostic::error("E083", message).at(wording.place);
            diagnostics.push(diagnostic.hint("split it into several entries"));
        }
    }
    let prose = subject
        .prose
        .iter()
        .flat_map(|piece| piece.survey.excesses.iter().map(move |excess| (piece.wording, *excess)));
    let plain = plain(subject).filter_map(|wording| Some((wording, crowded(&wording.text)?)));
    for (wording, Excess { of, line }) in prose.chain(plain) {
        let limit = of.limit();
        let (message, hint) = match of {
            Bound::Depth => (
                format!("the text nests deeper than {limit} levels"),
                "take quotes, lists, emphasis or links out of each other",
            ),
            Bound::Columns => (
                format!("the table has more than {limit} columns"),
                "split it, or exchange rows and columns",
            ),
            Bound::Cells => {
                (format!("the table has more than {limit} cells"), "split it into several")
            }
            Bound::Emoji => (
                format!("the paragraph has more than {limit} emoji"),
                "split it into several, or remove some",
            ),
            Bound::Marks => (
                format!("a letter has more than {limit} marks"),
                "remove those that do not belong to it",
            ),
            Bound::Signs => {
                (format!("more than {limit} signs stand in a row"), "remove some, or add blanks")
            }
        };
        let place = wording.find(subject.sources, line, "\0");
        diagnostics.push(Diagnostic::error("E083", message).at(place).hint(hint));
    }
}

/// Headings are not empty.
fn titled(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for piece in &subject.prose {
        for heading in piece.survey.headings.iter().filter(|h| h.text.trim().is_empty()) {
            let place = piece.wording.find(subject.sources, heading.line, "\0");
            let diagnostic = Diagnostic::error("E045", "the heading has no words").at(place);
            diagnostics
                .push(diagnostic.hint("write its words after the `#`, or a backslash before it"));
        }
    }
}

/// Texts that name languages name all of the record's.
fn untranslated(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let languages = subject.record.languages();
    for text in subject.texts.iter().filter(|text| text.is_map()) {
        let has = |language: &String| {
            let mut named = text.wordings().iter().filter_map(|w| w.language.as_ref());
            let serves = fallbacks(language);
            named.any(|known| serves.contains(known))
        };
        let lacking: Vec<&str> =
            languages.iter().filter(|language| !has(language)).map(String::as_str).collect();
        if !lacking.is_empty() {
            let message = format!("the text has no wording in {}", lacking.join(", "));
            let diagnostic = Diagnostic::warning("W002", message).at(text.place);
            diagnostics.push(diagnostic.hint(format!("add `{}: …` to it", lacking[0])));
        }
    }
}

/// The texts that are not Markdown.
fn plain<'a>(subject: &'a Subject<'a>) -> impl Iterator<Item = &'a Wording> {
    let wordings = subject.texts.iter().flat_map(|text| text.wordings());
    wordings.filter(|wording| wording.markdown.is_none())
}

/// The runs of plain words of a wording, each with its line in it.
fn runs<'a>(subject: &'a Subject<'a>) -> impl Iterator<Item = (&'a Wording, usize, &'a str)> {
    let prose = subject.prose.iter().flat_map(|piece| {
        piece.survey.runs.iter().map(|run| (piece.wording, run.line, run.text.as_str()))
    });
    let plain = plain(subject).map(|wording| (wording, 1, wording.text.as_str()));
    prose.chain(plain)
}

/// The place of a needle found at a byte of a run.
fn place(
    subject: &Subject,
    wording: &Wording,
    line: usize,
    run: &str,
    at: usize,
    needle: &str,
) -> Place {
    let line = line + run[..at].matches('\n').count();
    wording.find(subject.sources, line, needle)
}

/// No word occurs twice in a row.
fn doubled(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for (wording, line, run) in runs(subject) {
        let mut before: Option<&str> = None;
        let mut reported = HashSet::new();
        for word in run.split_whitespace() {
            let bare = word.trim_end_matches(|c: char| c.is_ascii_punctuation());
            let same = before.is_some_and(|before| before.to_lowercase() == bare.to_lowercase());
            let known = REPEATABLE.contains(&bare.to_lowercase().as_str());
            if same && !known && bare.chars().count() > 1 && bare.chars().all(char::is_alphabetic) {
                let at = word.as_ptr() as usize - run.as_ptr() as usize;
                // The range of both words, if they are on one line of the file.
                let start =
                    before.map_or(at, |before| before.as_ptr() as usize - run.as_ptr() as usize);
                let needle = &run[start..at + bare.len()];
                // Its place is that of the first in the text.
                if reported.insert(needle) {
                    let place = place(subject, wording, line, run, start, needle);
                    let message = format!("`{bare}` occurs twice in a row");
                    let warning = Diagnostic::warning("W020", message).at(place);
                    diagnostics.push(warning.hint("remove one of them"));
                }
            }
            before = Some(word);
        }
    }
}

/// Markup is closed, and stands only where Markdown is read.
fn literal(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for piece in &subject.prose {
        for run in &piece.survey.runs {
            for needle in SIGNS.iter().map(|sign| (*sign).to_owned()).chain(bracketed(&run.text)) {
                // Between figures it is a sign: `2**10`.
                let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                let open = run.text.match_indices(&needle).find(|(at, _)| {
                    let (before, behind) = (&run.text[..*at], &run.text[at + needle.len()..]);
                    !is_figure(before.chars().next_back()) || !is_figure(behind.chars().next())
                });
                // A writer who escapes a sign knows that it prints.
                let escaped = || format!("\\{}", needle.chars().next().unwrap_or_default());
                if let Some((at, _)) = open.filter(|_| !piece.wording.text.contains(&escaped())) {
                    let at = place(subject, piece.wording, run.line, &run.text, at, &needle);
                    let message = format!("`{}` prints as it is", brief(&needle));
                    diagnostics.push(
                        Diagnostic::warning("W021", message)
                            .at(at)
                            .hint("close the markup or finish the link; a backslash before it shows that it is intended"),
                    );
                }
            }
        }
    }
    for piece in &subject.prose {
        for Number { typed, printed, line } in &piece.survey.numbers {
            let message = match typed == printed {
                true => format!("`{typed}` makes a list of one item"),
                false => format!("`{typed}` is an item of a list and prints as `{printed}`"),
            };
            let (number, sign) = typed.split_at(typed.len() - 1);
            let hint = format!("`{number}\\{sign}` is text");
            let place = piece.wording.find(subject.sources, *line, typed);
            diagnostics.push(Diagnostic::warning("W021", message).at(place).hint(hint));
        }
    }
    for wording in plain(subject) {
        if let Some(sign) = SIGNS.iter().find(|sign| wording.text.contains(**sign)) {
            diagnostics.push(
                Diagnostic::warning(
                    "W021",
                    format!("`{sign}` prints as it is: this field is no Markdown"),
                )
                .at(wording.find(subject.sources, 1, sign))
                .hint("remove the markup"),
            );
        }
    }
}

/// Every `[words]` that became no link.
fn bracketed(run: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (open, _) in run.match_indices('[') {
        let rest = &run[open + 1..];
        if let Some(close) =
            rest.find([']', '[', '\n']).filter(|close| rest[*close..].starts_with(']'))
        {
            let linked = rest[close + 1..].starts_with('(');
            if !linked && rest[..close].chars().any(char::is_alphabetic) {
                found.push(run[open..open + close + 2].to_owned());
            }
        }
    }
    found
}

/// HTML is not interpreted.
fn html(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for piece in &subject.prose {
        if let Some(line) = piece.survey.html.first() {
            diagnostics.push(
                Diagnostic::warning("W022", "HTML prints as its characters")
                    .at(piece.wording.find(subject.sources, *line, "<"))
                    .hint("use Markdown, or put `\\` before the `<`"),
            );
        }
    }
}

/// Letters are typed as themselves.
fn shapes(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for place in subject.texts.iter().flat_map(|text| text.wordings()).map(|it| it.place) {
        let typed = subject.sources.text(place.file).get(place.start..place.end);
        for (at, c) in typed.unwrap_or_default().char_indices() {
            let Some(letters) = shape(c) else { continue };
            let start = place.start + at;
            let advice = Diagnostic::advice("W026", format!("`{c}` prints as `{letters}`"))
                .at(Place { start, end: start + c.len_utf8(), ..place })
                .hint("write the letters; bold and italics are `**bold**` and `*italics*`")
                .kind("shapes that print as their letters", format!("`{c}`"));
            diagnostics.push(advice);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::bracketed;

    #[test]
    fn words_in_brackets_are_found() {
        assert_eq!(bracketed("가 [나다] [1] [a](b [x"), ["[나다]"]);
    }
}
