import { buildProfile, type ProfileRow } from '@/lib/profile/build';
import type { ProfileHeader } from '@/lib/profile/header';
import type { Frame, Profile, SampleLabel, SampleType } from '@/lib/profile/profile';

/**
 * A profile written as text, for tests:
 *
 *     mutex  0s..10s  go1.24
 *     contentions  delay   stack (leaf first)
 *     12           340ms   sync.(*Mutex).Unlock ; cache.(*LRU).Get lru.go:88 ; http.serve srv.go:31
 *     3            20ms    {endpoint=/order} sync.(*Mutex).Unlock ; cache.(*LRU).Get lru.go:95+80
 *
 * First line: block, mutex, cpu, goroutine or heap; then optionally its window in seconds since 1970 (a delta with a
 * duration; without one the profile is cumulative and has no time); words after it become comments. Second line: the
 * columns, in any order of the kind's sample types; what is not listed is 0. A frame is `function [file:line[+start]]`;
 * `;` alone separates frames. Durations may be `340ms`, `20us`, `3ns`, `1.5s`. Throws on anything else.
 */
export function profileFromText(text: string): Profile {
  const [first = '', second = '', ...rest] = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const header = parseHeader(first);
  const columns = second.split(/\s+/).slice(0, second.split(/\s+/).indexOf('stack'));
  const positions = header.sampleTypes.map(({ type }) => columns.indexOf(type));
  if (columns.length === 0 || positions.filter((position) => position >= 0).length !== columns.length) {
    throw new Error(`"${second}" does not name columns of "${first}"`);
  }
  return buildProfile(
    header,
    rest.map((line) => parseRow(line, columns.length, positions)),
  );
}

const typesOfKind: Readonly<Record<string, { readonly samples: readonly SampleType[]; readonly period: SampleType }>> =
  {
    block: contention(),
    mutex: contention(),
    cpu: {
      samples: [
        { type: 'samples', unit: 'count' },
        { type: 'cpu', unit: 'nanoseconds' },
      ],
      period: { type: 'cpu', unit: 'nanoseconds' },
    },
    goroutine: { samples: [{ type: 'goroutine', unit: 'count' }], period: { type: 'goroutine', unit: 'count' } },
    heap: {
      samples: [
        { type: 'alloc_objects', unit: 'count' },
        { type: 'alloc_space', unit: 'bytes' },
        { type: 'inuse_objects', unit: 'count' },
        { type: 'inuse_space', unit: 'bytes' },
      ],
      period: { type: 'space', unit: 'bytes' },
    },
  };

function contention() {
  return {
    samples: [
      { type: 'contentions', unit: 'count' },
      { type: 'delay', unit: 'nanoseconds' },
    ],
    period: { type: 'contentions', unit: 'count' },
  };
}

function parseHeader(line: string): ProfileHeader {
  const [kind = '', ...words] = line.split(/\s+/);
  const types = typesOfKind[kind];
  if (types === undefined)
    throw new Error(`"${line}" does not begin with one of ${Object.keys(typesOfKind).join(', ')}`);
  const window = /^([\d.]+)s\.\.([\d.]+)s$/.exec(words[0] ?? '');
  const start = BigInt(Math.round(Number(window?.[1] ?? 0) * 1e9));
  const end = BigInt(Math.round(Number(window?.[2] ?? 0) * 1e9));
  return {
    sampleTypes: types.samples,
    periodType: types.period,
    period: kind === 'cpu' ? 10_000_000 : kind === 'heap' ? 524_288 : 1,
    timeNanos: kind === 'cpu' ? start : end,
    durationNanos: end - start,
    comments: window === null ? words : words.slice(1),
  };
}

function parseRow(line: string, columns: number, positions: readonly number[]): ProfileRow {
  const cells = line.split(/\s+/, columns);
  const match = new RegExp(`^(?:\\S+\\s+){${columns}}(?:\\{([^}]*)\\}\\s*)?(.*)$`).exec(`${line} `);
  if (match === null) throw new Error(`"${line}" has fewer than ${columns} values`);
  const [, labels = '', stack = ''] = match;
  return {
    values: positions.map((position) => (position < 0 ? 0 : parseValue(cells[position] ?? ''))),
    labels: labels === '' ? [] : labels.split(/,\s*/).map(parseLabel),
    frames:
      stack.trim() === ''
        ? []
        : stack
            .trim()
            .split(/\s*;\s+/)
            .map(parseFrame),
  };
}

const nanosPerUnit: Readonly<Record<string, number>> = { '': 1, ns: 1, us: 1e3, µs: 1e3, ms: 1e6, s: 1e9, m: 60e9 };

function parseValue(cell: string): number {
  const [, number, unit = ''] = /^(-?[\d.]+)(\D*)$/.exec(cell) ?? [];
  const factor = nanosPerUnit[unit];
  if (number === undefined || factor === undefined) throw new Error(`"${cell}" is no value`);
  return Math.round(Number(number) * factor);
}

function parseLabel(text: string): SampleLabel {
  const [key = '', ...value] = text.split('=');
  return { key, value: value.join('=') };
}

function parseFrame(text: string): Frame {
  const place = /^(.+?)\s+(\S+?):(\d+)(?:\+(\d+))?$/.exec(text);
  if (place === null) return { function: text, file: '', line: 0, startLine: 0 };
  const [, name = '', file = '', line, start] = place;
  return { function: name, file, line: Number(line), startLine: Number(start ?? 0) };
}
