//! Whole jobs: small templates in a folder, laid out with the built-in fonts.

use std::collections::BTreeSet;
use std::fs;

use serde_json::json;
use tempfile::TempDir;

use resume::engine::{
    Blob, Document, Engine, Fault, Fonts, Job, PdfSettings, Templates, evict, note,
};

use crate::support::pdf::{Pdf, Target};

/// What every test template starts with.
const HEAD: &str = "#let doc = json(\"/document.json\")
#set document(title: \"시험\", author: \"홍길동\")
#set text(font: \"Pretendard\", size: 10pt, lang: \"ko\", hyphenate: false)
#set page(width: 100mm, height: 150mm, margin: 10mm, numbering: \"1\")
";

/// An engine whose only own template is `main.typ`.
fn engine(body: &str) -> (TempDir, Engine) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("main.typ"), format!("{HEAD}{body}")).expect("a template");
    let templates = Templates::new(Some(folder.path().to_owned()));
    let fonts = Fonts::embedded();
    (folder, Engine::new(|| fonts, templates))
}

/// Lays out a template over a document.
fn lay_out(body: &str, document: &serde_json::Value) -> Result<Document, Vec<Fault>> {
    let (_folder, engine) = engine(body);
    engine.compile(&Job::new("main.typ", document.to_string()))
}

/// The text of a document whose only field is Markdown.
fn shown(markdown: &str) -> String {
    let document = json!({ "body": markdown });
    lay_out("#markdown(doc.body)", &document).map(|d| d.page_texts().join("\n")).unwrap_or_default()
}

/// The first fault of a template.
fn fault(body: &str) -> Fault {
    lay_out(body, &json!({})).err().and_then(|faults| faults.into_iter().next()).expect("a fault")
}

/// The PDF of a document.
fn bytes(document: &Document) -> Vec<u8> {
    document.pdf(&PdfSettings::new((2026, 11, 3), "test", "resume")).expect("a PDF")
}

/// The same, read back.
fn pdf(document: &Document) -> Pdf {
    Pdf::new(bytes(document))
}

/// Where the links of a document lead.
fn targets(document: &Document) -> Vec<Target> {
    pdf(document).links().into_iter().map(|link| link.target).collect()
}

#[test]
fn data_never_becomes_code() {
    let text = "#read(\"/etc/passwd\") $x$ <b>나</b> @a *강조*";
    assert!(shown(text).starts_with("#read(“/etc/passwd”) $x$ <b>나</b> @a 강조"));
}

#[test]
fn no_joiner_reaches_a_page_or_the_outline() {
    let body =
        "#show text: keep-all\n#outline(title: none)\n= 첫째 제목\n#markdown(doc.body, level: 2)";
    let document = json!({ "body": "## **굵은** 제목은\n\n**굵은**말과 `코드`를 하나 둘 셋 넷" });
    let document = lay_out(body, &document).expect("a document");
    let text = document.page_texts().join("");
    assert!(text.contains("굵은말과"));
    assert!(!text.contains(['\u{2060}', '\u{200B}', '\u{FEFF}']));
    let pdf = pdf(&document);
    let outline: Vec<String> = pdf.outline().into_iter().map(|bookmark| bookmark.title).collect();
    assert_eq!(outline, ["첫째 제목", "굵은 제목은"]);
    let headings: Vec<String> = pdf.headings().into_iter().map(|(_, title)| title).collect();
    assert_eq!(headings, outline);
}

#[test]
fn words_and_their_particles_stay_whole_at_every_width() {
    let markdown = "플랫폼을 **Kubernetes(쿠버네티스)**를 통해 `kubectl`로 [안내서](https://a.kr)에서 본 \
        것처럼 ~~하루~~마다 배포하고 모니터링하는 체계를 처음부터 설계했습니다.";
    let words: BTreeSet<&str> =
        "플랫폼을 Kubernetes(쿠버네티스)를 통해 kubectl로 안내서에서 본 것처럼 \
        하루마다 배포하고 모니터링하는 체계를 처음부터 설계했습니다."
            .split_whitespace()
            .collect();
    for width in (60..100).step_by(2) {
        let body = format!("#set page(width: {width}mm)\n#markdown(doc.body)");
        let document = lay_out(&body, &json!({ "body": markdown })).expect("a document");
        let text = document.page_texts().join("\n");
        for word in text.split_whitespace().filter(|word| *word != "1") {
            assert!(words.contains(word), "`{word}` at {width} mm");
        }
    }
}

#[test]
fn the_last_line_is_not_one_short_word() {
    let markdown = "여러 해 동안 여러 팀과 함께 서비스를 만들고 고치며 자라게 한 일을 하고 있다.";
    for width in 50..100 {
        let body = format!("#set page(width: {width}mm, numbering: none)\n#markdown(doc.body)");
        let document = lay_out(&body, &json!({ "body": markdown })).expect("a document");
        let text = document.page_texts().join("\n");
        let last = text.lines().last().unwrap_or_default();
        assert!(last.split_whitespace().count() >= 2, "`{last}` at {width} mm");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let document =
        json!({ "body": "# 가\n\n나 [다](https://a.kr) `라`\n\n- 마\n\n|a|b|\n|-|-|\n|1|2|\n" });
    let once = lay_out("#markdown(doc.body)", &document).map(|document| bytes(&document));
    evict(0);
    let twice = lay_out("#markdown(doc.body)", &document).map(|document| bytes(&document));
    assert!(once.is_ok() && once == twice);
}

#[test]
fn one_engine_serves_many_threads() {
    let (_folder, engine) = engine("#for n in range(doc.n) [쪽 #n #pagebreak(weak: true)]");
    let engine = &engine;
    let lay_out = |n: usize| {
        let document = engine.compile(&Job::new("main.typ", json!({ "n": n }).to_string()));
        document.map_or(0, |document| document.page_count())
    };
    let counts: Vec<usize> = std::thread::scope(|scope| {
        let begun: Vec<_> = (1..24).map(|n| scope.spawn(move || lay_out(n))).collect();
        begun.into_iter().map(|thread| thread.join().expect("pages")).collect()
    });
    assert_eq!(counts, (1..24).collect::<Vec<_>>());
}

#[test]
fn links_go_where_the_table_says() {
    let body = "#markdown(doc.body, prefix: \"a-\", links: doc.links)";
    let document = json!({
        "body": "[안](/in) [밖](/out) [끊긴](/none) [그대로](https://a.kr)\n\n# 제목 {#here}",
        "links": { "/in": { "label": "a-here" }, "/out": { "url": "https://b.kr/o" }, "/none": null },
    });
    let targets = targets(&lay_out(body, &document).expect("a document"));
    let url = |url: &str| Target::Address(url.to_owned());
    assert_eq!(
        targets,
        [Target::Name("a-here".into()), url("https://b.kr/o"), url("https://a.kr")]
    );
}

#[test]
fn texts_of_one_page_number_their_notes_alike() {
    let body = "#markdown(doc.one, prefix: \"a-\")\n\n#markdown(doc.two, prefix: \"a-\")";
    let text = |word: &str| format!("{word}[^1] again[^1]\n\n[^1]: about {word}");
    let document = json!({ "one": text("this"), "two": text("that") });
    let text = lay_out(body, &document).expect("a document").page_texts().join("");
    assert!(text.contains("about this") && text.contains("about that"), "{text}");
}

#[test]
fn what_nests_too_deep_is_refused() {
    let document = json!({ "body": ">".repeat(50_000) + " x" });
    let Err(faults) = lay_out("#markdown(doc.body)", &document) else { panic!("it is laid out") };
    assert!(faults[0].message.contains("nests deeper than"), "{}", faults[0].message);
}

#[test]
fn headings_start_at_the_level_asked_for_and_skip_none() {
    let body = "#markdown(doc.body, level: 2)
#context [#metadata(query(heading).map(h => h.level)) <levels>]";
    let document = json!({ "body": "## 가\n\n#### 나\n\n### 다\n\n## 라" });
    let document = lay_out(body, &document).expect("a document");
    assert_eq!(document.metadata("levels"), [json!([2, 3, 3, 2])]);
}

#[test]
fn fenced_code_is_drawn_by_the_template() {
    let body =
        "#markdown(doc.body, blocks: (mermaid: (source, info) => [그림 #info.caption: #source]))";
    let document = json!({ "body": "앞\n\n```mermaid caption=\"두 단어\"\na->b\n```" });
    let text = lay_out(body, &document).map(|document| document.page_texts().join(""));
    assert!(text.is_ok_and(|text| text.contains("그림 두 단어: a->b")));
}

#[test]
fn blocks_of_every_kind_are_laid_out() {
    let text = shown(
        "1. 하나\n2. 둘\n\n5) 다섯\n\n- [x] 끝\n- [ ] 남음\n\n> 인용\n\n용어\n\n: 풀이\n\n\
         |머리|\n|-|\n|칸|\n\n말[^a] 또[^a]\n\n---\n\n    code\n\n[^a]: 각주\n",
    );
    for part in ["1.", "2.", "5.", "☑", "☐", "인용", "용어", "풀이", "머리", "칸", "code", "각주"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn images_come_from_the_job() {
    let (_folder, engine) = engine("#markdown(doc.body)");
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>";
    let document =
        json!({ "body": "![둥근 표](img/a.svg \"caption=\\\"그림 제목\\\" width=50%\")" });
    let job = Job::new("main.typ", document.to_string());
    let fault = engine.compile(&job).expect_err("a fault");
    assert!(fault[0].message.contains("data/img/a.svg"));
    let job = job.with_file("/data/img/a.svg", Blob::from(svg.to_owned()));
    let document = engine.compile(&job).expect("a document");
    assert!(document.page_texts()[0].contains("그림 제목"));
    assert!(pdf(&document).alternatives().iter().any(|words| words == "둥근 표"));
}

#[test]
fn characters_without_a_glyph_are_reported() {
    let body = "#set page(numbering: none)\n#text(fallback: false)[앞 \u{12000} 뒤]";
    let missing = lay_out(body, &json!({})).map(|document| document.missing_glyphs());
    let missing = missing.expect("a document");
    assert_eq!((missing[0].ch, missing[0].page), ('\u{12000}', 1));
    assert_eq!(missing[0].context, "앞 \u{12000} 뒤");
}

#[test]
fn faults_have_a_place() {
    let wrong = fault("#let f(x) = x.nope\n#f((a: 1))");
    let place = wrong.place.expect("a place");
    assert_eq!((place.path.as_str(), &place.text[place.range]), ("main.typ", "nope"));
    assert_eq!(wrong.trace[0].message, "while calling `f`");
    assert!(
        fault("#import \"@preview/a:0.1.0\": *").message.contains("packages are not available")
    );
    assert!(fault("#read(\"../../etc/passwd\")").message.contains("escape"));
    assert!(fault("#datetime.today()").message.contains("current date"));
    let (_folder, engine) = engine("");
    let broken = engine.compile(&Job::new("main.typ", "{".to_owned())).expect_err("faults");
    assert_eq!(broken[0].place.as_ref().map(|place| place.path.as_str()), Some("document.json"));
    assert!(engine.compile(&Job::new("../main.typ", "{}".to_owned())).is_err());
}

#[test]
fn changed_templates_are_read_again() {
    let (folder, engine) = engine("하나");
    let job = Job::new("main.typ", "{}".to_owned());
    let text = || engine.compile(&job).map(|document| document.page_texts()[0].clone());
    assert!(text().is_ok_and(|text| text.contains("하나")));
    fs::write(folder.path().join("main.typ"), format!("{HEAD}둘")).expect("a template");
    engine.refresh();
    assert_eq!(text().as_deref().unwrap_or_default().lines().next(), Some("둘"));
}

#[test]
fn a_picture_says_what_it_is_of() {
    let document = lay_out("가 🍚", &json!({})).expect("a document");
    let note_text = "resume: <a> & 가 1/1";
    let (png, svg) = (document.png(1, 72, note_text).expect("a PNG"), document.svg(1, note_text));
    assert_eq!(note(&png).as_deref(), Some(note_text));
    assert_eq!(note(&svg.expect("an SVG")).as_deref(), Some(note_text));
    assert_eq!(note(b"<svg></svg>"), None);
    assert_eq!(note(b""), None);
    assert!(document.png(0, 72, note_text).is_none() && document.png(2, 72, note_text).is_none());
    assert!(document.svg(2, note_text).is_none());
}

#[test]
fn a_page_too_large_to_draw_is_no_picture() {
    let body = "#set page(width: 20000mm, height: 20000mm)\n가";
    let document = lay_out(body, &json!({})).expect("a document");
    let last = document.page_count();
    assert!(document.png(last, 144, "").is_none());
    assert!(document.svg(last, "").is_some());
}

#[test]
fn links_lead_to_labels_that_come_later() {
    let body = "#link(<end>)[끝으로] #text(lang: \"en\", link(<end>)[to the end]) \
        #pagebreak() #heading(supplement: none)[끝] <end>";
    let document = lay_out(body, &json!({})).expect("a document");
    let targets = targets(&document);
    let pages = targets.iter().map(|target| pdf(&document).landing(target).map(|spot| spot.page));
    assert_eq!(pages.collect::<Vec<_>>(), [Some(1); 2]);
}

#[test]
fn every_link_without_a_target_is_reported() {
    let body = "#link(<nowhere>)[하나] #link(<nowhere>)[둘] #link(<here>)[셋] = 여기 <here>";
    let faults = lay_out(body, &json!({})).expect_err("faults");
    let messages: Vec<_> = faults.iter().map(|fault| fault.message.as_str()).collect();
    assert_eq!(messages, ["label `<nowhere>` does not exist in the document"; 2]);
    assert!(faults.iter().all(|fault| fault.place.is_some()));
}

#[test]
fn widths_are_those_that_setting_gives() {
    let rules = [
        "",
        "#set text(tracking: 0.1em)",
        "#set text(number-width: \"tabular\")",
        "#set text(font: ((name: \"D2Coding\", covers: regex(\"[0-9]\")), \"Pretendard\"))",
    ];
    let body = "#let inset = (x: 1pt, y: 1pt)
      #let tokens = (size: 10pt, min-size: 10pt, weight: 400, strong-weight: 600,
        ascent: 0.8em, descent: 0.2em, leading: 0.3em, node-inset: inset, head-inset: inset, note-inset: inset,
        frame-inset: 1pt, node-gap: 1pt, line-gap: 1pt, frame-gap: 1pt, row-gap: 1pt, bar-width: 1pt)
      #let room = (width: 500pt, height: 500pt)
      #for lang in (\"ko\", \"en\") [
        #show \"©\": it => box(width: 3em, it)
        #set text(lang: lang)
        #context for word in (\"경력\", \"Rust로\", \"AVATAR,\", \"->\", \"1,024ms\", \"🚀\", \"中文\", \"APIテストを호출\", \"©\u{FE0F}저작권\") {
          let source = \"flowchart TB\nsubgraph g[\\\"W\\\"]\nA[\\\"W\\\"]\nend\".replace(\"W\", word)
          layout-diagram(source, room, tokens, (:), scene => for label in scene.texts {
            assert.eq(label.lines, (word,))
            let weight = if label.strong { 600 } else { 400 }
            let width = measure(text(size: label.size * 1pt, weight: weight, word)).width / 1pt
            assert(calc.abs(label.width - width) < 0.001, message: repr((word, weight, label.width, width)))
          })
        }
      ]";
    for rule in rules {
        let document = lay_out(&format!("{rule}\n{body}"), &json!({}));
        assert!(document.is_ok(), "{rule}: {:?}", document.err());
    }
}

#[test]
fn heights_and_widths_are_those_that_setting_gives() {
    let body = r#"#show text: keep-all
      #show "©": it => box(width: 3em, it)
      #let entry = [*굵은* 글은 #link("https://example.com")[길게] 이어집니다: #("하나 둘 " * 30)
        - Rust
        - #("Typst " * 20)

        #grid(columns: (2cm, 1fr), [2024], [#("셋 " * 50)])]
      #layout(area => for width in (area.width, 40mm) {
        for body in (entry, list("x"), [], heading[제목]) {
          assert.eq(height-of(body, width), measure(width: width, block(width: 100%, body)).height)
        }
      })
      #context for texts in (("AVATAR,", "AVATAR", "f", "1,024ms", "경력", "🚀", "مرحبا 1", "a b", "->"), ("AV,", "", "To"), ("©저작권", "To"), ()) {
        let widths = line-widths(texts)
        assert.eq(widths.len(), texts.len())
        for (text, width) in texts.zip(widths) {
          assert(calc.abs(width - measure(text).width) < 0.001pt, message: repr((text, width)))
        }
      }"#;
    for rule in
        ["", "#set text(number-width: \"tabular\")", "#set text(lang: \"ar\", font: \"D2Coding\")"]
    {
        let document = lay_out(&format!("{rule}\n{body}"), &json!({}));
        assert!(document.is_ok(), "{rule}: {:?}", document.err());
    }
}
