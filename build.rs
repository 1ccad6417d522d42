//! Tells the binary which commit it is built from.

use std::process::Command;
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The files in the binary are listed at compile time, and Cargo watches only those that were there.
    println!("cargo::rerun-if-changed=templates");

    let version = env::var("CARGO_PKG_VERSION")?;
    let commit = given("RESUME_COMMIT").or_else(commit_of_git);
    let commit = commit.map(|commit| format!(" ({commit})")).unwrap_or_default();
    println!("cargo::rustc-env=RESUME_BUILD={version}{commit}");
    println!("cargo::rustc-env=RESUME_ENGINE=Typst {}", version_of("typst")?);
    println!("cargo::rustc-env=RESUME_TARGET={}", env::var("TARGET")?);
    let action = match given("RESUME_REPOSITORY").or_else(repository_of_git) {
        Some(repository) => format!("{repository}@v{version}"),
        None => format!("OWNER/resume@v{version} # OWNER: the account that publishes it"),
    };
    println!("cargo::rustc-env=RESUME_ACTION={action}");

    // A tenth of the relocations' bytes; the linker of other systems may not know it.
    if env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("musl") {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    Ok(())
}

/// A variable that a release sets.
fn given(name: &str) -> Option<String> {
    println!("cargo::rerun-if-env-changed={name}");
    env::var(name).ok().filter(|value| !value.is_empty())
}

/// The commit that is checked out, where there is a repository with git.
fn commit_of_git() -> Option<String> {
    println!("cargo::rerun-if-changed={}", git(&["rev-parse", "--git-path", "logs/HEAD"])?);
    git(&["rev-parse", "--short=9", "HEAD"])
}

/// `OWNER/NAME` of the GitHub repository that this one was cloned from.
fn repository_of_git() -> Option<String> {
    let address = git(&["remote", "get-url", "origin"])?;
    let (_, path) = address.split_once("github.com")?;
    Some(path.trim_start_matches([':', '/']).trim_end_matches(".git").to_owned())
}

/// What git prints; nothing where these files are not of a repository, such as a package that was
/// unpacked inside another one.
fn git(arguments: &[&str]) -> Option<String> {
    let run = |arguments: &[&str]| {
        let output = Command::new("git").args(arguments).output().ok()?;
        let printed = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        (output.status.success() && !printed.is_empty()).then_some(printed)
    };
    run(&["ls-files", "Cargo.toml"])?;
    run(arguments)
}

/// The version of a crate that `Cargo.lock` names.
fn version_of(name: &str) -> io::Result<String> {
    println!("cargo::rerun-if-changed=Cargo.lock");
    let lock = fs::read_to_string("Cargo.lock")?;
    let entry = lock.split_once(&format!("name = \"{name}\"\nversion = \""));
    let version = entry.and_then(|(_, rest)| rest.split_once('"'));
    version
        .map(|(version, _)| version.to_owned())
        .ok_or_else(|| io::Error::other(format!("Cargo.lock has no `{name}`")))
}
