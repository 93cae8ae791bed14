import { open, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { LockscopeError } from '@/lib/errors';
import { headerBytes, looksLikeTrace } from '@/lib/gotrace/header';
import { formatPlural } from '@/lib/units-format';
import { exitCode } from './exit-code';
import { filesOfPath, noFiles } from './files-of-path';
import type { Io } from './io';
import { postBytes, postFile, type Remote, type RemoteAnswer, remoteOf } from './remote';

const help = `Usage: lockscope push PATH... [options]

Sends pprof profiles and execution traces (files, or folders standing for the files in them) to a
server. A profile that tells its window joins the service's history; any other, and a trace, can be
opened by the address that is printed.

  --server URL         or LOCKSCOPE_URL
  --token TOKEN        or LOCKSCOPE_TOKEN
  --service NAME       the service the files are of
  --build NAME         its build
  --label NAME=VALUE   further labels, repeatable (pod=…)
  --window SECONDS     length of windows that the files do not tell
  --json               one JSON document, lockscope/push/v1
  --help
`;

const uploadSchema = z.looseObject({
  id: z.string(),
  url: z.string(),
  kind: z.string(),
  samples: z.number().nullable(),
  windows: z.number(),
  notes: z.array(z.object({ code: z.string(), message: z.string() })),
});

interface Pushed extends z.infer<typeof uploadSchema> {
  readonly file: string;
}

/** `lockscope push`: uploads files; those the server cannot use are listed, and fail the command only when none is left. */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      server: { type: 'string' },
      token: { type: 'string' },
      service: { type: 'string' },
      build: { type: 'string' },
      label: { type: 'string', multiple: true },
      window: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    io.stdout(help);
    return exitCode.fine;
  }
  const remote = remoteOf(values, io.env);
  if (positionals.length === 0) throw new LockscopeError('cli.usage', 'no file given (lockscope push --help)');
  if (remote === undefined)
    throw new LockscopeError('cli.usage', 'no --server and no LOCKSCOPE_URL (lockscope push --help)');
  const query = new URLSearchParams();
  for (const name of ['service', 'build', 'window'] as const) {
    const value = values[name];
    if (value !== undefined) query.set(name, value);
  }
  if (values.window !== undefined && !(Number(values.window) > 0)) {
    throw new LockscopeError('cli.usage', `--window ${values.window}: expected a number of seconds above 0`);
  }
  for (const label of values.label ?? []) {
    if (label.indexOf('=') < 1) throw new LockscopeError('cli.usage', `--label ${label}: expected name=value`);
    query.append('label', label);
  }

  const uploads: Pushed[] = [];
  const leftOut: { file: string; reason: string }[] = [];
  const named = await Promise.all(positionals.map(async (path) => ({ path, files: await filesOfPath(path) })));
  for (const { path, files } of named) if (files.length === 0) leftOut.push({ file: path, reason: noFiles });
  for (const file of named.flatMap(({ files }) => files)) {
    const named = new URLSearchParams(query);
    named.set('name', basename(file));
    const answer = await send(remote, named, file);
    if (answer.ok) uploads.push({ file, ...readUpload(answer.body, remote.url) });
    else leftOut.push({ file, reason: answer.reason });
  }
  report(uploads, leftOut, remote.url, values.json === true, io);
  return uploads.length === 0 ? exitCode.input : exitCode.fine;
}

/** A trace may be larger than memory: it is sent as it is read. */
async function send(remote: Remote, query: URLSearchParams, file: string): Promise<RemoteAnswer> {
  if (!(await isTrace(file))) return postBytes(remote, 'api/v1/upload', query, new Uint8Array(await readFile(file)));
  query.set('source', 'push');
  return postFile(remote, 'api/v1/upload', query, file);
}

async function isTrace(file: string): Promise<boolean> {
  const opened = await open(file);
  try {
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    return looksLikeTrace(buffer.subarray(0, bytesRead));
  } finally {
    await opened.close();
  }
}

function readUpload(body: unknown, server: string): z.infer<typeof uploadSchema> {
  const parsed = uploadSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new LockscopeError(
    'remote.answer',
    `${server} did not answer with lockscope/upload/v1: is it a Lockscope server?`,
  );
}

function report(
  uploads: readonly Pushed[],
  leftOut: readonly { file: string; reason: string }[],
  server: string,
  json: boolean,
  io: Io,
): void {
  for (const { file, reason } of leftOut) io.stderr(`${file}: not taken: ${reason}\n`);
  if (json) {
    const document = {
      schema: 'lockscope/push/v1',
      uploads: uploads.map(({ schema: _answered, ...upload }) => upload),
      notes: [],
      left_out: leftOut.length === 0 ? {} : { files: leftOut },
    };
    io.stdout(`${JSON.stringify(document, null, 2)}\n`);
    return;
  }
  for (const { file, kind, samples, windows, url, notes } of uploads) {
    const stored = windows === 0 ? '' : `, ${formatPlural(windows, 'window')} stored`;
    const size = samples === null ? '' : `, ${formatPlural(samples, 'sample')}`;
    io.stdout(`${file}: ${kind}${size}${stored}: ${new URL(url, server).href}\n`);
    for (const { message } of notes) io.stdout(`  ${message}\n`);
  }
}
