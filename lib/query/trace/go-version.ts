import type { TraceFormat } from '@/lib/gotrace/trace';

const writers: Readonly<Record<TraceFormat, string>> = {
  22: 'go1.22',
  23: 'go1.23 or go1.24',
  25: 'go1.25',
  26: 'go1.26 or go1.27',
};

/** The versions of Go that write a format: Go 1.24 and 1.27 did not change it, and a trace tells no more. */
export function goVersionOf(format: TraceFormat): string {
  return writers[format];
}
