import { expect, test } from 'vitest';
import { commentContext } from '../../../tests/support/comment-context';
import { changedSite, comparison, lockChange, lockSite, siteChange } from '../../../tests/support/comparison-of';
import { commentBudget, cutAtLine, sheddable } from './fit';
import { renderComment } from './render';

const many = Array.from({ length: 400 }, (_, i) =>
  lockChange({ id: `lock ${i}`, name: `cache.(*Shard${i})`, sites: [] }),
);
const suspicious = Array.from({ length: 300 }, (_, i) =>
  siteChange({ site: changedSite(`example.com/p.suspect${i}`), verdict: 'suspicious' }),
);
const better = Array.from({ length: 300 }, (_, i) =>
  siteChange({ site: changedSite(`example.com/p.better${i}`), verdict: 'improved' }),
);
const large = comparison({ locks: many, sites: [...many.map((lock) => lockSite(lock)), ...suspicious, ...better] });
const render = (budget?: number) =>
  renderComment(large, commentContext(), { everything: true, ...(budget === undefined ? {} : { budget }) });

test('a comment of a thousand sites stays within the budget, and says what it lost', () => {
  const { markdown, shed } = render();
  expect(markdown.length).toBeLessThanOrEqual(commentBudget);
  expect(shed).toEqual(['every tested site']);
  expect(markdown).toContain('left out for length: every tested site</sub>');
  expect(markdown).toMatch(/… 390.locks more/);
});

test('parts are shed in one order, and marker and verdict stay to the last', () => {
  const seen = new Set<string>();
  for (let budget = 60_000; budget >= 400; budget = Math.floor(budget * 0.85)) {
    const { markdown, shed } = render(budget);
    expect(markdown.length).toBeLessThanOrEqual(budget);
    expect(shed).toEqual(sheddable.slice(0, shed.length));
    expect(markdown).toMatch(/^<!-- lockscope:pr-report v1 [^\n]* -->\n### ▲ 400.locks wait longer/);
    seen.add(shed.join());
  }
  expect(seen.size).toBe(sheddable.length);
});

test('a cut is made at the end of a line, outside fences and folds, never within a pair of halves', () => {
  const text =
    'first\n<details>\n```sh\ngo 😀😀\nrun\n```\n</details>\nlast line 😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀\n';
  for (let budget = 40; budget < text.length; budget++) {
    const cut = cutAtLine(text, budget);
    expect(cut.length).toBeLessThanOrEqual(budget);
    expect(cut).not.toMatch(/\p{Cs}/u);
    expect((cut.match(/```/g) ?? []).length % 2).toBe(0);
    expect(cut.includes('<details>')).toBe(cut.includes('</details>'));
  }
  expect(cutAtLine(text, text.length)).toBe(text);
});
