//! Links whose words are their address.

use comrak::nodes::{Ast, AstNode, NodeValue};
use comrak::{Arena, Node};

use crate::markdown::words::inline_text;

/// Whether a link stands for its own address, which prints as it is: no quotation marks are set in
/// it.
pub fn is_bare<'a>(node: Node<'a>) -> bool {
    match &node.data().value {
        NodeValue::Link(link) => {
            let words = inline_text(node);
            let words = words.trim();
            !words.is_empty() && link.url.ends_with(words)
        }
        _ => false,
    }
}

/// Cuts a Korean particle off the end of a bare URL and gives it back to the text, as it does all of
/// what cannot be an e-mail address.
pub(super) fn trim_autolink<'a>(arena: &'a Arena<'a>, node: Node<'a>, lines: &[&str]) {
    let (url, start) = match &node.data().value {
        NodeValue::Link(link) if link.title.is_empty() => {
            (link.url.clone(), node.data().sourcepos.start)
        }
        _ => return,
    };
    let first = lines
        .get(start.line.wrapping_sub(1))
        .and_then(|line| line.as_bytes().get(start.column.wrapping_sub(1)));
    let Some(child) = node.first_child().filter(|child| child.next_sibling().is_none()) else {
        return;
    };
    let Some(text) = child.data().value.text().map(str::to_owned) else { return };
    let mail = url.strip_prefix("mailto:").filter(|mail| *mail == text && first != Some(&b'['));
    if let Some((name, host)) = mail.and_then(|mail| mail.split_once('@')) {
        // `2 TB/s@2.5ms` is no address: what a host ends with is a word.
        let end = host.rsplit('.').next().unwrap_or_default();
        if name.starts_with('.') || !end.chars().all(char::is_alphabetic) {
            node.insert_before(child);
            node.detach();
        }
        return;
    }
    if !matches!(first, Some(b'h' | b'w' | b'H' | b'W')) {
        return;
    }
    let Some(cut) = particle_start(&text) else { return };
    let tail = text[cut..].to_owned();
    let Some(url) = url.strip_suffix(&tail).or_else(|| url.strip_suffix(&encoded(&tail))) else {
        return;
    };
    if let NodeValue::Link(link) = &mut node.data_mut().value {
        link.url = url.to_owned();
    }
    if let Some(own) = child.data_mut().value.text_mut() {
        *own = text[..cut].to_owned().into();
    }
    let ast = Ast::new(NodeValue::Text(tail.into()), start);
    node.insert_after(arena.alloc(AstNode::from(ast)));
}

/// Where a short run of Hangul begins that ends a URL right after a Latin letter or digit.
fn particle_start(url: &str) -> Option<usize> {
    let tail: usize = url.chars().rev().take_while(|&c| is_hangul(c)).map(char::len_utf8).sum();
    let cut = url.len() - tail;
    let before = url[..cut].chars().next_back()?;
    let short = url[cut..].chars().count() <= 4;
    (tail > 0 && short && (before.is_ascii_alphanumeric() || before == '/')).then_some(cut).filter(
        // `…/wiki/서울` is a path of its own, `https://a.kr/에서` is not
        |&cut| before != '/' || url[..cut].matches('/').count() <= 3,
    )
}

/// Percent-encodes every byte, as comrak may have done.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Whether a character is Hangul: a syllable or a jamo.
pub fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}'
        | '\u{A960}'..='\u{A97F}' | '\u{D7B0}'..='\u{D7FF}')
}
