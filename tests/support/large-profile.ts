import { varint } from './pprof-message';

const functions = 2_000;
/** Ids from here on take three bytes, as the ids of a large program do. */
const firstId = 16_384;

/**
 * An ungzipped block profile of `distinct` stacks, each `depth` frames deep and waiting at the same lock; all of them
 * stand there `times` times. About 3 bytes a frame, so 300 x 2000 samples of 30 frames are 60 MB.
 */
export function largeBlockProfile({
  distinct,
  times,
  depth,
}: {
  readonly distinct: number;
  readonly times: number;
  readonly depth: number;
}): Buffer {
  const strings = ['', 'contentions', 'count', 'delay', 'nanoseconds', 'sync.(*Mutex).Lock', 'mutex.go'];
  const tables: number[][] = [field(1, [8, 1, 16, 2]), field(1, [8, 3, 16, 4])];
  const ids = Array.from({ length: functions }, (_, index) => varint(firstId + index));
  for (const [index, id] of ids.entries()) {
    const name = index === 0 ? 5 : strings.push(`shop/part${index % 50}.(*Type${index}).Method`) - 1;
    tables.push(field(5, [8, ...id, 16, ...varint(name), 32, 6]));
    tables.push(field(4, [8, ...id, 34, ...sized([8, ...id, 16, ...varint(index)])]));
  }
  for (const text of strings) tables.push(field(6, [...Buffer.from(text)]));
  const samples: number[] = [];
  for (let stack = 0; stack < distinct; stack++) {
    // Two leaf frames, the lock and its caller, are everyone's; outer ones are shared by more and more stacks.
    const frames = Array.from({ length: depth }, (_, at) =>
      at < 2 ? at : 2 + ((at * 61 + (stack >> (at - 2))) % (functions - 2)),
    );
    const locations = frames.flatMap((index) => ids[index] ?? []);
    samples.push(...field(2, [10, ...sized(locations), 18, ...sized([1, ...varint(1_000 + stack)])]));
  }
  const part = Buffer.from(samples);
  return Buffer.concat([...tables.map((table) => Buffer.from(table)), ...Array.from({ length: times }, () => part)]);
}

function sized(content: readonly number[]): number[] {
  return [...varint(content.length), ...content];
}

function field(number: number, content: readonly number[]): number[] {
  return [(number << 3) | 2, ...sized(content)];
}
