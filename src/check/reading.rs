//! The rules that are enforced while the YAML is read.

use crate::check::definition::{Check, Subject};
use crate::diagnostics::{Diagnostic, Rule, Severity};
use crate::markdown::{Context, plain_text};
use crate::record::yaml::characters::odd_character;
use crate::record::yaml::characters::oddities;

/// Rules that reading itself enforces.
pub(super) const RULES: &[Check] = &[
    Check::error(
        "E001",
        "invalid YAML",
        "The file is not valid YAML 1.2.",
        "Nothing of a file can be trusted whose structure is a guess. The problem points at the quote, \
         the tab or the bracket that caused it.",
        "profile:\n  name: \"Your Name\n  role: Developer\n",
        "profile:\n  name: \"Your Name\"\n  role: Developer\n",
    ),
    Check::error(
        "E002",
        "second document",
        "A line `---` begins a second YAML document in the same file.",
        "Only the first would be read, and the rest lost in silence.",
        "interests: []\n---\nawards: []\n",
        "interests: []\nawards: []\n",
    ),
    Check::error(
        "E003",
        "deep nesting",
        "Lists and maps nest deeper than 64 levels.",
        "No record needs it, and a program that follows any depth can be made to crash.",
        "interests: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]\n",
        "interests: [{name: Rust}]\n",
    ),
    Check::error(
        "E004",
        "alias inside its anchor",
        "An alias (`*name`) is inside the value that it names.",
        "Written out, the value would never end.",
        "interests: &all\n  - name: Rust\n    keywords: *all\n",
        "interests:\n  - name: Rust\n    keywords: [Typst]\n",
    ),
    Check::error(
        "E005",
        "list or map as a key",
        "A key is a list or a map instead of a word.",
        "It is nearly always a text that begins with a bracket and wants quotes.",
        "interests:\n  - {name}: Rust\n",
        "interests:\n  - name: Rust\n",
    ),
    Check::error(
        "E006",
        "merge of something else",
        "`<<` is given something other than a map or a list of maps.",
        "There is nothing to take over from it.",
        "interests:\n  - <<: Rust\n    name: Rust\n",
        "interests:\n  - &rust {name: Rust}\n  - <<: *rust\n    keywords: [Typst]\n",
    ),
    Check::error(
        "E007",
        "duplicate key",
        "A key is given twice in one map, or in `resume.yaml` and as a file of its own.",
        "One of the two values would be lost, and it is unclear which was meant.",
        "interests: []\nawards: []\ninterests: []\n",
        "interests: []\nawards: []\n",
    ),
    Check::error(
        "E008",
        "too many values",
        "A file holds more than 500,000 values or 16 MB of text once its aliases are written out.",
        "A few lines of aliases that repeat aliases grow beyond any memory.",
        "interests:\n  - {name: A, keywords: &a [x, x, x, x, x, x, x, x, x, x]}\n  - {name: B, keywords: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]}\n  - {name: C, keywords: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]}\n  - {name: D, keywords: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]}\n  - {name: E, keywords: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]}\n  - {name: F, keywords: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e, *e]}\n",
        "interests:\n  - {name: A, keywords: [x, y]}\n",
    ),
    Check::error(
        "E009",
        "not UTF-8",
        "The file is in another encoding than UTF-8, such as CP949 or UTF-16.",
        "Guessed letters end up in print. The problem names the encoding that the file looks like.",
        "",
        "",
    ),
    Check::error(
        "E010",
        "wrong form",
        "A value has another form than its key wants: a text instead of a list, a word instead of a \
         number.",
        "Reading it as something else would change what it says.",
        "interests: Rust\n",
        "interests:\n  - name: Rust\n",
    ),
    Check::error(
        "E011",
        "unknown key",
        "A map has a key that means nothing there, or one key under two of its names.",
        "A mistyped key would be left out of every document without a word.",
        "interests:\n  - nmae: Rust\n    name: Rust\n",
        "interests:\n  - name: Rust\n",
    ),
    Check::error(
        "E012",
        "missing key",
        "An entry lacks a key that it cannot do without.",
        "A position without a title, or a project without a name, cannot be printed.",
        "interests:\n  - keywords: [Typst]\n",
        "interests:\n  - name: Rust\n    keywords: [Typst]\n",
    ),
    Check::error(
        "E013",
        "unknown choice",
        "A value is none of the words that its key knows.",
        "What it asks for would not happen.",
        "formats: {full: {paper: a3}}\n",
        "formats: {full: {paper: a4}}\n",
    ),
    Check::error(
        "E014",
        "unknown language",
        "A text has a wording in a language that `site.languages` does not name.",
        "No document would ever print it.",
        "site: {languages: [ko]}\ninterests:\n  - name: {ko: 음악, en: Music}\n",
        "site: {languages: [ko, en]}\ninterests:\n  - name: {ko: 음악, en: Music}\n",
    ),
    Check::error(
        "E015",
        "malformed id",
        "An id has other characters than a–z, 0–9 and hyphens.",
        "Ids become parts of links and of names inside the PDF.",
        "sections:\n  - {id: My Work, title: Work, list: skills}\nskills: [{name: A, skills: [B]}]\n",
        "sections:\n  - {id: my-work, title: Work, list: skills}\nskills: [{name: A, skills: [B]}]\n",
    ),
    Check::error(
        "E016",
        "malformed language tag",
        "A language tag is neither `ko` nor `ko-KP` in form (BCP 47).",
        "Readers, hyphenation and screen readers go by the tag.",
        "site: {languages: [korean]}\n",
        "site: {languages: [ko]}\n",
    ),
    Check::error(
        "E017",
        "impossible date",
        "A date is no day, month or year of the calendar, or its form means different days to different readers.",
        "Durations are counted from it, and a reader may check.",
        "site: {date: 2023-02-29}\n",
        "site: {date: 2023-02-28}\n",
    ),
    Check::error(
        "E019",
        "unknown importance",
        "An importance is not a whole number from 1 to 5.",
        "Order and choice of entries depend on it.",
        "skills:\n  - {name: Languages, importance: 9, skills: [Rust]}\n",
        "skills:\n  - {name: Languages, importance: 5, skills: [Rust]}\n",
    ),
    Check::error(
        "E024",
        "malformed colour",
        "The theme's accent is not a colour of the form `\"#rrggbb\"`.",
        "A bare `#` begins a comment, and the names of colours differ from program to program.",
        "theme: {accent: blue}\n",
        "theme: {accent: \"#1d4ed8\"}\n",
    ),
    Check {
        rule: Rule {
            code: "W025",
            name: "pale colour",
            severity: Severity::Warning,
            what: "The theme's accent has a contrast below 4.5:1 against white (WCAG 2.2, 1.4.3).",
            why: "Text in it would be hard to read, in print and on a screen. It is set in a darker shade; \
                rules and bullets keep the accent.",
            bad: "theme: {accent: \"#93c5fd\"}\n",
            good: "theme: {accent: \"#1d4ed8\"}\n",
        },
        find: Some(pale),
    },
    Check::error(
        "E026",
        "size out of bounds",
        "The theme's size of text is not a number of points from 8.5 to 12, or its length of lines no whole number \
         of letters from 45 to 120.",
        "Smaller text cannot be read in print, and larger leaves no room for words.",
        "theme: {size: 24}\n",
        "theme: {size: 10.5}\n",
    ),
    Check::error(
        "E027",
        "no DOI",
        "A `doi` is neither an identifier such as `10.1000/182` nor its address at `doi.org`.",
        "Its link would lead nowhere.",
        "publications:\n  - {name: A paper, doi: PMC1234567}\n",
        "publications:\n  - {name: A paper, doi: 10.1000/182}\n",
    ),
    Check::error(
        "E060",
        "unknown weight",
        "A weight of a tag, a keyword or of `tailoring` is not a number from 0 to 100.",
        "What is chosen for an application depends on it.",
        "tailoring: {job: -1}\n",
        "tailoring: {job: 2}\n",
    ),
    Check::error(
        "E061",
        "unreadable job description",
        "The file of a job description is not there, or is not UTF-8.",
        "The page could not be measured against the job.",
        "applications:\n  - {id: a, job: {file: none.txt}}\n",
        "applications:\n  - {id: a, job: Developer of servers}\n",
    ),
    Check {
        find: Some(hidden),
        ..Check::error(
            "E080",
            "hidden character",
            "A text holds a control character, one that turns the reading direction, one that does not \
         show, or one that Unicode does not define; written as it is or as `&shy;`, `&#x202e;`.",
            "Such characters come along with copied text; searching, copying and screen readers stumble \
         over them, and text can be made to read differently from what it says. Joiners and selectors \
         inside emoji and in scripts that need them stay.",
            "interests:\n  - name: \"Ru\\u200Bst\"\n",
            "interests:\n  - name: Rust\n",
        )
    },
    Check::error(
        "E081",
        "lost character",
        "U+FFFD marks where a program could not read a character.",
        "The letter that was there is lost and prints as a question mark.",
        "interests:\n  - name: Ru\u{fffd}t\n",
        "interests:\n  - name: Rust\n",
    ),
    Check::error(
        "E082",
        "file too large",
        "A YAML file is larger than 4 MB, a picture larger than 20 MB, or all files together larger \
         than 200 MB.",
        "It is hardly a record, and reading it would take the machine down with it.",
        "",
        "",
    ),
    Check::error(
        "E084",
        "unknown tag",
        "A value carries a YAML tag (`!name`) other than `!!str`, `!!seq` and `!!map`.",
        "The tag would be dropped in silence; most often the text simply begins with `!`.",
        "interests:\n  - name: !important Rust\n",
        "interests:\n  - name: \"!important Rust\"\n",
    ),
    Check::error(
        "E086",
        "list folded into a text",
        "A list item, a code block or a row of a table stands on a line of a text that YAML folds into \
         one: a text without `|`, in quotes or behind `>`. A line counts that begins with `- `, `* `, \
         `• `, `1. `, `1) ` or three backticks, or that has `| ` and ` |` at its ends, where the line above \
         is not blank.",
        "It would print as one sentence with the signs in its middle.",
        "interests:\n  - name: Music\n      - Piano\n      - Organ\n",
        "cover: |\n  Music\n  - Piano\n  - Organ\n",
    ),
    Check::error(
        "E087",
        "blank that is no space",
        "The indentation of a line, the `-` of an item or the `:` of a key is followed by a no-break \
         space (U+00A0) or another blank of Unicode.",
        "YAML takes it for a letter, so that keys and items are read as something else. It comes along \
         with text that is copied from a web page or a word processor.",
        "interests:\n  - name:\u{a0}Rust # U+00A0 behind the colon\n",
        "interests:\n  - name: Rust\n",
    ),
    Check {
        rule: Rule {
            code: "W082",
            name: "text lost as a comment",
            severity: Severity::Warning,
            what: "Words behind a text without quotes begin with ` #`, so that YAML takes them for a comment, \
                and they look like a part of the text: a figure follows the `#` directly (`#1 of 40`), or, \
                after a single blank, a letter (`#rust`), a punctuation mark (`C #, Go`) or nothing (`C #`). \
                A comment with a blank behind its `#` is left alone.",
            why: "No document would print them.",
            bad: "interests:\n  - name: Ranked #1 of 40\n",
            good: "interests:\n  - name: \"Ranked #1 of 40\" # as of 2024\n  - name: Rust # the language\n",
        },
        find: None,
    },
    Check {
        rule: Rule {
            code: "W083",
            name: "file that is not read",
            severity: Severity::Warning,
            what: "A file of the data folder looks as if it belonged to the record, and is not read: it is \
                named like a key of the record and has another ending than `.yaml` or `.yml`, is in a \
                folder within the folder of a list, or is data of another kind beside the items of a list.",
            why: "Its content is in no document.",
            bad: "",
            good: "",
        },
        find: None,
    },
    Check::error(
        "E085",
        "too many errors",
        "The record has more than 1,000 errors; the others are only counted.",
        "Most often a file is no record at all, and so many errors cannot be fixed at once.",
        "",
        "",
    ),
];

/// Text in the accent can be read.
fn pale(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    let accent = subject.record.theme.as_ref().and_then(|theme| theme.accent.as_ref());
    let Some((accent, darker)) = accent.and_then(|accent| Some((accent, accent.darkened()?)))
    else {
        return;
    };
    let (color, contrast) = (&accent.0.value, accent.contrast());
    let message = format!("`{color}` is too pale for text: {contrast:.1}:1 against white");
    let diagnostic = Diagnostic::warning("W025", message).at(accent.0.place);
    diagnostics.push(
        diagnostic.hint(format!("text is set in `{darker}`, which has 4.5:1 (WCAG 2.2, 1.4.3)")),
    );
}

/// No entity of Markdown stands for a character that is refused when it is typed.
fn hidden(subject: &Subject, diagnostics: &mut Vec<Diagnostic>) {
    for piece in subject.prose.iter().filter(|piece| piece.wording.text.contains('&')) {
        let survey = &piece.survey;
        let runs = survey.runs.iter().map(|run| (&run.text, run.line));
        let links = survey.links.iter().map(|link| (&link.url, link.line));
        let images = survey.images.iter().flat_map(|image| {
            [&image.url, &image.alt, &image.title].map(|text| (text, image.line))
        });
        for (text, line) in runs.chain(links).chain(images) {
            for (at, c, oddity) in
                oddities(text).filter(|(_, c, _)| !piece.wording.text.contains(*c))
            {
                let line = line + text[..at].matches('\n').count();
                let place =
                    piece.wording.find(subject.sources, line, entity(&piece.wording.text, c));
                diagnostics.push(odd_character(c, oddity).at(place));
            }
        }
    }
}

/// The first entity of a text that stands for a character.
fn entity(text: &str, c: char) -> &str {
    let begins = text.match_indices('&').map(|(at, _)| &text[at..]);
    let mut entities = begins.filter_map(|rest| Some(&rest[..=rest.find(';')?]));
    entities.find(|entity| plain_text(entity, Context::Inline).contains(c)).unwrap_or("&")
}
