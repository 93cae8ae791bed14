import { hash } from 'node:crypto';
import { compareText } from './order';
import type { Window } from './port';

/** Why a window is refused, in the words of `WriteResult.rejected`. */
export interface WindowFault {
  readonly code: string;
  readonly detail: string;
}

const int63 = 2 ** 63;

/**
 * The first thing wrong with a window, or undefined when it may be stored. Codes: `store.window.type`, `.labels`,
 * `.start`, `.wall`, `.length`, `.order`, `.number`. Whether its stacks are defined is the store's question.
 */
export function faultOf(window: Window): WindowFault | undefined {
  const { type, labels } = window.series;
  if (type.name === '' || type.sampleType === '') return fault('type', 'a profile type has no name or sample type');
  const labelFault = faultOfLabels(labels);
  if (labelFault !== undefined) return fault('labels', labelFault);
  if (!Number.isSafeInteger(window.start) || window.start < 0) {
    return fault('start', `start ${window.start} is no integer of ms since 1970`);
  }
  if (!Number.isSafeInteger(window.wallMs) || window.wallMs <= 0) {
    return fault('wall', `wall ${window.wallMs} ms is no positive integer`);
  }
  const { stacks, counts, values } = window;
  if (counts.length !== stacks.length || values.length !== stacks.length) {
    return fault('length', `${stacks.length} stacks, ${counts.length} counts, ${values.length} values`);
  }
  for (let index = 1; index < stacks.length; index++) {
    const [before = 0n, here = 0n] = [stacks[index - 1], stacks[index]];
    if (before >= here) return fault('order', `stack ${index} (${here}) does not come after ${before}`);
  }
  const numberFault = faultOfNumbers('count', counts) ?? faultOfNumbers('value', values);
  return numberFault === undefined ? undefined : fault('number', numberFault);
}

function fault(name: string, detail: string): WindowFault {
  return { code: `store.window.${name}`, detail };
}

function faultOfLabels(labels: Window['series']['labels']): string | undefined {
  let before: string | undefined;
  for (const [name, value] of labels) {
    if (name === '') return 'a label has no name';
    if (value === '') return `label ${JSON.stringify(name)} is empty`;
    if (before !== undefined && compareText(before, name) >= 0) {
      return `label ${JSON.stringify(name)} does not come after ${JSON.stringify(before)}`;
    }
    before = name;
  }
  return undefined;
}

function faultOfNumbers(name: string, numbers: Float64Array): string | undefined {
  for (let index = 0; index < numbers.length; index++) {
    const number = numbers[index] ?? Number.NaN;
    if (!(number >= 0 && number < int63 && Number.isInteger(number))) {
      return `${name} ${index} (${number}) is no integer from 0 to 2^63`;
    }
  }
  return undefined;
}

/**
 * Bytes 0-7 of SHA-256 over wall, stacks, counts and values (little endian, 8 bytes each). Together with series and
 * start it is the identity of a window: the same again is a repetition, another digest is another process.
 */
export function digestOf(window: Window): bigint {
  const { length } = window.stacks;
  const bytes = Buffer.allocUnsafe(8 + 24 * length);
  bytes.writeDoubleLE(window.wallMs, 0);
  // Byte views of the columns; every machine Node 20 runs on is little endian.
  bytes.set(new Uint8Array(window.stacks.buffer, window.stacks.byteOffset, 8 * length), 8);
  bytes.set(new Uint8Array(window.counts.buffer, window.counts.byteOffset, 8 * length), 8 + 8 * length);
  bytes.set(new Uint8Array(window.values.buffer, window.values.byteOffset, 8 * length), 8 + 16 * length);
  return hash('sha256', bytes, 'buffer').readBigUInt64BE(0);
}
