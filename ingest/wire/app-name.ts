import { LockscopeError } from '@/lib/errors';

/** A label as a client sent it, before normalisation. */
export type RawLabel = readonly [name: string, value: string];

const nameForm = /^[A-Za-z0-9_.\-/]+$/;
const labelForm = /^[A-Za-z0-9_.]+$/;

/**
 * Takes `app{k=v,k2=v2}` apart, values running to `,` or `}` and trimmed. `service` is the text before the brace.
 * Throws `ingest.metadata` when the name is empty or a character is not allowed.
 * Rules: pyroscope-go, internal/labelset; Pyroscope, pkg/og/segment/key.go.
 */
export function parseAppName(text: string): { service: string; labels: RawLabel[] } {
  const open = text.indexOf('{');
  const service = (open < 0 ? text : text.slice(0, open)).trim();
  if (service === '') throw metadata('name: no application name');
  if (!nameForm.test(service))
    throw metadata(`name: "${service.slice(0, 60)}" has a character that names may not have`);
  if (open < 0) return { service, labels: [] };
  const close = text.lastIndexOf('}');
  if (close < open) throw metadata('name: "{" without "}"');
  const labels = text
    .slice(open + 1, close)
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part): RawLabel => {
      const equals = part.indexOf('=');
      const name = part.slice(0, Math.max(equals, 0)).trim();
      if (!labelForm.test(name)) throw metadata(`name: "${part.slice(0, 60)}" is no label (name=value)`);
      return [name, part.slice(equals + 1).trim()];
    });
  return { service, labels };
}

function metadata(message: string): LockscopeError {
  return new LockscopeError('ingest.metadata', message, { place: 'query name' });
}
