# `just` lists the recipes. `just check` is what CI runs.

# One profile for tests, lints and runs: the dependencies compile once.

_list:
    @just --list --unsorted

# Everything CI runs, the quick checks first
check: format deny test lint docs

# Is the code formatted?
format:
    cargo fmt --check

# Licences, banned crates and sources of all dependencies
deny:
    cargo deny --locked check --hide-inclusion-graph licenses bans sources

# All tests, with those that need other people's readers
test:
    cargo test --release --locked -- --include-ignored

# Record anew what tests compare with: schema, documentation of the rules, messages, key pages
bless:
    BLESS=1 cargo test --release --locked --test it -- --include-ignored

# Write the dates of all languages anew, from CLDR
cldr:
    cargo run --locked --manifest-path cldr/Cargo.toml > src/language/date_patterns.txt

# What `bless` would change
review: bless
    git diff --stat -p -- docs fonts/book.json tests

# Clippy; a warning is an error
lint:
    cargo clippy --release --locked --all-targets -- -D warnings

# The documentation of the code; a warning is an error
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --release --locked --no-deps

# The tables of `docs/benchmarks.md`, or some: `just bench cold`, `phases`, `without`, `many`, `growth`, `preview`, `warm`
bench *parts:
    cargo bench --locked --features measure --bench bench -- {{ parts }}

# Write the address of the repository into the files that name it, as `just address NAME/resume`
address repository:
    git grep -lz 'OWNER/resume' -- ':!starter' ':!build.rs' ':!src' ':!justfile' ':!packaging/manifests' ':!packaging/try' | \
        xargs -0 sed -i 's|OWNER/resume|{{ repository }}|g'

# The workflows and the scripts
scripts:
    git ls-files -z '*.sh' .ci/run packaging tests/readers/install | \
        xargs -0 grep -lZE '^#!.*(sh|bash)$' | xargs -0 shellcheck
    jactionlint --profile correctness
    jactionlint --profile correctness starter/workflow.yaml

# The documentation as a book, in target/book
book:
    mdbook build

# Try the packages of a release, the action and the starter's workflow with the program that is built
package:
    packaging/pypi/wheel host target/wheels release
    packaging/try target/release/resume target/wheels/*.whl

# All documents of `data/` into `output/`
render *flags:
    cargo run --release --locked -- render {{ flags }}

# All pages of all documents on one sheet, output/contact-sheet.png (needs imagemagick)
contact-sheet:
    #!/usr/bin/env bash
    set -euo pipefail
    pages=$(mktemp -d)
    trap 'rm -rf "$pages"' EXIT
    cargo run --release --locked --quiet -- render --as png --ppi 40 --quiet --output "$pages"
    mkdir -p output
    montage "$pages"/{full-*,cv-*,one-page,portfolio-*}.png -tile 8x -bordercolor '#d1d5db' -border 1 \
        -geometry +8+8 -background '#f3f4f6' -strip output/contact-sheet.png

# Draw the picture of the README from real pages (needs poppler-utils and imagemagick)
picture: render
    #!/usr/bin/env bash
    set -euo pipefail
    pages=$(mktemp -d)
    trap 'rm -rf "$pages"' EXIT
    draw() {
        cargo run --release --locked --quiet -- render --quiet --format "$1" \
            --as png --ppi 110 --pages "$2" --output "$pages/$3.png"
    }
    # The first page with a card is the first that prints an importance.
    word=$(sed -n 's/^importance: "\([^ ]*\).*/\1/p' templates/words/ko.yaml)
    cards=$(pdftotext output/full.pdf - | awk -v word="$word" 'BEGIN { RS = "\f" } !page && index($0, word) { page = NR } END { print page }')
    draw full 1 1-cover
    draw full "$cards" 2-cards
    draw one-page 1 3-one-page
    mkdir -p docs/images
    # A palette keeps the file small: a page is ink, a few greys and one blue.
    montage "$pages"/*.png -tile 3x1 -resize 560x -bordercolor '#d1d5db' -border 1 \
        -geometry +14+14 -background '#f3f4f6' +dither -colors 128 -strip png8:docs/images/pages.png
