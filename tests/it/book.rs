//! The documentation: its contents list every page, its links lead somewhere, its commands run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use comrak::nodes::NodeValue;
use comrak::{Anchorizer, Arena, Options, parse_document};

use crate::support::program::{command, resume_in, root};

/// What a test asks of a page.
#[derive(Default)]
struct Page {
    /// Where its links lead, with the line of each.
    links: Vec<(String, usize)>,
    /// The anchors of its headings.
    anchors: BTreeSet<String>,
    /// Its blocks of shell commands. Those that are not run here are `console` blocks.
    commands: String,
    /// What `<!-- before: … -->` says has to run before them.
    before: Option<String>,
    /// Its examples of a whole record: YAML that begins with `# data/resume.yaml` and says who it is.
    records: Vec<String>,
}

fn read(path: &Path) -> Page {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
    let mut options = Options::default();
    options.extension.table = true;
    let (arena, mut page, mut names) = (Arena::new(), Page::default(), Anchorizer::new());
    for node in parse_document(&arena, &text, &options).descendants() {
        let data = node.data();
        match &data.value {
            NodeValue::Link(link) | NodeValue::Image(link) => {
                page.links.push((link.url.clone(), data.sourcepos.start.line));
            }
            NodeValue::CodeBlock(block) if block.info == "sh" => page.commands += &block.literal,
            NodeValue::CodeBlock(block)
                if block.info == "yaml"
                    && block.literal.starts_with("# data/resume.yaml")
                    && block.literal.contains("\nprofile:") =>
            {
                page.records.push(block.literal.clone());
            }
            NodeValue::HtmlBlock(block) => {
                let before = block.literal.trim().strip_prefix("<!-- before:");
                page.before = before.or(page.before.as_deref()).map(|text| text.replace("-->", ""));
            }
            NodeValue::Heading(_) => {
                let words = node.descendants().filter_map(|inner| match &inner.data().value {
                    NodeValue::Text(text) => Some(text.to_string()),
                    NodeValue::Code(code) => Some(code.literal.clone()),
                    _ => None,
                });
                let words: String = words.collect();
                page.anchors.insert(names.anchorize(&words));
            }
            _ => {}
        }
    }
    page
}

/// The Markdown files below a folder of the repository.
fn markdown(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(markdown(&path));
        } else if path.extension().is_some_and(|end| end == "md") {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn the_contents_list_every_page() {
    let docs = root().join("docs");
    let listed = read(&docs.join("SUMMARY.md")).links.into_iter().map(|(link, _)| docs.join(link));
    let pages = markdown(&docs).into_iter().filter(|page| !page.ends_with("SUMMARY.md"));
    assert_eq!(listed.collect::<BTreeSet<_>>(), pages.collect::<BTreeSet<_>>());
}

#[test]
fn links_lead_somewhere() {
    let docs = root().join("docs");
    let mut files = markdown(&docs);
    for name in ["README.md", "CONTRIBUTING.md", "SECURITY.md", "packaging/README.md"] {
        files.push(root().join(name));
    }
    let pages: BTreeMap<_, _> = files.into_iter().map(|path| (path.clone(), read(&path))).collect();
    let mut wrong = Vec::new();
    for (path, page) in &pages {
        for (link, line) in &page.links {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let folder = path.parent().expect("a folder");
            let target = if file.is_empty() { path.clone() } else { folder.join(file) };
            let target = target.canonicalize();
            let known = target.as_ref().ok().and_then(|target| pages.get(target));
            let reached = target.as_ref().is_ok_and(|target| {
                // The book has nothing but its own folder.
                !path.starts_with(&docs) || target.starts_with(&docs)
            }) && (anchor.is_empty()
                || known.is_some_and(|page| page.anchors.contains(anchor)));
            if !reached {
                wrong.push(format!("{}:{line}: {link}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "links to nowhere, or out of the book:\n{}", wrong.join("\n"));
}

#[test]
fn every_command_of_the_book_runs() {
    let docs = root().join("docs");
    let mut ran = 0;
    for path in markdown(&docs) {
        let Page { commands, before, .. } = read(&path);
        if commands.is_empty() {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        // A page that does not begin a record has one.
        if !commands.contains("resume init") {
            let language = if path.starts_with(docs.join("ko")) { "ko" } else { "en" };
            resume_in(folder.path(), ["init", "--lang", language], &[]).exits(0);
        }
        let program = command(folder.path()).get_program().to_owned();
        let bin = Path::new(&program).parent().expect("a folder").to_owned();
        let run = |script: &str| {
            let path_variable = std::env::var("PATH").expect("a PATH");
            Command::new("bash")
                .args(["-eu", "-o", "pipefail", "-c", script])
                .current_dir(folder.path())
                .env("PATH", format!("{}:{path_variable}", bin.display()))
                .env("REPOSITORY", root())
                .output()
                .expect("bash")
        };
        for script in [before.unwrap_or_default(), commands] {
            let output = run(&script);
            let messages = String::from_utf8_lossy(&output.stderr);
            let fine = output.status.success() && !messages.contains("warning[");
            assert!(fine, "{}:\n{script}\n{messages}", path.display());
        }
        ran += 1;
    }
    assert!(ran >= 8, "{ran} pages with commands");
}

#[test]
fn every_record_of_the_book_is_right() {
    let mut read_well = 0;
    for path in markdown(&root().join("docs")) {
        for record in read(&path).records {
            let folder = tempfile::tempdir().expect("a folder");
            fs::create_dir(folder.path().join("data")).expect("data");
            fs::write(folder.path().join("data/resume.yaml"), &record).expect("a record");
            resume_in(folder.path(), ["data"], &[]).exits(0);
            read_well += 1;
        }
    }
    assert!(read_well >= 4, "{read_well} records");
}
