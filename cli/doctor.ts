import { parseArgs } from 'node:util';
import { fetchProfile, readMutexFraction } from '@/ingest/scrape-endpoint';
import { parseConfigFile } from '@/lib/config-file';
import { describeGoRange, inferGoRange } from '@/lib/contention/version';
import { errorCode, errorMessage, LockscopeError } from '@/lib/errors';
import { framesOfStack } from '@/lib/profile/frame';
import type { Profile } from '@/lib/profile/profile';
import { type Check, diagnose } from './doctor-checks';
import { exitCode } from './exit-code';
import type { Io } from './io';

const help = `Usage: lockscope doctor URL [options]

Looks at a running Go service (its root or its /debug/pprof folder): which profiles it serves,
whether block and mutex profiling are on and how, its Go version, and what to change.

  --json    one JSON document, lockscope/doctor/v1
  --help
`;

/** `lockscope doctor`: always 0 when the service answered; what is wrong with it is the answer. */
export async function run(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    io.stdout(help);
    return exitCode.fine;
  }
  const [url] = positionals;
  if (url === undefined || positionals.length > 1 || !/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new LockscopeError('cli.usage', 'give the address of one service, http://… (lockscope doctor --help)');
  }
  const { limits } = parseConfigFile('', 'defaults');
  const profiles = new Map<string, Profile | Error>();
  const paths = { block: 'block', mutex: 'mutex', goroutine: 'goroutine', heap: 'heap', cpu: 'profile?seconds=1' };
  for (const [name, path] of Object.entries(paths)) {
    const result = await fetchProfile(url, path, limits).catch(asError);
    const code = errorCode(result);
    if (code === 'scrape.unreachable' || code === 'scrape.address') {
      throw new LockscopeError('remote.unreachable', errorMessage(result), { cause: result });
    }
    profiles.set(name, result);
  }
  const goVersion = versionOf([...profiles.values()]);
  const checks = diagnose({ profiles, mutexFraction: await readMutexFraction(url, limits), goVersion });
  if (values.json) {
    const document = {
      schema: 'lockscope/doctor/v1',
      url,
      goVersion: goVersion ?? null,
      checks,
      notes: goVersion === undefined ? [] : [inferredNote(goVersion)],
      left_out: {},
    };
    io.stdout(`${JSON.stringify(document, null, 2)}\n`);
  } else for (const check of checks) io.stdout(checkLines(check));
  return exitCode.fine;
}

function inferredNote(version: string): { readonly code: string; readonly message: string } {
  return { code: 'go-inferred', message: `≈ Go version inferred from the stacks: ${version}` };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(errorMessage(error));
}

function versionOf(results: readonly (Profile | Error)[]): string | undefined {
  const frames = results.flatMap((profile) =>
    profile instanceof Error
      ? []
      : Array.from({ length: profile.stacks.length }, (_, stack) => framesOfStack(profile, stack)).flat(),
  );
  const range = inferGoRange(frames);
  return range === undefined ? undefined : describeGoRange(range);
}

function checkLines({ check, status, found, advice }: Check): string {
  const line = `${status.padEnd(4)}  ${check.padEnd(10)} ${found}\n`;
  return advice === '' ? line : `${line}      ${''.padEnd(10)} → ${advice}\n`;
}
