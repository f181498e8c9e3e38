#!/usr/bin/env bash
# Every check there is: format, lint, types, tests, and the dashboard in Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v chromium >/dev/null; then
  echo "Installing Chromium for the browser tests"
  apt-get update -qq
  apt-get install -y -qq chromium fonts-dejavu-core >/dev/null
fi

echo "== format";  ruff format --check .
echo "== lint";    ruff check .
echo "== types";   mypy
echo "== tests"
pytest
