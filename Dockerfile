# Build stage: compilers for better-sqlite3 and the whole toolchain.
FROM node:24-bookworm AS build
WORKDIR /src
ENV NEXT_TELEMETRY_DISABLED=1
RUN apt-get update && apt-get install -y --no-install-recommends build-essential python3 && rm -rf /var/lib/apt/lists/*
COPY package.json package-lock.json .npmrc ./
COPY scripts/setup.sh scripts/sqlite-for-node.sh scripts/prisma-generate.sh scripts/
COPY prisma prisma
RUN mkdir -p lib/catalog/generated && bash scripts/setup.sh
COPY . .
# Pruning puts the lock file's better-sqlite3 back.
RUN npm run build && npm prune --omit=dev --ignore-scripts && bash scripts/sqlite-for-node.sh && rm -rf .next/cache

# Run stage: Node, the bundle and its packages.
FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production MALLOC_ARENA_MAX=2 NEXT_TELEMETRY_DISABLED=1 LOCKSCOPE_HOST=0.0.0.0 LOCKSCOPE_PORT=4040 LOCKSCOPE_DATA=/data
COPY --from=build /src/package.json /src/next.config.js ./
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/.next .next
COPY --from=build /src/dist dist
COPY --from=build /src/prisma prisma
COPY --from=build /src/public public
COPY --from=build /src/docs/snippets docs/snippets
RUN mkdir /data && chown node:node /data /app/.next
USER node
VOLUME /data
EXPOSE 4040
# Outside loopback both tokens are required: LOCKSCOPE_TOKEN (pages, /api/v1) and LOCKSCOPE_INGEST_TOKEN (clients).
HEALTHCHECK --interval=30s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:4040/healthz').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]
CMD ["node", "--max-semi-space-size=4", "--enable-source-maps", "dist/server.js"]
