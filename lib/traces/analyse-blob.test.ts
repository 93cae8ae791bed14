import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBlobs } from '@/lib/blobs/open';
import { openAnalysis } from '@/lib/query/trace/trace-view';
import { type AnalysisStep, analyseBlob } from './analyse-blob';

const folder = mkdtempSync(join(tmpdir(), 'lockscope-analyse-blob-'));
const blobs = openBlobs({ dir: folder });
/** Of several generations. */
const file = readFileSync(new URL('../../tests/fixtures/gotrace/traces/gens-go1.26.trace', import.meta.url));
let blobKey: string;
beforeAll(async () => {
  blobKey = (await blobs.put('trace', file)).key;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = { wrappers: [], heldBytes: () => 0, maxBytes: 1_000, onStep: () => {} };

test('reads the file generation by generation, then finds the locks, then keeps a result that opens', async () => {
  const steps: AnalysisStep[] = [];
  const analysis = await analyseBlob({ ...options, blobs, blobKey, onStep: (step) => steps.push(step) });
  const reading = steps.filter(({ phase }) => phase === 'reading');
  expect(reading.length).toBeGreaterThan(1);
  expect(reading.map(({ bytes }) => bytes)).toEqual(reading.map(({ bytes }) => bytes).toSorted((a, b) => a - b));
  const read = { bytes: file.length, ofBytes: file.length, events: analysis.events };
  expect(steps.slice(reading.length)).toEqual([
    { phase: 'locks', ...read },
    { phase: 'keeping', ...read },
  ]);
  const view = openAnalysis((await blobs.get(analysis.blobKey)) ?? new Uint8Array());
  expect(view.durationNs / 1e6).toBe(analysis.durationMs);
});

test('stops in words at the generation with which it holds too much, and keeps nothing', async () => {
  let asked = 0;
  const heldBytes = () => (++asked === 2 ? 2_000 : 0);
  const kept = await blobs.list('trace-analysis');
  await expect(analyseBlob({ ...options, blobs, blobKey, heldBytes })).rejects.toMatchObject({
    code: 'trace.memory',
    message: expect.stringMatching(
      /^\d+ % of the trace took 2000 bytes of memory, 1000 are allowed: record a shorter one/,
    ),
  });
  expect(asked).toBe(2);
  expect(await blobs.list('trace-analysis')).toEqual(kept);
});
