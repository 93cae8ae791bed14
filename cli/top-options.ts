import { parseArgs } from 'node:util';
import { LockscopeError } from '@/lib/errors';
import { readGoOption } from './go-option';
import type { NamedPath } from './inputs';
import { spreadLists } from './spread-lists';
import { selectionOptions, selectionQuery } from './stored-selection';

export interface FileOptions {
  readonly blockRateNs: number | undefined;
  readonly mutexFraction: number | undefined;
  readonly go: string | undefined;
  readonly windowSeconds: number | undefined;
  readonly reading: 'delta' | 'cumulative' | undefined;
  readonly wrappers: readonly string[];
  readonly idleFunctions: readonly string[];
}

export interface ServerOptions {
  readonly url: string;
  readonly token: string | undefined;
  readonly service: string;
  readonly query: URLSearchParams;
}

export interface TopOptions {
  readonly help: boolean;
  readonly json: boolean;
  readonly listIdle: boolean;
  readonly limit: number;
  readonly source:
    | { readonly kind: 'files'; readonly paths: readonly NamedPath[]; readonly options: FileOptions }
    | { readonly kind: 'server'; readonly options: ServerOptions };
}

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;

/** Reads the arguments of `lockscope top`. Throws `cli.usage`, or what `node:util` throws for unknown options. */
export function parseTopOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): TopOptions {
  const { values, positionals } = parseArgs({
    args: spreadLists(args, ['--block', '--mutex']),
    allowPositionals: true,
    options: {
      'block-rate': text,
      'mutex-fraction': text,
      go: text,
      window: text,
      block: texts,
      mutex: texts,
      delta: flag,
      cumulative: flag,
      wrapper: texts,
      'idle-function': texts,
      server: text,
      token: text,
      service: text,
      ...selectionOptions,
      idle: flag,
      limit: text,
      json: flag,
      help: { type: 'boolean', short: 'h' },
    },
  });
  const paths: NamedPath[] = [
    ...positionals.map((path) => ({ path, kind: undefined })),
    ...(values.block ?? []).map((path) => ({ path, kind: 'block' as const })),
    ...(values.mutex ?? []).map((path) => ({ path, kind: 'mutex' as const })),
  ];
  const common = {
    help: values.help === true,
    json: values.json === true,
    listIdle: values.idle === true,
    limit: numberOption('limit', values.limit, 0) ?? 10,
  };
  if (paths.length > 0 || common.help) {
    if (values.server !== undefined) throw usage('give files, or --server with --service, not both');
    if (values.delta === true && values.cumulative === true) throw usage('--delta and --cumulative exclude each other');
    return { ...common, source: { kind: 'files', paths, options: fileOptions(values) } };
  }
  const url = values.server ?? env.LOCKSCOPE_URL;
  if (url === undefined) throw usage('no file or folder given, and no --server');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw usage(`--server ${url}: an address starts with http:// or https://`);
  if (values.service === undefined) throw usage('--server needs --service');
  const query = selectionQuery(values);
  if (common.listIdle) query.set('idle', '1');
  const token = values.token ?? env.LOCKSCOPE_TOKEN;
  return { ...common, source: { kind: 'server', options: { url, token, service: values.service, query } } };
}

function fileOptions(values: {
  readonly 'block-rate'?: string;
  readonly 'mutex-fraction'?: string;
  readonly go?: string;
  readonly window?: string;
  readonly delta?: boolean;
  readonly cumulative?: boolean;
  readonly wrapper?: string[];
  readonly 'idle-function'?: string[];
}): FileOptions {
  const windowSeconds = numberOption('window', values.window, 0);
  if (windowSeconds === 0) throw usage('--window 0: a window has a length');
  return {
    blockRateNs: numberOption('block-rate', values['block-rate'], 0),
    mutexFraction: numberOption('mutex-fraction', values['mutex-fraction'], 0),
    go: readGoOption(values.go, usage),
    windowSeconds,
    reading: values.delta === true ? 'delta' : values.cumulative === true ? 'cumulative' : undefined,
    wrappers: values.wrapper ?? [],
    idleFunctions: values['idle-function'] ?? [],
  };
}

function numberOption(name: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < least) {
    throw usage(`--${name} ${value}: expected a number of at least ${least}`);
  }
  return number;
}

function usage(message: string): LockscopeError {
  return new LockscopeError('cli.usage', `${message} (lockscope top --help)`);
}
