import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contrast, difference, visions } from '@/tests/support/colour';
import { lineColour, maxLines } from './series-colours';

const css = readFileSync(new URL('../../app/styles/theme.css', import.meta.url), 'utf8');

/** The colour tokens of one block, by name. */
function tokensOf(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', colour = '']) => [name, colour]),
  );
}

const light = tokensOf(':root');
const themes = [
  { name: 'light', tokens: light },
  { name: 'dark', tokens: new Map([...light, ...tokensOf(':root[data-theme="dark"]')]) },
];

/** The smallest difference between any two, over all visions, with who they are. */
function closest(colours: readonly (readonly [name: string, colour: string])[]): {
  readonly delta: number;
  readonly pair: string;
} {
  let result = { delta: Number.POSITIVE_INFINITY, pair: '' };
  for (const [index, [a, first]] of colours.entries()) {
    for (const [b, second] of colours.slice(index + 1)) {
      for (const vision of visions) {
        const delta = difference(first, second, vision);
        if (delta < result.delta) result = { delta, pair: `${a} and ${b} (${vision})` };
      }
    }
  }
  return result;
}

/** Smallest difference between neighbours of a scale, over all visions. */
function closestNeighbours(colours: readonly string[]): number {
  return Math.min(
    ...colours
      .slice(1)
      .flatMap((colour, index) => visions.map((vision) => difference(colours[index] ?? '', colour, vision))),
  );
}

test('the colour difference agrees with published pairs', () => {
  // Black and white are 100 apart by definition of lightness.
  expect(difference('#000000', '#ffffff', 'normal')).toBeCloseTo(100, 1);
  expect(difference('#ff0000', '#00ff00', 'normal')).toBeCloseTo(86.61, 1);
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
});

describe.each(themes)('$name', ({ tokens }) => {
  const colour = (name: string): string => {
    const value = tokens.get(name);
    if (value === undefined) throw new Error(`theme.css has no colour --${name}`);
    return value;
  };
  const named = (names: readonly string[]) => names.map((name): [string, string] => [name, colour(name)]);

  test.each(['text', 'muted', 'link', 'good', 'bad', 'warn', 'waiter', 'holder'])(
    '%s can be read on every surface',
    (name) => {
      for (const ground of ['bg', 'surface'])
        expect(contrast(colour(name), colour(ground))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(['bad', 'good', 'warn'])('%s can be read on its tint', (name) => {
    expect(contrast(colour(name), colour(`${name}-tint`))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['text', 'muted'])('%s can be read on controls, chosen rows and the two sides of a lock', (name) => {
    for (const ground of ['raised', 'selected', 'bad-tint']) {
      expect(contrast(colour(name), colour(ground))).toBeGreaterThanOrEqual(4.5);
    }
    for (const ground of ['waiter-soft', 'holder-soft']) {
      expect(contrast(colour(name), colour(ground))).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('borders of controls and the focus ring stand out', () => {
    expect(contrast(colour('control'), colour('bg'))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour('focus'), colour('bg'))).toBeGreaterThanOrEqual(3);
    expect(contrast(colour('on-accent'), colour('link'))).toBeGreaterThanOrEqual(4.5);
  });

  const reasons = ['rlock', 'wlock', 'mutex', 'chan', 'select', 'cond', 'io', 'gc', 'runnable', 'running'].map(
    (reason) => `w-${reason}`,
  );

  test('any two wait reasons are told apart in every vision', () => {
    const { delta, pair } = closest(named(reasons));
    expect(delta, pair).toBeGreaterThanOrEqual(10);
  });

  test.each(reasons)('%s stands out from the page', (name) => {
    expect(contrast(colour(name), colour('bg'))).toBeGreaterThanOrEqual(3);
  });

  test('waiter and holder are far apart in every vision', () => {
    expect(closest(named(['waiter', 'holder'])).delta).toBeGreaterThanOrEqual(15);
  });

  test('steps of the heat and diff scales are told apart from their neighbours', () => {
    expect(closestNeighbours([0, 1, 2, 3, 4].map((step) => colour(`heat-${step}`)))).toBeGreaterThanOrEqual(10);
    const diff = ['n4', 'n3', 'n2', 'n1', '0', 'p1', 'p2', 'p3', 'p4'].map((step) => colour(`diff-${step}`));
    expect(closestNeighbours(diff)).toBeGreaterThanOrEqual(9.5);
  });

  test('lines of one chart are told apart in every vision', () => {
    const lines = Array.from({ length: maxLines }, (_, index) => lineColour(index, false).slice('var(--'.length, -1));
    const { delta, pair } = closest(named([...lines, 'control']));
    expect(delta, pair).toBeGreaterThanOrEqual(10);
  });
});
