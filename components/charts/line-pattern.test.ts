import { expect, test } from 'vitest';
import { lineMarks } from './line-pattern';
import { maxLines } from './series-colours';

test('every line of a chart has marks of its own, so that colour is never all that tells them apart', () => {
  const lines = Array.from({ length: maxLines }, (_, index) => lineMarks(index, false));
  expect(new Set([...lines, lineMarks(maxLines, true)]).size).toBe(maxLines + 1);
});
