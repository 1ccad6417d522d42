//! The preview of `resume watch`: what the server refuses, and the page in a browser.

#![cfg(unix)]

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use regex::Regex;
use serde_json::{Value, json};

use crate::support::data;
use crate::support::program::{command, folder};
use crate::support::readers::{browse, reader};
use crate::support::watch::{MAIN, Watch};

const CAREER: &str = "\
- id: first
  organization: First Company
  positions: [{title: Engineer, start: 2024-03, end: 2024-11}]
  highlights:
    - Wrote a first sentence
";

/// Starts a watch with a preview; returns it and the address of the preview.
fn serve(folder: &Path, flags: &[&str]) -> (Watch, String) {
    let (watch, printed) = Watch::start(folder, flags);
    let address = printed.lines().find_map(|line| line.strip_prefix("the preview is at http://"));
    let address = address.unwrap_or_else(|| panic!("no address in {printed}"));
    (watch, address.trim_end_matches('/').to_owned())
}

/// The status and the body of the answer to a request, of which only the `Host` is added.
fn ask(address: &str, head: &str, body: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("set");
    let length = body.len();
    let request = format!("{head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = Vec::new();
    // The first news are whole after a moment; the connection stays open for more.
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no head: {answer}"));
    let status = head.split(' ').nth(1).expect("a status").parse().expect("a number");
    (status, body.to_owned())
}

/// The answer to a browser that asks for a path.
fn get(address: &str, path: &str) -> (u16, String) {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: {address}"), "")
}

#[test]
fn only_this_machine_and_only_what_is_served() {
    let folder = folder(&[("data/resume.yaml", MAIN), ("data/career.yaml", CAREER)]);
    let (_watch, address) = serve(folder.path(), &["--format", "one-page"]);
    assert!(address.starts_with("127.0.0.1:"), "{address}");
    assert_eq!(get(&address, "/").0, 200);
    assert!(get(&address, "/page?document=one-page&page=1").1.contains("<svg"));
    let port = address.rsplit(':').next().unwrap();
    assert_eq!(ask(&address, &format!("GET / HTTP/1.1\r\nHost: localhost:{port}"), "").0, 200);
    for host in ["example.org", "127.0.0.1", "127.0.0.1:1", &format!("example.org:{port}"), ""] {
        let (status, body) = ask(&address, &format!("GET / HTTP/1.1\r\nHost: {host}"), "");
        assert_eq!(status, 403, "{host}: {body}");
    }
    assert_eq!(ask(&address, "GET / HTTP/1.1\r\nX: y", "").0, 403, "without a host");
    for path in [
        "/data/resume.yaml",
        "/../data/resume.yaml",
        "/%2e%2e/data/resume.yaml",
        "//etc/passwd",
        "/output/one-page.pdf",
        "/page?document=../one-page&page=1",
        "/page?document=one-page&page=0",
        "/page?document=one-page&page=2",
        "/page?document=one-page&page=1e300",
        "/page?document=one-page&page=NaN",
        "/at?document=one-page&page=1&x=a&y=1",
        "/page",
    ] {
        assert_eq!(get(&address, path).0, 404, "{path}");
    }
    for method in ["PUT", "DELETE", "POST", "PATCH"] {
        let head = format!("{method} / HTTP/1.1\r\nHost: {address}");
        assert_eq!(ask(&address, &head, "").0, 405, "{method}");
    }
}

/// Bytes of the page with its script and its style, at most.
const PAGE: usize = 60_000;

#[test]
fn the_page_is_small_and_whole() {
    let folder = folder(&[("data/resume.yaml", MAIN)]);
    let (_watch, address) = serve(folder.path(), &["--format", "one-page"]);
    let index = get(&address, "/").1;
    // It names no file but its own.
    let named = Regex::new(r#"(?:href|src)="([^"]+)""#).unwrap();
    let named: Vec<&str> =
        named.captures_iter(&index).map(|found| found.extract::<1>().1[0]).collect();
    assert_eq!(named, ["data:,", "/preview.css", "/preview.js"]);
    let parts = [index.len(), get(&address, named[1]).1.len(), get(&address, named[2]).1.len()];
    assert!(parts.iter().all(|part| *part > 500), "{parts:?}");
    assert!(parts.iter().sum::<usize>() <= PAGE, "{parts:?}");
}

#[test]
fn a_file_is_opened_only_for_the_page_itself() {
    let folder = folder(&[("data/resume.yaml", MAIN), ("data/career.yaml", CAREER)]);
    let opened = folder.path().join("opened");
    let editor = format!("touch {} {{file}}.{{line}}", opened.display());
    let (_watch, address) = serve(folder.path(), &["--format", "one-page", "--editor", &editor]);
    let page = get(&address, "/").1;
    let secret =
        page.split("name=\"secret\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(secret.len(), 32);
    let body = json!({"file": "data/career.yaml", "line": 2, "column": 1}).to_string();
    let post = |secret: &str, origin: &str, body: &str| {
        let head = format!("POST /open HTTP/1.1\r\nHost: {address}{secret}{origin}");
        ask(&address, &head, body).0
    };
    let own = format!("\r\nX-Secret: {secret}");
    let here = format!("\r\nOrigin: http://{address}");
    let other = "{\"file\": \"/etc/passwd\", \"line\": 1}";
    for (status, secret, origin, body) in [
        (403, "", here.as_str(), body.as_str()),
        (403, "\r\nX-Secret: 0", &here, &body),
        (403, &own, "\r\nOrigin: http://example.org", &body),
        (403, &own, "", &body),
        (404, &own, &here, other),
        (404, &own, &here, "nothing"),
    ] {
        assert_eq!(post(secret, origin, body), status, "{secret} {origin} {body}");
    }
    assert_eq!(get(&address, "/open?file=data/career.yaml&line=2").0, 404);
    assert!(!opened.exists());
    // Files are known once the record is read.
    let is_opened = (0..500).any(|_| {
        post(&own, &here, &body) == 200 || {
            std::thread::sleep(Duration::from_millis(10));
            false
        }
    });
    assert!(is_opened);
    let file = folder.path().join("data/career.yaml.2");
    let arrived = (0..500).any(|_| {
        std::thread::sleep(Duration::from_millis(10));
        file.exists()
    });
    assert!(arrived && opened.exists());
}

#[test]
fn without_an_editor_nothing_is_opened() {
    let folder = folder(&[("data/resume.yaml", MAIN)]);
    let (_watch, address) = serve(folder.path(), &["--format", "one-page"]);
    assert!(get(&address, "/").1.contains("name=\"secret\" content=\"\""));
    let head =
        format!("POST /open HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nX-Secret: ");
    assert_eq!(ask(&address, &head, "{}").0, 404);
}

#[test]
fn a_port_that_is_taken_is_passed_over() {
    let folder = folder(&[("data/resume.yaml", MAIN)]);
    let (_one, first) = serve(folder.path(), &["--format", "one-page", "--no-write"]);
    let port: u16 = first.rsplit(':').next().unwrap().parse().unwrap();
    let flags = ["--format", "one-page", "--no-write", "--port", &port.to_string()];
    let (_other, second) = serve(folder.path(), &flags);
    assert_ne!(first, second);
    assert_eq!(get(&second, "/").0, 200);
}

#[test]
fn an_editor_needs_a_place_for_the_file() {
    let folder = folder(&[("data/resume.yaml", MAIN)]);
    for editor in ["code", "", "code '{file}"] {
        let output = command(folder.path()).args(["watch", "--editor", editor]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(said.contains("write it as `code -g {file}:{line}`"), "{said}");
    }
}

#[test]
#[ignore = "needs Chromium"]
fn the_page_follows_the_record() {
    let folder = folder(&[("data/resume.yaml", MAIN), ("data/career.yaml", CAREER)]);
    let (_watch, address) = serve(folder.path(), &[]);
    browse(&address, folder.path(), "edits");
}

/// Words of the reference record that are clicked on.
const CLICKS: usize = 20;

#[test]
#[ignore = "needs Chromium and poppler"]
fn a_click_shows_the_line_of_the_word() {
    let folder = data::copy();
    let (_watch, address) = serve(folder.path(), &[]);
    let sources = data::sources();
    let root = crate::support::program::root();
    // A word that stands once in the record has one line, whatever is printed around it.
    let line = |word: &str| -> Option<String> {
        let mut found = sources.iter().flat_map(|(path, text)| {
            let lines = text.lines().enumerate().filter(|(_, line)| line.contains(word));
            lines.map(move |(at, line)| (path, at + 1, line.matches(word).count()))
        });
        let (path, at, 1) = found.next()? else { return None };
        let path = path.strip_prefix(root).unwrap().display();
        found.next().is_none().then(|| format!("{path}:{at}"))
    };
    let word = Regex::new(r#"xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>"#);
    let word = word.unwrap();
    let mut known: Vec<Value> = Vec::new();
    for document in ["full", "one-page", "portfolio"] {
        let pdf = folder.path().join(format!("output/{document}.pdf"));
        let boxes = reader("pdftotext", &["-bbox"], &pdf);
        for (page, number) in boxes.split("<page ").skip(1).zip(1..) {
            let printed = |text: &str| boxes.matches(&format!(">{text}</word>")).count();
            for found in word.captures_iter(page) {
                let of = |at: usize| found[at].parse::<f64>().unwrap();
                let text = &found[5];
                if text.chars().count() >= 4
                    && printed(text) == 1
                    && let Some(line) = line(text)
                {
                    let (x, y) = ((of(1) + of(3)) / 2.0, (of(2) + of(4)) / 2.0);
                    known.push(json!({
                        "document": document, "number": number, "x": x, "y": y,
                        "text": text, "line": line,
                    }));
                }
            }
        }
    }
    assert!(known.len() > 5 * CLICKS, "{} words stand once in the record", known.len());
    // Any twenty; others when the record changes.
    known.sort_by_cached_key(|one| {
        let text = one["text"].as_str().unwrap_or_default();
        text.bytes().fold(17_u32, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()))
    });
    known.truncate(CLICKS);
    let file = folder.path().join("words.json");
    fs::write(&file, Value::from(known).to_string()).unwrap();
    browse(&address, folder.path(), &file.to_string_lossy());
}
