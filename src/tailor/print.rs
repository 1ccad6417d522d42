//! The ledger of a page as a table for people.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::tailor::coverage::{Coverage, Location, Price};
use crate::tailor::ledger::{Factors, Ledger, Line, VersionLine};
use crate::tailor::naming::tenth;

/// Names that a line lists.
const NAMES: usize = 4;
/// Columns that an entry's words may take.
const WORDS: usize = 68;

impl std::fmt::Display for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = self.application.as_deref().unwrap_or(&self.format);
        writeln!(
            f,
            "{name} ({}): the page is {} % full, {} % before it was made to measure",
            self.language, self.full_percent, self.chosen_percent
        )?;
        writeln!(
            f,
            "body {} pt, lines × {}, gaps × {}; worth {:.1}; {} layouts",
            self.body, self.leading, self.gaps, self.value, self.layouts
        )?;
        let columns = self.entries.iter().map(|line| line.name.width()).max().unwrap_or(0);
        for (title, shown) in [("on the page", true), ("not on the page", false)] {
            let lines: Vec<&Line> =
                self.entries.iter().filter(|line| line.shown == shown).collect();
            if lines.is_empty() {
                continue;
            }
            writeln!(f, "\n{title}")?;
            writeln!(f, "  {}  {:>7}  {:>5}  why", padded("entry", columns), "value", "lines")?;
            for line in lines {
                writeln!(
                    f,
                    "  {}  {:>7.1}  {:>5.1}  {}",
                    padded(&line.name, columns),
                    line.value,
                    line.lines,
                    why(line)
                )?;
                if line.text != line.name {
                    writeln!(f, "  {}  {}", padded("", columns), shortened(&line.text, WORDS))?;
                }
                if !line.left_out.is_empty() {
                    let names = at_most(&line.left_out);
                    writeln!(f, "  {}  no room in its line: {names}", padded("", columns))?;
                }
            }
        }
        if !self.gave_way.is_empty() {
            writeln!(f, "\ngave way: {}", self.gave_way.join(", "))?;
        }
        if !self.condensed.is_empty() {
            writeln!(f, "\nin one line: {}", self.condensed.join(", "))?;
        }
        if let Some(next) = &self.next {
            let lacks = next.lacks;
            let noun = if lacks == 1.0 { "line" } else { "lines" };
            write!(f, "\nnext: {lacks} {noun} more would bring {}", next.gains.join(", "))?;
            match next.loses.as_slice() {
                [] => writeln!(f)?,
                loses => writeln!(f, " in place of {}", loses.join(", "))?,
            }
        } else {
            writeln!(f, "\nnext: nothing is left out for lack of room")?;
        }
        if !self.versions.is_empty() {
            writeln!(f)?;
        }
        for VersionLine { field, number, count, text, matched, .. } in &self.versions {
            let why = match matched.as_slice() {
                [] => "none fits better than the first".to_owned(),
                matched => matched.join(", "),
            };
            writeln!(f, "{field} {number} of {count} ({why}): {}", shortened(text, WORDS))?;
        }
        if let Some(difference) = &self.difference {
            writeln!(f, "\nagainst {}", difference.from)?;
            writeln!(f, "  only here:  {}", listed(&difference.only_here))?;
            writeln!(f, "  only there: {}", listed(&difference.only_there))?;
        }
        if let Some(coverage) = &self.coverage {
            write!(f, "\n{coverage}")?;
        }
        Ok(())
    }
}

impl std::fmt::Display for Coverage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts =
            [("required", self.required), ("preferred", self.preferred), ("other", self.duties)];
        let parts = parts.iter().filter(|(_, count)| count.all > 0);
        let parts: Vec<String> = parts
            .map(|(word, count)| format!("{} of {} {word}", count.on_page, count.all))
            .collect();
        writeln!(
            f,
            "the job asks for: {} on the page",
            if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
        )?;
        for term in self.terms.iter().filter(|term| term.place == Location::OnPage) {
            write!(f, "  {} ({}): on the page ", term.spelling, term.part.word())?;
            match term.by.as_slice() {
                [] => writeln!(f, "in what always stays")?,
                by => writeln!(f, "by {}", by.join(", "))?,
            }
        }
        for term in self.terms.iter().filter(|term| term.place == Location::InRecord) {
            write!(
                f,
                "  {} ({}): in the record, not on the page",
                term.spelling,
                term.part.word()
            )?;
            let Some(Price { entry, lines, displaces }) = &term.price else {
                writeln!(f, "; no entry of the page could bring it")?;
                continue;
            };
            write!(f, "; {entry} would bring it for {lines} lines")?;
            match displaces.as_slice() {
                [] => writeln!(f)?,
                displaces => writeln!(f, " in place of {}", at_most(displaces))?,
            }
        }
        for term in self.terms.iter().filter(|term| term.place == Location::Missing) {
            write!(f, "  {} ({}): not in the record", term.spelling, term.part.word())?;
            match term.nearest.as_slice() {
                [] => writeln!(f)?,
                nearest => writeln!(f, "; nearest: {}", nearest.join(", "))?,
            }
        }
        if let Some(years) = self.asked.years {
            writeln!(
                f,
                "  years: {years} asked for, {} in the record",
                self.had.years.unwrap_or(0.0)
            )?;
        }
        if let Some(degree) = self.asked.degree {
            let had = self.had.degree.map_or("none", degree_word);
            writeln!(f, "  degree: {} asked for, {had} in the record", degree_word(degree))?;
        }
        if !self.unsupported.is_empty() {
            let claims = self.unsupported.join(", ");
            writeln!(f, "  claimed by role, headline or summary alone: {claims}")?;
        }
        Ok(())
    }
}

fn degree_word(level: u8) -> &'static str {
    match level {
        1 => "associate's",
        2 => "bachelor's",
        3 => "master's",
        _ => "doctor's",
    }
}

/// `(20.6 × 13.00 + 61) × 0.95 + 200 (Lambda, cloud); worth its room`
fn why(line: &Line) -> String {
    let Factors { importance, relevance, base, recency, named } = line.factors;
    let mut text = format!("{} × {relevance:.2}", tenth(importance));
    if base > 0.0 {
        text = format!("({text} + {})", tenth(base));
    }
    text += &format!(" × {recency:.2}");
    if named > 0.0 {
        text += &format!(" + {named}");
    }
    if !line.matched.is_empty() {
        text += &format!(" ({})", line.matched.join(", "));
    }
    let by = line.repeats.iter().map(|other| format!(" by {other}")).collect::<String>();
    format!("{text}; {}{by}", line.reason.words())
}

/// The first of some names, and how many more there are.
fn at_most(names: &[String]) -> String {
    match names.len().saturating_sub(NAMES) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names[..NAMES].join(", ")),
    }
}

fn listed(words: &[String]) -> String {
    if words.is_empty() { "–".to_owned() } else { words.join(", ") }
}

/// A text in so many columns; a Hangul syllable takes two.
fn padded(text: &str, columns: usize) -> String {
    let rest = columns.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(rest))
}

fn shortened(text: &str, columns: usize) -> String {
    let mut short = String::new();
    for cluster in text.graphemes(true) {
        if short.width() + cluster.width() >= columns {
            return short + "…";
        }
        short.push_str(cluster);
    }
    short
}
