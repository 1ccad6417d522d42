use super::headings::strip_id;
use super::{Bound, Excess, attributes, code_blocks, headings, links, plain_text, survey};

#[test]
fn heading_ids_are_taken_off() {
    let found = headings("# 제목\n\n## `push` 방식 {#push-mode}\n\n### {x}\n");
    assert_eq!(found[0].id, None);
    assert_eq!(found[1].id.as_deref(), Some("push-mode"));
    assert_eq!(found[1].text, "push 방식");
    assert_eq!((found[1].level, found[1].line), (2, 3));
    assert_eq!(found[2].text, "{x}");
    assert_eq!(strip_id("A {#한글_1}"), ("A", Some("한글_1")));
    assert_eq!(strip_id("A {#no good}"), ("A {#no good}", None));
}

#[test]
fn a_bare_url_ends_before_the_particle() {
    let urls = |text| links(text).into_iter().map(|link| link.url).collect::<Vec<_>>();
    assert_eq!(urls("주소는 https://a.kr에서 본다"), ["https://a.kr"]);
    assert_eq!(urls("https://a.kr/pull/12를"), ["https://a.kr/pull/12"]);
    assert_eq!(urls("www.a.kr은"), ["http://www.a.kr"]);
    assert_eq!(urls("<https://a.kr/b를>").len(), 1);
    assert!(
        urls("https://ko.wikipedia.org/wiki/서울")[0].len()
            > "https://ko.wikipedia.org/wiki/".len()
    );
    assert_eq!(plain_text("주소는 https://a.kr에서 본다"), "주소는 https://a.kr에서 본다");
}

#[test]
fn links_and_images_carry_lines() {
    let found = survey("가\n\n- [나](/n)\n- ![다](d.png \"width=50%\")\n\n<b>\n");
    assert_eq!((found.links[0].url.as_str(), found.links[0].line), ("/n", 3));
    assert_eq!((found.images[0].alt.as_str(), found.images[0].line), ("다", 4));
    assert_eq!(found.html, [6]);
}

#[test]
fn texts_have_bounds() {
    let excess = |text: &str| survey(text).excesses.clone();
    let deep = |levels: usize| {
        let lines = (0..levels).map(|level| format!("{}- x\n", "  ".repeat(level)));
        lines.collect::<String>()
    };
    assert_eq!(excess(&deep(12)), []);
    assert_eq!(excess(&deep(13)), [Excess { of: Bound::Depth, line: 13 }]);
    for many in [13, 2_000, 50_000] {
        assert_eq!(excess(&format!("a\n\n{} x", ">".repeat(many)))[0].line, 3, "{many}");
        let emphasis = format!("{}c{}", "*a **b ".repeat(many), "** d*".repeat(many));
        assert_eq!(excess(&emphasis)[0].of, Bound::Depth, "{many}");
    }
    let table = |columns: usize, rows: usize| {
        let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(columns));
        row("a") + &row("-") + &row("b").repeat(rows)
    };
    assert_eq!(excess(&table(20, 10)), []);
    assert_eq!(excess(&table(21, 10)), [Excess { of: Bound::Columns, line: 1 }]);
    assert_eq!(excess(&table(2, 2_500)), [Excess { of: Bound::Cells, line: 1 }]);
}

#[test]
fn fences_carry_attributes() {
    let found = code_blocks("text\n\n```mermaid caption=\"두 단어\" scale=0.8\na\n```\n");
    assert_eq!(found[0].lang.as_deref(), Some("mermaid"));
    assert_eq!(found[0].attributes[0], ("caption".into(), "두 단어".into()));
    assert_eq!(found[0].attributes[1], ("scale".into(), "0.8".into()));
    assert_eq!(found[0].line, 3);
    assert_eq!(attributes("just words"), []);
}

#[test]
fn plain_text_has_no_markup() {
    let text = "## 가 {#a}\n\n**나**를 [다](x) `라`\n\n```mermaid\nx\n```\n- 마\n";
    assert_eq!(plain_text(text), "가\n나를 다 라\n마");
}
