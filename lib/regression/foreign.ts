import { isIdleSite } from '@/lib/contention/idle';
import { unsymbolised } from '@/lib/contention/site';
import { isHarnessFunction, isRuntimeFunction } from './harness';
import { type PairedRow, shownRow } from './paired-row';

/**
 * Why a row is nobody's to mend: Go's runtime, the benchmark harness, an idle wait, or code without a name; undefined
 * when it is the program's own.
 */
export function foreignReason(row: PairedRow): string | undefined {
  const shown = shownRow(row);
  if (shown === undefined) return 'no values';
  if (row.source === 'time') return undefined;
  const name = shown.site.function;
  if (name === unsymbolised || /^0x[0-9a-f]+$/.test(name)) return 'no function name in the profile';
  if (row.source === 'cpu') return foreignFunction(name);
  if (shown.def?.family === 'runtime') return 'locks of the Go runtime';
  return shown.def !== undefined && isIdleSite(shown.def, []) ? 'idle waits' : undefined;
}

function foreignFunction(name: string): string | undefined {
  if (isHarnessFunction(name)) return 'functions of the benchmark harness';
  // The collector's workers have no caller whose time would tell of them.
  if (name === 'runtime.gcBgMarkWorker' || !isRuntimeFunction(name)) return undefined;
  return 'functions of the Go runtime: their time is in their callers';
}
