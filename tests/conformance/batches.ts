import { createHash } from 'node:crypto';
import type { Frame } from '@/lib/profile/profile';
import type { ProfileType } from '@/lib/profile/profile-type';
import type { SiteDef, StackDef } from '@/lib/profile/site';
import type { Labels, Selection } from '@/lib/selection/selection';
import type { Window, WriteBatch } from '@/lib/store/port';
import { unixMs } from '@/lib/units';

export const blockType: ProfileType = {
  name: 'block',
  sampleType: 'delay',
  sampleUnit: 'nanoseconds',
  periodType: 'contentions',
  periodUnit: 'count',
};
export const mutexType: ProfileType = { ...blockType, name: 'mutex' };
export const cpuType: ProfileType = {
  name: 'process_cpu',
  sampleType: 'cpu',
  sampleUnit: 'nanoseconds',
  periodType: 'cpu',
  periodUnit: 'nanoseconds',
};
export const goroutineType: ProfileType = {
  name: 'goroutine',
  sampleType: 'goroutine',
  sampleUnit: 'count',
  periodType: 'goroutine',
  periodUnit: 'count',
};

/** 2026-11-20 10:00:00 UTC, a whole hour. */
export const hour0 = Date.UTC(2026, 10, 20, 10);
export const second = 1_000;
export const minute = 60_000;
export const hour = 3_600_000;

/** A window as tests write it: `rows` maps a stack, leaf first, `lock.site<frame<frame`, to [count, value]. */
export interface WindowText {
  readonly start: number;
  readonly wallMs?: number;
  readonly type?: ProfileType;
  readonly kind?: Window['kind'];
  readonly labels?: Readonly<Record<string, string>>;
  readonly rows: Readonly<Record<string, readonly [count: number, value: number]>>;
}

export function labelsOf(record: Readonly<Record<string, string>>): Labels {
  return Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
}

const hash64 = (text: string, at: number) => createHash('sha256').update(text).digest().readBigUInt64BE(at);

/**
 * The stack of a text such as `cache.Get<api.handle:12<main.main`: frames leaf first, with an optional line each. The
 * leaf is its site; the part of the leaf before the dot is its lock.
 */
export function stackOf(text: string): DefinedStack {
  const known = made.get(text);
  if (known !== undefined) return known;
  const defined = makeStack(text);
  made.set(text, defined);
  return defined;
}

interface DefinedStack {
  readonly stack: StackDef;
  readonly sites: readonly [SiteDef, SiteDef];
}

const made = new Map<string, DefinedStack>();

function makeStack(text: string): DefinedStack {
  const frames = text.split('<').map((part): Frame => {
    const [, name = '', line = '1'] = /^(.*?)(?::(\d+))?$/s.exec(part) ?? [];
    return { function: name, file: `${name.split('.')[0]}.go`, line: Number(line), startLine: 1 };
  });
  const [leaf] = frames;
  if (leaf === undefined) throw new Error('a stack needs a frame');
  const lockName = leaf.function.split('.')[0] ?? '';
  const lock: SiteDef = {
    id: lockId(lockName),
    level: 'lock',
    kind: 'mutex',
    family: 'Mutex',
    function: lockName,
    file: leaf.file,
    line: 0,
    startLine: 0,
    root: false,
    lock: lockId(lockName),
  };
  const site: SiteDef = {
    ...lock,
    id: siteId(leaf.line === 1 ? leaf.function : `${leaf.function}:${leaf.line}`),
    level: 'site',
    function: leaf.function,
    line: leaf.line,
    startLine: leaf.startLine,
  };
  const key = frames.map((frame) => `${frame.function}\0${frame.file}\0${frame.line}\n`).join('');
  return { stack: { id: hash64(key, 0), chk: hash64(key, 8), site: site.id, frames }, sites: [lock, site] };
}

/** Ids of the site `lock.name[:line]` and of the lock `lock` as `stackOf` makes them. */
export const siteId = (name: string) => hash64(`site ${name}`, 0);
export const lockId = (name: string) => hash64(`lock ${name}`, 0);

export function windowOf(text: WindowText): Window {
  const rows = Object.entries(text.rows)
    .map(([stack, [count, value]]) => ({ id: stackOf(stack).stack.id, count, value }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    series: {
      type: text.type ?? blockType,
      labels: labelsOf(text.labels ?? { pod: 'pod-1', service_name: 'orders' }),
    },
    start: unixMs(text.start),
    wallMs: text.wallMs ?? 10 * second,
    kind: text.kind ?? 'delta',
    stacks: BigUint64Array.from(rows, (row) => row.id),
    counts: Float64Array.from(rows, (row) => row.count),
    values: Float64Array.from(rows, (row) => row.value),
  };
}

/** A batch of these windows with the definitions they need. */
export function batchOf(...windows: readonly WindowText[]): WriteBatch {
  const names = [...new Set(windows.flatMap((window) => Object.keys(window.rows)))];
  const defined = names.map(stackOf);
  return {
    windows: windows.map(windowOf),
    stacks: defined.map(({ stack }) => stack),
    sites: [...new Map(defined.flatMap(({ sites }) => sites).map((site) => [site.id, site])).values()],
  };
}

/** Block delay of everything from `hour0` on for a day, unless told otherwise. */
export function selectionOf(changes: Partial<{ [Key in keyof Selection]: Selection[Key] | number }> = {}): Selection {
  const { from = hour0, to = hour0 + 24 * hour, type, matchers } = changes;
  return {
    type: typeof type === 'object' ? type : { name: 'block', sampleType: 'delay' },
    matchers: typeof matchers === 'object' ? matchers : [],
    from: unixMs(Number(from)),
    to: unixMs(Number(to)),
  };
}
