//! The ledger of a page as a table for people.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::tailor::coverage::Coverage;
use crate::tailor::ledger::{Ledger, Line, tenth};

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
        let all = self.on_page.len() + self.in_record.len() + self.missing.len();
        writeln!(f, "the job's words: {} of {all} on the page", self.on_page.len())?;
        writeln!(f, "  on the page:                     {}", listed(&self.on_page))?;
        writeln!(f, "  in the record, not on the page:  {}", listed(&self.in_record))?;
        writeln!(f, "  not in the record:               {}", listed(&self.missing))
    }
}

/// `importance 25 × relevance 2.5 × recency 0.9: #aws, Lambda; pinned`
fn why(line: &Line) -> String {
    let [importance, relevance, recency] = line.factors;
    let mut text = format!("{} × {relevance:.2} × {recency:.2}", tenth(importance));
    if !line.matched.is_empty() {
        text += &format!(" ({})", line.matched.join(", "));
    }
    format!("{text}; {}", line.reason.words())
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
