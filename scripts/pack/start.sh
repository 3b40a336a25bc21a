#!/bin/sh
# Serves Patchwork on this computer: with Node where there is one, else with Python.
cd "$(dirname "$0")" || exit 1
if command -v node >/dev/null 2>&1; then exec node serve.mjs "$@"; fi
if command -v python3 >/dev/null 2>&1; then exec python3 serve.py "$@"; fi
echo "Patchwork needs Node (https://nodejs.org) or Python 3 (https://www.python.org) to be served. Install one of them and start this again." >&2
exit 1
