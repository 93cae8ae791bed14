import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorCode } from '@/lib/errors';
import { readTrace, writeEvents } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import { goToolchain, oracleGo } from '../support/go-tool-trace';
import { traceFromText } from '../support/trace-text';

/** Traces that Go tests its own reader with, where the sources of that Go are here; nothing of them is kept. */
function corpus(folder: string): { name: string; text: string }[] {
  const env = goToolchain(oracleGo);
  if (env === undefined) return [];
  const { stdout } = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8', env: { ...process.env, ...env } });
  const path = join(stdout.trim(), 'src/internal/trace/testdata', folder);
  if (!existsSync(path)) return [];
  return readdirSync(path).map((name) => ({ name, text: readFileSync(join(path, name), 'utf8') }));
}

const tests = corpus('tests');
const seeds = corpus('fuzz/FuzzReader');

describe.skipIf(tests.length === 0)(`the traces of Go ${oracleGo}'s own tests (skipped without its sources)`, () => {
  test.each(tests)('$name', ({ text }) => {
    const [, expected = '', trace = ''] = /-- expect --\n(.*)\n-- trace --\n([\s\S]*)/.exec(text) ?? [];
    const source = bufferSource(traceFromText(trace));
    let events = 0;
    const read = () => writeEvents(source, () => (events += 1));
    if (expected !== 'SUCCESS') {
      expect(read).toThrow(expect.objectContaining({ code: 'gotrace.order' }));
      return;
    }
    read();
    expect(events).toBeGreaterThan(0);
    expect(readTrace(source).lost).toEqual([]);
  });
});

describe.skipIf(seeds.length === 0)(`what broke Go's reader once (skipped without Go ${oracleGo}'s sources)`, () => {
  test.each(seeds)('$name', ({ text }) => {
    const bytes = goBytes(/\[\]byte\((".*")\)/.exec(text)?.[1] ?? '""');
    let code: string | undefined;
    try {
      const { generations, lost } = readTrace(bufferSource(bytes));
      expect([...generations, ...lost].reduce((sum, part) => sum + part.bytes, 16)).toBe(bytes.length);
    } catch (error) {
      code = errorCode(error);
      expect(code).toMatch(/^gotrace\./);
    }
  });
});

const escapes: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 };

/** The bytes of a string quoted as in Go. */
function goBytes(quoted: string): Uint8Array {
  const parts = quoted.slice(1, -1).matchAll(/\\x([0-9a-f]{2})|\\u([0-9a-f]{4})|\\(.)|([^\\])/gu);
  return Uint8Array.from(
    [...parts].flatMap(([, hex, point, escaped, plain]) => {
      if (hex !== undefined) return [Number.parseInt(hex, 16)];
      if (escaped !== undefined) return [escapes[escaped] ?? escaped.charCodeAt(0)];
      const text = plain ?? String.fromCodePoint(Number.parseInt(point ?? '0', 16));
      return [...new TextEncoder().encode(text)];
    }),
  );
}
