import { LockscopeError } from '@/lib/errors';
import { type UnixMs, unixMs } from '@/lib/units';

const unitMs: Readonly<Record<string, number>> = { s: 1e3, m: 6e4, min: 6e4, h: 36e5, d: 864e5, w: 6048e5 };
/** Milliseconds per unit of an epoch, by its number of digits. */
const epochScale: Readonly<Record<number, number>> = { 10: 1e3, 13: 1, 16: 1e-3, 19: 1e-6 };

/**
 * An instant as `/ingest` clients write it: epoch seconds, ms, µs or ns (10, 13, 16, 19 digits), an eight-digit
 * date (UTC), `now`, `now-90s`; missing or empty = now. Throws `ingest.metadata` naming the parameter.
 * Rules: Pyroscope, pkg/og/util/attime.
 */
export function parseAtTime(text: string | null, parameter: string, now: UnixMs): UnixMs {
  if (text === null || text === '' || text === 'now') return now;
  const relative = /^now-(\d{1,9})(s|min|m|h|d|w)$/.exec(text);
  if (relative !== null) return unixMs(now - Number(relative[1]) * (unitMs[relative[2] ?? 's'] ?? 1e3));
  if (/^\d+$/.test(text)) {
    const scale = epochScale[text.length];
    if (scale !== undefined) return unixMs(Math.round(Number(text) * scale));
    if (text.length === 8) {
      const day = Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}T00:00:00Z`);
      if (!Number.isNaN(day)) return unixMs(day);
    }
  }
  throw new LockscopeError(
    'ingest.metadata',
    `${parameter}: "${text.slice(0, 40)}" is no instant (epoch of 10, 13, 16 or 19 digits, YYYYMMDD, now-1h)`,
    { place: `query ${parameter}` },
  );
}
