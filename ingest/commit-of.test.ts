import { expect, test } from 'vitest';
import { parseConfigFile } from '@/lib/config-file';
import { commitOf } from './commit-of';
import { normaliseLabels } from './labels';

const { limits, podLabels, buildLabels } = parseConfigFile('', 'defaults');
const hash = '3f2a9c1d5e6b7a8091a2b3c4d5e6f708192a3b4c';
/** `build` and commit of a client's labels, with its build named by `names` in turn. */
const known = (labels: Record<string, string>, names: readonly string[] = buildLabels) => {
  const given = { service_name: 'orders', ...labels };
  const series = normaliseLabels(Object.entries(given), { podLabels, buildLabels: names, limits });
  return [series.find(([name]) => name === 'build')?.[1], commitOf(series)];
};

test.each([
  [{ service_git_ref: hash, version: '1.2.0' }, [hash, hash]],
  [{ version: '1.2.0' }, ['1.2.0', undefined]],
  [{ build: '3f2a9c1' }, ['3f2a9c1', '3f2a9c1']],
  [{ build: '20261125' }, ['20261125', undefined]],
  [{ service_git_ref: 'main' }, ['main', undefined]],
  [{ service_git_ref: 'v1.2.0-3-gdeadbee' }, ['v1.2.0-3-gdeadbee', undefined]],
  [{}, [undefined, undefined]],
])('%j is build and commit %j', (labels, expected) => {
  expect(known(labels)).toEqual(expected);
});

test('the order of names is configurable; the commit is found whichever names the build', () => {
  const labels = { service_git_ref: hash, version: '1.2.0', build: '77' };
  expect(known(labels, ['version', 'service_git_ref'])).toEqual(['1.2.0', hash]);
  expect(known(labels, ['build'])).toEqual(['77', hash]);
});
