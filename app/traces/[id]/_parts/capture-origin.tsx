import Link from 'next/link';
import { armedLockLabel, type CaptureRecord } from '@/lib/catalog/captures';

/** Why Lockscope recorded a capture, with the way to the lock that it was armed for; nothing for a file that was sent. */
export function CaptureOrigin({ capture: { source, reason, service, labels } }: { readonly capture: CaptureRecord }) {
  if (source === 'upload' || source === 'push') return null;
  const lock = labels[armedLockLabel];
  return (
    <p className="because trace-origin">
      Recorded, {reason}.{' '}
      {lock === undefined || service === undefined ? null : (
        <Link href={`/services/${encodeURIComponent(service)}/locks/${lock}`} prefetch={false}>
          The lock it was armed for
        </Link>
      )}
    </p>
  );
}
