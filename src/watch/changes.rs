//! Which files a run depends on, and waiting until one of them changes.
//!
//! The operating system's events only say when to look: what counts is whether a file differs from
//! what it was. So writing a document does not start a run, and a folder that was replaced by
//! another is seen like everything else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf, absolute};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, ModifyKind, RenameMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// How often files are looked at where no event comes: network drives have none.
const LOOK: Duration = Duration::from_millis(300);
/// How often a wait asks whether it should end.
const BEAT: Duration = Duration::from_millis(50);
/// Silence after which a burst of events is over.
const QUIET: Duration = Duration::from_millis(3);
/// The same while an input is open for writing.
const WRITING: Duration = Duration::from_millis(60);
/// Longest wait for the end of a burst.
const LONGEST: Duration = Duration::from_millis(400);

/// The files that a run depends on.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    /// The record: a folder or a file.
    pub data: PathBuf,
    /// The folders whose files are all inputs: templates and fonts.
    pub folders: Vec<PathBuf>,
    /// Files that the last run asked for, whether they were there or not.
    pub files: BTreeSet<PathBuf>,
    /// Where documents are written: nothing in it is an input.
    pub output: PathBuf,
}

/// What distinguishes a file from another or a later one at its path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    changed: Option<SystemTime>,
    number: u64,
}

impl Stamp {
    fn of(about: &Metadata) -> Self {
        Self { size: about.len(), changed: about.modified().ok(), number: number(about) }
    }
}

/// The number of a file on its drive.
#[cfg(unix)]
fn number(about: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(about)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}

/// The inputs as they are at one time.
#[derive(Debug, Default)]
struct Look {
    files: BTreeMap<PathBuf, Stamp>,
    /// The folders they are in.
    folders: BTreeSet<PathBuf>,
}

impl Look {
    fn file(&mut self, path: &Path) {
        if let Some(folder) = path.parent() {
            self.folder(folder);
        }
        if let Ok(about) = fs::metadata(path).map(|about| Stamp::of(&about)) {
            self.files.insert(path.to_path_buf(), about);
        }
    }

    fn folder(&mut self, path: &Path) {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        self.folders.insert(path.to_path_buf());
    }

    /// Adds files of a folder and of `depth` levels of folders in it, without hidden ones.
    fn all(&mut self, folder: &Path, without: &Path, depth: usize, wanted: fn(&Path) -> bool) {
        // The folder may be replaced by another, which is an event in the folder that it is in.
        self.folder(folder.parent().unwrap_or(folder));
        self.folder(folder);
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if hidden || is_same(&path, without) {
                continue;
            }
            if path.is_dir() {
                if depth > 0 {
                    self.all(&path, without, depth - 1, wanted);
                }
            } else if wanted(&path) {
                self.file(&path);
            }
        }
    }
}

/// Whether two paths lead to the same place.
fn is_same(one: &Path, other: &Path) -> bool {
    one == other
        || one.file_name() == other.file_name()
            && one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|o| o == one))
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}

impl Inputs {
    fn look(&self) -> Look {
        let mut look = Look::default();
        if self.data.is_dir() {
            // The lists of a record are folders in its folder.
            look.all(&self.data, &self.output, 1, is_yaml);
        } else {
            look.file(&self.data);
        }
        for folder in &self.folders {
            look.all(folder, &self.output, DEPTH, |_| true);
        }
        self.files.iter().for_each(|path| look.file(path));
        look
    }
}

/// Levels of folders below those of templates and fonts that are looked through.
const DEPTH: usize = 8;

/// Waits for changes of inputs.
pub(crate) struct Changes {
    inputs: Inputs,
    seen: Look,
    watcher: Option<RecommendedWatcher>,
    /// The folders that are watched, each with its number.
    watched: BTreeMap<PathBuf, u64>,
    events: Receiver<Event>,
}

impl Changes {
    /// Looks at the inputs as they are now, and watches their folders. Where the operating system
    /// has no events left to give, files are looked at from time to time.
    pub fn new(inputs: Inputs) -> Self {
        let (sender, events) = channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
            // Reading a file is no change. The receiver is gone when the program ends.
            let counts = |event: &Event| event.kind == closed || !event.kind.is_access();
            let _ = event.ok().filter(counts).map(|event| sender.send(event));
        });
        let seen = inputs.look();
        let mut changes =
            Self { inputs, seen, watcher: watcher.ok(), watched: BTreeMap::new(), events };
        changes.watch();
        changes
    }

    /// Replaces the inputs before a run, which reads them as they are now.
    pub fn replace(&mut self, inputs: Inputs) {
        self.inputs = inputs;
        self.seen = self.inputs.look();
        self.watch();
    }

    /// Sets the files that the last run asked for. Those that were no inputs before count as seen.
    pub fn asked(&mut self, files: BTreeSet<PathBuf>) {
        let mut new = Look::default();
        files.difference(&self.inputs.files).for_each(|path| new.file(path));
        for (path, stamp) in new.files {
            self.seen.files.entry(path).or_insert(stamp);
        }
        self.seen.folders.append(&mut new.folders);
        self.inputs.files = files;
        self.watch();
    }

    /// Watches the folders of the inputs; a folder that replaced another is watched anew.
    fn watch(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let now: BTreeMap<PathBuf, u64> = self
            .seen
            .folders
            .iter()
            .filter_map(|folder| Some((folder.clone(), number(&fs::metadata(folder).ok()?))))
            .collect();
        for (folder, number) in &self.watched {
            if now.get(folder) != Some(number) {
                // It may be gone already.
                let _ = watcher.unwatch(folder);
            }
        }
        self.watched.retain(|folder, number| now.get(folder) == Some(number));
        for (folder, number) in now {
            if !self.watched.contains_key(&folder)
                && watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok()
            {
                self.watched.insert(folder, number);
            }
        }
    }

    /// Waits until inputs differ from what they were, and returns their paths; `None` when `ends`
    /// does before.
    pub fn wait(&mut self, ends: &dyn Fn() -> bool) -> Option<Vec<PathBuf>> {
        let mut looked = Instant::now();
        loop {
            if ends() {
                return None;
            }
            match self.events.recv_timeout(BEAT) {
                Ok(event) => self.settle(event),
                Err(_) if looked.elapsed() < LOOK => continue,
                Err(_) => {}
            }
            looked = Instant::now();
            if let Some(changed) = self.changed() {
                return Some(changed);
            }
        }
    }

    /// The inputs that differ from what they were.
    fn changed(&mut self) -> Option<Vec<PathBuf>> {
        let mut now = self.inputs.look();
        let began = Instant::now();
        // A file that has just become empty is about to be written.
        while began.elapsed() < LONGEST
            && differences(&self.seen, &now).any(|path| is_empty(&now, &path))
        {
            std::thread::sleep(QUIET);
            now = self.inputs.look();
        }
        let changed: Vec<PathBuf> = differences(&self.seen, &now).collect();
        let replaced = now.folders != self.seen.folders;
        self.seen = now;
        if !changed.is_empty() || replaced {
            self.watch();
        }
        (!changed.is_empty()).then_some(changed)
    }

    /// Whether any of these absolute paths is that of an input. An editor keeps files of its own open
    /// beside it.
    fn holds_any(&self, paths: &BTreeSet<PathBuf>) -> bool {
        let files = self.inputs.look().files.into_keys();
        files.filter_map(|file| absolute(file).ok()).any(|file| paths.contains(&file))
    }

    /// Waits for the end of a burst of events.
    fn settle(&self, first: Event) {
        let began = Instant::now();
        let mut open = BTreeSet::new();
        let mut event = Some(first);
        while began.elapsed() < LONGEST {
            if let Some(Event { kind, paths, .. }) = event {
                match kind {
                    EventKind::Access(AccessKind::Close(AccessMode::Write))
                    | EventKind::Remove(_)
                    | EventKind::Modify(ModifyKind::Name(RenameMode::From)) => {
                        open.retain(|path| !paths.contains(path));
                    }
                    // Other systems do not say when a file is closed.
                    EventKind::Modify(ModifyKind::Data(_)) if cfg!(target_os = "linux") => {
                        open.extend(paths);
                    }
                    _ => {}
                }
            }
            let is_open = !open.is_empty() && self.holds_any(&open);
            let patience = if is_open { WRITING } else { QUIET };
            match self.events.recv_timeout(patience) {
                Ok(next) => event = Some(next),
                Err(_) => return,
            }
        }
    }
}

/// The paths whose files differ.
fn differences<'a>(before: &'a Look, now: &'a Look) -> impl Iterator<Item = PathBuf> + 'a {
    let changed = now.files.iter().filter(|(path, stamp)| before.files.get(*path) != Some(*stamp));
    let gone = before.files.iter().filter(|(path, _)| !now.files.contains_key(*path));
    changed.chain(gone).map(|(path, _)| path.clone())
}

fn is_empty(look: &Look, path: &Path) -> bool {
    look.files.get(path).is_some_and(|stamp| stamp.size == 0)
}
