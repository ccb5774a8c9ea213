#!/bin/sh
# Puts a Chromium on the machine for the browser tests and for pictures of charts; never fails the set-up.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if .venv/bin/python - <<'PYTHON'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).exists())
PYTHON
then exit 0; fi
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
    echo "Installing Chromium from Debian's packages …"
    $as_root apt-get update -qq && $as_root apt-get install -y -qq chromium && exit 0
fi
echo "Downloading Playwright's Chromium …"
.venv/bin/python -m playwright install chromium && exit 0
cat <<'TEXT'
==============================================================================
 NO BROWSER: the browser tests will be skipped and charts cannot be saved as
 PNG or SVG until there is one. Debian: sudo apt-get install chromium
 macOS: .venv/bin/python -m playwright install chromium
==============================================================================
TEXT
exit 0
