#!/usr/bin/env bash
# Everything a machine needs before build and tests: Debian packages (when root), npm packages, the Prisma client.
# Safe to run again: each part is skipped when it is up to date. `--test` also fetches what only tests need.
set -euo pipefail
cd "$(dirname "$0")/.."
say() { printf 'setup: %s\n' "$*" >&2; }

for_tests=false
[ "${1:-}" = "--test" ] && for_tests=true

command -v node >/dev/null || { say 'Node.js 20.20.2 or newer is needed (nodejs package of your system, nvm or NodeSource).'; exit 1; }
node -e 'const [a,b,c]=process.versions.node.split(".").map(Number); process.exit(a>20||(a===20&&(b>20||(b===20&&c>=2)))?0:1)' ||
  { say "Node.js 20.20.2 or newer is needed, found $(node --version)."; exit 1; }

# better-sqlite3 compiles from source: a C++ compiler, make, python3 and Node's headers.
packages=()
command -v g++ >/dev/null && command -v make >/dev/null || packages+=(build-essential)
command -v python3 >/dev/null || packages+=(python3)
if $for_tests; then
  command -v chromium >/dev/null || packages+=(chromium fonts-dejavu-core)
  [ -n "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null || true)" ] || packages+=(postgresql)
  command -v strace >/dev/null || packages+=(strace)
  command -v nginx >/dev/null || packages+=(nginx openssl)
fi
if [ ${#packages[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    say "installing ${packages[*]}"
    apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  else
    say "please install: ${packages[*]} (Debian: sudo apt-get install ${packages[*]})"
    $for_tests && say 'tests that need what is missing will be skipped and counted' || exit 1
  fi
fi

stamp=node_modules/.lockscope-setup
wanted=$(cat package-lock.json | sha256sum | cut -c1-16)-$(node -p process.versions.modules)
# A later npm command may have put the lock file's better-sqlite3 back: scripts/sqlite-for-node.sh.
sqlite=$(node -p "require('./node_modules/better-sqlite3/package.json').version.split('.')[0]" 2>/dev/null || true)
fitting=$(node -p 'Number(process.versions.node.split(".")[0]) >= 24 ? 13 : 12')
if [ "$(cat $stamp 2>/dev/null || true)" != "$wanted" ] || [ "$sqlite" != "$fitting" ]; then
  say 'installing npm packages (a few minutes the first time: better-sqlite3 is compiled)'
  prefix=$(dirname "$(dirname "$(readlink -f "$(command -v node)")")")
  if [ -f "$prefix/include/node/node.h" ]; then export npm_config_nodedir=$prefix
  else say 'Node headers not found beside node; node-gyp will try to fetch them'; fi
  npm ci --no-audit --no-fund --loglevel=error
  bash scripts/sqlite-for-node.sh
  printf '%s' "$wanted" > $stamp
fi

generated=lib/catalog/generated/.stamp
models=$(cat prisma/models.prisma prisma/*/datasource.prisma | sha256sum | cut -c1-16)
if [ "$(cat $generated 2>/dev/null || true)" != "$models" ]; then
  say 'generating the Prisma clients'
  bash scripts/prisma-generate.sh
  printf '%s' "$models" > $generated
fi
say 'ready'
