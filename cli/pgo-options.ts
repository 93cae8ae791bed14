import { parseArgs } from 'node:util';
import { LockscopeError } from '@/lib/errors';
import { type Remote, remoteOf } from './remote';
import { selectionOptions, selectionQuery } from './stored-selection';

export interface StoredCpu {
  readonly remote: Remote;
  readonly service: string;
  /** Of the selection: from, to, build, pod, label. */
  readonly query: URLSearchParams;
}

export interface PgoOptions {
  readonly help: boolean;
  readonly json: boolean;
  readonly output: string;
  readonly source:
    | { readonly kind: 'files'; readonly paths: readonly string[] }
    | { readonly kind: 'server'; readonly stored: StoredCpu };
}

const text = { type: 'string' } as const;

/** Reads the arguments of `lockscope pgo`. Throws `cli.usage`, or what `node:util` throws for unknown options. */
export function parsePgoOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): PgoOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      output: { type: 'string', short: 'o' },
      server: text,
      token: text,
      service: text,
      ...selectionOptions,
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const common = { help: values.help === true, json: values.json === true, output: values.output ?? 'default.pgo' };
  if (common.output === '') throw usage('--output needs a file name');
  if (positionals.length > 0 || common.help) {
    if (values.server !== undefined || values.service !== undefined)
      throw usage('give files, or --server with --service, not both');
    return { ...common, source: { kind: 'files', paths: positionals } };
  }
  const remote = remoteOf(values, env);
  if (remote === undefined) throw usage('no file or folder given, and no --server');
  if (values.service === undefined) throw usage('--server needs --service');
  const query = selectionQuery(values);
  return { ...common, source: { kind: 'server', stored: { remote, service: values.service, query } } };
}

function usage(message: string): LockscopeError {
  return new LockscopeError('cli.usage', `${message} (lockscope pgo --help)`);
}
