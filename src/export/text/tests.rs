use serde_json::json;

use super::{Block, markdown, plain};
use crate::markdown::{headings, links};

fn blocks() -> Vec<Block> {
    serde_json::from_value(json!([
        { "kind": "heading", "level": 1, "text": [{ "text": "황세현 *이력서*" }], "label": "top" },
        { "kind": "lines", "lines": [
            [{ "text": "a@b.kr", "link": { "url": "mailto:a@b.kr" } }],
            [{ "text": "2024.03 – 2024.11" }, { "text": " · " }, { "text": "회사", "strong": true }],
        ] },
        { "kind": "prose", "level": 2, "prefix": "p#", "lead": "성과",
          "links": { "/in": { "label": "p#둘" }, "/no": null, "/gone": { "label": "nowhere" } },
          "drawings": [{ "source": "graph LR\nA-->B", "alt": "가에서 나로.", "caption": "그림" }],
          "quotes": "“”‘’", "text": "**도커(Docker)**를\n[안](/in)에서 [밖](/no) [없음](/gone) <b>\n\n# 하나\n\n### 둘 {#둘}\n\n1. 가\n2. 나\n   - 다\n\n| a | b |\n|---|---|\n| `\"` | \"2\" |\n\n```mermaid\ngraph LR\nA-->B\n```\n\n```sh\nls\n```\n\n말[^1]\n\n[^1]: 주\n" },
        { "kind": "points", "items": [{ "text": "하나" }, { "text": "둘 1*2*3" }] },
    ]))
    .expect("blocks")
}

#[test]
fn plain_text_has_no_marks_and_whole_lines() {
    let expected = "황세현 *이력서*\n\na@b.kr\n2024.03 – 2024.11 · 회사\n\n\
        성과 도커(Docker)를 안에서 밖 없음 <b>\n\n하나\n\n둘\n\n1. 가\n2. 나\n   - 다\n\n\
        a | b\n\" | “2”\n\n가에서 나로.\n\n그림\n\nls\n\n말[1]\n\n[1] 주\n\n- 하나\n- 둘 1*2*3\n";
    assert_eq!(plain(&blocks()), expected);
}

#[test]
fn markdown_reads_back() {
    let text = markdown(&blocks());
    let found: Vec<_> = headings(&text).into_iter().map(|h| (h.level, h.text)).collect();
    let expected = [(1, "황세현 *이력서*"), (2, "하나"), (3, "둘")];
    assert_eq!(found, expected.map(|(level, text)| (level, text.to_owned())), "{text}");
    let urls: Vec<_> = links(&text).into_iter().map(|link| link.url).collect();
    assert_eq!(urls, ["mailto:a@b.kr", "#둘"], "{text}");
    assert!(text.contains("**성과** **도커(Docker)**를 [안](#둘)에서 밖 없음 \\<b"), "{text}");
    assert!(
        text.contains("```mermaid\ngraph LR\nA-->B\n```") || text.contains("``` mermaid"),
        "{text}"
    );
    assert!(text.contains("| a | b |"), "{text}");
}

#[test]
fn a_bare_address_has_the_letters_of_the_page() {
    let address = "https://example.org/%EC%84%9C%EC%9A%B8";
    let blocks: Vec<Block> = serde_json::from_value(json!([
        { "kind": "prose", "quotes": "“”‘’", "text": format!("a {address} [b]({address})"),
          "links": { address: { "url": address } } },
    ]))
    .expect("blocks");
    assert_eq!(plain(&blocks), "a https://example.org/서울 b\n");
    let expected = format!("a [https://example.org/서울]({address}) [b]({address})\n");
    assert_eq!(markdown(&blocks), expected);
}
