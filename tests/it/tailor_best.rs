//! The choice against brute force: small random records, every way to fill their pages laid out
//! until the best one that fits is found.

use std::collections::BTreeSet;

use resume::commands::{TailorOptions, tailor};
use resume::diagnostics::Sources;
use resume::document::{self, Filter, Format, Request, Theme, build};
use resume::engine::{Document, Engine, Fonts, Job, Templates};
use resume::record::links::addresses::Addresses;
use resume::record::model::date::Date;
use resume::record::{Record, load};
use resume::tailor::{Catalog, Fit, Item, Lexis, Selection, Values, values};
use resume::{EngineOptions, Session};

use crate::support::program::{folder, resume};

const INSTANCES: u64 = 60;

/// Numbers that are the same on every machine and in every run (Marsaglia's xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// A record whose page is nearly filled by its summary, with at most ten optional entries.
fn record(seed: u64) -> String {
    let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ (seed + 1).wrapping_mul(0x2545_f491_4f6c_dd1d));
    for _ in 0..8 {
        random.below(2);
    }
    let words = |random: &mut Random, least: u64, more: u64| {
        let count = least + random.below(more);
        (0..count)
            .map(|at| ["높이를 재고", "measured heights", "문장이", "C++ 코드"][(at % 4) as usize])
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut left = 4 + random.below(7);
    let highlights = |random: &mut Random, left: &mut u64, indent: &str| {
        let count = random.below(4).min(*left);
        *left -= count;
        let lines: Vec<String> = (0..count)
            .map(|_| {
                let (text, importance) = (words(random, 3, 22), 1 + random.below(5));
                format!("{indent}  - {{text: \"{text}\", importance: {importance}}}\n")
            })
            .collect();
        if lines.is_empty() {
            String::new()
        } else {
            format!("{indent}highlights:\n{}", lines.concat())
        }
    };
    let summary =
        "요약을 여러 줄로 길게 적어 종이를 거의 채웁니다. ".repeat(100 + random.below(16) as usize);
    let mut text = format!("profile: {{name: 누구, summary: \"{}\"}}\ncareer:\n", summary.trim());
    for at in 0..1 + random.below(2) {
        text += &format!(
            "  - id: s{at}\n    organization: 회사 {at}\n    positions: [{{title: 개발자, start: 20{}, end: 20{}}}]\n",
            14 + at,
            17 + at
        );
        if random.below(2) == 0 && left > 0 {
            text += &format!("    summary: \"{}\"\n", words(&mut random, 4, 12));
            left -= 1;
        }
        text += &highlights(&mut random, &mut left, "    ");
    }
    text += "projects:\n";
    for at in 0..1 + random.below(2) {
        if left == 0 {
            break;
        }
        left -= 1;
        text += &format!(
            "  - id: p{at}\n    name: 과제 {at}\n    start: 2020\n    end: 20{}\n    importance: {}\n",
            21 + at,
            1 + random.below(5)
        );
        text += &highlights(&mut random, &mut left, "    ");
    }
    text += "skills:\n";
    for group in 0..random.below(3) {
        let count = left.min(1 + random.below(6));
        if count == 0 {
            break;
        }
        left -= count;
        text += &format!(
            "  - name: 기술 {group}\n    importance: {}\n    skills:\n",
            1 + random.below(5)
        );
        for at in 0..count {
            // From a word to nearly a line, so that lines break in every way.
            let name = words(&mut random, 1, 12);
            text += &format!(
                "      - {{name: \"{name} {group}{at}\", importance: {}}}\n",
                1 + random.below(5)
            );
        }
    }
    text.replace("projects:\nskills", "projects: []\nskills")
        .trim_end_matches("skills:\n")
        .to_owned()
}

/// Whether a choice could stand on a page: nothing without its owner, no project without a word.
fn is_whole(items: &BTreeSet<Item>, catalog: &Catalog) -> bool {
    let owned = |item: &Item| catalog.entries.iter().any(|e| e.owner.as_ref() == Some(item));
    items.iter().all(|item| {
        let owner = catalog.get(item).and_then(|entry| entry.owner.as_ref());
        let spoken =
            items.iter().any(|i| catalog.get(i).and_then(|e| e.owner.as_ref()) == Some(item));
        owner.is_none_or(|owner| items.contains(owner)) && (!owned(item) || spoken)
    })
}

/// A record and what sets its one-page résumé.
pub struct Instance<'a> {
    pub engine: &'a Engine,
    pub record: &'a Record,
    pub addresses: Addresses,
}

impl Instance<'_> {
    /// A choice, set or measured in a language.
    pub fn page(&self, selection: &Selection, fit: Fit, language: &str) -> Document {
        let document = self.document(selection, fit, language).json();
        let job = Job::new("one-page/main.typ", document);
        let job = job.with_file("/theme.json", Theme::new(self.record.theme.as_ref()).json());
        self.engine.compile(&job).expect("it compiles")
    }

    /// What the template is given of a choice.
    pub fn document(&self, selection: &Selection, fit: Fit, language: &str) -> document::Document {
        let request = Request {
            format: Format::OnePage,
            language,
            words: language,
            date: Date::parse("2024-11-08").unwrap(),
            application: None,
            selection,
            filter: &Filter::default(),
            fit,
        };
        build(self.record, &self.addresses, request).0
    }

    /// Whether a choice fits one page as the template was drawn.
    fn fits(&self, items: &BTreeSet<Item>) -> bool {
        let selection = Selection::of(items.iter().cloned());
        self.page(&selection, Fit::REGULAR, "ko").page_count() == 1
    }

    /// The most that any choice is worth that fits, found by trying them all, the best first.
    fn best(&self, catalog: &Catalog, values: &Values) -> Option<u64> {
        let items: Vec<&Item> = catalog.entries.iter().map(|entry| &entry.item).collect();
        let subset = |bits: u32| -> BTreeSet<Item> {
            let chosen = items.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
            chosen.map(|(_, item)| (*item).clone()).collect()
        };
        let mut choices: Vec<(u64, BTreeSet<Item>)> = (0..1 << items.len())
            .map(subset)
            .filter(|items| is_whole(items, catalog))
            .map(|items| (values.sum(&items), items))
            .collect();
        choices.sort_by_key(|(value, _)| std::cmp::Reverse(*value));
        choices.into_iter().find(|(_, items)| self.fits(items)).map(|(value, _)| value)
    }
}

#[test]
fn the_choice_is_the_best_that_fits() {
    let engine = Engine::new(Fonts::embedded, Templates::new(None));
    let (mut compared, mut optimal, mut selective) = (0, 0, 0);
    for seed in 0..INSTANCES {
        let data = folder(&[("data/resume.yaml", &record(seed))]);
        let path = data.path().join("data");
        let loaded = load(&path, &mut Sources::default()).unwrap();
        assert!(loaded.diagnostics.is_empty(), "{:?}\n{}", loaded.diagnostics, record(seed));
        let record = loaded.record.unwrap();
        let catalog = Catalog::of(&record);
        assert!(catalog.entries.len() <= 10);
        let date = Date::parse("2024-11-08").unwrap().first_day();
        let values = values(&record, &catalog, &Lexis::of(&record, &catalog), None, "", date);
        let instance =
            Instance { engine: &engine, record: &record, addresses: Addresses::of(&record) };
        // A page that is too long even without anything optional is set tighter; that is another test.
        let Some(best) = instance.best(&catalog, &values) else { continue };

        let options =
            TailorOptions { date: Some("2024-11-08".to_owned()), ..TailorOptions::default() };
        let session = Session::new(&EngineOptions::default()).unwrap();
        let ledger = tailor(&session, &path, &options).unwrap().ledger.expect("a page");
        let shown = ledger.entries.iter().filter(|line| line.shown).map(|line| &line.name);
        let named = |name: &String| {
            catalog.entries.iter().find(|entry| entry.names.contains(name)).unwrap().item.clone()
        };
        let items: BTreeSet<Item> = shown.map(named).collect();
        assert!(is_whole(&items, &catalog));
        assert!(instance.fits(&items), "seed {seed}");
        let value = values.sum(&items);
        assert_eq!((ledger.value * 1000.0).round() as u64, value);
        assert!(value <= best);
        assert!(value as f64 >= 0.98 * best as f64, "seed {seed}: {value} of {best}");
        compared += 1;
        optimal += usize::from(value == best);
        selective += usize::from(items.len() < catalog.entries.len());
        // `render` sketches what `tailor` measures, and sets the same page.
        let page = |words: &[&str]| {
            let data = ["--data", path.to_str().unwrap(), "--date", "2024-11-08"];
            resume([words, &data].concat()).exits(0);
        };
        let picture = |name: &str| data.path().join(name).to_string_lossy().into_owned();
        page(&["tailor", "--preview", &picture("measured.png")]);
        page(&[
            "render",
            "--format",
            "one-page",
            "--as",
            "png",
            "--output",
            &picture("sketched.png"),
        ]);
        let [measured, sketched] = ["measured.png", "sketched.png"]
            .map(|name| image::open(picture(name)).expect("a picture").into_rgb8().into_raw());
        assert!(measured == sketched, "seed {seed}: `render` and `tailor` set different pages");
        resume::engine::evict(2);
    }
    assert!(compared >= 55, "only {compared} records say anything");
    assert!(selective >= compared / 2, "only {selective} records are too long");
    assert_eq!(optimal, compared, "so many of so many are the best");
}
