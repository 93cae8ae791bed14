import { siteOfStack } from '@/lib/contention/site';
import { goFunctionName } from '@/lib/pprof/function-name';
import type { Comparison } from '@/lib/regression/comparison';
import type { Arm, ContentionRow, CpuRow, Denominators, Fingerprint, Run } from '@/lib/regression/run';

export const sameMachine: Fingerprint = {
  goVersion: 'go1.26.8',
  cpu: 'test cpu',
  cores: 2,
  gomaxprocs: 4,
  kernel: '6.1',
  buildFlags: '',
  blockRate: 1,
  mutexFraction: 1,
};

const leaves = {
  'Mutex.Unlock': 'sync.(*Mutex).Unlock',
  'RWMutex.Unlock': 'sync.(*RWMutex).Unlock',
  'Mutex.Lock': 'sync.(*Mutex).Lock',
  'RWMutex.RLock': 'sync.(*RWMutex).RLock',
  'chan receive': 'runtime.chanrecv1',
  'chan send': 'runtime.chansend1',
  'WaitGroup.Wait': 'sync.(*WaitGroup).Wait',
} as const;

/**
 * An arm from lines of text, one site a line and one column a run:
 *
 *     mutex Mutex.Unlock shop.(*Cache).Put+7 < shop.serve | 1200/30 1100/28
 *     block chan receive shop.work+3 < shop.serve         | 900/4 -
 *     cpu   shop.encode < shop.serve > json.Marshal       | 400 420
 *     time  shop.BenchmarkPut                             | 81.2 80.9
 *
 * Contention is delay in ns / contentions (1 where not told) per run, CPU is cumulative ns, self
 * time where there are no callees, and a sample is 10 µs. `+n` is the line in the function; `<` lists callers, `>` callees; `-` = not in that run.
 */
export function armOfText(
  text: string,
  options: { readonly per?: Denominators; readonly benchmark?: string; readonly offsetMs?: number } = {},
): Arm {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [parseLine(line.trim())]));
  const count = Math.max(0, ...lines.map(({ cells }) => cells.length));
  const has = (source: string) => lines.some((line) => line.source === source);
  const runs = Array.from({ length: count }, (_, i): Run => {
    const rows = <Row>(source: string, rowOf: (line: Line, cell: string) => Row) =>
      lines.flatMap((line) => {
        const cell = line.cells[i];
        return line.source !== source || cell === undefined || cell === '-' ? [] : [rowOf(line, cell)];
      });
    return {
      name: `run ${i + 1}`,
      benchmark: options.benchmark,
      startMs: 1000 * i + (options.offsetMs ?? 0),
      per: options.per ?? { ops: 1, requests: undefined, seconds: undefined },
      mutex: has('mutex') ? rows('mutex', contentionRow) : undefined,
      block: has('block') ? rows('block', contentionRow) : undefined,
      cpu: has('cpu') ? rows('cpu', cpuRow) : undefined,
      times: rows('time', ({ name }, cell) => ({ name, nsPerOp: Number(cell.split('/')[0]) })),
    };
  });
  return { runs, fingerprint: sameMachine };
}

/** Cells of ten runs around a level in ns, `noise` of it a step, each with as many contentions. */
export function levels(ns: number, contentions: number, noise = 0.01): string {
  const steps = [3, -4, 1, -2, 4, 0, -1, 2, -3, 5];
  return steps.map((step) => `${Math.round(ns * (1 + step * noise))}/${contentions}`).join(' ');
}

interface Line {
  readonly source: string;
  readonly kind: keyof typeof leaves | undefined;
  readonly name: string;
  readonly line: number;
  readonly callers: readonly string[];
  readonly callees: readonly string[];
  readonly cells: readonly string[];
}

function parseLine(text: string): Line {
  const [left = '', right = ''] = text.split(' | ').map((part) => part.trim());
  const [source = '', ...rest] = left.split(/\s+/);
  // The keys of `leaves` are what it is searched for.
  const kind = (Object.keys(leaves) as (keyof typeof leaves)[]).find((one) => rest.join(' ').startsWith(`${one} `));
  const words = kind === undefined ? rest : rest.slice(kind.split(' ').length);
  const [place = ''] = words;
  const listed = (mark: string) => words.flatMap((word, i) => (words[i - 1] === mark ? word.split(',') : []));
  const [name = '', line = '0'] = place.split('+');
  return {
    source,
    kind,
    name,
    line: Number(line),
    callers: listed('<'),
    callees: listed('>'),
    cells: right.split(/\s+/),
  };
}

/** Functions begin at line 100: `+7` is line 107. */
const startLine = 100;

function contentionRow({ source, kind, name, line, callers }: Line, cell: string): ContentionRow {
  const [delay, contentions] = cell.split('/').map(Number);
  const frame = (called: string, at: number) => ({
    function: goFunctionName(called),
    file: `${called.replace(/\..*$/, '')}/file.go`,
    line: at,
    startLine,
  });
  const leaf = kind === undefined ? 'runtime.unlock' : leaves[kind];
  const frames = [frame(leaf, 1), frame(name, startLine + line), ...callers.map((caller) => frame(caller, 200))];
  const { site } = siteOfStack(frames, source === 'mutex' ? 'hold' : 'wait', { wrappers: [] });
  return { site, delayNs: delay ?? 0, contentions: contentions ?? 1, callers };
}

function cpuRow({ name, callers, callees }: Line, cell: string): CpuRow {
  const cumulativeNs = Number(cell.split('/')[0]);
  return {
    function: name,
    file: `${name.replace(/\..*$/, '')}/file.go`,
    startLine,
    selfNs: callees.length === 0 ? cumulativeNs : 0,
    cumulativeNs,
    samples: Math.round(cumulativeNs / 1e4),
    callers,
    callees,
  };
}

/** The document of a comparison as lines: what is tested, in order. */
export function linesOfComparison(comparison: Comparison): string {
  const sites = comparison.sites
    .filter(({ primary }) => primary)
    .map(({ verdict, metric, site, presence, ratio, group, matchedBy }) =>
      [
        verdict,
        metric,
        site.function,
        presence === 'both' ? `×${ratio?.toFixed(1)}` : presence,
        ...(group === null || group === site.id ? [] : ['(displaced)']),
        ...(matchedBy === null ? [] : [`[${matchedBy}]`]),
      ].join(' '),
    );
  return [`${comparison.verdict} per ${comparison.unit}`, ...sites].join('\n');
}
