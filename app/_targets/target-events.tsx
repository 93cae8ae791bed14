import Link from 'next/link';
import type { TargetEvent } from '@/lib/catalog/port';
import { formatInstant } from '@/lib/time-format';
import { formatPlural } from '@/lib/units-format';

/** What happened at a target, newest first; a recorded trace is a link. */
export function TargetEvents({ events }: { readonly events: readonly TargetEvent[] }) {
  if (events.length === 0) return null;
  return (
    <details className="twin">
      <summary>{formatPlural(events.length, 'newest event')}</summary>
      <ul>
        {events.map((event) => (
          <li key={`${event.at} ${event.kind} ${event.detail}`}>
            {formatInstant(event.at)} · {event.kind} · <Detail text={event.detail} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Detail({ text }: { readonly text: string }) {
  const [, before = text, page] = /^(.*?)(?:: )?(\/traces\/[0-9a-f]{16})$/.exec(text) ?? [];
  if (page === undefined) return text;
  return (
    <>
      {before}{' '}
      <Link href={page} prefetch={false}>
        open the trace
      </Link>
    </>
  );
}
