//! The preview over HTTP, for browsers on this machine.
//!
//! It listens on the loopback address only and answers only requests that name it, so that no page
//! of the web reaches it through a name that leads here. What it serves is a fixed set of paths, none
//! of which is a path on disk. Only `POST` does anything: `/open` takes a secret of the page, `/drawn` ends a
//! wait.

use std::hash::{BuildHasher as _, RandomState};
use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, absolute};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};
use tiny_http::{Header, Method, Request, Response, Server};

use crate::error::Error;
use crate::watch::locate::{Printed, Values};
use crate::watch::preview::{Preview, Seen};

/// The port that is taken where none is asked for and it is free.
const PORT: u16 = 7373;
/// Ports that are tried one after the other.
const PORTS: u16 = 20;
/// Requests that are answered at the same time.
const THREADS: usize = 4;
/// Browsers that may wait for news at the same time.
const BROWSERS: usize = 64;
/// Bytes of a request to open a file.
const REQUEST: u64 = 10_000;
/// How often a browser that waits is asked whether it is still there.
const BEAT: Duration = Duration::from_secs(5);
/// What the page may load, and who may embed it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";
const INDEX: &str = include_str!("page/index.html");
const SCRIPT: &str = include_str!("page/preview.js");
const STYLE: &str = include_str!("page/preview.css");

/// The program that opens a file at a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Editor(Vec<String>);

impl std::str::FromStr for Editor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match shlex::split(text) {
            Some(words)
                if !words.is_empty() && words.iter().any(|word| word.contains("{file}")) =>
            {
                Ok(Self(words))
            }
            _ => Err("write it as `code -g {file}:{line}`".to_owned()),
        }
    }
}

impl Editor {
    /// Opens a file. No shell reads the command.
    fn open(&self, file: &Path, line: usize, column: usize) -> std::io::Result<()> {
        let fill = |word: &String| {
            let (line, column) = (line.to_string(), column.to_string());
            let filled = word.replace("{line}", &line).replace("{column}", &column);
            filled.replace("{file}", &file.to_string_lossy())
        };
        let words: Vec<String> = self.0.iter().map(fill).collect();
        let Some((program, arguments)) = words.split_first() else { return Ok(()) };
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        thread::spawn(move || child.wait());
        Ok(())
    }
}

/// Serves a preview until the process ends; returns its address.
///
/// # Errors
/// No port is free, or the one asked for cannot be used.
pub(crate) fn serve(
    preview: Arc<Preview>,
    port: Option<u16>,
    editor: Option<Editor>,
) -> Result<SocketAddr, Error> {
    let first = port.unwrap_or(PORT);
    let mut ports = (first..=first.saturating_add(PORTS)).chain([0]);
    let listener = loop {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, ports.next().unwrap_or(0)));
        match TcpListener::bind(address) {
            Ok(listener) => break listener,
            Err(error) if error.kind() == ErrorKind::AddrInUse && address.port() > 0 => {}
            Err(error) => {
                let message = format!("cannot serve the preview on {address}: {error}");
                return Err(Error::new(message, "choose another `--port`, or `--no-serve`"));
            }
        }
    };
    let wrong = |error: String| Error::from(format!("cannot serve the preview: {error}"));
    let address = listener.local_addr().map_err(|error| wrong(error.to_string()))?;
    let server = Server::from_listener(listener, None).map_err(|error| wrong(error.to_string()))?;
    let server = Arc::new(server);
    // A number that no other page can know; the standard library's own source of randomness.
    let secret = [0, 1].map(|part| format!("{:016x}", RandomState::new().hash_one(part))).concat();
    let site = Arc::new(Site { preview, address, editor, secret });
    for _ in 0..THREADS {
        let (server, site) = (Arc::clone(&server), Arc::clone(&site));
        thread::spawn(move || {
            while let Ok(request) = server.recv() {
                // A browser that went away needs no answer.
                let _ = Arc::clone(&site).answer(request);
            }
        });
    }
    Ok(address)
}

/// What is served, and to whom.
struct Site {
    preview: Arc<Preview>,
    address: SocketAddr,
    editor: Option<Editor>,
    /// What a request to open a file must carry.
    secret: String,
}

/// An answer: its status, its type and its bytes.
type Answer = (u16, &'static str, Vec<u8>);

fn plain(status: u16, text: &str) -> Answer {
    (status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

fn header(name: &str, value: &str) -> Option<Header> {
    Header::from_bytes(name, value).ok()
}

/// The value of a header of a request.
fn value<'a>(request: &'a Request, name: &'static str) -> Option<&'a str> {
    let header = request.headers().iter().find(|header| header.field.equiv(name));
    header.map(|header| header.value.as_str())
}

impl Site {
    fn answer(self: Arc<Self>, mut request: Request) -> std::io::Result<()> {
        let url = request.url().to_owned();
        let (path, query) = url.split_once('?').unwrap_or((&url, ""));
        let asks = Query(query);
        let method = request.method().clone();
        if !self.is_named(value(&request, "Host")) {
            return respond(request, plain(403, "this is the preview of another address\n"));
        }
        let answer = match (&method, path) {
            (Method::Get, "/events") => return self.events(request, &asks),
            (Method::Get | Method::Head, "/") => {
                (200, "text/html; charset=utf-8", self.index().into_bytes())
            }
            (Method::Get | Method::Head, "/preview.js") => {
                (200, "text/javascript; charset=utf-8", SCRIPT.into())
            }
            (Method::Get | Method::Head, "/preview.css") => {
                (200, "text/css; charset=utf-8", STYLE.into())
            }
            (Method::Get | Method::Head, "/page") => self.page(&asks),
            (Method::Get | Method::Head, "/at") => self.at(&asks),
            (Method::Post, "/open") => self.open(&mut request),
            (Method::Post, "/drawn") => {
                self.preview.drawn(&asks.get("document").unwrap_or_default());
                plain(200, "")
            }
            (Method::Get | Method::Head, _) => plain(404, "there is no such page\n"),
            _ => plain(405, "this is not done here\n"),
        };
        respond(request, answer)
    }

    /// Whether a request names this server. A page of the web whose name was made to lead here does
    /// not.
    fn is_named(&self, host: Option<&str>) -> bool {
        let port = self.address.port();
        host.is_some_and(|host| {
            [format!("127.0.0.1:{port}"), format!("localhost:{port}")].iter().any(|own| own == host)
        })
    }

    /// The page, with the secret where there is something to open files with.
    fn index(&self) -> String {
        INDEX.replace("{secret}", if self.editor.is_some() { &self.secret } else { "" })
    }

    /// Sends news as long as the browser is there.
    fn events(self: Arc<Self>, request: Request, asks: &Query) -> std::io::Result<()> {
        if self.preview.connected() >= BROWSERS {
            return respond(request, plain(503, "too many browsers show this preview\n"));
        }
        let viewed = asks.get("document").unwrap_or_default();
        thread::spawn(move || {
            let mut seen = Seen::of(&viewed);
            let connection = self.preview.connect(viewed);
            let mut writer = request.into_writer();
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\
                Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n";
            let mut sent = writer.write_all(head.as_bytes());
            while sent.and_then(|()| writer.flush()).is_ok() {
                sent = match self.preview.news(&mut seen, BEAT) {
                    Some(news) => writer.write_all(format!("data: {news}\n\n").as_bytes()),
                    None => writer.write_all(b": still here\n\n"),
                };
            }
            self.preview.disconnect(connection);
        });
        Ok(())
    }

    /// A page as it is now: `document`, and `page` from 1. With a `hash`, only if it is that of the page;
    /// otherwise there is newer news. With that of a drawing that the browser has (`from`), what is new.
    fn page(&self, asks: &Query) -> Answer {
        let none = || plain(404, "there is no such page\n");
        let shown = asks.get("document").and_then(|name| self.preview.document(&name));
        let (Some(shown), Some(page)) = (shown, asks.number("page")) else { return none() };
        let page = page as usize;
        let Some(current) = page.checked_sub(1).and_then(|at| shown.pages.get(at)) else {
            return none();
        };
        if asks.get("hash").is_some_and(|hash| hash != current.hash) {
            return (204, "text/plain", Vec::new());
        }
        if let Some(new) = shown.difference(page, &asks.get("from").unwrap_or_default()) {
            return (200, "application/json", json!(new).to_string().into_bytes());
        }
        shown.draw(page).map_or_else(none, |svg| (200, "image/svg+xml", svg.into_bytes()))
    }

    /// What of the record is printed at `x` and `y` of a `page` of a `document`.
    fn at(&self, asks: &Query) -> Answer {
        let numbers = [asks.number("page"), asks.number("x"), asks.number("y")];
        let shown = asks.get("document").and_then(|name| self.preview.document(&name));
        let (Some(shown), [Some(page), Some(x), Some(y)]) = (shown, numbers) else {
            return plain(404, "there is no such page\n");
        };
        let (sources, values) = self.preview.record();
        let values = values.get_or_init(|| Values::of(&sources));
        let printed = shown
            .printed
            .get_or_init(|| Printed::new(shown.document.characters(), &shown.language));
        let spot = printed.at(values, page as usize, x, y).map(|spot| {
            let (line, column) = sources.line_column(spot.place);
            json!({
                "file": sources.path(spot.place.file),
                "line": line,
                "column": column,
                "entry": spot.path.join(" › "),
                "boxes": spot.boxes,
            })
        });
        (200, "application/json", spot.unwrap_or(Value::Null).to_string().into_bytes())
    }

    /// Opens a file of the record in the editor.
    fn open(&self, request: &mut Request) -> Answer {
        let Some(editor) = &self.editor else {
            return plain(404, "`resume watch --editor` names no program\n");
        };
        let origin = value(request, "Origin").and_then(|origin| origin.strip_prefix("http://"));
        if value(request, "X-Secret") != Some(&self.secret) || !self.is_named(origin) {
            return plain(403, "only the preview itself opens files\n");
        }
        let mut body = Vec::new();
        let read = request.as_reader().take(REQUEST).read_to_end(&mut body);
        let asked: Value =
            read.ok().and_then(|_| serde_json::from_slice(&body).ok()).unwrap_or_default();
        let (sources, _) = self.preview.record();
        let file = sources.files().map(|file| sources.path(file));
        let file = { file }.find(|path| asked["file"] == *path && Path::new(path).is_file());
        let (Some(file), Some(line)) = (file, asked["line"].as_u64()) else {
            return plain(404, "the record has no such file\n");
        };
        let column = asked["column"].as_u64().unwrap_or(1);
        let path = absolute(file).unwrap_or_else(|_| file.into());
        match editor.open(&path, line as usize, column as usize) {
            Ok(()) => plain(200, "opened\n"),
            Err(error) => plain(500, &format!("cannot run `{}`: {error}\n", editor.0.join(" "))),
        }
    }
}

/// Sends an answer.
fn respond(request: Request, (status, kind, bytes): Answer) -> std::io::Result<()> {
    let headers = [
        ("Content-Type", kind),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", POLICY),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    let mut response = Response::from_data(bytes).with_status_code(status);
    for (name, value) in headers {
        if let Some(header) = header(name, value) {
            response.add_header(header);
        }
    }
    request.respond(response.with_chunked_threshold(usize::MAX))
}

/// The query of an address.
struct Query<'a>(&'a str);

impl Query<'_> {
    fn get(&self, name: &str) -> Option<String> {
        let pairs = self.0.split('&').filter_map(|pair| pair.split_once('='));
        let value = { pairs }.find(|(key, _)| *key == name)?.1;
        Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
    }

    fn number(&self, name: &str) -> Option<f64> {
        self.get(name)?.parse().ok().filter(|number: &f64| number.is_finite())
    }
}
