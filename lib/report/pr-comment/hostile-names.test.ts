import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commentContext } from '../../../tests/support/comment-context';
import { changedSite, comparison, lockChange, lockSite, siteChange } from '../../../tests/support/comparison-of';
import { codeSpan, linkTo, plainMarkdown } from './escape';
import { commentMarker } from './marker';
import { renderComment, renderFailure } from './render';

const nasty = [
  '`',
  '``',
  '|',
  '\\|',
  '\\',
  '<img src=x>',
  '</details>',
  '-->',
  '@octocat',
  '&#64;octocat',
  '#123',
  'GH-123',
  '\n',
  '\r\n',
  '\n```\n',
  '\u2028',
  '\u202e',
  '\u2066',
  '\ud800',
  '\udc00',
  '😀',
  '[a](http://evil.example)',
  'https://evil.example',
  'www.evil.example',
  '![x](y)',
  '**',
  '__',
  '~~',
  '\u0000',
  '\u00ad',
  ' ',
  '$(id)',
  "';",
]; // prettier-ignore
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 80 })
  .map((pieces) => pieces.join(''));

/** What of a comment is not ours: every text that a fork chooses is one of these. */
function commentWith(name: string): string {
  const lock = lockChange({ name, benchmark: name, why: name, holder: changedSite(name, name) });
  const moved = lockChange({ id: 'moved', name, why: name, movedWith: name, benchmark: name });
  const sites = [lockSite(lock), siteChange({ site: changedSite(name, name), why: name })];
  const trust = [{ code: 'x', message: name }];
  const context = commentContext({
    ...{
      project: name,
      suite: name,
      subject: name,
      environment: [name],
      budget: [name],
      leftOut: [name],
      headSha: name,
    },
    ...{ reproduce: [name], base: { label: name, sha: name, source: name }, reportId: name },
    link: `https://lockscope.example/pr/${name}`,
  });
  return renderComment(comparison({ locks: [lock, moved], sites, trust }), context, { everything: true }).markdown;
}

const outsideCode = (line: string) => line.replace(/`[^`]*`/g, 'code');

test('no name ends a code span, a cell, a fold or a line, mentions, refers, links or turns text around', () => {
  const shape = (text: string) =>
    text.split('\n').map((line) => (/^\| .* \|$/.test(line) ? line.split('|').length : 0));
  const plain = shape(commentWith('name'));
  fc.assert(
    fc.property(hostile, (name) => {
      const text = commentWith(name);
      const lines = text.split('\n');
      expect(shape(text)).toEqual(plain);
      expect(lines[0]).toMatch(/^<!-- lockscope:pr-report v1 project=[\w.%~-]* suite=[\w.%~-]* -->$/);
      expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Cs}/u);
      const fence = lines.indexOf('```sh');
      for (const [at, line] of lines.entries()) {
        if (at === 0 || (at >= fence && at <= fence + 2)) continue;
        expect((line.match(/`/g) ?? []).length % 2).toBe(0);
        const rest = outsideCode(line).replaceAll(/\]\(https:\/\/lockscope\.example\/pr\/[^\s()]*\)/g, '');
        expect(rest.replace(/<\/?(?:details|summary|sub)>|q < 0\.0001/g, '')).not.toContain('<');
        expect(rest).not.toMatch(/@|&|(?!^)#[\w]|GH-\d/);
        expect(rest).not.toMatch(/:\/\/|www\./i);
      }
    }),
    { numRuns: 300 },
  );
});

test('a failure message of a fork is text too', () => {
  const text = renderFailure({ ...commentContext(), reason: '</sub>\n# @octocat `x` https://evil.example' });
  expect(text.split('\n')[3]).toBe('‹/sub› ⏎ ＃ ＠octocat ˋxˋ https∶//evil.example');
});

test('a Go name is printed as it is', () => {
  expect(codeSpan('config.(*Store[...]).Get.func1')).toBe('`config.(*Store[...]).Get.func1`');
  expect(plainMarkdown('main at 9f2c1e0: 3 commits older')).toBe('main at 9f2c1e0: 3 commits older');
});

test('a long name keeps its beginning and its end', () => {
  const cut = codeSpan(`${'p'.repeat(300)}.Method`);
  expect([...cut]).toHaveLength(122);
  expect(cut).toMatch(/^`p{40}…p+\.Method`$/);
});

test('an address that is no page is no link', () => {
  expect(linkTo('open', 'javascript:alert(1)')).toBe('open');
  expect(linkTo('open', 'https://a.example/x)y')).toBe('[open](https://a.example/x%29y)');
});

test('different suites have different markers', () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      const markers = [a, b].map((suite) => commentMarker({ project: 'p', suite: suite.replace(/\p{Cs}/gu, '') }));
      expect(markers[0] === markers[1]).toBe(a.replace(/\p{Cs}/gu, '') === b.replace(/\p{Cs}/gu, ''));
    }),
  );
});
