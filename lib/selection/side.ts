import { LockscopeError } from '@/lib/errors';
import type { UnixMs } from '@/lib/units';
import { parseRange, type TimeRange } from './range';
import type { Matcher } from './selection';
import { parseMatcher } from './view';

/**
 * One side of a comparison as a URL says it: `1.42.0` or `build:1.42.0`, `window:FROM..TO`,
 * `labels:zone=a,track=canary`, `upload:ID,ID`.
 */
export type CompareSide =
  | { readonly kind: 'build'; readonly build: string }
  | { readonly kind: 'window'; readonly range: TimeRange }
  | { readonly kind: 'labels'; readonly matchers: readonly Matcher[] }
  | { readonly kind: 'upload'; readonly ids: readonly string[] };

/** Reads a side. Throws `selection.side` naming the parameter, and what reading an instant or a matcher throws. */
export function parseSide(text: string, now: UnixMs, parameter: 'base' | 'head'): CompareSide {
  const [, kind, value = ''] = /^(build|window|labels|upload):(.*)$/s.exec(text) ?? [];
  const bad = (message: string) =>
    new LockscopeError('selection.side', `${parameter}: ${message}`, { place: `query ${parameter}` });
  switch (kind) {
    case 'window': {
      const [from, to, ...more] = value.split('..');
      if (from === undefined || to === undefined || more.length > 0)
        throw bad(`"${text}" is no window (window:FROM..TO)`);
      return { kind, range: parseRange(from, to, now) };
    }
    case 'labels': {
      const matchers = value.split(',').filter((one) => one !== '');
      if (matchers.length === 0) throw bad(`"${text}" names no label (labels:zone=a,track=canary)`);
      return { kind, matchers: matchers.map(parseMatcher) };
    }
    case 'upload': {
      const ids = value.split(',');
      if (!ids.every((id) => /^[0-9a-f]{16}$/.test(id))) throw bad(`"${text}" is no upload (upload:ID)`);
      return { kind, ids };
    }
    default: {
      const build = kind === 'build' ? value : text;
      if (build === '') throw bad('no build is named');
      return { kind: 'build', build };
    }
  }
}
