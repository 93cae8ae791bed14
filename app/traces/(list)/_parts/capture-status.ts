import type { AnalysisProgress } from '@/lib/traces/port';

/** What the status of a capture answers. */
export interface CaptureStatus {
  readonly status: string;
  readonly progress: AnalysisProgress | undefined;
}

/** Asks `GET /api/v1/traces/{id}/status`. Undefined when there is no such capture any more, or no answer that can be read. */
export async function readStatus(id: string): Promise<CaptureStatus | undefined> {
  try {
    const response = await fetch(`/api/v1/traces/${encodeURIComponent(id)}/status`);
    return response.ok ? parseStatus(await response.json()) : undefined;
  } catch {
    return undefined; // the server is away; the next question may find it again
  }
}

/** A status document (`lockscope/trace-status/v1`) as far as it is shown; undefined for anything else. */
export function parseStatus(document: unknown): CaptureStatus | undefined {
  const status = fieldOf(fieldOf(document, 'capture'), 'status');
  if (typeof status !== 'string') return undefined;
  return { status, progress: parseProgress(fieldOf(document, 'progress')) };
}

function parseProgress(progress: unknown): AnalysisProgress | undefined {
  const number = (name: string): number | undefined => {
    const value = fieldOf(progress, name);
    return typeof value === 'number' ? value : undefined;
  };
  const phase = (['waiting', 'reading', 'locks', 'keeping'] as const).find(
    (name) => name === fieldOf(progress, 'phase'),
  );
  const [ahead, bytes, ofBytes, events] = ['ahead', 'bytes', 'ofBytes', 'events'].map(number);
  if (phase === undefined || ahead === undefined || bytes === undefined) return undefined;
  if (ofBytes === undefined || events === undefined) return undefined;
  return { phase, ahead, bytes, ofBytes, events, secondsLeft: number('secondsLeft') ?? null };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
