import { LockscopeError } from '@/lib/errors';
import type { UnixMs } from '@/lib/units';
import { parseRange, type TimeRange } from './range';
import type { Matcher } from './selection';

/** Everything a page's URL says. Version 1; a parameter that is not ours is kept in `rest`. */
export interface View {
  readonly range: TimeRange;
  readonly matchers: readonly Matcher[];
  /** What "per" means: the average pod, or all pods together. */
  readonly unit: 'pod' | 'sum';
  readonly idle: boolean;
  readonly params: URLSearchParams;
}

/** Labels that have a short parameter of their own; any other is written `label=name=value`. */
export const filterLabels = ['env', 'pod', 'build', 'zone'] as const;

export const defaultFrom = 'now-1h';
export const defaultTo = 'now';

/** `searchParams` of a Next page as URLSearchParams, repeated keys kept. */
export function toParams(search: Readonly<Record<string, string | string[] | undefined>>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const one of value === undefined ? [] : [value].flat()) params.append(key, one);
  }
  return params;
}

/** Reads a view. Throws `selection.time` or `selection.matcher` naming the parameter. */
export function parseView(params: URLSearchParams, now: UnixMs): View {
  return {
    range: parseRange(params.get('from') ?? defaultFrom, params.get('to') ?? defaultTo, now),
    matchers: [
      ...filterLabels.flatMap((name) => mergeValues(name, params.getAll(name))),
      ...params.getAll('label').map(parseMatcher),
    ],
    unit: params.get('unit') === 'sum' ? 'sum' : 'pod',
    idle: params.get('idle') === '1',
    params,
  };
}

/** `pod=a&pod=b` means a or b; `pod=-a` excludes. */
function mergeValues(name: string, values: readonly string[]): Matcher[] {
  const wanted = values.filter((value) => !value.startsWith('-'));
  const excluded = values
    .filter((value) => value.startsWith('-'))
    .map((value): Matcher => ({ name, op: '!=', value: value.slice(1) }));
  if (wanted.length === 0) return excluded;
  const [only] = wanted;
  if (wanted.length === 1 && only !== undefined) return [{ name, op: '=', value: only }, ...excluded];
  return [{ name, op: '=~', value: wanted.map(escapeRegExp).join('|') }, ...excluded];
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** `name=value`, `name!=value`, `name=~regex`, `name!~regex`. Throws `selection.matcher`. */
export function parseMatcher(text: string): Matcher {
  const match = /^([A-Za-z_][A-Za-z0-9_.]*)(=~|!~|!=|=)(.*)$/s.exec(text);
  const [, name, op, value] = match ?? [];
  if (name === undefined || op === undefined || value === undefined) {
    throw new LockscopeError(
      'selection.matcher',
      `label: "${text}" is no matcher (name=value, name!=value, name=~regex, name!~regex)`,
      {
        place: 'query label',
      },
    );
  }
  const operators: Readonly<Record<string, Matcher['op']>> = { '=': '=', '!=': '!=', '=~': '=~', '!~': '!~' };
  return { name, op: operators[op] ?? '=', value };
}

/**
 * The path with the view's parameters and `changes` on top; null removes one. Parameters in `drop` do not travel.
 * Order is kept, so equal views have equal links.
 */
export function hrefWith(
  path: string,
  params: URLSearchParams,
  changes: Readonly<Record<string, string | null>> = {},
): string {
  const next = new URLSearchParams(params);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  const query = next.toString();
  return query === '' ? path : `${path}?${query}`;
}

/** Parameters that mean the same on every page and so travel along links: range, filters, unit. */
export function sharedParams(params: URLSearchParams): URLSearchParams {
  const shared = new URLSearchParams();
  const keys = new Set<string>(['from', 'to', 'tz', 'label', 'unit', 'idle', ...filterLabels]);
  for (const [key, value] of params) if (keys.has(key)) shared.append(key, value);
  return shared;
}
