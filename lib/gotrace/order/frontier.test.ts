import fc from 'fast-check';
import { expect, test } from 'vitest';
import { argumentCounts } from '../wire/event-types';
import { ThreadCursor } from '../wire/thread-cursor';
import { Frontier } from './frontier';

/** A cursor that stands at each of the times, in order: ProcStop, which has no argument. */
function cursorAt(id: number, times: readonly number[]): ThreadCursor {
  const bytes = Uint8Array.from(times.flatMap(() => [11, 0]));
  const thread = { id, seen: true, goroutine: -1, processor: undefined };
  const cursor = new ThreadCursor(thread, bytes, 0, argumentCounts(26));
  for (const [index, time] of times.entries()) {
    cursor.add({ thread: id, time, offset: index * 2, size: 2, header: 0, experiment: undefined });
  }
  cursor.next();
  return cursor;
}

test('threads are taken in order of their next event, each in its own order', () => {
  const ascending = fc
    .array(fc.nat(50), { minLength: 1, maxLength: 20 })
    .map((times) => times.toSorted((a, b) => a - b));
  fc.assert(
    fc.property(fc.array(ascending, { maxLength: 12 }), (threads) => {
      const frontier = new Frontier();
      for (const [id, times] of threads.entries()) frontier.insert(cursorAt(id, times));
      const taken: number[] = [];
      for (let head = frontier.at(0); head !== undefined; head = frontier.at(0)) {
        taken.push(head.time);
        if (head.next()) frontier.update(0);
        else frontier.remove(0);
      }
      expect(taken).toEqual(threads.flat().toSorted((a, b) => a - b));
    }),
  );
});

test('any thread can be taken out of order, the others keep theirs', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(1_000), { minLength: 1, maxLength: 30 }), fc.nat(), (times, which) => {
      const frontier = new Frontier();
      for (const [id, time] of times.entries()) frontier.insert(cursorAt(id, [time]));
      frontier.sort();
      const at = which % times.length;
      const removed = frontier.at(at)?.time;
      frontier.remove(at);
      const taken: number[] = [];
      for (let head = frontier.at(0); head !== undefined; head = frontier.at(0)) {
        taken.push(head.time);
        frontier.remove(0);
      }
      expect(taken).toEqual(times.filter((time) => time !== removed).toSorted((a, b) => a - b));
    }),
  );
});
