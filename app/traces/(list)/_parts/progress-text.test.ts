import { expect, test } from 'vitest';
import { progressText } from './progress-text';

const reading = { ahead: 0, phase: 'reading', bytes: 12 << 20, ofBytes: 40 << 20, events: 3_100_000 } as const;
const said = (progress: Parameters<typeof progressText>[0]) => progressText(progress).replaceAll(/\s/g, ' ');

test('progress says bytes, events, and the seconds that are left', () => {
  expect(said({ ...reading, secondsLeft: 3.6 })).toBe('12 MiB of 40 MiB · 3 100 000 events · ≈ 4 s left');
});

test('an unknown time is not mentioned, and the last second is never none', () => {
  expect(said({ ...reading, secondsLeft: null })).toBe('12 MiB of 40 MiB · 3 100 000 events');
  expect(said({ ...reading, secondsLeft: 0.1 })).toContain('≈ 1 s left');
});

test('a capture that waits says behind how many', () => {
  const waiting = { ...reading, phase: 'waiting', bytes: 0, events: 0, secondsLeft: null } as const;
  expect(said({ ...waiting, ahead: 2 })).toBe('Waiting to be analysed: 2 captures before it');
  expect(said({ ...waiting, ahead: 0 })).toBe('Waiting to be analysed: it is next');
});

test('when the file is read, the locks are being looked for, then what was found is kept', () => {
  expect(said({ ...reading, phase: 'locks', secondsLeft: null })).toBe('All 3 100 000 events read · finding the locks');
  expect(said({ ...reading, phase: 'keeping', secondsLeft: null })).toBe(
    'All 3 100 000 events read · keeping what was found',
  );
});

test('before the first piece is read there are no numbers', () => {
  expect(said({ ...reading, bytes: 0, ofBytes: 0, events: 0, secondsLeft: null })).toBe('Opening the file');
});
