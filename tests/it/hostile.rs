//! Records made to break the program, each given to the real binary as a process of its own: nothing
//! panics, hangs, eats the memory of the machine, or leaves a PDF behind an error.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use resume::check::rules;
use serde_json::Value;
use tempfile::TempDir;

use crate::check_reading::cases;
use crate::properties;
use crate::support::program::{command, root};
use crate::support::record::record;
use crate::support::threads::each;

/// Resident memory one run may take, in kilobytes.
const MEMORY: u64 = 500_000;
/// Processor time one run may take. It should take a hundredth.
const WORK: Duration = Duration::from_secs(10);
/// When a run that does nothing is taken to hang, on a machine that may be busy.
const PATIENCE: Duration = Duration::from_secs(120);
/// Codes of errors that stop the documents of an application alone.
const APPLICATIONS: &[&str] =
    &["E061", "E062", "E064", "E065", "E066", "E068", "E091", "E092", "E093", "E094"];
/// Faults of pages: the other documents of the run stand, and the fault may have no line.
const PAGES: &[&str] = &["E040", "E041", "E044", "E050"];

/// A record in a folder, `data/` in it.
struct Trial {
    name: String,
    folder: TempDir,
    /// Whether it must be refused.
    wrong: bool,
    /// The documents that are made of it if it is not.
    documents: Vec<&'static str>,
}

/// The documents that are made of a record where none is named, in the order of their names.
fn usual(record: &str) -> Vec<&'static str> {
    let has = |key: &str| {
        let mut lines = record.lines().filter_map(|line| line.strip_prefix(key));
        lines.any(|rest| rest.starts_with(':'))
    };
    let made = [
        ("cv", true),
        ("full", ["cover", "articles", "posts"].into_iter().any(has)),
        ("one-page", true),
        ("portfolio", has("projects")),
    ];
    made.into_iter().filter(|(_, is_made)| *is_made).map(|(name, _)| name).collect()
}

impl Trial {
    /// A record of these files.
    fn new(name: impl Into<String>, wrong: bool, files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("data")).expect("made");
        for (path, bytes) in files {
            fs::write(folder.path().join("data").join(path), bytes).expect("written");
        }
        let main = files.iter().find(|(path, _)| *path == "resume.yaml");
        let main = main.map_or("".into(), |(_, bytes)| String::from_utf8_lossy(bytes));
        Self { name: name.into(), folder, wrong, documents: usual(&main) }
    }

    /// A record whose `resume.yaml` lies beside the pictures that examples name.
    fn pictured(name: impl Into<String>, wrong: bool, text: &str) -> Self {
        let mut trial = Self::new(name, wrong, &[]);
        trial.documents = usual(text);
        let made = record(text);
        for entry in fs::read_dir(made.path()).expect("a folder").flatten() {
            let to = trial.folder.path().join("data").join(entry.file_name());
            fs::copy(entry.path(), to).expect("copied");
        }
        trial
    }
}

/// How a run ended.
struct Ran {
    status: Option<i32>,
    stdout: String,
    stderr: String,
    /// The most memory that was resident, in kilobytes, where the system tells.
    peak: u64,
}

/// Renders the documents of a record that are usual or that these arguments name, or kills the run.
fn render(folder: &Path, more: &[&str]) -> Ran {
    let file = |name: &str| fs::File::create(folder.join(name)).expect("made");
    let mut command = command(folder);
    command.args(["render", "--message-format", "json"]).args(more);
    command.stdin(Stdio::null()).stdout(file("stdout")).stderr(file("stderr"));
    let began = Instant::now();
    let mut child = command.spawn().expect("resume starts");
    let process = Path::new("/proc").join(child.id().to_string());
    let about = |file: &str| fs::read_to_string(process.join(file)).unwrap_or_default();
    let (mut peak, mut status) = (0, None);
    while status.is_none() && began.elapsed() < PATIENCE && worked(&about("stat")) < WORK {
        let resident = about("status");
        // Until it has its own name, a child may still stand on the memory of the tests.
        let resident = resident.strip_prefix("Name:\tresume\n").unwrap_or_default();
        let line = resident.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        peak = peak.max(kilobytes.unwrap_or(0));
        status = child.try_wait().expect("a child");
        std::thread::sleep(Duration::from_millis(2));
    }
    let killed = status.is_none();
    if killed {
        child.kill().expect("killed");
    }
    let status = Some(child.wait().expect("ended")).filter(|_| !killed);
    let read = |name: &str| {
        String::from_utf8_lossy(&fs::read(folder.join(name)).unwrap_or_default()).into_owned()
    };
    let status = status.and_then(|status| status.code());
    let stderr =
        if killed { format!("killed after {:?}", began.elapsed()) } else { read("stderr") };
    Ran { status, stdout: read("stdout"), stderr, peak }
}

/// The processor time of a process by its line in `/proc`, which counts hundredths of a second.
fn worked(stat: &str) -> Duration {
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let hundredths: u64 =
        fields.skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    Duration::from_millis(10 * hundredths)
}

/// What is wrong with how a run ended.
fn judge(trial: &Trial) -> Result<(), String> {
    let ran = render(trial.folder.path(), &[]);
    let fail = |why: String| Err(format!("{}: {why}\n{}", trial.name, ran.stderr));
    if ran.stderr.contains("panicked") || !matches!(ran.status, Some(0 | 1)) {
        return fail(format!("status {:?}", ran.status));
    }
    if ran.peak > MEMORY {
        return fail(format!("{} MB of memory", ran.peak / 1000));
    }
    let diagnostics: Value = serde_json::from_str(&ran.stdout).unwrap_or_default();
    let Some(diagnostics) = diagnostics.as_array() else {
        return fail(format!("no list of problems: {}", ran.stdout));
    };
    let errors: Vec<&Value> = diagnostics.iter().filter(|p| p["severity"] == "error").collect();
    let of_pages = |error: &Value| PAGES.iter().any(|code| error["code"] == *code);
    let of_applications = |found: &Value| APPLICATIONS.iter().any(|code| found["code"] == *code);
    for error in &errors {
        let located = error["place"]["line"].as_u64().is_some_and(|line| line > 0);
        if !located && !of_pages(error) || error["hints"].as_array().is_none_or(Vec::is_empty) {
            return fail(format!("no place or no hint: {error:#}"));
        }
    }
    let output = fs::read_dir(trial.folder.path().join("output"));
    let left: Vec<_> = output.into_iter().flatten().flatten().map(|e| e.path()).collect();
    let whole = |path: &std::path::PathBuf| {
        let bytes = fs::read(path).unwrap_or_default();
        bytes.starts_with(b"%PDF-") && bytes.ends_with(b"%%EOF")
    };
    if let Some(broken) = left.iter().find(|path| !whole(path)) {
        return fail(format!("{} is no document", broken.display()));
    }
    let mut names: Vec<String> = left
        .iter()
        .filter_map(|path| path.file_name()?.to_str()?.strip_suffix(".pdf").map(str::to_owned))
        .collect();
    names.sort();
    let is_known = |name: &String| trial.documents.contains(&name.as_str());
    let wanted = match ran.status {
        // A mistake in an application stops none of the documents that do not use it.
        Some(0) if errors.is_empty() => {
            (!trial.wrong || diagnostics.iter().any(of_applications)) && names == trial.documents
        }
        Some(1) if errors.iter().all(|error| of_pages(error)) => {
            let fewer = left.len() < trial.documents.len();
            !errors.is_empty() && fewer && names.iter().all(is_known)
        }
        Some(1) => left.is_empty(),
        _ => false,
    };
    if !wanted {
        let codes: Vec<&str> = errors.iter().filter_map(|error| error["code"].as_str()).collect();
        return fail(format!("status {:?}, {codes:?}, documents {names:?}", ran.status));
    }
    if trial.wrong && ran.status == Some(0) {
        return refused(trial);
    }
    Ok(())
}

/// What is wrong with how a run ended that asked for the application with the mistake.
fn refused(trial: &Trial) -> Result<(), String> {
    let ran = render(trial.folder.path(), &["--all-applications", "--output", "applications"]);
    let diagnostics: Value = serde_json::from_str(&ran.stdout).unwrap_or_default();
    let mut found = diagnostics.as_array().into_iter().flatten();
    let is_refused = found.any(|found| {
        found["severity"] == "error" && APPLICATIONS.iter().any(|code| found["code"] == *code)
    });
    if ran.status == Some(1) && ran.peak <= MEMORY && is_refused {
        return Ok(());
    }
    let Ran { status, stdout, stderr, peak } = ran;
    Err(format!("{}, asked for: {status:?}, {peak} kB\n{stdout}\n{stderr}", trial.name))
}

/// Runs all trials and holds each to its bounds.
#[track_caller]
fn judge_all(trials: &[Trial]) {
    let judged = each(trials, judge);
    let wrong: Vec<String> = judged.into_iter().filter_map(Result::err).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), trials.len(), wrong.join("\n"));
}

/// The files of a part of the corpus, by name.
fn corpus(part: &str) -> Vec<(String, Vec<u8>)> {
    let entries =
        fs::read_dir(root().join("tests/corpus").join(part)).expect("the corpus").flatten();
    let mut files: Vec<_> = entries
        .map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            (format!("{part}/{name}"), fs::read(entry.path()).expect("read"))
        })
        .collect();
    files.sort();
    assert!(files.len() > 20, "{part}: {}", files.len());
    files
}

/// A text of the corpus.
fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn the_corpus_holds_what_fuzzing_holds() {
    for (_, bytes) in corpus("reader") {
        properties::record(&bytes);
    }
    for (_, bytes) in corpus("markdown") {
        properties::markdown(&text(&bytes));
    }
    for (_, bytes) in corpus("diagram") {
        properties::diagram(&text(&bytes));
    }
}

/// Prose on the cover and in an article.
fn printed(prose: &str) -> String {
    let prose = serde_json::json!(prose);
    format!(
        "profile: {{name: 이름}}\nsite: {{url: 'https://example.org/'}}\ncover: {prose}\n\
         sections: [{{id: work, title: 일, list: projects}}]\n\
         projects: [{{id: one, name: 하나, start: 2024, end: 2024, summary: 요약}}]\n\
         articles: [{{id: one, title: 하나, section: work, body: {prose}}}]\n"
    )
}

#[test]
fn the_corpus_becomes_pages_or_located_problems() {
    let picture = {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let pixels = image::RgbImage::from_pixel(600, 400, image::Rgb([29, 78, 216]));
        pixels.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
        bytes.into_inner()
    };
    let mut trials = Vec::new();
    for (name, bytes) in corpus("reader") {
        trials.push(Trial::new(name, false, &[("resume.yaml", &bytes)]));
    }
    for (name, bytes) in corpus("markdown") {
        let record = printed(&text(&bytes));
        let files = [("resume.yaml", record.as_bytes()), ("a.png", &picture)];
        trials.push(Trial::new(name, false, &files));
    }
    for (name, bytes) in corpus("diagram") {
        let record = printed(&format!("```mermaid\n{}\n```\n", text(&bytes)));
        trials.push(Trial::new(name, false, &[("resume.yaml", record.as_bytes())]));
    }
    judge_all(&trials);
}

#[test]
fn wrong_records_are_refused_cheaply() {
    let file = fs::read_to_string(root().join("tests/it/invalid.txt")).expect("read");
    let mut trials = Vec::new();
    for case in cases(&file) {
        if case.text.contains("](") {
            let trial = Trial::pictured(case.name, true, case.text);
            fs::write(trial.folder.path().join("data/resume.yaml"), case.text).expect("written");
            trials.push(trial);
        } else {
            trials.push(Trial::new(case.name, true, &[("resume.yaml", case.text.as_bytes())]));
        }
    }
    let texts =
        rules().into_iter().filter(|rule| !rule.bad.is_empty() && !rule.bad.starts_with("//"));
    for rule in texts {
        // An application in a language without words has its own documents alone, which are not made.
        let wrong = rule.severity == resume::diagnostics::Severity::Error && rule.code != "E067";
        trials.push(Trial::pictured(rule.code, wrong, rule.bad));
    }
    judge_all(&trials);
}

#[test]
fn bombs_are_refused_cheaply() {
    let many = |text: &str, count: usize| text.repeat(count).into_bytes();
    let prose = |text: String| printed(&text).into_bytes();
    let keys: String = (0..100_000).map(|at| format!("key-{at}: x\n")).collect();
    let table = |columns: usize, rows: usize| {
        let row = |cell: &str| format!("|{}\n", format!("{cell}|").repeat(columns));
        row("a") + &row("-") + &row("b").repeat(rows)
    };
    let records: Vec<(&str, Vec<u8>)> = vec![
        ("open lists", many("[", 2_000_000)),
        ("open maps", many("{a: ", 900_000)),
        ("dashes", many("- ", 1_900_000)),
        ("question marks", many("? ", 1_900_000)),
        ("quotes", many("- \"", 1_000_000)),
        ("exclamation marks", many("!", 3_000_000)),
        ("anchors", many("&a ", 1_000_000)),
        ("one key", many("a: b\n", 700_000)),
        ("many keys", keys.into_bytes()),
        ("zeros", many("\0", 3_900_000)),
        ("a file too large", many("\n", 4_000_001)),
        (
            "a line of a megabyte",
            format!("profile: {{name: {}}}\n", "가 ".repeat(300_000)).into_bytes(),
        ),
        ("a word of a megabyte", prose("a".repeat(1_000_000))),
        ("quotes in quotes", prose(">".repeat(100_000) + " x")),
        ("lists in lists", prose((0..400).map(|at| format!("{}- x\n", "  ".repeat(at))).collect())),
        ("emphasis", prose("*a **b ".repeat(20_000) + "c" + &"** d*".repeat(20_000))),
        ("pictures in pictures", prose("![".repeat(10_000) + "a" + &"](a.png)".repeat(10_000))),
        ("marks on a letter", prose("a".to_owned() + &"\u{301}".repeat(90_000))),
        ("backslashes", prose("\\".repeat(100_000))),
        ("comments", prose("<!--".repeat(25_000))),
        ("a wide table", prose(table(2_000, 3))),
        ("a long table", prose(table(2, 10_000))),
        (
            "a diagram",
            prose(format!("```mermaid\nflowchart LR\n{}```\n", "A-->B\n".repeat(10_000))),
        ),
    ];
    let mut trials: Vec<Trial> = records
        .iter()
        .map(|(name, bytes)| Trial::new(*name, true, &[("resume.yaml", bytes.as_slice())]))
        .collect();
    for (name, bytes) in pictures() {
        let record = format!("profile: {{name: 이름}}\ncover: \"![A picture]({name})\"\n");
        trials.push(Trial::new(name, true, &[("resume.yaml", record.as_bytes()), (name, &bytes)]));
    }
    judge_all(&trials);
}

/// A chunk of a PNG: length, name, data, checksum.
fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [name.as_slice(), data].concat();
    let sum = !named.iter().fold(!0u32, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    });
    [&(data.len() as u32).to_be_bytes()[..], &named, &sum.to_be_bytes()].concat()
}

/// A PNG of this size, colour type and depth, with a chunk of its own and these packed pixels.
fn png(size: (u32, u32), (depth, color): (u8, u8), own: &[u8], packed: &[u8]) -> Vec<u8> {
    let header =
        [&size.0.to_be_bytes()[..], &size.1.to_be_bytes(), &[depth, color, 0, 0, 0]].concat();
    let parts =
        [chunk(b"IHDR", &header), own.to_vec(), chunk(b"IDAT", packed), chunk(b"IEND", b"")];
    [b"\x89PNG\r\n\x1a\n".as_slice(), &parts.concat()].concat()
}

/// This many zeros and a few more as a zlib stream (RFC 1950, 1951): one zero, then copies of 258.
fn packed(size: usize) -> Vec<u8> {
    let copies = size / 258;
    // The last block, with fixed codes; the literal 0; length 258 at distance 1; the end.
    let copy = (0b11000101 << 5, 13);
    let codes = [(0b110, 3), (0b00110000, 8)].into_iter();
    let codes = codes.chain(std::iter::repeat_n(copy, copies)).chain([(0, 7)]);
    let (mut bytes, mut bits) = (vec![0x78, 0x01], 0);
    for (code, length) in codes {
        for at in (0..length).rev() {
            if bits % 8 == 0 {
                bytes.push(0);
            }
            *bytes.last_mut().expect("a byte") |= u8::from(code >> at & 1 == 1) << (bits % 8);
            bits += 1;
        }
    }
    let sum = ((1 + copies * 258) % 65_521) as u32;
    bytes.extend((sum << 16 | 1).to_be_bytes());
    bytes
}

/// Pictures whose headers lie or whose contents grow.
fn pictures() -> Vec<(&'static str, Vec<u8>)> {
    let profile = [b"a\0\0".as_slice(), &packed(600_000_000)].concat();
    let svg = |inner: &str| {
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">{inner}</svg>")
            .into_bytes()
    };
    let rect = |with: &str| format!("<rect width=\"9\" height=\"9\" {with}/>");
    let uses: String = (1..9)
        .map(|at| {
            format!("<g id=\"a{at}\">{}</g>", format!("<use href=\"#a{}\"/>", at - 1).repeat(10))
        })
        .collect();
    let entities: String = (1..9)
        .map(|at| format!("<!ENTITY a{at} \"{}\">", format!("&a{};", at - 1).repeat(10)))
        .collect();
    let blur = "<filter id=\"f\"><feGaussianBlur stdDeviation=\"5000\"/></filter>";
    let lying_gif =
        [b"GIF89a".as_slice(), &[0x60, 0xea, 0x60, 0xea, 0xf0, 0, 0], b"\0\0\0\xff\xff\xff;"];
    vec![
        ("wall.png", png((60_000, 60_000), (8, 6), b"", &packed(9))),
        ("deep.png", png((7_000, 7_000), (16, 6), b"", &packed(9))),
        ("none.png", png((0, 9), (8, 2), b"", b"")),
        ("short.png", png((1_000, 1_000), (8, 2), b"", &packed(9))),
        ("profile.png", png((9, 9), (8, 2), &chunk(b"iCCP", &profile), &packed(252))),
        ("wall.gif", lying_gif.concat()),
        (
            "wall.jpg",
            b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\x03\x01\x11\0\x02\x11\0\x03\x11\0\xff\xd9"
                .to_vec(),
        ),
        ("other.jpg", png((9, 9), (8, 2), b"", &packed(252))),
        ("empty.png", Vec::new()),
        (
            "entities.svg",
            format!("<!DOCTYPE svg [<!ENTITY a0 \"aaaaaaaaaa\">{entities}]><svg>&a8;</svg>")
                .into_bytes(),
        ),
        ("uses.svg", svg(&format!("<g id=\"a0\">{}</g>{uses}<use href=\"#a8\"/>", rect("")))),
        ("nested.svg", svg(&("<g>".repeat(50_000) + &"</g>".repeat(50_000)))),
        ("blur.svg", svg(&format!("{blur}{}", rect("filter=\"url(#f)\"")))),
        (
            "size.svg",
            b"<svg xmlns=\"http://www.w3.org/2000/svg\" height=\"-5\" viewBox=\"0 0 -1 1e400\"/>"
                .to_vec(),
        ),
    ]
}

#[test]
#[cfg(unix)]
fn odd_files_are_refused_or_left_alone() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;
    let trial = |name: &str, make: &dyn Fn(&Path)| {
        let trial = Trial::new(name, true, &[("resume.yaml", b"profile: {name: A}\n")]);
        make(&trial.folder.path().join("data"));
        trial
    };
    let pipe = |path: &Path| {
        let made = Command::new("mkfifo").arg(path).status().expect("mkfifo runs");
        assert!(made.success());
    };
    let trials = [
        trial("a folder named as a file", &|data| {
            fs::create_dir(data.join("posts.yaml")).expect("made")
        }),
        trial("a link to itself", &|data| {
            symlink("posts.yaml", data.join("posts.yaml")).expect("made")
        }),
        trial("a link to nothing", &|data| {
            symlink("nothing", data.join("posts.yaml")).expect("made")
        }),
        trial("a link out", &|data| {
            symlink("/etc/hostname", data.join("posts.yaml")).expect("made")
        }),
        trial("a link to the folder", &|data| symlink(".", data.join("projects")).expect("made")),
        trial("a device", &|data| symlink("/dev/zero", data.join("posts.yaml")).expect("made")),
        trial("a pipe", &|data| pipe(&data.join("posts.yaml"))),
        trial("a name that is not UTF-8", &|data| {
            fs::write(data.join(OsStr::from_bytes(b"\xff\xfe.yaml")), "x").expect("written")
        }),
        trial("a name that is no key", &|data| {
            fs::write(data.join("stray.yaml"), "x").expect("written")
        }),
        trial("a picture as a record", &|data| {
            fs::write(data.join("posts.yaml"), png((9, 9), (8, 2), b"", b"")).expect("written")
        }),
    ];
    judge_all(&trials);
    // Where even the main file cannot be read there is nothing to point at.
    let nothing = Trial::new("nothing", true, &[]);
    fs::create_dir(nothing.folder.path().join("data/resume.yaml")).expect("made");
    let ran = render(nothing.folder.path(), &[]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("resume.yaml`: it is a folder"), "{}", ran.stderr);
}
