//! One process: how long it takes, what it needs.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4 as _;

/// What a process took.
#[derive(Debug, Clone, Copy)]
pub struct Cost {
    /// From start to end, in milliseconds.
    pub wall: f64,
    /// Time on processors, its own and the system's for it, in milliseconds.
    pub cpu: f64,
    /// The most memory it had at once, in megabytes (10⁶ bytes).
    pub memory: f64,
}

/// Runs a command once. `None` when it fails.
pub fn run(command: &[String]) -> Option<Cost> {
    let (program, words) = command.split_first()?;
    let began = Instant::now();
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let end = child.wait4().ok()?;
    let wall = began.elapsed().as_secs_f64() * 1000.0;
    let cpu = (end.rusage.utime + end.rusage.stime).as_secs_f64() * 1000.0;
    end.status.success().then_some(Cost { wall, cpu, memory: end.rusage.maxrss as f64 / 1e6 })
}

/// The command line of this repository's program.
pub fn resume(words: &[&str]) -> Vec<String> {
    command(env!("CARGO_BIN_EXE_resume"), words)
}

/// A command line.
pub fn command(program: &str, words: &[&str]) -> Vec<String> {
    std::iter::once(program).chain(words.iter().copied()).map(str::to_owned).collect()
}

/// A program that `variable` names or that is installed, with its version.
pub fn installed(variable: &str, name: &str) -> Option<(String, String)> {
    let program = std::env::var(variable).unwrap_or_else(|_| name.to_owned());
    let output = Command::new(&program).arg("--version").output().ok()?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some((program, version))
}

/// The middle of some figures.
pub fn median(figures: impl IntoIterator<Item = f64>) -> f64 {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The day and the machine.
pub fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let cpu = cpu.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let memory = read("/proc/meminfo");
    let kilobytes = memory.split_whitespace().nth(1).and_then(|word| word.parse::<f64>().ok());
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut text = format!("{}, {cores} cores", chrono::Local::now().format("%Y-%m-%d"));
    if let Some((_, model)) = cpu {
        let _ = write!(text, " of {model}");
    }
    if let Some(kilobytes) = kilobytes {
        let _ = write!(text, ", {:.0} GiB of memory", kilobytes / 1024.0 / 1024.0);
    }
    text + ", release build"
}
