//! Entries are sketched before they are measured: never taller than they are, and mostly just as tall.

use std::collections::HashSet;
use std::fs;

use resume::data::addresses::Addresses;
use resume::data::load;
use resume::engine::{Engine, Fonts, Templates, evict};
use resume::problem::Sources;
use resume::tailor::{EntryCost, EntryCosts, Fit, Measure, Selection};

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
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let record = loaded.record.expect("a record");
    let addresses = Addresses::of(&record);
    let instance = Instance { engine, record: &record, addresses };
    let costs = |what: Measure| -> Vec<EntryCosts> {
        let page = instance.page(&Selection::all(), Fit::REGULAR.measuring(what), language);
        serde_json::from_value(page.metadata("costs").remove(0)).expect("costs")
    };
    let (mut all, mut exact, mut seen) = (0, 0, HashSet::new());
    for (sketched, measured) in
        [(Measure::ProjectsSketched, Measure::Projects), (Measure::OthersSketched, Measure::Others)]
    {
        for (sketched, measured) in costs(sketched).iter().zip(&costs(measured)) {
            assert_eq!(sketched.kind, measured.kind);
            assert!(seen.insert(sketched.kind.clone()));
            for (sketched, measured) in sketched.entries.iter().zip(&measured.entries) {
                let (less, real) = (heights(sketched), heights(measured));
                assert_eq!(less.len(), real.len());
                for (less, real) in less.iter().zip(&real) {
                    assert!(
                        *less <= real + EPSILON,
                        "{language}, {:?} of {}: sketched {less} pt, measured {real} pt",
                        measured.id,
                        data.display()
                    );
                    exact += usize::from((less - real).abs() <= EPSILON);
                }
                all += less.len();
                let places = |cost: &EntryCost| cost.row.clone().map(|row| (row.pitch, row.line));
                assert_eq!(places(sketched), places(measured));
            }
        }
    }
    assert!(seen.contains("projects") && seen.contains("skills"));
    (all, exact)
}

#[test]
fn no_entry_is_less_tall_than_its_sketch() {
    let engine = Engine::new(Fonts::embedded, Templates::new(None));
    for theme in ["modern", "classic"] {
        for language in ["ko", "en"] {
            let data = copy();
            fs::write(data.path().join("data/theme.yaml"), format!("name: {theme}"))
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
    for (theme, size) in [("modern", 10.0), ("mono", 8.5), ("classic", 12.0)] {
        let highlights = |first: usize| -> String {
            let texts = (first..first + 40).map(text).chain(alike());
            texts.map(|text| format!("\n      - {}", serde_json::json!(text))).collect()
        };
        let record = format!(
            "theme: {{name: {theme}, size: {size}}}\nprofile: {{name: 누구}}\ncareer:\n  \
             - id: s\n    organization: {:?}\n    summary: {:?}\n    positions:\n      \
             - {{title: {:?}, start: 2019, end: 2020}}\n    highlights:{}\nprojects:\n  \
             - id: p\n    name: {:?}\n    role: {:?}\n    technologies: [{:?}, 둘, {:?}]\n    start: 2020\n    \
             end: 2021\n    highlights:{}\nskills: [{{name: 가, skills: [나, Rust]}}]\n",
            text(6),
            text(13),
            text(9),
            highlights(0),
            text(20),
            text(24),
            text(3),
            text(4),
            highlights(40),
        );
        let data = folder(&[("data/resume.yaml", record.as_str())]);
        let (all, exact) = compare(&data.path().join("data"), &engine, "ko");
        assert!(all > 80 && exact * 3 >= all, "{theme}: {exact} of {all} are exact");
        evict(2);
    }
}
