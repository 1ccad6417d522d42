//! Entries are sketched before they are measured: never taller than they are, and mostly just as tall.

use std::fs;

use resume::diagnostics::Sources;
use resume::document::Theme;
use resume::engine::{Engine, Fonts, Templates, evict};
use resume::record::links::addresses::Addresses;
use resume::record::load;
use resume::tailor::{Costs, EntryCost, EntryCosts, Fit, Measure, Selection};
use resume::typeset::sketch::Sketch;

use crate::support::data::copy;
use crate::support::program::folder;
use crate::tailor_best::Instance;

/// How far a sum of heights may be off for the way computers count, in points.
const EPSILON: f64 = 0.001;

/// Texts that lines break in all sorts of ways, with letters that move together and letters of other
/// fonts.
const WORDS: &[&str] = &[
    "AV",
    "To",
    "Ty.",
    "WAVE",
    "LTV/AVA",
    "P.",
    "r,",
    "iiiiiiiiiiii",
    "WWWWWWWW",
    "C++",
    "CI/CD",
    "cloud-native",
    "**굵은**",
    "`let x = AVAVAV;`",
    "[이름](https://example.com/a/very/long/path)",
    "서버리스",
    "데이터베이스마이그레이션자동화파이프라인",
    "(괄호)",
    "“따옴표”",
    "3.5배",
    "100%",
    "漢字",
    "、。",
    "🚀",
    "→",
    "e.g.",
    "don't",
    "한글과English가섞인말",
    "https://example.com/path/to/something?x=1&y=2",
];

/// Texts that are wide or narrow in one way throughout.
fn alike() -> Vec<String> {
    let many = |word: &str, times: usize| word.repeat(times).trim_end().to_owned();
    vec![
        many("To. Ty. Te. ", 26),
        many("AVAVAVAVA ", 36),
        many("r.r.r. y.y.y. v,v,v, ", 14),
        many("a->b=>c ", 40),
        many("WAVY LTPF ", 20),
        many("&shy;word&shy;word ", 30),
        many("a\u{2009}b\u{200A}c\u{202F}d ", 30),
        format!("~~~\n{}\n~~~", many("WMWMWMWM ", 30)),
        format!("x\n\n    {}", many("WMWMWMWM ", 12)),
        format!("x[^1]\n\n[^1]: {}", many("a footnote ", 40)),
        many("fi ffl ", 60),
        many("3.14, 2,71: ", 30),
    ]
}

fn heights(cost: &EntryCost) -> Vec<f64> {
    let forms = [Some(cost.form), cost.brief].into_iter().flatten();
    let forms = forms.flat_map(|form| [Some(form.bare), form.some]).flatten();
    forms.chain(cost.highlights.iter().copied()).collect()
}

/// How many heights of a record there are, and how many of them its sketch has exactly.
fn compare(data: &std::path::Path, engine: &Engine, language: &str) -> (usize, usize) {
    let loaded = load(data, &mut Sources::default()).expect("a record");
    assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
    let record = loaded.record.expect("a record");
    let addresses = Addresses::of(&record);
    let instance = Instance { engine, record: &record, addresses };
    let all = Selection::all();
    let mut reports = instance
        .page(&all, Fit::REGULAR.measuring(Measure::All), language)
        .metadata("costs")
        .into_iter();
    let page: Costs = serde_json::from_value(reports.next().expect("a page")).expect("costs");
    let measured: Vec<EntryCosts> = reports
        .flat_map(|report| serde_json::from_value::<Vec<EntryCosts>>(report).expect("costs"))
        .collect();
    let document = instance.document(&all, Fit::REGULAR, language);
    let document = serde_json::to_value(&document).expect("JSON");
    let theme = serde_json::to_value(Theme::new(record.theme.as_ref())).expect("JSON");
    let sketch = Sketch::new(engine, &theme, &document).expect("a known look");
    let sketched = sketch.entries(&document).expect("entries");
    let name = data.display();
    let (mut all, mut exact) = (0, 0);
    let mut hold = |what: &str, less: f64, real: f64| {
        assert!(
            less <= real + EPSILON,
            "{language}, {what} of {name}: sketched {less} pt, measured {real} pt"
        );
        exact += usize::from((less - real).abs() <= EPSILON);
        all += 1;
    };
    let known = sketch.page(&document).expect("a page");
    hold("the head", known.head, page.head);
    let near = |one: f64, other: f64| (one - other).abs() <= EPSILON;
    assert!(near(known.room, page.room) && near(known.gaps, page.gaps), "{known:?} {page:?}");
    assert!(near(known.between_sections, page.between_sections));
    for (known, real) in known.sections.iter().zip(&page.sections) {
        assert_eq!(known.kind, real.kind);
        assert!(near(known.title, real.title) && near(known.between, real.between), "{real:?}");
    }
    assert_eq!(sketched.len(), measured.len());
    for measured in &measured {
        let sketched = sketched.iter().find(|it| it.kind == measured.kind).expect("a section");
        assert_eq!(sketched.entries.len(), measured.entries.len(), "{}", measured.kind);
        for (sketched, measured) in sketched.entries.iter().zip(&measured.entries) {
            assert_eq!(sketched.id, measured.id);
            // Skills run on: how tall a group is, is told by its row.
            let tall = |cost: &EntryCost| match cost.row {
                Some(_) => Vec::new(),
                None => heights(cost),
            };
            let (less, real) = (tall(sketched), tall(measured));
            assert_eq!(less.len(), real.len());
            for (less, real) in less.iter().zip(&real) {
                hold(&format!("{:?}", measured.id), *less, *real);
            }
            let (Some(less), Some(real)) = (&sketched.row, &measured.row) else { continue };
            assert!(near(less.pitch, real.pitch) && near(less.line, real.line));
            assert!(near(less.width, real.width) && near(less.blank, real.blank));
            hold("a name", less.start, real.start);
            for (less, real) in less.names.iter().zip(&real.names) {
                assert_eq!(less.before.len(), real.before.len());
                for (less, real) in less.before.iter().zip(&real.before) {
                    hold("a word", *less, *real);
                }
                hold("a word", less.end, real.end);
                hold("a word and its comma", less.comma, real.comma);
            }
        }
    }
    (all, exact)
}

#[test]
fn no_entry_is_less_tall_than_its_sketch() {
    let engine = Engine::new(Fonts::embedded, Templates::new(None));
    for theme in ["modern", "mono, paper: us-letter", "classic, margins: narrow", "classic"] {
        for language in ["ko", "en"] {
            let data = copy();
            fs::write(data.path().join("data/theme.yaml"), format!("{{name: {theme}}}"))
                .expect("written");
            let (all, exact) = compare(&data.path().join("data"), &engine, language);
            let said = format!("{theme}, {language}: {exact} of {all} are exact");
            assert!(all > 50 && exact * 20 >= all * 19, "{said}");
        }
    }
    // Texts of one word to four lines, in all fonts.
    let text = |seed: usize| -> String {
        let words =
            (0..1 + seed * 7 % 45).map(|at| WORDS[(seed * 31 + at * at * 7 + at) % WORDS.len()]);
        words.collect::<Vec<_>>().join(" ")
    };
    for theme in ["modern", "mono, margins: wide", "classic, paper: us-letter"] {
        let highlights = |first: usize| -> String {
            let texts = (first..first + 40).map(text).chain(alike());
            texts.map(|text| format!("\n      - {}", serde_json::json!(text))).collect()
        };
        let record = format!(
            "theme: {{name: {theme}}}\nprofile: {{name: {:?}, role: {:?}, headline: {:?}, summary: {:?}, \
             email: someone@example.com, location: {:?}, url: 'https://www.example.com/', links: \
             [{{network: 가, url: 'https://example.com/a'}}, {{network: 나, url: \
             'https://example.com/{}'}}]}}\ncareer:\n  \
             - id: s\n    organization: {:?}\n    location: {:?}\n    summary: {:?}\n    positions:\n      \
             - {{title: {:?}, start: 2019, end: 2020}}\n      \
             - {{title: {:?}, department: {:?}, start: 2018, end: 2019}}\n    highlights:{}\n  \
             - id: e\n    kind: education\n    organization: {:?}\n    positions: [{{title: {:?}, score: {:?}, \
             start: 2010, end: 2014, courses: [{:?}, {:?}]}}]\nprojects:\n  \
             - id: p\n    name: {:?}\n    role: {:?}\n    technologies: [{:?}, 둘, {:?}]\n    start: 2020\n    \
             end: 2021\n    highlights:{}\nskills: [{{name: {:?}, skills: [나, Rust, {:?}, {:?}]}}]\n\
             awards: [{{title: {:?}, awarder: {:?}, summary: {:?}}}]\nlanguages: [{{language: {:?}, fluency: \
             {:?}}}, {{language: {:?}}}]\ninterests: [{{name: {:?}, keywords: [{:?}]}}]\nreferences: [{{name: \
             {:?}, reference: {:?}}}]\n",
            text(1),
            text(2),
            text(3),
            text(25),
            text(1),
            "long/".repeat(30),
            text(6),
            text(2),
            text(13),
            text(9),
            text(10),
            text(4),
            highlights(0),
            text(7),
            text(8),
            text(3),
            text(11),
            text(12),
            text(20),
            text(24),
            text(3),
            text(4),
            highlights(40),
            text(5),
            text(1),
            text(14),
            text(15),
            text(16),
            text(31),
            text(17),
            text(18),
            text(19),
            text(21),
            text(22),
            text(23),
            text(26),
        );
        let data = folder(&[("data/resume.yaml", record.as_str())]);
        let (all, exact) = compare(&data.path().join("data"), &engine, "ko");
        assert!(all > 80 && exact * 3 >= all, "{theme}: {exact} of {all} are exact");
        evict(2);
    }
}
