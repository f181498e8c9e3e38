#!/usr/bin/env bash
# Every check there is: format, lint, types, tests, and the dashboard in Chromium.
# Run by `make test`, which puts the virtual environment first on PATH.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v chromium >/dev/null && command -v apt-get >/dev/null; then
  echo "== installing Chromium for the browser tests"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-dejavu-core >/dev/null
fi

# The whole of chromosome 20, beside the embedded slice; the test is skipped where it can't be had.
CHR20=build/chr20/GRCh37-chr20.fa.gz
if [ ! -e "$CHR20" ] && command -v apt-get >/dev/null; then
  echo "== fetching chromosome 20"
  apt-get update -qq || true
  python scripts/build_demo.py chr20 build/chr20 || echo "chromosome 20 cannot be had here"
fi
if [ -e "$CHR20" ]; then export GENOVIEW_CHR20_FASTA="$PWD/$CHR20"; fi

echo "== format"; ruff format --check .
echo "== lint";   ruff check .
echo "== types";  mypy
echo "== layers"; lint-imports
echo "== docs";   NO_MKDOCS_2_WARNING=1 mkdocs build --strict --site-dir build/site
if command -v npm >/dev/null; then
  echo "== scripts of the page"
  npm install --prefix build/js --no-audit --no-fund --silent \
    @biomejs/biome@2.6.8 typescript@5.9.3
  build/js/node_modules/.bin/biome check --config-path=scripts/biome.json \
    genoview/ui/trackview tests/ui/trackview
  build/js/node_modules/.bin/tsc -p scripts/jsconfig.json
  node --test tests/ui/trackview/
else
  echo "npm is absent: the page's scripts are run by the browser tests, but not checked by themselves"
fi
echo "== tests";  pytest -n 2 --dist loadfile --ignore=tests/browser
# One after another: two browsers with two servers starve each other on two cores.
# A busy machine can starve a page of frames: such a test is run once more, and named in the end.
echo "== browser"; pytest tests/browser --reruns 1 -rR
