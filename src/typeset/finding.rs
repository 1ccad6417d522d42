//! What typesetting found, before it has a place in the sources.

use std::collections::{BTreeMap, BTreeSet};

use unicode_script::{Script, UnicodeScript as _};

use crate::diagnostics::{Diagnostic, Place, Severity, Sources, brief};
use crate::engine::{Fault, MissingGlyph, Overfull};

/// Something to report of a document.
pub(crate) enum Finding {
    /// A diagnostic that has its place already.
    Diagnostic(Diagnostic),
    /// A fault of a template or of the export.
    Fault(Fault),
    /// A character that no font has.
    Missing(MissingGlyph),
    /// Letters of a script that no font has.
    Script(Script, BTreeSet<char>),
    /// Text that runs over the edge of its page.
    Overfull(Overfull),
}

impl Finding {
    /// The finding as a diagnostic, with its place among the texts of the run.
    pub fn locate(self, sources: &mut Sources) -> Diagnostic {
        match self {
            Self::Diagnostic(diagnostic) => diagnostic,
            Self::Missing(MissingGlyph { ch, page, context }) => {
                let code = u32::from(ch);
                let message = format!("no font has `{ch}` (U+{code:04X}), on page {page}");
                let diagnostic = Diagnostic::error("E040", message)
                    .hint(format!("it is in “{context}”"))
                    .hint("replace the character, or add a font that has it with `--fonts`")
                    .kind(lacking(ch.script()), format!("`{ch}`"));
                match sources.locate(ch.encode_utf8(&mut [0; 4])) {
                    Some(place) => diagnostic.at(place),
                    None => diagnostic,
                }
            }
            Self::Script(script, letters) => without_font(script, &letters, sources),
            Self::Overfull(Overfull { page, text, points, below }) => {
                let (edge, remedy) = if below {
                    let block = "a table's header or a picture must fit on one page: ";
                    ("bottom", format!("{block}shorten it, or split it into several"))
                } else {
                    ("side", "shorten it, or give it a blank or a `/` to break at".to_owned())
                };
                let message = format!("`{text}` runs {points} pt over the {edge} of page {page}");
                let diagnostic = Diagnostic::error("E044", message).hint(remedy).kind(
                    format!("texts run over the {edge} of their page"),
                    format!("`{}`", brief(&text)),
                );
                match sources.locate(&text) {
                    Some(place) => diagnostic.at(place),
                    None => diagnostic,
                }
            }
            Self::Fault(fault) => {
                let (severity, code) = if fault.warning {
                    (Severity::Warning, "W050")
                } else {
                    (Severity::Error, "E050")
                };
                let diagnostic = Diagnostic::error(code, fault.message);
                let mut diagnostic = fault.hints.into_iter().fold(diagnostic, Diagnostic::hint);
                diagnostic.severity = severity;
                let steps =
                    fault.trace.into_iter().filter_map(|step| Some((step.message, step.place?)));
                if let Some(at) = fault.place {
                    let file = sources.add_once(&format!("templates/{}", at.path), &at.text);
                    diagnostic.place =
                        Some(Place { file, start: at.range.start, end: at.range.end });
                }
                for (message, at) in steps {
                    let file = sources.add_once(&format!("templates/{}", at.path), &at.text);
                    let place = Place { file, start: at.range.start, end: at.range.end };
                    diagnostic = diagnostic.related(place, message);
                }
                diagnostic
            }
        }
    }
}

/// Scripts that the built-in fonts have most letters of.
const BUILT_IN: [Script; 6] = [
    Script::Latin,
    Script::Greek,
    Script::Cyrillic,
    Script::Hangul,
    Script::Hiragana,
    Script::Katakana,
];

/// How many places of a script are shown.
const SHOWN: usize = 3;

/// The characters of a document that no font has: those of a script that needs another font together.
pub(crate) fn missing(glyphs: Vec<MissingGlyph>) -> Vec<Finding> {
    let mut scripts: BTreeMap<&str, (Script, BTreeSet<char>)> = BTreeMap::new();
    let (mut letters, mut signs) = (Vec::new(), Vec::new());
    for glyph in glyphs {
        match glyph.ch.script() {
            Script::Common | Script::Inherited | Script::Unknown => signs.push(glyph),
            script if BUILT_IN.contains(&script) => letters.push(glyph),
            script => {
                let found = scripts.entry(script.full_name()).or_insert((script, BTreeSet::new()));
                found.1.insert(glyph.ch);
            }
        }
    }
    // A font of a script has its signs, too.
    if scripts.is_empty() {
        letters.append(&mut signs);
    }
    let scripts = scripts.into_values().map(|(script, letters)| Finding::Script(script, letters));
    scripts.chain(letters.into_iter().map(Finding::Missing)).collect()
}

/// The error for a script that needs another font: how often it occurs, where, and how to get a font.
fn without_font(script: Script, letters: &BTreeSet<char>, sources: &Sources) -> Diagnostic {
    let name = script.full_name().replace('_', " ");
    let message = format!("no font has the letters of the script {name}");
    let (debian, fedora, arch) = match script {
        Script::Han | Script::Bopomofo => {
            ("fonts-noto-cjk", "google-noto-sans-cjk-fonts".to_owned(), "noto-fonts-cjk")
        }
        _ => {
            let name = name.to_lowercase().replace(' ', "-");
            ("fonts-noto-core", format!("google-noto-sans-{name}-fonts"), "noto-fonts")
        }
    };
    let mut diagnostic = Diagnostic::error("E040", message);
    let places = places(script, letters, sources);
    if let Some((first, others)) = places.split_first() {
        diagnostic = diagnostic.at(*first);
        for place in others.iter().take(SHOWN - 1) {
            diagnostic = diagnostic.related(*place, "and here");
        }
        let count = places.len();
        let noun = if count == 1 { "place" } else { "places" };
        diagnostic = diagnostic.hint(format!("the record has such letters in {count} {noun}"));
    } else {
        diagnostic = diagnostic.hint("the words of the templates have such letters");
    }
    diagnostic
        .hint(format!(
            "install one and add `--system-fonts`: `apt install {debian}` on Debian and Ubuntu, \
             `dnf install {fedora}` on Fedora, `pacman -S {arch}` on Arch; macOS and Windows have one"
        ))
        .hint(
            "or put the files of one, such as Noto Sans of fonts.google.com, into a folder and add \
             `--fonts FOLDER`",
        )
}

/// Where the sources have words of a script. Of Chinese characters, of which the built-in fonts have the
/// Korean ones, only those with a missing one count.
fn places(script: Script, letters: &BTreeSet<char>, sources: &Sources) -> Vec<Place> {
    let mut places = Vec::new();
    for file in sources.files() {
        let mut word: Option<Place> = None;
        let mut lacks = false;
        for (start, c) in sources.text(file).char_indices() {
            let end = start + c.len_utf8();
            match (c.script(), &mut word) {
                (own, None) if own == script => word = Some(Place { file, start, end }),
                (own, Some(word)) if own == script || own == Script::Inherited => word.end = end,
                _ => {
                    places.extend(word.take().filter(|_| lacks));
                    lacks = false;
                    continue;
                }
            }
            lacks |= script != Script::Han || letters.contains(&c);
        }
        places.extend(word.filter(|_| lacks));
    }
    places
}

/// What many missing characters of a script are reported as.
fn lacking(script: Script) -> String {
    match script {
        Script::Common | Script::Inherited | Script::Unknown => {
            "signs and symbols are in no font".to_owned()
        }
        script => {
            format!("letters of the script {} are in no font", script.full_name().replace('_', " "))
        }
    }
}
