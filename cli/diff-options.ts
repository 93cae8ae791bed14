import { parseArgs } from 'node:util';
import { LockscopeError } from '@/lib/errors';
import { readGoOption } from './go-option';
import { spreadLists } from './spread-lists';

export interface DiffOptions {
  readonly help: boolean;
  readonly json: boolean;
  /** Rows in the table; 0 = all. */
  readonly top: number;
  readonly base: readonly string[];
  readonly head: readonly string[];
  /** Of both sides, where the files cannot say. */
  readonly blockRateNs: number | undefined;
  readonly mutexFraction: number | undefined;
  readonly go: string | undefined;
  readonly wrappers: readonly string[];
  readonly gates: {
    readonly lock: number | undefined;
    readonly cpu: number | undefined;
    readonly time: number | undefined;
  };
  readonly budget: string | undefined;
  readonly stored: boolean;
  readonly gate: boolean;
  readonly failInconclusive: boolean;
}

const text = { type: 'string' } as const;
const texts = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean' } as const;
const shownRows = 20;

/** Reads the arguments of `lockscope diff` and `lockscope ci compare`. Throws `cli.usage`, or what `node:util` throws. */
export function parseDiffOptions(command: string, args: readonly string[]): DiffOptions {
  const { values } = parseArgs({
    args: spreadLists(args, ['--base', '--head']),
    options: {
      base: texts,
      head: texts,
      'block-rate': text,
      'mutex-fraction': text,
      go: text,
      wrapper: texts,
      'gate-lock': text,
      'gate-cpu': text,
      'gate-time': text,
      budget: text,
      stored: flag,
      gate: flag,
      'fail-inconclusive': flag,
      top: text,
      json: flag,
      help: { type: 'boolean', short: 'h' },
    },
  });
  const usage = (message: string) => new LockscopeError('cli.usage', `${message} (lockscope ${command} --help)`);
  const number = (name: string, value: string | undefined): number | undefined => {
    if (value === undefined) return undefined;
    const read = Number(value.replace(/%$/, ''));
    if (value.trim() === '' || !Number.isFinite(read) || read < 0)
      throw usage(`--${name} ${value}: expected a number of at least 0`);
    return read;
  };
  const share = (name: string, value: string | undefined): number | undefined => {
    const read = number(name, value);
    return read === undefined ? undefined : read / 100;
  };
  const help = values.help === true;
  const { base = [], head = [] } = values;
  if (!help && (base.length === 0 || head.length === 0)) throw usage('give --base FILE… and --head FILE…');
  return {
    help,
    json: values.json === true,
    top: number('top', values.top) ?? shownRows,
    base,
    head,
    blockRateNs: number('block-rate', values['block-rate']),
    mutexFraction: number('mutex-fraction', values['mutex-fraction']),
    go: readGoOption(values.go, usage),
    wrappers: values.wrapper ?? [],
    gates: {
      lock: share('gate-lock', values['gate-lock']),
      cpu: share('gate-cpu', values['gate-cpu']),
      time: share('gate-time', values['gate-time']),
    },
    budget: values.budget,
    stored: values.stored === true,
    gate: values.gate === true,
    failInconclusive: values['fail-inconclusive'] === true,
  };
}
