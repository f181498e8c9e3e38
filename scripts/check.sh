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
if ! command -v chromium-headless-shell >/dev/null && command -v apt-get >/dev/null; then
  echo "== installing Chromium's headless shell, which costs less of the processors"
  apt-get update -qq || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium-headless-shell >/dev/null ||
    echo "it cannot be had here; Chromium itself does"
fi

# A stage: what it says goes into a log, with its seconds of the clock and of all processors.
LOGS=build/checks
stage() {
  local name=$1 log="$LOGS/$1.log" began=$SECONDS TIMEFORMAT="%U %S" result=passed
  shift
  { time "$@" >"$log" 2>&1; } 2>"$log.cpu" || result=FAILED
  awk -v name="$name" -v result="$result" -v s="$((SECONDS - began))" \
    '{ printf "== %s %s, %d s (%d s of processors)\n", name, result, s, $1 + $2 }' "$log.cpu" |
    tee "$log.end"
}

scripts_of_the_page() {
  if ! command -v npm >/dev/null; then
    echo "npm is absent: the page's scripts are run by the browser tests, but not by themselves"
    return
  fi
  npm install --prefix build/js --no-audit --no-fund --silent --prefer-offline \
    @biomejs/biome@2.6.8 typescript@5.9.3 &&
    build/js/node_modules/.bin/biome check --config-path=scripts/biome.json \
      genoview/ui tests/ui/trackview tests/ui/structureview &&
    build/js/node_modules/.bin/tsc -p scripts/jsconfig.json &&
    node --test tests/ui/trackview/ tests/ui/structureview/
}

static_checks() {
  renice -n 15 -p "$BASHPID" >/dev/null
  stage format ruff format --check .
  stage lint ruff check .
  stage layers lint-imports
  stage scripts scripts_of_the_page
  stage types mypy
  stage docs env NO_MKDOCS_2_WARNING=1 mkdocs build --strict --site-dir build/site
}

# All at once, to fill two cores: browsers wait often, for their servers and for frames, and come
# first; what is nice takes what they leave.
rm -rf "$LOGS" && mkdir -p "$LOGS"
set -m # each in a process group of its own, which ends with this script
static_checks &
stage dashboard pytest tests/browser/dashboard --durations 20 &
stage trackview pytest tests/browser/trackview --durations 20 &
trap 'for job in $(jobs -p); do kill -- "-$job" 2>/dev/null || true; done' EXIT

# The whole of chromosome 20, beside the embedded slice; the test is skipped where it can't be had.
CHR20=build/chr20/GRCh37-chr20.fa.gz
if [ ! -e "$CHR20" ] && command -v apt-get >/dev/null; then
  echo "== fetching chromosome 20"
  apt-get update -qq || true
  python scripts/assets/build_demo.py chr20 build/chr20 || echo "chromosome 20 cannot be had here"
fi
if [ -e "$CHR20" ]; then export GENOVIEW_CHR20_FASTA="$PWD/$CHR20"; fi
stage tests nice -n 19 pytest -n 2 --dist worksteal --ignore=tests/browser
wait

failed=()
for name in format lint layers scripts types docs tests dashboard trackview; do
  end=$(cat "$LOGS/$name.log.end" 2>/dev/null || echo "== $name FAILED, it did not end")
  if [[ $end == *FAILED* || $name == tests || $name == dashboard || $name == trackview ]]; then cat "$LOGS/$name.log"; fi
  if [[ $end == *FAILED* ]]; then failed+=("$name"); fi
  echo "$end"
done
echo "== all of it took $SECONDS s"
if ((${#failed[@]})); then
  echo "== FAILED: ${failed[*]}"
  exit 1
fi
