/**
 * Ingest: server CPU per profile and acknowledgement times at 8 and 256 connections on the anchor load, beside a
 * plain HTTP server that syncs each body to a file. Arguments: profiles per row (default 12000).
 * Client and server share the machine's cores, so rates are lower bounds; CPU is the server's own, all its threads.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { build } from 'esbuild';
import { parseMultipart } from '@/ingest/wire/multipart';
import { podName, pprofOf, type RecordedWindow, recordedWindows, seeded } from './anchor-load';

const profiles = Number(process.argv[2] ?? 12_000);
const bundles = new URL('../node_modules/.cache/lockscope/bench/', import.meta.url).pathname;

interface Form {
  readonly path: (window: number) => string;
  readonly body: Buffer;
}
interface Row {
  readonly server: string;
  readonly connections: number;
  readonly cpuMs: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly rssMb: number;
}

const boundary = 'd884cd3ca7a400755fa10357e65240413eb0ef692ee8b5c039a489ee3749';
const contentType = `multipart/form-data; boundary=${boundary}`;
const displayNames: Readonly<Record<string, string>> = {
  block:
    '{"contentions":{"units":"lock_samples","display-name":"block_count"},"delay":{"units":"lock_nanoseconds","display-name":"block_duration"}}',
  mutex:
    '{"contentions":{"units":"lock_samples","display-name":"mutex_count"},"delay":{"units":"lock_nanoseconds","display-name":"mutex_duration"}}',
};

/** The form pyroscope-go sends. */
function formOf(recorded: RecordedWindow, random: () => number): Buffer {
  const part = (name: string, file: string, content: Uint8Array) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${file}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
    ),
    content,
    Buffer.from('\r\n'),
  ];
  const config = displayNames[recorded.type.name];
  return Buffer.concat([
    ...part('profile', 'profile.pprof', pprofOf(recorded, random)),
    ...(config === undefined ? [] : part('sample_type_config', 'sample_type_config.json', Buffer.from(config))),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
}

/** 48 pods × block, mutex, CPU, four bodies each; which window it is stands in the query. */
function makeForms(): Form[] {
  const random = seeded(11);
  const firstMs = Date.now() - 86_400_000;
  return Array.from({ length: 48 * 4 }, (_, index) => index).flatMap((index) =>
    recordedWindows().map((recorded) => {
      const name = `order-service{__session_id__=77e425ea48b3919f,otel.scope.name=com.grafana.pyroscope/godeltaprof,pod=${podName(index % 48)},process.runtime.name=go,process.runtime.version=go1.26.10,service_git_ref=v1}`;
      const path = (window: number) => {
        const from = `${firstMs + window * 10_000}000000`;
        const until = `${firstMs + window * 10_000 + 10_000}000000`;
        return `/ingest?${new URLSearchParams({ aggregationType: '', from, name, sampleRate: '0', spyName: 'gospy', units: '', until })}`;
      };
      return { path, body: formOf(withoutTimes(recorded), random) };
    }),
  );
}

/** As pyroscope-go's deltas are: the window stands in the request only. */
function withoutTimes(recorded: RecordedWindow): RecordedWindow {
  return { ...recorded, profile: { ...recorded.profile, timeNanos: 0n, durationNanos: 0n } };
}

class BenchServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: Interface,
    readonly port: number,
  ) {}

  static async start(mode: string, dir: string): Promise<BenchServer> {
    mkdirSync(dir, { recursive: true });
    const child = spawn(process.execPath, [join(bundles, 'ingest-server.js'), mode, dir, bundles], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout });
    const port = Number((await nextLine(lines)).replace('port ', ''));
    return new BenchServer(child, lines, port);
  }

  async usage(): Promise<{ cpuMs: number; rssMb: number }> {
    const answer = nextLine(this.lines);
    this.child.stdin?.write('cpu\n');
    const [, cpu, , rss] = (await answer).split(' ');
    return { cpuMs: Number(cpu), rssMb: Number(rss) / 2 ** 20 };
  }

  stop(): void {
    this.child.kill();
  }
}

function nextLine(lines: Interface): Promise<string> {
  return new Promise((resolve) => lines.once('line', resolve));
}

/** `count` profiles over `connections` connections, each sending its next one when the last was acknowledged. */
async function sendAll(
  port: number,
  forms: readonly Form[],
  first: number,
  count: number,
  connections: number,
): Promise<Float64Array> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times = new Float64Array(count);
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const at = next++;
      const form = forms[(first + at) % forms.length];
      if (form === undefined) throw new Error('no forms');
      const began = performance.now();
      await post(port, agent, form.path(Math.floor((first + at) / forms.length)), form.body);
      times[at] = performance.now() - began;
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return times.sort();
}

function post(port: number, agent: Agent, path: string, body: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': contentType, 'content-length': body.length };
    const sent = httpRequest({ host: '127.0.0.1', port, method: 'POST', path, headers, agent }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`)),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function measure(mode: string, label: string, forms: readonly Form[]): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lockscope-bench-ingest-'));
  const server = await BenchServer.start(mode, join(dir, 'data'));
  const rows: Row[] = [];
  let first = 0;
  await sendAll(server.port, forms, first, 2_000, 8);
  first += 2_000;
  for (const connections of [8, 256]) {
    const before = await server.usage();
    const began = performance.now();
    const times = await sendAll(server.port, forms, first, profiles, connections);
    const seconds = (performance.now() - began) / 1_000;
    first += profiles;
    const after = await server.usage();
    const at = (share: number) => times[Math.min(profiles - 1, Math.floor(share * profiles))] ?? 0;
    rows.push({
      server: label,
      connections,
      cpuMs: (after.cpuMs - before.cpuMs) / profiles,
      perSecond: profiles / seconds,
      p50: at(0.5),
      p99: at(0.99),
      rssMb: after.rssMb,
    });
  }
  server.stop();
  rmSync(dir, { recursive: true, force: true });
  return rows;
}

/** What taking a form apart costs here and with the platform's own parser, in µs of CPU. */
async function measureForms(forms: readonly Form[]): Promise<string> {
  const bodies = forms.slice(0, 300).map(({ body }) => body);
  const cost = async (parse: (body: Buffer) => unknown) => {
    for (const body of bodies) await parse(body);
    const before = process.cpuUsage();
    for (const body of bodies) await parse(body);
    const { user, system } = process.cpuUsage(before);
    return ((user + system) / bodies.length).toFixed(0);
  };
  const ours = await cost((body) => parseMultipart(body, contentType));
  const headers = { 'content-type': contentType };
  const platform = await cost((body) => new Response(new Uint8Array(body), { headers }).formData());
  return `multipart form: ${ours} µs here, ${platform} µs with Response.formData()`;
}

await build({
  entryPoints: ['bench/ingest-server.ts', 'ingest/decode.worker.ts', 'lib/store/sqlite/read.worker.ts'],
  outdir: bundles,
  entryNames: '[name]',
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
const forms = makeForms();
const bytes = forms.reduce((sum, { body }) => sum + body.length, 0) / forms.length;
console.log(`${profiles} profiles a row, ${Math.round(bytes)} bytes each (48 pods × block, mutex, CPU)\n`);
const rows = [
  ...(await measure('lockscope', 'Lockscope: decoded, indexed, synced', forms)),
  ...(await measure('files', 'node:http, one synced file a profile', forms)),
];
console.log('| server | connections | CPU per profile, ms | profiles/s | p50 ms | p99 ms | RSS MB |');
console.log('|---|---|---|---|---|---|---|');
for (const row of rows) {
  const cells = [
    row.cpuMs.toFixed(2),
    row.perSecond.toFixed(0),
    row.p50.toFixed(1),
    row.p99.toFixed(1),
    row.rssMb.toFixed(0),
  ];
  console.log(`| ${row.server} | ${row.connections} | ${cells.join(' | ')} |`);
}
console.log(`\n${await measureForms(forms)}`);
process.exit(0);
