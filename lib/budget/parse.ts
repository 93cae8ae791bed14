import { parseDocument } from 'yaml';
import { LockscopeError } from '@/lib/errors';
import type { Benchtime, Budget, Suite } from './budget';
import { checkBudget, type Written } from './check';
import { lineFinder } from './lines';

const defaults = { q: 0.05, runs: 10, benchtime: '1s', timeout: '10m', profiles: ['block', 'mutex', 'cpu'] } as const;
const units: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3_600e9 };

/**
 * Reads the text of a `.lockscope.yml`; the empty text gives the defaults. Throws `budget.syntax` for what is no YAML
 * and `budget.invalid` for what the schema refuses, every unknown key and wrong value named with its line.
 */
export function parseBudget(textOfFile: string, fileName: string): Budget {
  const document = parseDocument(textOfFile);
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    const line = syntax.linePos?.[0].line ?? '?';
    const [message = ''] = syntax.message.split('\n');
    throw new LockscopeError('budget.syntax', `${fileName}:${line}: ${message.replace(/ at line .*$/, '')}`, {
      place: `line ${line}`,
    });
  }
  const lineOf = lineFinder(document, textOfFile);
  const written = checkBudget(document.toJS() ?? {}, fileName, lineOf);
  const budget = budgetOf(written, (list, index) => lineOf([list, index]));
  const names = budget.suites.map(({ name }) => name);
  const twice = names.findIndex((name, i) => names.indexOf(name) < i);
  if (twice === -1) return budget;
  const line = lineOf(['suites', twice]);
  throw new LockscopeError('budget.invalid', `${fileName}:${line}: a second suite named ${names[twice]}`, {
    place: `line ${line}`,
  });
}

function budgetOf(written: Written, lineOf: (list: string, index: number) => number): Budget {
  const { defaults: said = {} } = written;
  const runs = said.runs ?? defaults.runs;
  return {
    mode: written.mode ?? 'report',
    comment: written.comment ?? 'on-change',
    gates: { lock: share(said.lock), cpu: share(said.cpu), time: share(said.time) },
    q: said.q ?? defaults.q,
    runs,
    secondLook: said.second_look ?? true,
    suites: (written.suites ?? [{ name: 'default' }]).map((one) => suiteOf(one, runs)),
    rules: (written.budgets ?? []).map((rule, i) => ({
      pattern: rule.function,
      line: lineOf('budgets', i),
      gate: share(rule.gate),
      maxDelayPerOpNs: rule.max_delay_per_op === undefined ? undefined : nanosOf(rule.max_delay_per_op),
      maxContentionsPerOp: rule.max_contentions_per_op,
      severity: rule.severity,
    })),
    ignored: (written.ignore ?? []).map((rule, i) => ({
      pattern: rule.function,
      line: lineOf('ignore', i),
      reason: rule.reason,
      expires: rule.expires,
    })),
    accepted: (written.accepted ?? []).map(({ site, metric, to, reason, by, expires }, i) => ({
      site,
      metric,
      level: to,
      reason,
      by,
      expires,
      line: lineOf('accepted', i),
    })),
    wrappers: written.wrappers ?? [],
    owners: Object.entries(written.owners ?? {}).map(([pattern, owner]) => ({
      pattern,
      owner: owner.replace(/^@/, ''),
    })),
  };
}

function suiteOf(written: NonNullable<Written['suites']>[number], runs: number): Suite {
  return {
    name: written.name,
    packages: written.packages ?? ['./...'],
    benchmarks: written.benchmarks ?? '.',
    benchtime: parseBenchtime(written.benchtime ?? defaults.benchtime),
    gomaxprocs: written.cpu,
    profiles: written.profiles ?? defaults.profiles,
    runs: written.runs ?? runs,
    timeoutMs: nanosOf(written.timeout ?? defaults.timeout) / 1e6,
  };
}

/** `20000x`, `500ms`, `1s`. */
function parseBenchtime(text: string): Benchtime {
  return text.endsWith('x') ? { operations: Number(text.slice(0, -1)) } : { targetMs: nanosOf(text) / 1e6 };
}

/** The schema has seen that the text is a number and a unit. */
function nanosOf(text: string): number {
  const [, digits, unit = ''] = /^([\d.]+)(\D+)$/.exec(text) ?? [];
  return Number(digits) * (units[unit] ?? Number.NaN);
}

function share(percent: number | undefined): number | undefined {
  return percent === undefined ? undefined : percent / 100;
}
