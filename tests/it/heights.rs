//! What is known of the heights of the one-page résumé is what its template reports.

use std::collections::BTreeMap;
use std::fs;

use resume::diagnostics::Sources;
use resume::document::{Filter, Format, Request, Theme, build};
use resume::engine::{Engine, Fonts, Job, Templates};
use resume::record::links::addresses::Addresses;
use resume::record::load;
use resume::tailor::{Costs, EntryCosts, Fit, Form, Measure, Row, Selection};
use resume::typeset::sketch::{Heights, Size, head_pattern, listed, pattern};
use serde_json::Value;

use crate::support::program::{folder, root};

const PAPERS: [&str; 2] = ["a4", "us-letter"];
const MARGINS: [&str; 3] = ["normal", "narrow", "wide"];
const DATES: &str = "start: 2020-01, end: 2021-02";

/// A record of one letter to a text, with entries of all parts there may be.
fn entries() -> String {
    let (one, courses) =
        (format!("{{title: x, {DATES}}}"), format!("{{title: x, courses: [x], {DATES}}}"));
    let sets: [&[&String]; 8] = [
        &[&one],
        &[&courses],
        &[&one, &one],
        &[&one, &courses],
        &[&courses, &one],
        &[&courses, &courses],
        &[&one, &one, &one],
        &[&one, &one, &one, &one],
    ];
    let stations = sets.iter().flat_map(|set| {
        let set: Vec<&str> = set.iter().map(|position| position.as_str()).collect();
        ["", "summary: x, "].map(|summary| {
            format!(
                "{{organization: x, {summary}positions: [{}], highlights: [x]}}",
                set.join(", ")
            )
        })
    });
    let stations =
        stations.enumerate().map(|(at, it)| it.replacen('{', &format!("{{id: s{at}, "), 1));
    let projects = ["", "role: x, ", "technologies: [x], ", "role: x, technologies: [x], "];
    let projects = projects.iter().enumerate();
    let projects = projects
        .map(|(at, parts)| format!("{{id: p{at}, name: x, {parts}{DATES}, highlights: [x]}}"));
    format!(
        "career: [{}]\nprojects: [{}]\nskills: [{{name: x, skills: [x]}}]\nawards: [{{title: x}}, \
         {{title: x, summary: x}}]\nlanguages: [{{language: x}}]\nreferences: [{{name: x}}, \
         {{name: x, reference: x}}]\n",
        stations.collect::<Vec<_>>().join(", "),
        projects.collect::<Vec<_>>().join(", "),
    )
}

/// Heads of all parts there may be.
fn heads() -> Vec<String> {
    let mut heads = Vec::new();
    for role in ["", ", role: x", ", headline: x", ", role: x, headline: x"] {
        for rows in [
            "",
            ", email: x@x.xx",
            ", links: [{network: x, url: 'https://x.xx'}]",
            ", email: x@x.xx, links: [{network: x, url: 'https://x.xx'}]",
        ] {
            for summary in ["", ", summary: x"] {
                heads.push(format!("name: x{role}{rows}{summary}"));
            }
        }
    }
    heads
}

/// The document of a record, and what its template reports.
fn reports(engine: &Engine, yaml: &str, what: Measure, language: &str) -> (Value, Vec<Value>) {
    let data = folder(&[("data/resume.yaml", yaml)]);
    let loaded = load(&data.path().join("data"), &mut Sources::default()).expect("a record");
    assert!(loaded.diagnostics.is_empty(), "{yaml}\n{:?}", loaded.diagnostics);
    let record = loaded.record.expect("a record");
    let request = Request {
        format: Format::OnePage,
        language,
        words: language,
        date: resume::record::model::date::Date::parse("2024-11-08").unwrap(),
        application: None,
        selection: &Selection::all(),
        filter: &Filter::default(),
        fit: Fit::REGULAR.measuring(what),
    };
    let (document, _) = build(&record, &Addresses::of(&record), request);
    let job = Job::new("one-page/main.typ", document.json());
    let job = job.with_file("/theme.json", Theme::new(record.theme.as_ref()).json());
    let pages = engine.compile(&job).expect("it compiles");
    let reports = pages.metadata("costs").into_iter().map(rounded).collect();
    (serde_json::to_value(&document).expect("JSON"), reports)
}

/// The same with its numbers in millionths.
fn rounded(value: Value) -> Value {
    match value {
        Value::Number(number) if number.is_f64() => {
            (((number.as_f64().unwrap_or(0.0) * 1e6).round()) / 1e6 + 0.0).into()
        }
        Value::Array(items) => items.into_iter().map(rounded).collect(),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(key, value)| (key, rounded(value))).collect())
        }
        value => value,
    }
}

/// What a theme's template reports.
fn heights(engine: &Engine, name: &str) -> Heights {
    let mut found: Option<Heights> = None;
    for (paper, margins, language) in PAPERS
        .iter()
        .flat_map(|paper| MARGINS.map(|margins| (*paper, margins, "ko")))
        .chain([("a4", "normal", "en")])
    {
        let theme = format!("theme: {{name: {name}, paper: {paper}, margins: {margins}}}\n");
        let all = format!("{theme}profile: {{name: x}}\n{}", entries());
        let (document, reports) = reports(engine, &all, Measure::All, language);
        let said = &reports[0];
        let mut page: Costs = serde_json::from_value(said.clone()).expect("a page");
        let fonts: Vec<String> = serde_json::from_value(said["fonts"].clone()).expect("fonts");
        let sizes: BTreeMap<String, Size> =
            serde_json::from_value(said["sizes"].clone()).expect("sizes");
        let number = |key: &str| said[key].as_f64().expect("a length");
        let mut forms: BTreeMap<String, Form> = BTreeMap::new();
        let mut row = None;
        let kinds = reports[1..].iter().flat_map(|report| {
            serde_json::from_value::<Vec<EntryCosts>>(report.clone()).expect("entries")
        });
        for EntryCosts { kind, entries } in kinds {
            let listed = listed(&document, &kind);
            assert_eq!(listed.len(), entries.len(), "{kind}");
            for (entry, cost) in listed.iter().zip(entries) {
                match cost.row {
                    Some(cost) => row = Some(Row { names: Vec::new(), ..cost }),
                    None => {
                        let known = forms.insert(pattern(&kind, entry), cost.form);
                        assert!(known.is_none_or(|known| known == cost.form), "{kind}: {entry}");
                    }
                }
            }
        }
        let mut row = row.expect("a group of skills");
        let wide = engine.letters(&fonts, &[600], language).wide("x", sizes["body"].points, 600);
        row.start = rounded((row.start - wide).into()).as_f64().expect("a length");
        (row.width, row.blank) = (0.0, 0.0);
        let area = [number("width"), page.room];
        (page.room, page.head, page.gaps) = (0.0, 0.0, 0.0);
        let one = Heights {
            fonts,
            areas: BTreeMap::new(),
            sizes,
            rail: number("rail"),
            bullet: number("bullet"),
            gap: 0.0,
            page,
            heads: BTreeMap::new(),
            forms,
            row,
        };
        // Nothing but the area depends on the paper, its margins and the language.
        let known = found.get_or_insert_with(|| one.clone());
        let same = Heights { areas: known.areas.clone(), ..one };
        assert_eq!(*known, same, "{name} {paper} {margins} {language}");
        known.areas.insert(format!("{paper} {margins}"), area);
    }
    let mut found = found.expect("a theme");
    for head in heads() {
        let yaml = format!("theme: {{name: {name}}}\nprofile: {{{head}}}\n");
        let (document, reports) = reports(engine, &yaml, Measure::Head, "ko");
        let costs: Costs = serde_json::from_value(reports[0].clone()).expect("a page");
        let known = found.heads.insert(head_pattern(&document["profile"]), costs.head);
        assert!(known.is_none_or(|known| known == costs.head), "{head}");
        found.gap = found.gap.max(costs.gaps / 2.0);
    }
    found
}

#[test]
fn known_heights_are_current() {
    let engine = Engine::new(Fonts::embedded, Templates::new(None));
    let themes = ["modern", "mono", "classic"].map(|name| (name, heights(&engine, name)));
    let wanted = serde_json::to_string(&BTreeMap::from(themes)).expect("JSON") + "\n";
    let file = root().join("src/typeset/heights.json");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &wanted).expect("written");
    }
    let found = fs::read_to_string(&file).unwrap_or_default();
    assert!(
        found == wanted,
        "`src/typeset/heights.json` is not current: `BLESS=1 cargo test` writes it"
    );
}
