#!/bin/sh
# Sets up everything that the product and its tests need on Debian or macOS: Python packages in .venv/ and a browser.
# Run by `make setup`; may be run again at any time.
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif [ -t 0 ]; then sudo "$@"; else sudo -n "$@"; fi
}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Python 3.11 or newer is needed. If it has another name here: PYTHON=python3.12 make setup" >&2
    exit 1
fi

if ! [ -x .venv/bin/pip ]; then
    rm -rf .venv
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        # Debian keeps venv in a package of its own.
        if command -v apt-get >/dev/null 2>&1; then
            echo "Installing Python's venv from Debian's packages …"
            as_root apt-get update -qq && as_root apt-get install -y -qq python3-venv >/dev/null
        fi
        "$python" -m venv .venv
    fi
fi

echo "Installing the packages that requirements.lock pins …"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .

# A browser saves charts as PNG and SVG and runs the browser tests. Without one everything else still works.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
.venv/bin/python - <<'PYTHON' && exit 0
import pathlib
import sys

from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
PYTHON
if command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium from Debian's packages …"
    if as_root apt-get update -qq && as_root apt-get install -y -qq chromium >/dev/null; then exit 0; fi
fi
echo "Downloading Playwright's Chromium …"
if .venv/bin/python -m playwright install chromium; then exit 0; fi
cat <<'TEXT'
===============================================================================
 NO BROWSER: the browser tests will be skipped, and charts cannot be saved as
 PNG or SVG, until there is one.
   Debian:  sudo apt-get install chromium
   macOS:   .venv/bin/python -m playwright install chromium
===============================================================================
TEXT
