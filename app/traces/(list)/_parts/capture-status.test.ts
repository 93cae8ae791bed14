import { expect, test } from 'vitest';
import { captureDocument, captureStatusSchema } from '@/lib/query/api/captures';
import { unixMs } from '@/lib/units';
import { parseStatus } from './capture-status';

const capture = captureDocument({
  id: '00d1f5a0c3b2e4f6',
  digest: '00d1f5a0c3b2e4f6'.repeat(4),
  filename: 'stall.trace',
  service: 'orders',
  pod: undefined,
  build: undefined,
  labels: {},
  sizeBytes: 1_000,
  receivedAt: unixMs(0),
  capturedAt: undefined,
  source: 'upload',
  reason: 'uploaded',
  blobKey: 'trace/00',
  status: 'analysing',
  error: undefined,
  analysisVersion: undefined,
  analysis: undefined,
  lock: undefined,
  worst: undefined,
});
const progress = { ahead: 0, phase: 'reading', bytes: 10, ofBytes: 100, events: 7, secondsLeft: null } as const;

test('what the API documents is what the list reads', () => {
  const document = captureStatusSchema.parse({ schema: 'lockscope/trace-status/v1', capture, progress });
  expect(parseStatus(document)).toEqual({ status: 'analysing', progress });
  expect(parseStatus({ ...document, progress: null })).toEqual({ status: 'analysing', progress: undefined });
});

test('any other answer is no status', () => {
  expect(parseStatus({ code: 'trace.no-capture' })).toBeUndefined();
  expect(parseStatus(null)).toBeUndefined();
});
