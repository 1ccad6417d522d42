//! The manual as a book: its diagrams, its editions, its limits, and no page wasted.

use std::fs;

use crate::support::pdf::Pdf;
use crate::support::printed::{LANGUAGES, printed};
use crate::support::program::{folder, resume, root};
use crate::support::readers::{inspector, reader};
use crate::support::words::sentence;

/// A record with one article of the given Markdown, for what the reference record does not have.
fn article(body: &str) -> String {
    let body: String = body.lines().map(|line| format!("      {line}\n")).collect();
    format!(
        "site: {{url: 'https://example.org/', title: 시험, date: 2024-01-01}}\n\
         profile: {{name: 시험}}\narticles:\n  - id: trial\n    title: 글\n    body: |\n{body}"
    )
}

#[test]
#[ignore = "needs poppler"]
fn every_participant_of_a_diagram_is_written_once() {
    let pages = printed("full", "ko").pages();
    let text: Vec<String> = pages.iter().map(|page| sentence(page.body.iter())).collect();
    let page = text.iter().find(|text| text.contains("Docker Compose Containers"));
    let page = page.unwrap_or_else(|| panic!("no page with the push mode diagram"));
    for name in ["Camera", "Tablet", "Frontend"] {
        // `Camera Capture` names a branch, not the participant.
        let written = page.replace("Camera Capture", "").matches(name).count();
        assert_eq!(written, 1, "`{name}` in {page}");
    }
    for label in
        ["Frame buffer", "Refined inference result & encoded images", "[FTP] UI frame request"]
    {
        assert!(page.contains(label), "`{label}` in {page}");
    }
}

#[test]
#[ignore = "needs poppler"]
fn diagrams_follow_their_introduction_and_have_alternative_texts() {
    let document = printed("full", "ko");
    let alternatives = document.pdf.alternatives();
    assert!(alternatives.len() >= 7, "{alternatives:?}");
    let pull = alternatives.iter().find(|alt| alt.contains("XADD tmpfs path"));
    let pull =
        pull.unwrap_or_else(|| panic!("no words for the pull mode diagram: {alternatives:?}"));
    assert!(pull.contains("Nginx에서 Redis 쪽으로: XADD tmpfs path."), "{pull}");
    let pages = document.pages();
    let text = pages.iter().map(|page| sentence(page.body.iter())).collect::<Vec<_>>().join(" ");
    let order =
        ["번호판 인식 요청 처리 과정 요청", "Insert Nginx stats", "주차장 모니터링 솔루션 전주시"];
    let places: Vec<Option<usize>> = order.iter().map(|words| text.find(words)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}");
}

#[test]
fn a_diagram_that_cannot_be_drawn_is_located_in_its_block() {
    let yaml = article(
        "앞글\n\n```mermaid\nsequenceDiagram\n  participant A\n  A->>B: 말\n  loop 끝없이\n```",
    );
    let seven = folder(&[("data/resume.yaml", &yaml)]);
    let data = seven.path().join("data").display().to_string();
    let run = resume(["render", "--data", &data, "--output", &format!("{data}/out")]).exits(1);
    // The seventh line of the body: `loop` is never closed.
    run.says("error[E042]").says("loop").says("resume.yaml:13:");
    let yaml = article("```mermaid\ngantt\n  title 표\n```");
    let folder = folder(&[("data/resume.yaml", &yaml)]);
    let data = folder.path().join("data").display().to_string();
    let run = resume(["render", "--data", &data, "--output", &format!("{data}/out")]).exits(1);
    run.says("unsupported diagram type `gantt`").says("resume.yaml:8:");
}

#[test]
#[ignore = "needs poppler"]
fn pages_are_filled() {
    for language in LANGUAGES {
        let document = printed("full", language);
        let pages = document.pages();
        // The text area of the manual: the tokens' margins, 25 mm above and 23 mm below.
        let (top, bottom) = (25.0 / 25.4 * 72.0, 23.0 / 25.4 * 72.0);
        let fill = |at: usize| {
            let high = document.pdf.page_size(at).1;
            let area = high - top - bottom;
            let last = pages[at].body.iter().map(|w| w.bottom).filter(|y| *y < high - bottom + 2.0);
            (last.fold(top, f64::max) - top) / area
        };
        let fills: Vec<f64> = (2..pages.len()).map(fill).collect();
        let average = fills.iter().sum::<f64>() / fills.len() as f64;
        assert!(average > 0.7, "{language}: pages are {average:.2} full on average: {fills:.2?}");
        assert!(pages.len() < 72, "{language}: {} pages", pages.len());
    }
}

#[test]
#[ignore = "needs poppler"]
fn a_table_of_a_dozen_rows_is_not_broken() {
    let pages = printed("full", "ko").pages();
    let with =
        |words: &str| pages.iter().position(|page| sentence(page.body.iter()).contains(words));
    let (first, last) = (with("redis - Infra"), with("firmware C++, Python Deployment"));
    assert!(first.is_some() && first == last, "{first:?} {last:?}");
}

#[test]
#[ignore = "needs poppler"]
fn prose_has_all_of_markdown() {
    let yaml = article(
        "## 목록 {#a}\n\n문장[^1]에 **굵은 글씨(Bold)**를 씁니다.\n\n[^1]: 각주의 글.\n\n- [x] 끝낸 일\n- [ ] 남은 일\n  \
         1. 안쪽\n\n> 인용\n\n용어\n: 뜻풀이\n\n```rust\nfn main() {}\n```\n\n| 왼쪽 | 오른쪽 |\n|---|--:|\n| 가 | 1 |\n\n<b>글자</b>",
    );
    let folder = folder(&[("data/resume.yaml", &yaml)]);
    let data = folder.path().join("data").display().to_string();
    let out = folder.path().join("full.pdf");
    let shown = out.display().to_string();
    resume(["render", "--format", "full", "--data", &data, "--output", &shown]).exits(0);
    let text = reader("pdftotext", &[], &out);
    for words in [
        "굵은 글씨(Bold)를",
        "각주의 글.",
        "☑",
        "☐",
        "안쪽",
        "인용",
        "뜻풀이",
        "fn main() {}",
        "<b>글자</b>",
    ] {
        assert!(text.contains(words), "`{words}` in {text}");
    }
    let tree = inspector("pdfinfo", &["-struct"], &out);
    for tag in ["Note", "TH", "BlockQuote", "Code", "LBody"] {
        assert!(tree.contains(tag), "`{tag}` in {tree}");
    }
}

#[test]
#[ignore = "needs poppler"]
fn the_edition_in_culture_language_has_its_own_words() {
    let folder = folder(&[]);
    let out = folder.path().join("full.pdf");
    let shown = out.display().to_string();
    let data = root().join("data").display().to_string();
    let run = resume([
        "render", "--format", "full", "--lang", "ko-KP", "--data", &data, "--output", &shown,
    ]);
    // What is taken over from the Korean edition is listed, file by file.
    run.exits(0).says("warning[W001]").says("also in ").says("articles/aws.yaml: ");
    let pdf = Pdf::read(&out);
    let titles: Vec<String> = pdf.outline().into_iter().map(|bookmark| bookmark.title).collect();
    for title in ["경력", "</> 황세현 리용자 설명서 (1)", "게시물", "과제", "기술"]
    {
        assert!(titles.iter().any(|known| known.ends_with(title)), "`{title}` in {titles:?}");
    }
    let text = reader("pdftotext", &[], &out);
    assert!(text.contains("차례") && !text.contains("목차"), "the contents have another name");
    assert!(
        text.contains("중요성 5급") && !text.contains("중요도"),
        "the edition has its own words"
    );
}

#[test]
fn filters_limit_the_manual() {
    let data = root().join("data").display().to_string();
    let titles = |arguments: &[&str]| {
        let folder = folder(&[]);
        let out = folder.path().join("full.pdf");
        let shown = out.display().to_string();
        let fixed = ["render", "--format", "full", "--data", &data, "--output", &shown];
        resume(fixed.iter().chain(arguments)).exits(0);
        let pdf = Pdf::read(&out);
        pdf.outline().into_iter().map(|bookmark| bookmark.title).collect::<Vec<_>>().join("|")
    };
    let important = titles(&["--min-importance", "5"]);
    assert!(important.contains("영양 상담") && !important.contains("X-Ray"), "{important}");
    let only = titles(&["--only", "x-ray"]);
    assert!(
        only.contains("X-Ray") && !only.contains("영양 상담") && !only.contains(". Tech"),
        "{only}"
    );
    let tagged = titles(&["--tag", "llm"]);
    assert!(tagged.contains("영양 상담") && !tagged.contains("X-Ray"), "{tagged}");
    let longest = titles(&["--sort", "duration"]);
    let (plates, food) = (longest.find("번호판"), longest.find("영양"));
    assert!(plates.is_some() && plates < food, "{longest}");
}

#[test]
fn a_filter_that_leaves_nothing_is_an_error() {
    let data = root().join("data").display().to_string();
    let none = ["render", "--data", &data, "--output", "none", "--only", "x-ray", "--tag", "llm"];
    resume(none).exits(2).says("no project and no article is left");
    let near = ["render", "--data", &data, "--output", "none", "--only", "xray"];
    resume(near).exits(2).says("did you mean `x-ray`?");
    assert!(!fs::exists("none").unwrap_or(true));
}
