import { parseArgs } from 'node:util';
import { LockscopeError } from '@/lib/errors';
import type { RequestName } from '@/lib/locktrace/slow-request';

export interface TraceOptions {
  readonly help: boolean;
  readonly json: boolean;
  readonly events: boolean;
  readonly path: string;
  readonly lock: string | undefined;
  /** 0 = all. */
  readonly top: number | undefined;
  readonly fromSeconds: number | undefined;
  readonly toSeconds: number | undefined;
  readonly request: RequestName | undefined;
  readonly wrappers: readonly string[];
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** Reads the arguments of `lockscope trace`. Throws `cli.usage`, or what `node:util` throws for unknown options. */
export function parseTraceOptions(args: readonly string[]): TraceOptions {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      lock: text,
      top: text,
      from: text,
      to: text,
      task: text,
      region: text,
      goroutine: text,
      wrapper: { type: 'string', multiple: true },
      events: flag,
      json: flag,
      help: { type: 'boolean', short: 'h' },
    },
  });
  const help = values.help === true;
  const [path = ''] = positionals;
  if (!help && positionals.length !== 1) throw usage(`give one trace file, not ${positionals.length}`);
  const fromSeconds = numberOption('from', values.from);
  const toSeconds = numberOption('to', values.to);
  if (fromSeconds !== undefined && toSeconds !== undefined && toSeconds <= fromSeconds)
    throw usage('--to must be after --from');
  if (values.events === true && values.json === true) throw usage('--events and --json exclude each other');
  return {
    help,
    json: values.json === true,
    events: values.events === true,
    path,
    lock: values.lock,
    top: wholeOption('top', values.top),
    fromSeconds,
    toSeconds,
    request: requestOf(values),
    wrappers: values.wrapper ?? [],
  };
}

function requestOf(values: {
  readonly task?: string;
  readonly region?: string;
  readonly goroutine?: string;
}): RequestName | undefined {
  const given = [values.task, values.region, values.goroutine].filter((value) => value !== undefined);
  if (given.length > 1) throw usage('--task, --region and --goroutine exclude each other');
  const task = wholeOption('task', values.task);
  if (task !== undefined) return { kind: 'task', id: task };
  if (values.region !== undefined) return { kind: 'region', name: values.region };
  const goroutine = wholeOption('goroutine', values.goroutine);
  return goroutine === undefined ? undefined : { kind: 'goroutine', id: goroutine };
}

function numberOption(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number < 0)
    throw usage(`--${name} ${value}: expected a number of at least 0`);
  return number;
}

function wholeOption(name: string, value: string | undefined): number | undefined {
  const number = numberOption(name, value);
  if (number !== undefined && !Number.isInteger(number)) throw usage(`--${name} ${value}: expected a whole number`);
  return number;
}

function usage(message: string): LockscopeError {
  return new LockscopeError('cli.usage', `${message} (lockscope trace --help)`);
}
