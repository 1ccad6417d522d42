#!/bin/sh
# Installs `resume` on Linux and macOS:
#   curl -fsSL https://github.com/OWNER/resume/releases/latest/download/install.sh | sh
# RESUME_VERSION      a version such as 0.1.0; by default the latest
# RESUME_INSTALL_DIR  where the program goes; by default ~/.local/bin
# RESUME_BASE         where archives are: an address or a local folder
set -eu

say() { printf '%s\n' "$*" >&2; }
fail() {
    say "error: $1"
    [ $# -lt 2 ] || say "  = help: $2"
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

main() {
    releases=https://github.com/OWNER/resume/releases
    if [ -n "${RESUME_VERSION:-}" ]; then
        base=$releases/download/v${RESUME_VERSION#v}
    else
        base=$releases/latest/download
    fi
    base=${RESUME_BASE:-$base}
    folder=${RESUME_INSTALL_DIR:-${HOME:?}/.local/bin}
    name=resume-$(target)
    # `.tar.xz` is a fifth smaller, but slim images have nothing that reads it.
    if has xzcat || reads_xz; then archive=$name.tar.xz; else archive=$name.tar.gz; fi
    for tool in tar gzip mktemp; do
        has "$tool" || fail "\`$tool\` is not installed" "install it with the package manager of your system"
    done

    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    say "downloading $base/$archive"
    download "$base/$archive" "$work/$archive"
    download "$base/$archive.sha256" "$work/$archive.sha256"
    (cd "$work" && check "$archive.sha256") || fail "$archive is not the file that was published" \
        "download it again; if it happens again, report it"
    unpacked "$work/$archive" | tar -xf - -C "$work"
    mkdir -p "$folder"
    # A program that is running cannot be written over, but another can take its name.
    cp "$work/$name/resume" "$folder/.resume-new"
    chmod 755 "$folder/.resume-new"
    mv -f "$folder/.resume-new" "$folder/resume"
    if [ -z "${RESUME_INSTALL_DIR:-}" ]; then
        share=$HOME/.local/share files=$work/$name
        mkdir -p "$share/man/man1" "$share/bash-completion/completions" "$share/zsh/site-functions" \
            "$share/fish/vendor_completions.d"
        cp "$files"/man/* "$share/man/man1/"
        cp "$files/completions/resume.bash" "$share/bash-completion/completions/resume"
        cp "$files/completions/resume.zsh" "$share/zsh/site-functions/_resume"
        cp "$files/completions/resume.fish" "$share/fish/vendor_completions.d/resume.fish"
    fi

    say "installed $("$folder/resume" -V) as $folder/resume"
    case :${PATH:-}: in
    *:"$folder":*) say "next: resume init my-resume && cd my-resume && resume render" ;;
    *) say "add it to the PATH: export PATH=\"$folder:\$PATH\"" ;;
    esac
}

# The target that the archives are named for.
target() {
    case $(uname -s) in
    Linux) system=unknown-linux-musl ;;
    Darwin) system=apple-darwin ;;
    *) fail "there is no program for $(uname -s)" "on Windows, use install.ps1; elsewhere, build it: cargo build --release" ;;
    esac
    case $(uname -m) in
    x86_64 | amd64) machine=x86_64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) fail "there is no program for $(uname -m)" "build it: cargo build --release" ;;
    esac
    # Rosetta runs this script as x86_64 on an arm64 machine.
    if [ "$system" = apple-darwin ] && [ "$(sysctl -n hw.optional.arm64 2>/dev/null || echo 0)" = 1 ]; then
        machine=aarch64
    fi
    echo "$machine-$system"
}

# Copies an address or a local file to a path.
download() {
    case $1 in
    http://* | https://*)
        if has curl; then
            curl --proto '=https,http' -fsSL --retry 3 -o "$2" "$1"
        elif has wget; then
            wget -q -O "$2" "$1"
        else
            fail "neither \`curl\` nor \`wget\` is installed" "install one of them, or download $1 with a browser"
        fi
        ;;
    *) cp "${1#file://}" "$2" ;;
    esac || fail "cannot download $1" "is there such a version? $releases lists them"
}

# Does `tar` read xz by itself? That of macOS does.
reads_xz() { tar --version 2>/dev/null | grep -q lzma; }

# Prints what `tar` reads.
unpacked() {
    case $1 in
    *.tar.gz) gzip -dc "$1" ;;
    *) if has xzcat; then xzcat "$1"; else cat "$1"; fi ;;
    esac
}

check() {
    if has sha256sum; then
        sha256sum -c "$1" >/dev/null
    elif has shasum; then
        shasum -a 256 -c "$1" >/dev/null
    else
        fail "neither \`sha256sum\` nor \`shasum\` is installed" "install coreutils"
    fi
}

# The whole script is read before anything runs: a download that is cut off does nothing.
main
