//! Records that are not the reference: the smallest, one with everything, one that strains a page.

use std::path::Path;

use crate::support::pdf::Pdf;
use crate::support::program::{folder, pdfs, rendered, resume, resume_in};
use crate::support::words::{Page, pages, sentence, squash};

/// The pages of a format of such a record.
fn read(folder: &Path, format: &str) -> Vec<Page> {
    pages(&folder.join(format!("out/{format}.pdf")))
}

/// The words of a format, without white space.
fn content(folder: &Path, format: &str) -> String {
    let pages = read(folder, format);
    squash(&sentence(pages.iter().flat_map(|page| &page.body)))
}

/// Whether every word is between the edges of its page.
fn assert_inside(pages: &[Page]) {
    for (page, number) in pages.iter().zip(1..) {
        for word in page.body.iter().chain(&page.foot) {
            let inside = word.left > 20.0
                && word.right < 575.5
                && word.top > 20.0
                && word.bottom < page.height - 15.0;
            assert!(inside, "page {number}: {word:?} leaves the page");
        }
    }
}

#[test]
#[ignore = "needs poppler"]
fn a_name_is_enough() {
    let record = folder(&[("data/resume.yaml", "profile:\n  name: 황세현\n")]);
    resume_in(record.path(), ["render", "--format", "all", "--output", "out"], &[]).exits(0);
    // There is no project to fill a portfolio with.
    let formats = ["cv", "full", "one-page"];
    let names = pdfs(&record.path().join("out"));
    let names: Vec<_> = names.iter().filter_map(|path| path.file_stem()?.to_str()).collect();
    assert_eq!(names, formats);
    for format in formats {
        let pdf = Pdf::read(&record.path().join(format!("out/{format}.pdf")));
        assert!((1..=3).contains(&pdf.page_count()), "{format}: {} pages", pdf.page_count());
        let content = content(record.path(), format);
        assert!(content.contains("황세현"), "{format}: {content}");
        assert!(!content.contains("none") && !content.contains("null"), "{format}: {content}");
    }
}

#[test]
fn a_single_file_is_a_record() {
    let record = folder(&[("me.yaml", "profile: {name: 황세현, email: a@example.org}\n")]);
    let (data, out) = (record.path().join("me.yaml"), record.path().join("me.pdf"));
    let [data, out] = [data, out].map(|path| path.display().to_string());
    resume(["render", "--data", &data, "--format", "one-page", "--output", &out]).exits(0);
    assert_eq!(Pdf::read(Path::new(&out)).page_count(), 1);
}

/// Who somebody is, in every field of JSON Resume's `basics`.
const PROFILE: &str = "\
profile:
  name: 황세현
  role: Rolle
  headline: Headlinia
  email: a@example.org
  phone: +82 2 0000 0000
  location: Locatia
  url: https://example.org/
  links:
    - {network: Networka, username: usernamea, url: https://example.org/u}
  summary: Summaria.
site:
  date: 2024-01-31
";

/// `work`, `education`, `volunteer`, `projects`, `skills`.
const WORK: &str = "\
career:
  - id: acme
    organization: Workia
    url: https://example.org/acme
    location: Seoulia
    positions:
      - {title: Lead, start: 2022-01, end: present}
      - {title: Junior, department: Departmenta, start: 2020, end: 2021}
    summary: Worksummary
    highlights:
      - Highlighta
  - id: school
    kind: education
    organization: Educatia
    positions:
      - {title: Degreea, department: Areaa, start: 2016, end: 2019, score: '4.0', courses: [Coursea]}
  - id: help
    kind: volunteering
    organization: Volunteeria
    positions:
      - {title: Helper, start: 2015-05-01, end: 2015-06-30}
projects:
  - id: thing
    name: Projecta
    at: acme
    start: 2023-01-01
    end: 2023-03-31
    technologies: [Rust]
    role: Makera
    summary: Thingsummary.
    highlights:
      - Thinghighlight
    outcome: Outcomea
    url: https://example.org/thing
skills:
  - name: Skillgroupa
    skills:
      - {name: Skilla, level: Master, aliases: [SK]}
      - Skillb
";

/// The shorter lists.
const LISTS: &str = "\
awards:
  - {title: Awarda, date: 2020-05, awarder: Awardera, url: https://example.org/a, summary: Awardsummary}
certificates:
  - {name: Certificatea, date: 2021-06-07, issuer: Issuera, url: https://example.org/c}
publications:
  - {name: Publicationa, publisher: Publishera, date: 2019, url: https://example.org/p, summary: Publicationsummary}
languages:
  - {language: Languagea, fluency: Fluenta}
interests:
  - {name: Interesta, keywords: [Keyworda]}
references:
  - {name: Refereea, reference: Referencetext.}
";

/// Every section that JSON Resume's schema has, each with a word that identifies it.
#[test]
#[ignore = "needs poppler"]
fn everything_of_json_resume_is_printed() {
    let work = rendered(&[("data/resume.yaml", &[PROFILE, WORK].concat())]);
    let lists = rendered(&[("data/resume.yaml", &[PROFILE, LISTS].concat())]);
    let both = rendered(&[("data/resume.yaml", &[PROFILE, WORK, LISTS].concat())]);
    for record in [&work, &lists, &both] {
        let pdf = Pdf::read(&record.path().join("out/one-page.pdf"));
        assert_eq!(pdf.page_count(), 1);
    }
    let (work, lists) = (content(work.path(), "one-page"), content(lists.path(), "one-page"));
    for word in [
        "황세현",
        "Rolle",
        "Headlinia",
        "a@example.org",
        "+82200000000",
        "Locatia",
        "example.org/u",
        "Summaria",
        "Workia",
        "Seoulia",
        "Departmenta",
        "Worksummary",
        "Highlighta",
        "Educatia",
        "Degreea",
        "Areaa",
        "4.0",
        "Coursea",
        "Volunteeria",
        "Projecta",
        "Makera",
        "Thinghighlight",
        "Rust",
        "Skillgroupa",
        "Skilla",
        "Skillb",
        "현재",
        "2년1개월",
    ] {
        assert!(work.contains(word), "the résumé lacks `{word}`: {work}");
    }
    for word in [
        "Awarda",
        "Awardera",
        "Awardsummary",
        "2020.05",
        "Certificatea",
        "Issuera",
        "2021.06",
        "Publicationa",
        "Publishera",
        "Publicationsummary",
        "2019",
        "Languagea",
        "Fluenta",
        "Interesta",
        "Keyworda",
        "Refereea",
        "Referencetext",
    ] {
        assert!(lists.contains(word), "the résumé lacks `{word}`: {lists}");
    }
}

/// Long words break inside the page, long titles over lines, many chips over rows.
#[test]
#[ignore = "needs poppler"]
fn long_things_stay_inside_the_page() {
    let word = "가나다라마바사아자차".repeat(20);
    let title = "아주 긴 제목이라서 한 줄에는 도저히 들어가지 않고 두 줄이나 세 줄로 나누어 실어야 하는 프로젝트 이름의 보기";
    assert!(title.chars().count() >= 55 && word.chars().count() == 200);
    let technologies: Vec<String> = (1..=12).map(|at| format!("Technology number {at}")).collect();
    let yaml = format!(
        "profile:\n  name: 황세현\n  summary: {word}\nprojects:\n  - id: long\n    name: {title}\n    start: 2023-01-01\n    end: 2023-03-31\n    technologies: [{}]\n    summary: {word}\n",
        technologies.join(", ")
    );
    let record = folder(&[("data/resume.yaml", &yaml)]);
    resume_in(record.path(), ["render", "--format", "all", "--output", "out"], &[]).exits(0);
    for format in ["cv", "full", "one-page", "portfolio"] {
        let pages = read(record.path(), format);
        assert_inside(&pages);
        let content = content(record.path(), format);
        assert!(content.contains(&word), "{format}: the long word is whole");
        assert!(content.contains(&squash(title)), "{format}: {content}");
    }
    let portfolio = content(record.path(), "portfolio");
    for chip in &technologies {
        assert!(portfolio.contains(&squash(chip)), "no `{chip}`");
    }
}

/// Data is words, never a program: what looks like one is printed as it is.
#[test]
#[ignore = "needs poppler"]
fn data_is_never_run() {
    let summary =
        r##"#read("/etc/passwd") #import "@preview/x:0.1.0" $x^2$ \ @label <label> _a_ = b"##;
    let yaml = format!(
        "profile:\n  name: '#panic()'\n  role: '$ {{}} #[x] // y'\n  summary: |\n    {summary}\nprojects:\n  - {{id: a, name: '#panic(1)', summary: It ran.}}\n"
    );
    let record = rendered(&[("data/resume.yaml", &yaml)]);
    for format in ["cv", "one-page", "portfolio"] {
        let content = content(record.path(), format);
        for words in [
            "#panic()",
            "#panic(1)",
            "$ {} #[x] // y",
            "#read(\"/etc/passwd\")",
            "#import",
            "$x^2$",
            "@label",
        ] {
            let typographic = squash(words).replace('"', "”");
            let found = content.contains(&squash(words))
                || content.replace('“', "”").contains(&typographic);
            assert!(found, "{format}: no `{words}` in {content}");
        }
        assert!(!content.contains("root:"), "{content}");
    }
}

/// Empty lists and empty keys are the same as none.
#[test]
#[ignore = "needs poppler"]
fn empty_lists_are_no_sections() {
    let yaml = "profile:\n  name: 황세현\n  links: []\n  email:\ncareer: []\nprojects: []\nskills:\nawards: ~\n";
    let record = rendered(&[("data/resume.yaml", yaml)]);
    let content = content(record.path(), "one-page");
    for heading in ["경력", "주요프로젝트", "기술", "수상"] {
        assert!(!content.contains(heading), "an empty section `{heading}`: {content}");
    }
}

/// A text in several languages is printed in the one that was asked for.
#[test]
#[ignore = "needs poppler"]
fn languages_are_those_of_the_record() {
    let yaml = "site: {languages: [en, ko]}\nprofile:\n  name: {ko: 황세현, en: Sehyun Hwang}\n";
    let record = rendered(&[("data/resume.yaml", yaml)]);
    let content = content(record.path(), "one-page");
    assert!(content.contains("SehyunHwang") && !content.contains("황세현"), "{content}");
}
