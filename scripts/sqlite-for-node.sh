#!/usr/bin/env bash
# On Node 24 and newer, puts better-sqlite3 13 in the place of 12. Node 24.19 changed node::ObjectWrap, on which 12 is
# built: a statement collected in the wrong moment aborts the process (`RemoveEnvironmentCleanupHook: (env) != nullptr`).
# 13 uses Node-API and brings its binaries, but crashes on Node 20, so the lock file keeps 12.
set -euo pipefail
version=13.2.0
[ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 24')" = true ] || exit 0
target=node_modules/better-sqlite3
[ "$(node -p "require('./$target/package.json').version" 2>/dev/null || true)" = "$version" ] && exit 0
pack=$(mktemp -d)
trap 'rm -rf "$pack"' EXIT
npm pack --silent --pack-destination "$pack" "better-sqlite3@$version" >/dev/null
rm -rf "$target"
mkdir -p "$target"
tar -xzf "$pack"/better-sqlite3-*.tgz -C "$target" --strip-components=1
echo "better-sqlite3 $version for Node $(node --version)" >&2
