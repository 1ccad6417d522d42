use comrak::Arena;
use comrak::nodes::NodeValue;

use super::headings::strip_id;
use super::{
    Bound, Context, Excess, attributes, headings, links, options, parse, plain_text, survey,
};

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
    assert_eq!(
        plain_text("주소는 https://a.kr에서 본다", Context::Block),
        "주소는 https://a.kr에서 본다"
    );
}

#[test]
fn links_and_images_carry_lines() {
    let found = survey("가\n\n- [나](/n)\n- ![다](d.png \"width=50%\")\n\n<b>\n", Context::Block);
    assert_eq!((found.links[0].url.as_str(), found.links[0].line), ("/n", 3));
    assert_eq!((found.images[0].alt.as_str(), found.images[0].line), ("다", 4));
    assert_eq!(found.html, [6]);
}

#[test]
fn texts_have_bounds() {
    let excess = |text: &str| survey(text, Context::Block).excesses.clone();
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
    let marks = |many: usize| format!("a\n\nb{}", "\u{301}".repeat(many));
    assert_eq!(excess(&marks(10)), []);
    assert_eq!(excess(&marks(11)), [Excess { of: Bound::Marks, line: 3 }]);
    for sign in ["\\", "<!", "*", "&#33;", "`;`"] {
        assert_eq!(excess(&sign.repeat(300)), [], "{sign}");
        let many = format!("a\n\n{}", sign.repeat(2_001));
        assert_eq!(excess(&many), [Excess { of: Bound::Signs, line: 3 }], "{sign}");
    }
    assert_eq!(excess(&"- ".repeat(2_001)).first(), None);
}

#[test]
fn fences_carry_attributes() {
    let found =
        survey("text\n\n```mermaid caption=\"두 단어\" scale=0.8\na\n```\n", Context::Block)
            .code
            .clone();
    assert_eq!(found[0].lang.as_deref(), Some("mermaid"));
    assert_eq!(found[0].attributes[0], ("caption".into(), "두 단어".into()));
    assert_eq!(found[0].attributes[1], ("scale".into(), "0.8".into()));
    assert_eq!(found[0].line, 3);
    assert_eq!(attributes("just words"), []);
}

#[test]
fn plain_text_has_no_markup() {
    let text = "## 가 {#a}\n\n**나**를 [다](x) `라`\n\n```mermaid\nx\n```\n- 마\n";
    assert_eq!(plain_text(text, Context::Block), "가\n나를 다 라\n마");
}

/// What a text prints, and the nodes it is made of.
fn read(text: &str, context: Context) -> (String, String) {
    let arena = Arena::new();
    let root = parse(&arena, text, context);
    let kinds = root.descendants().skip(1).map(|node| match &node.data().value {
        NodeValue::Paragraph | NodeValue::Text(_) | NodeValue::HtmlInline(_) => "",
        NodeValue::Emph => "e",
        NodeValue::Strong => "s",
        NodeValue::Strikethrough => "~",
        NodeValue::Code(_) => "c",
        NodeValue::Link(_) => "l",
        NodeValue::Item(_) => "-",
        _ => "?",
    });
    (kinds.collect(), plain_text(text, context))
}

#[test]
fn signs_between_figures_and_letters_are_signs() {
    for text in [
        "100~200ms에서 20~30ms로",
        "2*4 GPUs and 3*4*5",
        "가로*세로*높이",
        "10~~20 and 30~~40",
        "+~~/.bashrc 1,000초~~1차",
        "2**10 and 2**20",
        "snake_case and an_other_name",
        "__init__.py and self.__call__()",
        "USD $5 and $6",
        "~5 and 10~",
    ] {
        for context in [Context::Inline, Context::Block] {
            assert_eq!(read(text, context), (String::new(), text.to_owned()));
        }
    }
    for (text, kinds, printed) in [
        ("~~옛~~ 새", "~", "옛 새"),
        ("~~취소~~는", "~", "취소는"),
        ("*강조*는 결과**강조**로", "es", "강조는 결과강조로"),
        ("**2*4** `2*4` and `a~b`", "scc", "2*4 2*4 and a~b"),
        ("[a*b](https://a.kr/a*b~c)", "l", "a*b"),
        ("https://a.kr/~a 와 https://a.kr/2*4", "ll", "https://a.kr/~a 와 https://a.kr/2*4"),
    ] {
        assert_eq!(read(text, Context::Inline), (kinds.to_owned(), printed.to_owned()));
    }
    assert_eq!(links("[a](https://a.kr/a*b~c)")[0].url, "https://a.kr/a*b~c");
}

#[test]
fn an_inline_text_prints_what_it_begins_with() {
    for text in [
        "> 3",
        ">= 99.9 %",
        "+20 %",
        "+ 20",
        "- 5 °C",
        "# 1 of 40",
        "#1",
        "* note",
        "10) ten",
        "2019. 3월",
        "| a | b |",
        "***",
        "---",
        "- - -",
        "===",
        "```sh",
        "~~~",
        "[a]: b",
        "[^1]: a",
        "<div>",
        ": a",
        "![a](b.png)",
        "- [ ] open",
    ] {
        assert_eq!(read(text, Context::Inline), (String::new(), text.to_owned()));
    }
    assert_eq!(read("    four", Context::Inline), (String::new(), "four".to_owned()));
    assert_eq!(read("> **a** and `b`", Context::Inline).0, "sc");
}

#[test]
fn an_inline_text_of_several_lines_has_bullets() {
    let text =
        "Lead\ngoes on\n    - one\n    - >= 2\n      goes on\n        - * deep\n\n2019. last\n";
    let arena = Arena::new();
    let mut out = String::new();
    let root = parse(&arena, text, Context::Inline);
    comrak::format_commonmark(root, &options(), &mut out).expect("a text");
    let expected = "Lead\ngoes on\n\n- one\n- \\>= 2\n  goes on\n  - \\* deep\n\n2019\\. last\n";
    assert_eq!(out, expected);
}

#[test]
fn numbers_that_make_a_list_of_text_are_found() {
    let found = |text: &str| -> Vec<(String, String, usize)> {
        let numbers = survey(text, Context::Block).numbers.clone();
        numbers.into_iter().map(|n| (n.typed, n.printed, n.line)).collect()
    };
    let number = |typed: &str, printed: &str, line| (typed.to_owned(), printed.to_owned(), line);
    assert_eq!(found("a\n\n2019. b"), [number("2019.", "2019.", 3)]);
    assert_eq!(found("10)\n"), [number("10)", "10)", 1)]);
    assert_eq!(found("2019. a\n2021. b"), [number("2021.", "2020.", 2)]);
    for text in ["1. a", "1. a\n1. b", "3. a\n4. b", "2019\\. a"] {
        assert_eq!(found(text), [], "{text}");
    }
}
