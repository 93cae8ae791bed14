import { readFileSync } from 'node:fs';
import { readTrace } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';
import type { Trace } from '@/lib/gotrace/trace';
import { analyseLocks } from '@/lib/locktrace/analyse';
import type { LockTrace } from '@/lib/locktrace/lock-trace';
import { encodeAnalysis } from '@/lib/query/trace/encode-analysis';
import { openAnalysis, type TraceView } from '@/lib/query/trace/trace-view';
import { withShiftedThreads } from './trace-variants';

export interface RecordedTrace {
  readonly fileBytes: number;
  readonly trace: Trace;
  readonly locks: LockTrace;
  /** The kept analysis as one file. */
  readonly kept: Uint8Array;
  readonly view: TraceView;
}

const opened = new Map<string, RecordedTrace>();

/** A recording of tests/fixtures/gotrace (`truth-go1.26`), read, analysed, kept and opened again; once a test file. */
export function recordedTrace(name: string): RecordedTrace {
  const known = opened.get(name);
  if (known !== undefined) return known;
  const recorded = openTrace(fileOf(name));
  opened.set(name, recorded);
  return recorded;
}

/** The same as threads would have written it whose clocks are up to 20 µs ahead or behind. */
export function skewedTrace(name: string): RecordedTrace {
  return openTrace(withShiftedThreads(fileOf(name), (thread) => ((thread * 7_919) % 625) - 312));
}

function fileOf(name: string): Uint8Array {
  return readFileSync(new URL(`../fixtures/gotrace/traces/${name}.trace`, import.meta.url));
}

/** A trace read, analysed, kept and opened again. */
export function openTrace(file: Uint8Array): RecordedTrace {
  const trace = readTrace(bufferSource(file));
  const locks = analyseLocks(trace);
  const kept = joined(encodeAnalysis(trace, locks));
  return { fileBytes: file.length, trace, locks, kept, view: openAnalysis(kept) };
}

/** Pieces one after the other. */
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
