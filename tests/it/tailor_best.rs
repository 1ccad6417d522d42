//! The choice against brute force: small random records, every way to fill their pages laid out
//! until the best one that fits is found.

use std::collections::{BTreeSet, HashMap};

use resume::commands::{TailorOptions, tailor};
use resume::diagnostics::Sources;
use resume::document::{Filter, Format, Request, Theme, build};
use resume::engine::{Document, Engine, Fonts, Job, Templates};
use resume::record::links::addresses::Addresses;
use resume::record::model::date::Date;
use resume::record::{Record, load};
use resume::tailor::{
    Candidates, Catalog, Choice, Constraints, Fit, Heights, Item, Layouts, Lexis, Measure, Pages,
    Repeats, Report, Scores, Selection, add, fit, scores, whole,
};
use resume::{EngineOptions, Session};

use crate::support::program::{folder, resume};

const INSTANCES: u64 = 60;
const INSTANCES_OF_TWO_PAGES: u64 = 45;

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

/// A record with at most ten optional entries, whose pages are nearly filled by what must stay: one page by
/// its summary; two pages by its summary and by its education, with the optional entries between. They are
/// long, so that a tighter setting seldom holds them all.
fn record(seed: u64, pages: usize) -> String {
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
            .map(|at| {
                let more = 90;
                let (text, importance) = (words(random, 3, more), 1 + random.below(5));
                // With other numbers they do not tell the same.
                let number = 100 + 10 * *left + at;
                format!("{indent}  - {{text: \"{number} {text}\", importance: {importance}}}\n")
            })
            .collect();
        if lines.is_empty() {
            String::new()
        } else {
            format!("{indent}highlights:\n{}", lines.concat())
        }
    };
    let summary = "요약을 여러 줄로 길게 적어 종이를 거의 채웁니다. "
        .repeat([100, 76][pages - 1] + random.below(16) as usize);
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
    if pages == 2 {
        text += "  - id: school\n    kind: education\n    organization: School\n    positions:\n";
        for at in 0..41 + random.below(6) {
            text += &format!("      - {{title: Degree {at}, start: 2001, end: 2002}}\n");
        }
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

/// A record and what sets its pages.
struct Instance<'a> {
    engine: &'a Engine,
    record: &'a Record,
    addresses: Addresses,
    /// How many pages there are.
    pages: usize,
}

impl Instance<'_> {
    /// A choice, set or measured.
    fn page(&self, selection: &Selection, fit: Fit) -> Document {
        let words = self.engine.templates().words("ko").unwrap();
        let request = Request {
            format: Format::OnePage,
            language: "ko",
            words: &words.values,
            date: Date::parse("2024-11-08").unwrap(),
            application: None,
            selection,
            filter: &Filter::default(),
            fit,
            elsewhere: None,
        };
        let document = build(self.record, &self.addresses, request).0;
        let job = Job::new("one-page/main.typ", document.json());
        let job = job.with_file("/theme.json", Theme::new(self.record.theme.as_ref()).json());
        self.engine.compile(&job).expect("it compiles")
    }

    /// Whether a choice fits the pages.
    fn fits(&self, items: &BTreeSet<Item>, fit: Fit) -> bool {
        let selection = Selection::of(items.iter().cloned());
        self.page(&selection, fit).page_count() <= self.pages
    }

    /// The choice of the highest score that fits, found by trying them all, the best first.
    fn best(&self, catalog: &Catalog, scores: &Scores, fit: Fit) -> Option<(u64, BTreeSet<Item>)> {
        let items: Vec<&Item> = catalog.entries.iter().map(|entry| &entry.item).collect();
        let subset = |bits: u32| -> BTreeSet<Item> {
            let chosen = items.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
            chosen.map(|(_, item)| (*item).clone()).collect()
        };
        let mut choices: Vec<(u64, BTreeSet<Item>)> = (0..1 << items.len())
            .map(subset)
            .filter(|items| is_whole(items, catalog))
            .map(|items| (scores.sum(&items), items))
            .collect();
        choices.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        choices.into_iter().find(|(_, items)| self.fits(items, fit))
    }
}

/// How many of the sections that can be left out a choice has.
fn sections<'a>(items: impl IntoIterator<Item = &'a Item>) -> usize {
    let section = |item: &Item| match item {
        Item::Project(_) => Some("projects"),
        Item::Skill(..) => Some("skills"),
        _ => None,
    };
    items.into_iter().filter_map(section).collect::<BTreeSet<_>>().len()
}

#[test]
fn the_choice_is_the_best_that_fits() {
    let engine = Engine::new(Fonts::embedded, Templates::new(None));
    let (mut compared, mut optimal, mut selective, mut closer) = (0, 0, 0, 0);
    for seed in 0..INSTANCES {
        let data = folder(&[("data/resume.yaml", &record(seed, 1))]);
        let path = data.path().join("data");
        let loaded = load(&path, &mut Sources::default()).unwrap();
        assert!(loaded.diagnostics.is_empty(), "{:?}\n{}", loaded.diagnostics, record(seed, 1));
        let record = loaded.record.unwrap();
        let catalog = Catalog::of(&record);
        assert!(catalog.entries.len() <= 10);
        let date = Date::parse("2024-11-08").unwrap().first_day();
        let scores = scores(
            &record,
            &catalog,
            &Lexis::of(&record, &catalog),
            None,
            "",
            date,
            &BTreeSet::new(),
        );
        let addresses = Addresses::of(&record);
        let instance = Instance { engine: &engine, record: &record, addresses, pages: 1 };
        // A page that is too long even without anything optional is set tighter; that is another test.
        let close = instance.best(&catalog, &scores, Fit::CLOSE);
        let Some((best, of_close)) = close else { continue };

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
        let score = scores.sum(&items);
        assert_eq!((ledger.value * 1000.0).round() as u64, score);
        if items.len() == catalog.entries.len() && score > best {
            // A tighter setting holds everything.
            (compared, optimal) = (compared + 1, optimal + 1);
            continue;
        }
        if score > best {
            // One that leaves out far less is taken, too.
            let (of_score, _) = instance.best(&catalog, &scores, Fit::TIGHT).expect("a page");
            let all = scores.sum(&catalog.entries.iter().map(|entry| entry.item.clone()).collect());
            assert!(instance.fits(&items, Fit::TIGHT), "seed {seed}");
            assert_eq!(score, of_score, "seed {seed}");
            let more = sections(&items) > sections(&of_close);
            assert!(more || (all - score) * 2 <= all - best, "seed {seed}");
            (compared, optimal, selective) = (compared + 1, optimal + 1, selective + 1);
            closer += usize::from(more);
            continue;
        }
        if sections(&of_close) < sections(catalog.entries.iter().map(|entry| &entry.item)) {
            // A tighter setting is taken where it keeps more sections.
            let (of_score, tight) = instance.best(&catalog, &scores, Fit::TIGHT).expect("a page");
            if sections(&tight) > sections(&of_close) {
                assert!(instance.fits(&items, Fit::TIGHT), "seed {seed}");
                assert_eq!(score, of_score, "seed {seed}");
                (compared, optimal, selective) = (compared + 1, optimal + 1, selective + 1);
                closer += 1;
                continue;
            }
        }
        assert!(instance.fits(&items, Fit::CLOSE), "seed {seed}");
        assert!(score <= best);
        assert!(score as f64 >= 0.98 * best as f64, "seed {seed}: {score} of {best}");
        compared += 1;
        optimal += usize::from(score == best);
        selective += usize::from(items.len() < catalog.entries.len());
        // `render` measures less than `tailor` does, and sets the same page.
        let page = |words: &[&str]| {
            let data = ["--data", path.to_str().unwrap(), "--date", "2024-11-08"];
            resume([words, &data].concat()).exits(0);
        };
        let picture = |name: &str| data.path().join(name).to_string_lossy().into_owned();
        page(&["tailor", "--preview", &picture("tailor.png")]);
        page(&[
            "render",
            "--format",
            "one-page",
            "--as",
            "png",
            "--output",
            &picture("render.png"),
        ]);
        let [tailored, rendered] = ["tailor.png", "render.png"]
            .map(|name| image::open(picture(name)).expect("a picture").into_rgb8().into_raw());
        assert!(tailored == rendered, "seed {seed}: `render` and `tailor` set different pages");
        resume::engine::evict(2);
    }
    assert!(compared >= 55, "only {compared} records say anything");
    assert!(closer > 0, "no record is set tighter for a section");
    assert!(selective * 3 >= compared, "only {selective} records are too long");
    assert_eq!(optimal, compared, "so many of so many are the best");
}

/// Measures and lays out an instance, and keeps what it was asked to measure.
struct Counted<'a> {
    instance: &'a Instance<'a>,
    measured: BTreeSet<Item>,
}

impl Counted<'_> {
    fn reports(&mut self, fit: Fit, measure: Measure, items: &BTreeSet<Item>) -> Vec<Report> {
        self.measured.extend(items.iter().cloned());
        let selection = Selection::of(items.iter().cloned());
        let pages = self.instance.page(&selection, Fit { measure: Some(measure), ..fit });
        let reports = pages.metadata("heights").into_iter();
        reports.map(|report| serde_json::from_value(report).expect("a report")).collect()
    }
}

impl Layouts<(), ()> for Counted<'_> {
    fn page(&mut self, fit: Fit, items: &BTreeSet<Item>) -> Result<Heights, ()> {
        let (mut page, mut head, mut entries) = (None, None, HashMap::new());
        for report in self.reports(fit, Measure::All, items) {
            match report {
                Report::Page(heights) => page = Some(heights),
                Report::Head(height) => head = Some(height),
                other => add(&mut entries, other),
            }
        }
        Ok(Heights { page: page.expect("a page"), head: head.expect("a head"), entries })
    }

    fn entries(
        &mut self,
        fit: Fit,
        items: &BTreeSet<Item>,
        heights: &mut Heights,
    ) -> Result<(), ()> {
        let reports = self.reports(fit, Measure::Entries, items);
        reports.into_iter().for_each(|report| add(&mut heights.entries, report));
        Ok(())
    }

    fn lay_out(&mut self, selection: &Selection, fit: Fit, room: f64) -> Result<Pages<()>, ()> {
        let pages = self.instance.page(selection, fit);
        let at = |label: &str| pages.positions(label)[0];
        let ((_, start), (page, end)) = (at("start"), at("end"));
        let used = end - start + room * (page - 1) as f64;
        let last = (end - start) / room;
        Ok(Pages { count: pages.page_count(), used, last, document: () })
    }
}

/// Over two pages, sums of heights lack the space before an entry that moves to the next page. A choice
/// always fits; it is the best in nearly all records, and never more than a hundredth worse. It may be
/// better than brute force finds: pages with wider gaps can break where less space is lost.
#[test]
fn the_choice_of_two_pages_fits_and_is_the_best_as_a_rule() {
    let engine = Engine::new(Fonts::embedded, Templates::new(None));
    let (mut compared, mut optimal, mut selective) = (0, 0, 0);
    for seed in 0..INSTANCES_OF_TWO_PAGES {
        let data = folder(&[("data/resume.yaml", &record(seed, 2))]);
        let loaded = load(&data.path().join("data"), &mut Sources::default()).unwrap();
        assert!(loaded.diagnostics.is_empty(), "{:?}\n{}", loaded.diagnostics, record(seed, 2));
        let record = loaded.record.unwrap();
        let catalog = Catalog::of(&record);
        let date = Date::parse("2024-11-08").unwrap().first_day();
        let scores = scores(
            &record,
            &catalog,
            &Lexis::of(&record, &catalog),
            None,
            "",
            date,
            &BTreeSet::new(),
        );
        let addresses = Addresses::of(&record);
        let instance = Instance { engine: &engine, record: &record, addresses, pages: 2 };
        let close = instance.best(&catalog, &scores, Fit::CLOSE);
        let Some((best, _)) = close else { continue };
        let constraints = Constraints::default();
        let [chosen, of_all] = [false, true].map(|all_heights| {
            let mut layouts = Counted { instance: &instance, measured: BTreeSet::new() };
            let candidates = Candidates {
                catalog: &catalog,
                scores: &scores,
                repeats: &Repeats::default(),
                constraints: &constraints,
                pages: 2,
                all_heights,
            };
            let fitted = fit(candidates, &mut layouts).unwrap().expect("pages that fit");
            (fitted.choice, fitted.fit)
        });
        for (choice, fit) in [&chosen, &of_all] {
            assert!(is_whole(&choice.items, &catalog), "seed {seed}");
            let pages = instance.page(&choice.selection(&scores, &constraints), *fit).page_count();
            assert!(pages <= 2, "seed {seed}: {pages} pages");
            let score = choice.score;
            assert!(score as f64 >= 0.99 * best as f64, "seed {seed}: {score} of {best}");
        }
        let (Choice { items, score, .. }, _) = chosen;
        compared += 1;
        optimal += usize::from(score >= best);
        selective += usize::from(items.len() < catalog.entries.len());
        resume::engine::evict(2);
    }
    assert!(compared >= 40, "only {compared} records say anything");
    assert!(selective * 3 >= compared, "only {selective} records are too long");
    assert!(optimal * 100 >= compared * 95, "{optimal} of {compared} are the best");
}

#[test]
fn what_cannot_be_chosen_is_not_measured() {
    let engine = Engine::new(Fonts::embedded, Templates::new(None));
    let highlights: String = (0..120)
        .map(|at| format!("      - {{text: \"Result {at}\", importance: {}}}\n", 1 + at % 5))
        .collect();
    let text = format!(
        "profile: {{name: 누구}}\nprojects:\n  - id: p\n    name: 과제\n    start: 2020\n    end: 2021\n    highlights:\n{highlights}"
    );
    let data = folder(&[("data/resume.yaml", &text)]);
    let record = load(&data.path().join("data"), &mut Sources::default()).unwrap().record.unwrap();
    let catalog = Catalog::of(&record);
    let date = Date::parse("2024-11-08").unwrap().first_day();
    let scores = scores(&record, &catalog, &Lexis::default(), None, "", date, &BTreeSet::new());
    let instance =
        Instance { engine: &engine, record: &record, addresses: Addresses::of(&record), pages: 1 };
    let [lazy, all] = [false, true].map(|all_heights| {
        let mut layouts = Counted { instance: &instance, measured: BTreeSet::new() };
        let constraints = Constraints::default();
        let candidates = Candidates {
            catalog: &catalog,
            scores: &scores,
            repeats: &Repeats::default(),
            constraints: &constraints,
            pages: 1,
            all_heights,
        };
        let fitted = fit(candidates, &mut layouts).unwrap().expect("a page that fits");
        (fitted.choice.items, layouts.measured.len())
    });
    assert_eq!(lazy.0, all.0, "what is measured decides");
    assert_eq!(all.1, catalog.entries.len());
    assert!(lazy.1 < all.1, "everything was measured");
}

/// Documents of so many pages, with little on the last one at any fit.
struct Long(usize);

impl Layouts<(), ()> for Long {
    fn page(&mut self, _: Fit, _: &BTreeSet<Item>) -> Result<Heights, ()> {
        Err(())
    }

    fn entries(&mut self, _: Fit, _: &BTreeSet<Item>, _: &mut Heights) -> Result<(), ()> {
        Err(())
    }

    fn lay_out(&mut self, _: &Selection, _: Fit, _: f64) -> Result<Pages<()>, ()> {
        Ok(Pages { count: self.0, used: 0.0, last: 0.1, document: () })
    }
}

/// Each layout of hundreds of pages takes seconds and a gigabyte.
#[test]
fn a_long_document_is_laid_out_once_however_it_ends() {
    let data = folder(&[("data/resume.yaml", "profile: {name: Name Surname}")]);
    let record = load(&data.path().join("data"), &mut Sources::default()).unwrap().record.unwrap();
    let (catalog, constraints) = (Catalog::of(&record), Constraints::default());
    let candidates = Candidates {
        catalog: &catalog,
        scores: &Scores::default(),
        repeats: &Repeats::default(),
        constraints: &constraints,
        pages: 1,
        all_heights: false,
    };
    let layouts = |pages| whole(candidates, &mut Long(pages)).unwrap().layouts;
    assert!(layouts(3) > 1);
    assert_eq!(layouts(60), 1);
}
