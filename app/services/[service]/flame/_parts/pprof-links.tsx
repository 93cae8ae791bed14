import { sharedParams } from '@/lib/selection/view';
import type { Mode } from './modes';

/** Downloads of the merged profile as pprof: what `go tool pprof` reads. Steps and search do not change it. */
export function PprofLinks({
  service,
  params,
  mode,
}: {
  readonly service: string;
  readonly params: URLSearchParams;
  readonly mode: Mode;
}) {
  const files =
    mode.typeId === undefined
      ? [
          { name: 'Download waiters (pprof)', type: 'block:delay' },
          { name: 'Download holders (pprof)', type: 'mutex:delay' },
        ]
      : [{ name: 'Download pprof', type: mode.typeId }];
  return (
    <span className="fl-files">
      {files.map(({ name, type }) => {
        const query = sharedParams(params);
        query.set('type', type);
        query.set('format', 'pprof');
        return (
          <a
            key={type}
            className="btn small"
            download
            href={`/api/v1/services/${encodeURIComponent(service)}/flamegraph?${query}`}
          >
            {name}
          </a>
        );
      })}
    </span>
  );
}
