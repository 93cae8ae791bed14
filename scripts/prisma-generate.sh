#!/usr/bin/env bash
# Writes the two Prisma clients to lib/catalog/generated. The CLI wants its native schema engine even
# for this, and would download it; any existing file satisfies it, because generating never runs it.
# (Never point it at a program: `migrate` would then report success having done nothing.)
set -euo pipefail
cd "$(dirname "$0")/.."
export PRISMA_SCHEMA_ENGINE_BINARY="$PWD/package.json" PRISMA_HIDE_UPDATE_MESSAGE=1 CHECKPOINT_DISABLE=1
for provider in sqlite postgresql; do
  log=$(npx prisma generate --config "prisma/$provider.config.ts" 2>&1) || { echo "$log" >&2; exit 1; }
done
