import Link from 'next/link';
import { captureOwner, captureTime } from '@/app/_captures/capture-sentence';
import type { ListedCapture } from '@/app/_server/captures';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { hrefWith } from '@/lib/selection/view';
import { formatBytes, formatDuration } from '@/lib/units-format';
import { CaptureSays } from './capture-says';
import { DeleteCapture } from './delete-capture';

const sources = { upload: 'uploaded', push: 'pushed', target: 'recorded', armed: 'armed' } as const;

/** Captures, newest first: when, what each shows or how far it is, how long and large, where it came from. */
export function CaptureTable({
  rows,
  params,
}: {
  readonly rows: readonly ListedCapture[];
  readonly params: URLSearchParams;
}) {
  return (
    <ScrollRegion label="Captures">
      <table className="tr-list" data-rows="captures">
        <thead>
          <tr>
            <th>Captured (UTC)</th>
            <th>What it shows</th>
            <th className="n">Length</th>
            <th className="n">Size</th>
            <th>Go</th>
            <th>From</th>
            <th>
              <span className="sr">Delete</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <CaptureRow key={row.capture.id} row={row} params={params} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function CaptureRow({ row, params }: { readonly row: ListedCapture; readonly params: URLSearchParams }) {
  const { capture } = row;
  const { id, service, analysis, source, reason, sizeBytes } = capture;
  const { time, date, received } = captureTime(capture);
  const owner = captureOwner(capture);
  return (
    <tr data-capture={id} data-status={capture.status}>
      <td className="when">
        <Link href={`/traces/${id}`} prefetch={false} data-row aria-label={`${time}, ${date} UTC, ${owner}`}>
          {time}
        </Link>
        <span className="micro">{received ? `received ${date}` : date}</span>
      </td>
      <td className="says">
        <CaptureSays row={row} />
        <p className="micro">
          {service === undefined ? (
            owner
          ) : (
            <>
              <Link href={hrefWith('/traces', params, { service, page: null })} prefetch={false} className="plain">
                {service}
              </Link>
              {owner.slice(service.length)}
            </>
          )}
          {source === 'armed' ? ` · ${reason}` : ''}
        </p>
      </td>
      <td className={analysis === undefined ? 'n not-phone' : 'n'} data-l="long">
        {formatDuration(analysis === undefined ? null : analysis.durationMs / 1000)}
      </td>
      <td className="n">{formatBytes(sizeBytes)}</td>
      <td className={analysis === undefined ? 'not-phone' : undefined} data-l="Go">
        {analysis === undefined ? '–' : analysis.goVersion.replaceAll('go', '')}
      </td>
      <td>
        <span className={source === 'armed' ? 'tag is-warn' : 'tag'}>{sources[source]}</span>
      </td>
      <td className="act">
        <DeleteCapture id={id} name={`${owner}, ${date} ${time}`} />
      </td>
    </tr>
  );
}
