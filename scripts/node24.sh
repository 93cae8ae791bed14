#!/usr/bin/env bash
# Runs unit and conformance tests and a smoke test of the built server on Node 24, in a folder of its own (.node24).
# The npm package `node` brings Node 24. Needs `npm run build` first.
set -euo pipefail
cd "$(dirname "$0")/.."
version=24.21.0
home=$PWD/.node24
[ -f dist/server.js ] || { echo 'node24: dist/server.js is missing, run npm run build first' >&2; exit 1; }

runtime=$home/runtime/node_modules/node
if [ "$("$runtime/bin/node" --version 2>/dev/null || true)" != "v$version" ]; then
  mkdir -p "$home/runtime"
  npm install --prefix "$home/runtime" --no-save --no-audit --no-fund --loglevel=error "node@$version"
fi
PATH=$runtime/bin:$PATH
export PATH NEXT_TELEMETRY_DISABLED=1
[ "$(node --version)" = "v$version" ]

# Sources are copied; packages are hard links, except better-sqlite3, which is another version there.
app=$home/app
rm -rf "$app"
mkdir -p "$app"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents --no-dereference -t "$app" 2>/dev/null || true
cp -al node_modules "$app/node_modules"
cp -a dist "$app/dist"
cp -a .next "$app/.next"
mkdir -p "$app/lib/catalog"
cp -a lib/catalog/generated "$app/lib/catalog/generated"
cd "$app"
rm -rf node_modules/.vite
# The lock file's better-sqlite3 12 must be refused with what to run: it would abort.
for command in dist/server.js 'dist/cli/lockscope.js serve'; do
  # shellcheck disable=SC2086 # a file and its argument
  refusal=$(LOCKSCOPE_PORT=0 LOCKSCOPE_DATA=$home/data timeout 60 node $command 2>&1) && code=0 || code=$?
  [[ $code = 2 && $refusal = *'better-sqlite3 12.'*'run "npm run setup"'* ]] ||
    { echo "node24: $command with better-sqlite3 12 ended with $code: $refusal" >&2; exit 1; }
done
bash scripts/sqlite-for-node.sh

node node_modules/vitest/vitest.mjs run --config vitest.config.ts --reporter=dot
node scripts/smoke.mjs
