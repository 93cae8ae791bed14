import Link from 'next/link';
import { attempt } from '@/app/_server/attempt';
import { context } from '@/app/_server/context';
import type { UploadRecord } from '@/lib/catalog/port';
import { hrefWith } from '@/lib/selection/view';
import { formatInstant } from '@/lib/time-format';

const candidatesShown = 5;

/** A block profile says who waits, a mutex profile who holds: offers the newest uploads of the other kind. */
export async function JoinWith({
  path,
  params,
  records,
}: {
  readonly path: string;
  readonly params: URLSearchParams;
  readonly records: readonly UploadRecord[];
}) {
  const [first, second] = records;
  if (second !== undefined) {
    return (
      <p className="micro" style={{ marginTop: 8 }}>
        Read together with <code>{second.filename}</code>.{' '}
        <Link href={hrefWith(path, params, { with: null })} prefetch={false}>
          Alone again
        </Link>
      </p>
    );
  }
  const wanted = first?.kind === 'block' ? 'mutex' : 'block';
  const listed = await attempt(() => context().catalog.listUploads({ limit: 50, offset: 0 }));
  const others = listed.ok ? listed.value.rows.filter(({ kind }) => kind === wanted).slice(0, candidatesShown) : [];
  if (others.length === 0) {
    return (
      <p className="micro" style={{ marginTop: 8 }}>
        {wanted === 'mutex'
          ? 'Upload the mutex profile of the same process as well to see who holds.'
          : 'Upload the block profile of the same process as well to see who waits.'}
      </p>
    );
  }
  return (
    <p className="micro" style={{ marginTop: 8 }}>
      Read together with a {wanted} profile of the same process:{' '}
      {others.map(({ id, filename, receivedAt }, index) => (
        <span key={id}>
          {index === 0 ? '' : ', '}
          <Link href={hrefWith(path, params, { with: id })} prefetch={false}>
            {filename}
          </Link>{' '}
          ({formatInstant(receivedAt)})
        </span>
      ))}
    </p>
  );
}
