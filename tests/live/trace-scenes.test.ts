import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeEvents } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import { goToolchain, oracleGo, parsedByGo } from '../support/go-tool-trace';
import { traceOfScene } from '../support/trace-scene';
import { generationScenes } from '../support/trace-scenes/generations';
import { goroutineScenes } from '../support/trace-scenes/goroutines';
import { processorScenes } from '../support/trace-scenes/processors';
import { rangeScenes } from '../support/trace-scenes/ranges';

const go = goToolchain(oracleGo);
const folder = mkdtempSync(join(tmpdir(), 'lockscope-scenes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scenes = [...goroutineScenes, ...processorScenes, ...rangeScenes, ...generationScenes].filter(
  ({ unlikeGo }) => unlikeGo === undefined,
);

/**
 * Whole lines, up to an error. Then those that begin a generation are left out: Go prints them before it looks into
 * the generation.
 */
async function collected(lines: Iterable<string> | AsyncIterable<string>): Promise<string[]> {
  const told: string[] = [];
  try {
    for await (const line of lines) told.push(line);
  } catch {
    return [...told.filter((line) => !line.includes(' Sync Time=')), 'an error'];
  }
  return told;
}

function* ours(bytes: Uint8Array): Iterable<string> {
  const lines: string[] = [];
  let failure: unknown;
  try {
    writeEvents(bufferSource(bytes), (line) => lines.push(line));
  } catch (error) {
    failure = error;
  }
  yield* lines;
  if (failure !== undefined) throw failure;
}

describe.skipIf(go === undefined)(`Go ${oracleGo} (skipped where it is not in the module cache) tells the same`, () => {
  test.each(scenes)('$name', async ({ scene }) => {
    const bytes = traceOfScene(scene);
    const trace = join(folder, 'scene.trace');
    writeFileSync(trace, bytes);
    expect(await collected(ours(bytes))).toEqual(await collected(parsedByGo(trace, go ?? {})));
  });
});
