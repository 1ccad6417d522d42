//! What is wrong, where, why and what to do: the one form every fault of a run takes.
//!
//! Rooms raise a [`Problem`]; the door prints it. Nothing here knows who raised one, and
//! nothing outside knows how it looks on a terminal.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// A text file that problems can point into, by its index in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

/// A range of bytes in one source file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Every text that was read in a run, kept so that problems can show an excerpt.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<(String, String)>,
    /// Where the lines of each file begin: a file may have thousands of problems.
    lines: Vec<Vec<usize>>,
}

impl Sources {
    /// Keeps a text under the path a user would recognise, and names it.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        let (path, text) = (path.into(), text.into());
        let next = text.match_indices('\n').map(|(at, _)| at + 1);
        self.lines.push(std::iter::once(0).chain(next).collect());
        self.files.push((path, text));
        FileId((self.files.len() - 1) as u32)
    }

    /// The file that was kept under a path; the first one where none was.
    pub fn find(&self, path: &str) -> FileId {
        let at = self.files.iter().position(|(known, _)| known == path);
        FileId(at.unwrap_or(0) as u32)
    }

    /// Keeps a text unless it is kept already under its path.
    pub fn add_once(&mut self, path: &str, text: &str) -> FileId {
        match self.files.iter().position(|(known, _)| known == path) {
            Some(at) => FileId(at as u32),
            None => self.add(path, text),
        }
    }

    /// The first place where some text stands.
    pub fn locate(&self, wanted: &str) -> Option<Place> {
        self.files.iter().zip(0..).find_map(|((_, text), file)| {
            let start = text.find(wanted)?;
            Some(Place { file: FileId(file), start, end: start + wanted.len() })
        })
    }

    /// All files, in the order they were read.
    pub fn files(&self) -> impl Iterator<Item = FileId> + use<> {
        (0..self.files.len() as u32).map(FileId)
    }

    /// The path of a file, as the user named it.
    pub fn path(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(path, _)| path)
    }

    /// The whole text of a file.
    pub fn text(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(_, text)| text)
    }

    /// Line and column of a place's first character, both counted from 1, columns in characters.
    pub fn line_column(&self, place: Place) -> (usize, usize) {
        let lines = self.lines.get(place.file.0 as usize).map_or(&[][..], Vec::as_slice);
        let line = lines.partition_point(|begin| *begin <= place.start).max(1);
        let begin = lines.get(line - 1).copied().unwrap_or(0);
        let before = self.text(place.file).get(begin..place.start).unwrap_or_default();
        (line, before.chars().count() + 1)
    }

    /// A span that lies inside the text and on character borders, whatever the place says.
    fn span(&self, place: Place) -> Range<usize> {
        let text = self.text(place.file);
        let mut start = place.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = place.end.clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        // A caret under the first line says enough: nobody needs a whole paragraph underlined.
        let end = text[start..end].find('\n').map_or(end, |line| start + line);
        start..end
    }
}

/// How bad a problem is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something that may be meant so; only `check` says it.
    Advice,
    /// Something to look at; the run goes on.
    Warning,
    /// The document cannot be trusted or made; the run stops before anything is written.
    Error,
}

impl Severity {
    /// The severity in a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// A stable code for allow-lists and search, such as `E010`.
    pub code: &'static str,
    /// What is wrong: lowercase, no full stop, the user's text in backticks.
    pub message: String,
    /// Where it is wrong; `None` when it is wrong nowhere in particular.
    pub place: Option<Place>,
    /// Words printed under the excerpt, beside the caret.
    pub label: String,
    /// Other places that explain the first one.
    pub related: Vec<(Place, String)>,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Problem {
    /// An error with a code and a message.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A warning with a code and a message.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// An advice with a code and a message.
    pub fn advice(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Advice, code, message)
    }

    fn new(severity: Severity, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            place: None,
            label: String::new(),
            related: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Points the problem at a place.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Writes words beside the caret.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Shows another place that explains the first.
    pub fn related(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// Adds something the user can do.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Adds something the user can do where nothing better was said.
    pub fn hint_unless_any(self, hint: impl Into<String>) -> Self {
        if self.hints.is_empty() { self.hint(hint) } else { self }
    }

    /// Adds `did you mean …?` when one of the known words is near the one given.
    pub fn suggest<'a>(self, given: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(given, known) {
            Some(word) => self.hint(format!("did you mean `{word}`?")),
            None => self,
        }
    }
}

/// The user's text as a message quotes it: its first line, cut where nobody reads on.
pub fn brief(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None if line.len() < text.trim_end().len() => format!("{line}…"),
        None => line.to_owned(),
    }
}

/// The known word nearest to the given one, when it is near enough to be a slip of the fingers:
/// the shorter the word, the fewer slips it may hold. Case does not count.
pub fn nearest<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Distances cost length times length, and nothing this long is a slip.
    if given.len() > 200 {
        return None;
    }
    let given = given.to_lowercase();
    let allowed = match given.chars().count() {
        0..=2 => 0,
        3..=6 => 1,
        _ => 2,
    };
    known
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(&given, &word.to_lowercase()), word))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Whether any of the problems stops the run.
pub fn any_error(problems: &[Problem]) -> bool {
    problems.iter().any(|problem| problem.severity == Severity::Error)
}

/// Other places of a problem that are shown with an excerpt; more are listed.
const EXCERPTS: usize = 4;

/// `also in data/skills.yaml: 5, 8, 13`, a line for each file.
fn list(places: &[(Place, String)], sources: &Sources) -> Vec<String> {
    let files = places.chunk_by(|(one, _), (next, _)| one.file == next.file);
    let line = |place: &Place| sources.line_column(*place).0.to_string();
    files
        .map(|places| {
            let path = places.first().map_or("", |(place, _)| sources.path(place.file));
            let mut lines: Vec<String> = places.iter().map(|(place, _)| line(place)).collect();
            lines.dedup();
            format!("also in {path}: {}", lines.join(", "))
        })
        .collect()
}

/// Prints problems for a person at a terminal: excerpt, caret, hints; `color` adds ANSI colours.
pub fn print_human(problems: &[Problem], sources: &Sources, color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for problem in problems {
        // A few other places are shown, many are listed.
        let few = problem.related.len() <= EXCERPTS;
        let (excerpts, listed) =
            problem.related.split_at(if few { problem.related.len() } else { 0 });
        let listed = list(listed, sources);
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Advice => Level::NOTE,
        };
        let mut group =
            Group::with_title(level.primary_title(problem.message.as_str()).id(problem.code));
        if let Some(place) = problem.place {
            let mut snippet = Snippet::source(sources.text(place.file))
                .path(sources.path(place.file))
                .annotation(
                    AnnotationKind::Primary.span(sources.span(place)).label(problem.label.as_str()),
                );
            for (other, label) in excerpts.iter().filter(|(p, _)| p.file == place.file) {
                snippet = snippet.annotation(
                    AnnotationKind::Context.span(sources.span(*other)).label(label.as_str()),
                );
            }
            group = group.element(snippet);
            for (other, label) in excerpts.iter().filter(|(p, _)| p.file != place.file) {
                group = group.element(
                    Snippet::source(sources.text(other.file))
                        .path(sources.path(other.file))
                        .annotation(
                            AnnotationKind::Context
                                .span(sources.span(*other))
                                .label(label.as_str()),
                        ),
                );
            }
        }
        for file in &listed {
            group = group.element(Level::NOTE.message(file.as_str()));
        }
        for hint in &problem.hints {
            group = group.element(Level::HELP.message(hint.as_str()));
        }
        out.push_str(&renderer.render(&[group]));
        out.push_str("\n\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn likeness_is_cautious() {
        assert_eq!(nearest("Reids", ["Redis", "Node"]), Some("Redis"));
        assert_eq!(nearest("redis", ["Redis"]), Some("Redis"));
        assert_eq!(nearest("A", ["B"]), None);
        assert_eq!(nearest("Camera", ["Tablet"]), None);
    }
}
