//! The lines of a `sequenceDiagram` → a [`Sequence`]: names become columns, blocks are paired.

use crate::diagnostics::nearest;
use crate::diagram::error::{DiagramError, bounded};
use crate::diagram::sequence::model::{Band, Event, FrameKind, Participant, Sequence, Side};
use crate::diagram::sequence::statement::{Arrow, Statement, statement};
use crate::diagram::source::{Line, Titles};

enum Open {
    Frame(FrameKind),
    Band { title: Vec<String>, first: usize },
}

/// The result of the lines read so far.
struct Reader {
    out: Sequence,
    errors: Vec<DiagramError>,
    open: Vec<(usize, Open)>,
    active: Vec<usize>,
    /// Names that the author declared; empty when all are implicit.
    declared: Vec<String>,
    numbering: Option<(u32, u32)>,
}

/// Reads the lines after the header.
pub(crate) fn parse(
    lines: &[Line],
    titles: Titles,
    header: usize,
) -> Result<Sequence, Vec<DiagramError>> {
    let mut errors = Vec::new();
    let mut statements = Vec::with_capacity(lines.len());
    let known = declared(lines);
    for line in lines {
        match statement(&line.text, &known) {
            Ok(found) => statements.push((line.number, found)),
            Err((message, hint)) => {
                errors.push(DiagramError { line: line.number, message, hint });
            }
        }
    }
    let mut reader = Reader {
        out: Sequence { titles, ..Sequence::default() },
        errors,
        open: Vec::new(),
        active: Vec::new(),
        declared: known,
        numbering: None,
    };
    for (line, statement) in statements {
        reader.take(line, statement);
    }
    reader.finish(header)
}

/// The names in `participant`/`actor` lines, read before all other lines.
fn declared(lines: &[Line]) -> Vec<String> {
    lines
        .iter()
        .filter_map(|line| match statement(&line.text, &[]) {
            Ok(Statement::Participant { id, .. }) => Some(id),
            _ => None,
        })
        .collect()
}

impl Reader {
    fn error(&mut self, line: usize, message: String, hint: Option<String>) {
        self.errors.push(DiagramError { line, message, hint });
    }

    fn take(&mut self, line: usize, statement: Statement) {
        match statement {
            Statement::Title(title) => self.out.titles.title = Some(title),
            Statement::Number(start, step) => self.numbering = Some((start, step)),
            Statement::NumberOff => self.numbering = None,
            Statement::Participant { id, label, actor } => self.declare(line, id, label, actor),
            Statement::Message { from, to, arrow, label, starts, ends } => {
                self.message(line, (&from, &to), arrow, label, (starts, ends));
            }
            Statement::Note { side, names, label } => self.note(line, side, &names, label),
            Statement::Activate(name) => {
                if let Some(at) = self.existing(line, &name) {
                    self.activate(at);
                }
            }
            Statement::Deactivate(name) => {
                if let Some(at) = self.existing(line, &name) {
                    self.deactivate(line, at);
                }
            }
            Statement::Open(frame, label) => {
                self.open.push((line, Open::Frame(frame)));
                self.out.events.push(Event::Open { frame, label });
            }
            Statement::Branch(word, label) => self.branch(line, word, label),
            Statement::Box(title) => {
                let first = self.out.participants.len();
                self.open.push((line, Open::Band { title, first }));
            }
            Statement::End => self.end(line),
            Statement::Ignored => {}
        }
    }

    fn index(&self, id: &str) -> Option<usize> {
        self.out.participants.iter().position(|participant| participant.id == id)
    }

    fn add(&mut self, id: String, label: Vec<String>, actor: bool) -> usize {
        let label = if label.is_empty() { vec![id.clone()] } else { label };
        self.out.participants.push(Participant { id, label, actor });
        self.out.participants.len() - 1
    }

    fn declare(&mut self, line: usize, id: String, label: Vec<String>, actor: bool) {
        let boxed = matches!(self.open.last(), Some((_, Open::Band { .. })));
        match self.index(&id) {
            None => {
                self.add(id, label, actor);
            }
            Some(_) if boxed => {
                let hint = "declare it once, inside the box".to_owned();
                self.error(
                    line,
                    format!("participant `{id}` is already outside the box"),
                    Some(hint),
                );
            }
            Some(at) => {
                let participant = &mut self.out.participants[at];
                participant.actor |= actor;
                if !label.is_empty() {
                    participant.label = label;
                }
            }
        }
    }

    /// The column of a name in a message; a new name makes a new column unless it looks like a
    /// misspelling of a declared one.
    fn mention(&mut self, line: usize, id: &str) -> Option<usize> {
        if let Some(at) = self.index(id) {
            return Some(at);
        }
        let others = self.declared.iter().map(String::as_str).filter(|name| *name != id);
        if !self.declared.iter().any(|name| name == id)
            && let Some(near) = nearest(id, others).filter(|near| !differs_by_digit(id, near))
        {
            let hint = format!("did you mean `{near}`?");
            self.error(line, format!("unknown participant `{id}`"), Some(hint));
            return None;
        }
        Some(self.add(id.to_owned(), Vec::new(), false))
    }

    /// The column of a name that must be known from elsewhere.
    fn existing(&mut self, line: usize, id: &str) -> Option<usize> {
        if let Some(at) = self.index(id) {
            return Some(at);
        }
        if self.declared.iter().any(|name| name == id) {
            return self.mention(line, id);
        }
        let names = self.out.participants.iter().map(|participant| participant.id.as_str());
        let hint = nearest(id, names).map_or_else(
            || format!("declare it first: `participant {id}`"),
            |near| format!("did you mean `{near}`?"),
        );
        self.error(line, format!("unknown participant `{id}`"), Some(hint));
        None
    }

    fn message(
        &mut self,
        line: usize,
        ends: (&str, &str),
        arrow: Arrow,
        label: Vec<String>,
        turns: (bool, bool),
    ) {
        let (from, to) = (self.mention(line, ends.0), self.mention(line, ends.1));
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        let number = self.numbering.map(|(number, _)| number);
        if let Some((number, step)) = &mut self.numbering {
            *number = number.saturating_add(*step);
        }
        let Arrow { dashed, head, both } = arrow;
        self.out.events.push(Event::Message { from, to, label, dashed, head, both, number });
        if turns.0 {
            self.activate(to);
        }
        if turns.1 {
            self.deactivate(line, from);
        }
    }

    fn note(&mut self, line: usize, side: Side, names: &[String], label: Vec<String>) {
        let columns: Vec<_> = names.iter().filter_map(|name| self.existing(line, name)).collect();
        if let (Some(&first), Some(&last)) = (columns.iter().min(), columns.iter().max()) {
            self.out.events.push(Event::Note { side, first, last, label });
        }
    }

    fn activate(&mut self, at: usize) {
        self.active.push(at);
        self.out.events.push(Event::Activate { at });
    }

    fn deactivate(&mut self, line: usize, at: usize) {
        match self.active.iter().rposition(|active| *active == at) {
            Some(index) => {
                self.active.remove(index);
                self.out.events.push(Event::Deactivate { at });
            }
            None => {
                let id = self.out.participants[at].id.clone();
                let hint = format!("write `activate {id}` or `->>+{id}` before");
                self.error(line, format!("participant `{id}` is not active"), Some(hint));
            }
        }
    }

    fn branch(&mut self, line: usize, word: &'static str, label: Vec<String>) {
        let inside = match self.open.last() {
            Some((_, Open::Frame(kind))) => Some(*kind),
            _ => None,
        };
        if inside.and_then(FrameKind::divider) == Some(word) {
            self.out.events.push(Event::Branch { label });
            return;
        }
        let owner = match word {
            "and" => "par",
            "else" => "alt",
            _ => "critical",
        };
        let hint = match inside.and_then(|kind| kind.divider().map(|divider| (kind, divider))) {
            Some((kind, divider)) => {
                format!("the open block is `{}`: divide it with `{divider}`", kind.word())
            }
            None => format!("`{word}` divides a `{owner}` block"),
        };
        self.error(line, format!("`{word}` outside a `{owner}` block"), Some(hint));
    }

    fn end(&mut self, line: usize) {
        match self.open.pop() {
            Some((_, Open::Frame(_))) => self.out.events.push(Event::Close),
            Some((opened, Open::Band { title, first })) => {
                let count = self.out.participants.len();
                if count > first {
                    self.out.boxes.push(Band { title, first, last: count - 1 });
                } else {
                    let hint = "declare its participants between `box` and `end`".to_owned();
                    self.error(opened, "box without participants".to_owned(), Some(hint));
                }
            }
            None => {
                let hint = "remove it, or begin a block: `loop`, `alt`, `opt`, `par`".to_owned();
                self.error(line, "`end` without an open block".to_owned(), Some(hint));
            }
        }
    }

    fn finish(mut self, header: usize) -> Result<Sequence, Vec<DiagramError>> {
        for (line, open) in std::mem::take(&mut self.open) {
            let word = match open {
                Open::Frame(kind) => kind.word(),
                Open::Band { .. } => "box",
            };
            self.error(
                line,
                format!("unclosed `{word}` block"),
                Some("close it with `end`".to_owned()),
            );
        }
        if self.errors.is_empty() && self.out.participants.is_empty() {
            let hint = "write a message: `A->>B: text`".to_owned();
            self.error(header, "empty diagram".to_owned(), Some(hint));
        }
        let (members, steps) = (self.out.participants.len(), self.out.events.len());
        self.errors.extend(bounded(header, members, steps).err());
        if self.errors.is_empty() { Ok(self.out) } else { Err(self.errors) }
    }
}

/// `Worker1` and `Worker2` are two names, not one misspelt.
fn differs_by_digit(a: &str, b: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(a) != digits(b)
}

#[cfg(test)]
#[path = "parse_tests.rs"]
mod tests;
