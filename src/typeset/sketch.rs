//! What the entries of a résumé take of its page at the least, told without setting them.
//!
//! How tall an entry is depends on the parts it has and on how many lines its texts take. The first is
//! known of the built-in template in every theme (`heights.json`, which `tests/it/heights.rs` writes and
//! holds to what the template reports); the second is counted by widths of letters. What is not known –
//! other sizes, other templates, a picture in the head – is measured by who asked.
//!
//! Must follow `templates/one-page/main.typ` in which texts share a line; must not know what is chosen.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::engine::{Engine, Letters, Run};
use crate::tailor::{Costs, EntryCost, EntryCosts, Form, Row, Words};

/// Weights of the texts: of most, of titles, of names.
const WEIGHTS: [u16; 4] = [TEXT, TITLE, NAME, HEADING];
const TEXT: u16 = 400;
const TITLE: u16 = 500;
const NAME: u16 = 600;
const HEADING: u16 = 700;
/// Space between a text and one of lesser weight beside it, in em of the body, as `after` has it.
const BESIDE: f64 = 0.45;
/// What parts two ways to reach the person, beside a blank, in em, as `contact` has it.
const APART: f64 = 0.36;
/// Importance of what stands out.
const STRONGEST: u64 = 5;
/// Letters of a section's title that are sure to fit a line.
const TITLE_LETTERS: usize = 40;

/// What is known of the themes, by their names.
static KNOWN: LazyLock<BTreeMap<String, Heights>> =
    LazyLock::new(|| serde_json::from_str(include_str!("heights.json")).unwrap_or_default());

/// What is known of how a theme sets the one-page résumé as it was drawn. Lengths in points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Heights {
    /// The families of its text, the preferred one first.
    pub fonts: Vec<String>,
    /// Width and height of the page between its margins, by paper and margins (`a4 normal`).
    pub areas: BTreeMap<String, [f64; 2]>,
    /// Sizes of texts that may take more than a line, by their names.
    pub sizes: BTreeMap<String, Size>,
    /// From the left margin to the entries, and from there to the text of a highlight.
    pub rail: f64,
    /// See `rail`.
    pub bullet: f64,
    /// Before each part of the head but the first.
    pub gap: f64,
    /// What the page takes beside its head and its entries. Its sections are all there are.
    pub page: Costs,
    /// How tall heads are whose texts take a line each, by [`head_pattern`].
    pub heads: BTreeMap<String, f64>,
    /// How tall entries are whose texts take a line each, by [`pattern`].
    pub forms: BTreeMap<String, Form>,
    /// A group of skills without its name and its skills, of which the language says how far they are
    /// apart.
    pub row: Row,
}

/// A size of text.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// Points to an em.
    pub points: f64,
    /// From one line to the next.
    pub pitch: f64,
}

impl Heights {
    /// What is known of a theme as [`Theme`](crate::document::Theme) has it: nothing where it has other
    /// sizes or fonts than its own.
    pub fn of(theme: &Value) -> Option<&'static Self> {
        let own = ["font", "size"].iter().all(|wish| theme[wish].is_null());
        KNOWN.get(theme["name"].as_str().filter(|_| own)?)
    }
}

/// The words of a language, as far as they matter here.
#[derive(Deserialize)]
struct TextUse {
    duration: Durations,
}

/// What a file of words says; kept from document to document.
#[comemo::memoize]
fn durations(words: &[u8]) -> Option<Arc<Durations>> {
    serde_yaml::from_slice(words).ok().map(|words: TextUse| Arc::new(words.duration))
}

/// How long something took, in words with a number at `{n}`.
#[derive(Deserialize)]
struct Durations {
    year: String,
    years: String,
    month: String,
    months: String,
}

impl Durations {
    /// As `duration` of `shared/parts.typ` says it; empty where it says nothing.
    fn say(&self, period: &Value) -> String {
        if let Some(stated) = period["duration"].as_str() {
            return stated.to_owned();
        }
        let Some(months) = period["months"].as_u64() else { return String::new() };
        let count = |n: u64, one: &str, many: &str| {
            (n > 0).then(|| (if n == 1 { one } else { many }).replace("{n}", &n.to_string()))
        };
        let years = count(months / 12, &self.year, &self.years);
        let rest = count(months % 12, &self.month, &self.months);
        years.into_iter().chain(rest).collect::<Vec<_>>().join(" ")
    }
}

/// What sketches the entries of a document.
pub struct Sketch<'a> {
    heights: &'a Heights,
    letters: Letters,
    durations: Arc<Durations>,
    /// Width and height between the margins.
    area: [f64; 2],
}

impl Sketch<'_> {
    /// What sketches a document in the look that `theme` is told of; `None` where that is not known.
    pub fn new(engine: &Engine, theme: &Value, document: &Value) -> Option<Self> {
        let heights = Heights::of(theme)?;
        let paper = text(&document["settings"]["paper"]);
        let area = *heights.areas.get(&format!("{paper} {}", text(&theme["margins"])))?;
        let words = format!("words/{}.yaml", text(&document["words"]));
        let durations = durations(&engine.templates().read(&words).ok()?)?;
        let letters = engine.letters(&heights.fonts, &WEIGHTS, text(&document["language"]));
        Some(Self { heights, letters, durations, area })
    }

    /// What the page of a document takes without its entries; `None` where that is not known.
    pub fn page(&self, document: &Value) -> Option<Costs> {
        let mut page = self.heights.page.clone();
        let profile = &document["profile"];
        let texts = self.head_texts(profile)?;
        page.room = self.area[1];
        page.head =
            self.heights.heads.get(&head_pattern(profile))? + self.beyond(&texts, self.area[0]);
        let parts = [!rows_of(profile).is_empty(), !profile["summary"].is_null()];
        page.gaps = self.heights.gap * parts.iter().filter(|part| **part).count() as f64;
        let sections = document["sections"].as_array()?.iter().map(|section| {
            let title = section["title"].as_str().unwrap_or_default();
            let known = page.sections.iter().find(|known| known.kind == section["kind"]);
            known.filter(|_| title.chars().count() < TITLE_LETTERS).cloned()
        });
        page.sections = sections.collect::<Option<_>>()?;
        Some(page)
    }

    /// What the entries of a document take; `None` where one is not known.
    pub fn entries(&self, document: &Value) -> Option<Vec<EntryCosts>> {
        let kinds = self.heights.page.sections.iter().map(|section| section.kind.clone());
        let costs = kinds.map(|kind| {
            let entries = listed(document, &kind);
            let entries = entries.iter().map(|entry| self.entry(&kind, entry));
            Some(EntryCosts { entries: entries.collect::<Option<_>>()?, kind })
        });
        costs.collect()
    }

    fn entry(&self, kind: &str, entry: &Value) -> Option<EntryCost> {
        let row = (kind == "skills").then(|| self.row(entry));
        let has_summary = !entry["summary"].is_null() && entry.get("positions").is_some();
        let brief = || {
            let mut brief = entry.clone();
            brief["summary"] = Value::Null;
            self.form(kind, &brief)
        };
        Some(EntryCost {
            id: entry["id"].as_str().map(str::to_owned),
            form: match &row {
                Some(row) => Form { bare: row.label, some: None },
                None => self.form(kind, entry)?,
            },
            brief: if has_summary { Some(brief()?) } else { None },
            highlights: self.highlights(kind, entry),
            row,
        })
    }

    /// How tall an entry is without its highlights, and with three of one line.
    fn form(&self, kind: &str, entry: &Value) -> Option<Form> {
        let form = self.heights.forms.get(&pattern(kind, entry))?;
        let beyond = self.beyond(&self.texts(kind, entry), self.area[0] - self.heights.rail);
        let listed = entry["highlights"].as_array().is_some_and(|all| !all.is_empty());
        let some = form.some.filter(|_| listed).map(|some| some + beyond);
        Some(Form { bare: form.bare + beyond, some })
    }

    fn highlights(&self, kind: &str, entry: &Value) -> Vec<f64> {
        let Some(highlights) = entry["highlights"].as_array() else { return Vec::new() };
        let important = |it: &Value| it["importance"] == STRONGEST;
        let top = highlights.iter().position(important).filter(|_| kind != "projects");
        let width = self.area[0] - self.heights.rail - self.heights.bullet;
        let tall = |(at, it): (usize, &Value)| {
            let weight = if Some(at) == top { NAME } else { TEXT };
            let text = [self.prose(&it["text"], weight)];
            self.heights.page.thin_highlight + self.beyond(&[(text.to_vec(), "body")], width)
        };
        highlights.iter().enumerate().map(tall).collect()
    }

    fn row(&self, group: &Value) -> Row {
        let size = self.points("body");
        let wide = |text: &str, weight| self.letters.wide(text, size, weight);
        let names = group["skills"].as_array().into_iter().flatten().map(|skill| {
            let mut words: Vec<&str> = text(&skill["name"]).split_whitespace().collect();
            let end = words.pop().unwrap_or_default();
            Words {
                before: words.iter().map(|word| wide(word, TEXT)).collect(),
                comma: wide(&format!("{end},"), TEXT),
                end: wide(end, TEXT),
            }
        });
        Row {
            width: self.area[0],
            blank: self.letters.blank(size, TEXT),
            start: self.heights.row.start + wide(text(&group["name"]), NAME),
            names: names.collect(),
            ..self.heights.row
        }
    }

    /// What texts take beyond a line each, in a width. Beside each stands the smallest of its sizes.
    fn beyond(&self, texts: &[(Vec<Run>, &str)], width: f64) -> f64 {
        let more = texts.iter().map(|(runs, size)| {
            let lines = self.letters.lines(runs, width);
            (lines - 1) as f64 * self.heights.sizes.get(*size).map_or(0.0, |size| size.pitch)
        });
        more.sum()
    }

    /// The texts of an entry that may take more than a line.
    fn texts<'d>(&self, kind: &str, entry: &'d Value) -> Vec<(Vec<Run<'d>>, &'static str)> {
        let run = |value, size, weight| self.run(value, size, weight);
        let after = |value, weight| self.beside(self.run(value, "body", weight));
        match kind {
            "experience" | "education" | "volunteering" => {
                let positions = entry["positions"].as_array().into_iter().flatten();
                let lines = positions.enumerate().flat_map(|(at, position)| {
                    let mut first = Vec::new();
                    if at == 0 {
                        first.push(run(&entry["organization"], "entry", NAME));
                        first.push(after(&position["title"], TITLE));
                    } else {
                        first.push(run(&position["title"], "body", TITLE));
                    }
                    if !position["department"].is_null() {
                        let dot = Cow::from("·");
                        first.push(Run { text: dot, ..run(&Value::Null, "body", TITLE) });
                        first.push(run(&position["department"], "body", TITLE));
                    }
                    if at == 0 {
                        first.push(after(&entry["location"], TEXT));
                    }
                    first.push(after(&position["score"], TEXT));
                    first.push(self.duration(&position["period"]));
                    let courses = self.joined(&position["courses"], "body");
                    [(first, "body"), (vec![courses], "body")]
                });
                lines.chain([(vec![run(&entry["summary"], "body", TEXT)], "body")]).collect()
            }
            "projects" => vec![
                (
                    vec![
                        run(&entry["name"], "entry", NAME),
                        after(&entry["station"]["label"], TEXT),
                        self.duration(&entry["period"]),
                    ],
                    "body",
                ),
                (vec![run(&entry["role"], "body", TEXT)], "body"),
                (vec![self.joined(&entry["technologies"], "small")], "small"),
            ],
            "languages" | "interests" => vec![(vec![run(&entry["text"], "body", TEXT)], "body")],
            "references" => vec![
                (vec![run(&entry["name"], "body", NAME)], "body"),
                (vec![self.prose(&entry["reference"], TEXT)], "body"),
            ],
            _ => vec![
                (vec![run(&entry["name"], "body", NAME), after(&entry["by"], TEXT)], "body"),
                (vec![self.prose(&entry["summary"], TEXT)], "body"),
            ],
        }
    }

    /// The texts of the head; `None` where there is a picture beside them.
    fn head_texts<'d>(&self, profile: &'d Value) -> Option<Vec<(Vec<Run<'d>>, &'static str)>> {
        if !profile["photo"].is_null() {
            return None;
        }
        let run = |value, size, weight| self.run(value, size, weight);
        let role = vec![
            run(&profile["role"], "role", TITLE),
            self.beside(run(&profile["headline"], "body", TEXT)),
        ];
        let size = self.points("small");
        let item = |text: String| Run {
            text: text.into(),
            gap: APART * size,
            ..run(&Value::Null, "small", TEXT)
        };
        let rows = rows_of(profile).into_iter();
        let rows = rows.map(|row| (row.into_iter().map(item).collect(), "small"));
        let texts = [
            (vec![run(&profile["name"], "name", HEADING)], "name"),
            (role, "body"),
            (vec![self.prose(&profile["summary"], TEXT)], "body"),
        ];
        Some(texts.into_iter().chain(rows).collect())
    }

    fn run<'d>(&self, value: &'d Value, size: &str, weight: u16) -> Run<'d> {
        Run { text: text(value).into(), size: self.points(size), weight, prose: false, gap: 0.0 }
    }

    fn prose<'d>(&self, value: &'d Value, weight: u16) -> Run<'d> {
        Run { prose: true, ..self.run(&value["text"], "body", weight) }
    }

    fn duration<'d>(&self, period: &Value) -> Run<'d> {
        let text = Cow::from(self.durations.say(period));
        self.beside(Run { text, ..self.run(&Value::Null, "body", TEXT) })
    }

    /// A text that stands apart from the one before it.
    fn beside<'d>(&self, run: Run<'d>) -> Run<'d> {
        Run { gap: BESIDE * self.points("body"), ..run }
    }

    fn joined<'d>(&self, values: &Value, size: &str) -> Run<'d> {
        let words: Vec<&str> = values.as_array().into_iter().flatten().map(text).collect();
        let text = Cow::from(words.join(", "));
        Run { text, ..self.run(&Value::Null, size, TEXT) }
    }

    fn points(&self, size: &str) -> f64 {
        self.heights.sizes.get(size).map_or(0.0, |size| size.points)
    }
}

/// The entries of a section in the order of the page, as its template sets them.
pub fn listed<'d>(document: &'d Value, kind: &str) -> Vec<Cow<'d, Value>> {
    let all = |key: &str| document[key].as_array().into_iter().flatten();
    let stations = |kind: &str| {
        let of_kind = all("stations").filter(|station| station["kind"] == kind);
        of_kind.map(Cow::Borrowed).collect()
    };
    let line = |items: Vec<String>| {
        let line = (!items.is_empty()).then(|| json!({ "id": "0", "text": items.join(", ") }));
        line.map(Cow::Owned).into_iter().collect()
    };
    let aside = |name: &Value, more: String| match more.is_empty() {
        true => text(name).to_owned(),
        false => format!("{} ({more})", text(name)),
    };
    match kind {
        "experience" => stations("work"),
        "education" | "volunteering" => stations(kind),
        "languages" => line(
            all(kind).map(|it| aside(&it["language"], text(&it["fluency"]).to_owned())).collect(),
        ),
        "interests" => line(
            all(kind)
                .map(|it| {
                    let words = it["keywords"].as_array().into_iter().flatten().map(text);
                    aside(&it["name"], words.collect::<Vec<_>>().join(", "))
                })
                .collect(),
        ),
        _ => all(kind).map(Cow::Borrowed).collect(),
    }
}

/// The parts that an entry has: entries of the same parts are as tall as each other but for the lines of
/// their texts.
pub fn pattern(kind: &str, entry: &Value) -> String {
    let filled = |value: &Value| value.as_array().is_some_and(|items| !items.is_empty());
    let mark = |has: bool, mark: &'static str| if has { mark } else { "" };
    let summary = mark(!entry["summary"].is_null(), " summary");
    match kind {
        "experience" | "education" | "volunteering" => {
            let positions = entry["positions"].as_array().into_iter().flatten();
            let positions = positions
                .map(|it| if filled(&it["courses"]) { " position+courses" } else { " position" });
            format!("station{}{summary}", positions.collect::<String>())
        }
        "projects" => {
            let role = mark(!entry["role"].is_null(), " role");
            format!("project{role}{}", mark(filled(&entry["technologies"]), " technologies"))
        }
        "languages" | "interests" => "line".to_owned(),
        "references" => format!("reference{}", mark(!entry["reference"].is_null(), " text")),
        "skills" => "skills".to_owned(),
        _ => format!("dated{summary}"),
    }
}

/// The parts that a head has, where it has no picture.
pub fn head_pattern(profile: &Value) -> String {
    let mark = |key: &'static str| if profile[key].is_null() { "" } else { key };
    // What stands beside the role is smaller than the role.
    let role = if profile["role"].is_null() { mark("headline") } else { "role" };
    format!("head {role} {} {}", rows_of(profile).len(), mark("summary"))
}

/// The lines that say how to reach the person.
fn rows_of(profile: &Value) -> Vec<Vec<String>> {
    let bare = |url: &str| {
        let url = url.strip_prefix("https://").unwrap_or(url);
        let url = url.strip_prefix("http://").unwrap_or(url);
        let url = url.strip_prefix("www.").unwrap_or(url);
        url.strip_suffix('/').unwrap_or(url).to_owned()
    };
    let contacts = ["email", "phone", "location", "url"].map(|key| &profile[key]);
    let contacts = contacts.into_iter().filter(|value| !value.is_null());
    let contacts: Vec<String> = contacts.map(|value| bare(text(value))).collect();
    let accounts = profile["links"].as_array().into_iter().flatten();
    let accounts: Vec<String> = accounts.map(|account| bare(text(&account["url"]))).collect();
    [contacts, accounts].into_iter().filter(|row| !row.is_empty()).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
