/** `tsx scripts/api-docs.ts`: writes docs/api.md from the zod schemas of lib/query/api. `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { armSchema, targetTraceSchema } from '@/lib/query/api/arm';
import { buildsSchema } from '@/lib/query/api/builds';
import { captureStatusSchema, capturesSchema } from '@/lib/query/api/captures';
import { deploySchema } from '@/lib/query/api/deploys';
import { diffSchema } from '@/lib/query/api/diff';
import { flamegraphSchema } from '@/lib/query/api/flamegraph';
import { lockDocumentSchema } from '@/lib/query/api/lock';
import { pgoSchema } from '@/lib/query/api/pgo';
import { seriesSchema } from '@/lib/query/api/series';
import { servicesSchema } from '@/lib/query/api/services';
import { topSchema } from '@/lib/query/api/top';
import { traceSchema } from '@/lib/query/api/trace';
import { traceHoldSchema } from '@/lib/query/api/trace-hold';
import { traceSearchSchema, traceTileSchema, traceWaitSchema } from '@/lib/query/api/trace-views';

const documents = [
  { title: '`GET /api/v1/services`', query: '`limit`, `cursor`', schema: servicesSchema },
  {
    title: '`GET /api/v1/services/{service}/locks` · `lockscope top --json`',
    query: '`from`, `to`, `pod`, `build`, `env`, `zone`, `label=name=value`, `idle=1`, `limit`, `cursor`',
    schema: topSchema,
  },
  {
    title: '`GET /api/v1/services/{service}/locks/{lock}`',
    query: '`from`, `to`, filters',
    schema: lockDocumentSchema,
  },
  {
    title: '`GET /api/v1/services/{service}/series`',
    query: '`from`, `to`, filters, `top` (1..100), `stepSeconds`, `unit=pod|sum`',
    schema: seriesSchema,
  },
  {
    title: '`GET /api/v1/services/{service}/flamegraph`',
    query:
      '`from`, `to`, filters, `type` (`block:delay`), `maxNodes`, `t` (transforms), `invert=1`, `format=json|pprof`',
    schema: flamegraphSchema,
  },
  {
    title: '`GET /api/v1/services/{service}/builds`',
    query: '`from`, `to`, filters, `top` (locks, 1..20), `limit`, `cursor` (of builds)',
    schema: buildsSchema,
  },
  {
    title: '`POST /api/v1/deploys`',
    query:
      'none; body `{"service": "orders", "build": "1.42.0", "at"?, "note"?, "commit"?, "branch"?, "time"?, "goVersion"?}`. 201, or 200 when this service, build and `at` was told before',
    schema: deploySchema,
  },
  { title: '`lockscope diff --json` · `lockscope ci compare --json`', query: 'none', schema: diffSchema },
  { title: '`lockscope pgo --json`', query: 'none', schema: pgoSchema },
  { title: '`GET /api/v1/traces`', query: '`service`, `lock`, `limit`, `cursor`', schema: capturesSchema },
  {
    title: '`GET /api/v1/traces/{id}` · `lockscope trace --json`',
    query:
      '`lock` (id or a part of its name), `top`, `from` and `to` (ns), `buckets`, one of `task`, `region`, `goroutine`',
    schema: traceSchema,
  },
  {
    title: '`GET /api/v1/traces/{id}/status`, `POST /api/v1/traces/{id}/cancel`, `POST /api/v1/traces/{id}/analyse`',
    query: 'none',
    schema: captureStatusSchema,
  },
  {
    title: '`GET /api/v1/traces/{id}/tile`',
    query:
      '`from` and `to` (ns), `pixels` (1..4,000), `lock` (id), `unfold` (id of a wait site) with `offset`, `lanes` (goroutines, by comma)',
    schema: traceTileSchema,
  },
  { title: '`GET /api/v1/traces/{id}/waits/{n}`', query: 'none', schema: traceWaitSchema },
  {
    title: '`GET /api/v1/traces/{id}/holds/{g}-{end}`',
    query: '`lock` (id). The path names the goroutine that held and when it let go, ns since the start of the trace',
    schema: traceHoldSchema,
  },
  {
    title: '`GET /api/v1/traces/{id}/search`',
    query: '`q` (`state:rlock dur:>1s fn:GetConfig g:8817`), `offset`',
    schema: traceSearchSchema,
  },
  {
    title: '`POST /api/v1/targets/{id}/trace`',
    query: 'none; body `{"seconds": 5}` (1..30). It answers when the trace is stored',
    schema: targetTraceSchema,
  },
  {
    title: '`GET`, `POST`, `DELETE /api/v1/targets/{id}/arm`',
    query:
      'none; body of `POST` `{"trigger": "recorder" | "goroutines" | "periodic", "threshold"?, "lock"?, "seconds"?, "most"?, "forSeconds"?}`',
    schema: armSchema,
  },
];

const head = `# HTTP API

Made by \`npx tsx scripts/api-docs.ts\` from the schemas in \`lib/query/api\`.

\`from\` and \`to\` are \`now\`, \`now-1h\`, epoch seconds (also ms, µs, ns) or ISO 8601; a window counts when it starts in
[from, to). Filters may repeat: \`pod=a&pod=b\` is either, \`pod=-a\` excludes; \`label=\` takes \`name=value\`, \`!=\`, \`=~\`,
\`!~\` with anchored regular expressions. \`limit=0\` gives all rows; \`next\` is the \`cursor\` of the next page.

Durations are seconds, instants ISO 8601 UTC, shares 0..1. What could not be known is \`null\`, never 0. Every document
has \`notes\` (assumptions, estimates, partial data) and \`left_out\` (what was hidden, capped or dropped, with counts).
Fields are added, never renamed. Errors are \`application/problem+json\` (RFC 9457) with \`code\`, \`detail\` and, for
input, \`place\`.

| code | status | when |
|---|---|---|
| \`selection.*\`, \`api.*\`, \`store.matcher\` | 400 | a parameter is not understood; \`place\` names it |
| \`query.no-service\`, \`query.no-lock\`, \`query.no-type\` | 404 | nothing of that name in the range |
| \`trace.no-*\`, \`trace.gone\` | 404 | no such capture, target, lock, wait, or request in the trace |
| \`trace.window\`, \`trace.pixels\`, \`trace.lanes\`, \`trace.search-word\` | 400 | a question that a trace cannot answer |
| \`trace.not-ready\` | 409 | the capture is not analysed: \`detail\` says why, \`…/status\` how far it is |
| \`trace.busy\`, \`trace.conflict\` | 409 | a trace of the target is being recorded, by this server or by someone else |
| \`trace.pause\` | 429 | the target was traced a moment ago |
| \`scrape.*\`, \`gotrace.*\` | 502 | the target gave no trace that can be read (\`scrape.timeout\` 504, \`scrape.address\` 403) |
| \`store.mixed-types\`, \`store.mixed-go\` | 409 | units, or mutex profiles of Go ≤ 1.21 and ≥ 1.22, cannot be added up |
| \`store.busy\` | 503 | try again |
| \`store.full\` | 507 | the disk is full |

A stored execution trace is a *capture*. Times inside traces, in queries too, are nanoseconds since the start of the
trace where the name ends in \`Ns\` or says so.

Also: \`POST /api/v1/upload\` ([protocols.md](protocols.md)), \`GET /api/v1/traces/{id}/file\` (the trace as it came),
\`DELETE /api/v1/traces/{id}\`, \`GET /api/v1/events\` (server-sent events: the newest
window of each service, at most one message a second), \`GET /healthz\` (alive), \`/readyz\` (can store), \`/metrics\`
(Prometheus text).
`;

/** A JSON schema as an indented outline: one field a line, `?` optional. */
function outline(schema: z.core.JSONSchema.BaseSchema, depth = 0): string {
  if (schema.anyOf !== undefined)
    return unique(schema.anyOf.map((one) => outline(one as z.core.JSONSchema.BaseSchema, depth))).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.type === 'array') return `[${outline((schema.items ?? {}) as z.core.JSONSchema.BaseSchema, depth)}]`;
  if (schema.type === 'object' && schema.properties !== undefined) {
    const required = new Set(schema.required);
    const pad = '  '.repeat(depth + 1);
    const fields = Object.entries(schema.properties).map(([name, field]) => {
      const optional = required.has(name) ? '' : '?';
      return `${pad}${name}${optional}: ${outline(field as z.core.JSONSchema.BaseSchema, depth + 1)}`;
    });
    return `{\n${fields.join('\n')}\n${'  '.repeat(depth)}}`;
  }
  if (schema.$ref !== undefined) return 'the same, recursively';
  if (schema.type === 'object') return 'object';
  return schema.format === 'date-time' ? 'instant' : [schema.type ?? 'any'].flat().join(' | ');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

/** The whole text of docs/api.md. */
export function apiDocs(): string {
  const parts = documents.map(({ title, query, schema }) => {
    const shape = outline(z.toJSONSchema(schema, { io: 'output', reused: 'inline' }));
    return `\n## ${title}\n\nQuery: ${query}.\n\n\`\`\`\n${shape}\n\`\`\`\n`;
  });
  return head + parts.join('');
}

const file = new URL('../docs/api.md', import.meta.url);
if (process.argv[1]?.endsWith('api-docs.ts')) {
  if (process.argv.includes('--check') && readFileSync(file, 'utf8') !== apiDocs()) {
    console.error('docs/api.md is not what the schemas say: run npx tsx scripts/api-docs.ts');
    process.exit(1);
  }
  if (!process.argv.includes('--check')) writeFileSync(file, apiDocs());
}
