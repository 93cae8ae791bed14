import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatPlural,
  formatRatio,
  formatShare,
  formatWaiting,
} from './units-format';

/** No-break spaces as plain ones, so that expectations can be read. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('durations', () => {
  test.each([
    [4.12e-7, '412 ns'],
    [8.1e-6, '8.1 µs'],
    [0.7334, '733 ms'],
    [0.9996, '1 s'],
    [2.3138, '2.31 s'],
    [59.96, '1 m'],
    [72, '1 m 12 s'],
    [3_600, '1 h'],
    [7_500, '2 h 5 m'],
    [273_600, '3 d 4 h'],
    [0, '0 s'],
    [4e-10, '<1 ns'],
  ])('%d s reads %s', (seconds, text) => {
    expect(plain(formatDuration(seconds))).toBe(text);
  });

  test('an unknown duration is a dash, not zero', () => {
    expect(formatDuration(null)).toBe('–');
  });

  test('no duration is written with a number of 1000 or more before its unit', () => {
    for (let exponent = -9; exponent < 6; exponent += 0.01) {
      const text = formatDuration(10 ** exponent);
      expect(Number(/^[\d.]+/.exec(text)?.[0])).toBeLessThan(1000);
    }
  });
});

describe('waiting', () => {
  test.each([
    [0, '0'],
    [0.0001, '<0.01'],
    [0.02, '0.02'],
    [0.996, '1.0'],
    [2.7, '2.7'],
    [28.79, '28.8'],
    [479, '479'],
    [999.6, '1 k'],
    [4_169, '4.17 k'],
  ])('%d reads %s', (value, text) => {
    expect(plain(formatWaiting(value))).toBe(text);
  });

  test('what was not measured is a dash', () => {
    expect(formatWaiting(null)).toBe('–');
  });
});

test('counts have thin spaces between thousands', () => {
  expect(formatCount(15_715)).toBe('15\u202f715');
  expect(formatCount(1_234_567)).toBe('1\u202f234\u202f567');
  expect(plain(formatPlural(1, 'pod'))).toBe('1 pod');
  expect(plain(formatPlural(0, 'pod'))).toBe('0 pods');
});

test('a share is never rounded to nothing or to all', () => {
  expect(plain(formatShare(0.001))).toBe('<1 %');
  expect(plain(formatShare(0.9996))).toBe('>99 %');
  expect(plain(formatShare(1))).toBe('100 %');
  expect(plain(formatShare(0))).toBe('0 %');
});

test('a ratio against nothing is new, never infinite', () => {
  expect(formatRatio(5, 0)).toBe('new');
  expect(formatRatio(0, 0)).toBe('=');
  expect(formatRatio(28.5, 0.15)).toBe('×190');
  expect(formatRatio(6, 0.4)).toBe('×15');
});

test('bytes are in powers of 1024', () => {
  expect(plain(formatBytes(812))).toBe('812 B');
  expect(plain(formatBytes(3_565_158))).toBe('3.4 MiB');
});
