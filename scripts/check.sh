#!/usr/bin/env bash
# Every check there is: format, lint, types, layers, scripts of the page, tests, also in Chromium.
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

# One stage after the other, with its seconds.
stage() {
  local name=$1 began=$SECONDS
  shift
  echo "== $name"
  "$@"
  echo "== $name took $((SECONDS - began)) s"
}

scripts_of_the_page() {
  npm install --prefix build/js --no-audit --no-fund --silent \
    @biomejs/biome@2.6.8 typescript@5.9.3
  build/js/node_modules/.bin/biome check --config-path=scripts/biome.json \
    genoview/ui/trackview tests/ui/trackview
  build/js/node_modules/.bin/tsc -p scripts/jsconfig.json
  node --test tests/ui/trackview/
}

# Both fill two cores: a browser waits often, for its server and for frames, and comes first. Two
# browsers with two servers would starve each other. A page can still be starved of frames while the
# others run: such a test is run again, and named in the end, until the page itself is at fault no more.
all_tests() {
  local log=build/browser-tests.log failed=0
  mkdir -p build
  pytest tests/browser --reruns 2 -rR >"$log" 2>&1 &
  local browser=$!
  trap "kill $browser 2>/dev/null || true" EXIT
  nice -n 10 pytest -n 2 --dist loadfile --ignore=tests/browser || failed=$?
  wait "$browser" || failed=$?
  echo "-- tests in the browser"
  cat "$log"
  return "$failed"
}

stage format ruff format --check .
stage lint ruff check .
stage types mypy
stage layers lint-imports
stage docs env NO_MKDOCS_2_WARNING=1 mkdocs build --strict --site-dir build/site
if command -v npm >/dev/null; then
  stage "scripts of the page" scripts_of_the_page
else
  echo "npm is absent: the page's scripts are run by the browser tests, but not checked by themselves"
fi
stage tests all_tests
echo "== all of it took $SECONDS s"
