import Link from 'next/link';
import type { CaptureRecord } from '@/lib/catalog/captures';
import { formatTime } from '@/lib/time-format';
import { formatDuration } from '@/lib/units-format';

/** Service, list of captures, and which one this is. */
export function TraceCrumbs({ capture }: { readonly capture: CaptureRecord }) {
  const { service, pod, filename, capturedAt, analysis } = capture;
  const name = [
    pod ?? filename,
    ...(capturedAt === undefined ? [] : [`${formatTime(capturedAt)} UTC`]),
    ...(analysis === undefined ? [] : [formatDuration(analysis.durationMs / 1000)]),
  ];
  return (
    <nav className="crumbs" aria-label="Breadcrumb">
      {service === undefined ? null : (
        <>
          <Link href={`/services/${encodeURIComponent(service)}`} prefetch={false}>
            {service}
          </Link>
          <span aria-hidden="true">/</span>
        </>
      )}
      <Link
        href={service === undefined ? '/traces' : `/traces?service=${encodeURIComponent(service)}`}
        prefetch={false}
      >
        Traces
      </Link>
      <span aria-hidden="true">/</span>
      <span>{name.join(', ')}</span>
    </nav>
  );
}
