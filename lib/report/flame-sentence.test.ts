import { expect, test } from 'vitest';
import type { FlameNode } from '@/lib/query/result';
import { pathSentence } from './flame-sentence';
import { plainText } from './sentence';

const node = (name: string, total: number, ...children: FlameNode[]): FlameNode => ({
  name,
  file: '',
  line: 0,
  id: name,
  self: total - children.reduce((sum, child) => sum + child.total, 0),
  total,
  merged: name === 'other' ? 3 : 0,
  children,
});
const say = (root: FlameNode) =>
  plainText(pathSentence(root, 'the CPU time', (name) => name.startsWith('runtime.'))).replaceAll('\u00a0', ' ');

test('names the deepest frame of the program that has nearly all of the widest path', () => {
  const root = node(
    'root',
    100,
    node('runtime.mcall', 30),
    node('main.run', 60, node('main.price', 55, node('main.a', 30))),
  );
  expect(say(root)).toBe('55 % of the CPU time passes price.');
});

test('never names the runtime, however wide it is', () => {
  const root = node('root', 100, node('runtime.mcall', 80, node('main.inside', 10)), node('main.run', 20));
  expect(say(root)).toBe('No path has half of the CPU time; the widest, run, has 20 %.');
  expect(say(node('root', 100, node('runtime.mcall', 90), node('other', 10)))).toBe(
    'No frame of the program has a visible part of the CPU time.',
  );
});

test('says that there is nothing when there is nothing', () => {
  expect(say(node('root', 0))).toBe('There is no CPU time in this range.');
});
