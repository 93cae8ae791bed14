import Link from 'next/link';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { ServiceRecord } from '@/lib/catalog/port';
import { formatAge, formatInstant } from '@/lib/time-format';

export function ServiceAges({ services, now }: { readonly services: readonly ServiceRecord[]; readonly now: number }) {
  if (services.length === 0) return <p className="muted">No service has sent anything yet.</p>;
  return (
    <ScrollRegion label="Services and their ages">
      <table>
        <thead>
          <tr>
            <th>Service</th>
            <th>Go</th>
            <th>First</th>
            <th>Last</th>
          </tr>
        </thead>
        <tbody>
          {services.map((row) => (
            <tr key={row.service}>
              <td>
                <Link className="plain" href={`/services/${encodeURIComponent(row.service)}`} prefetch={false}>
                  {row.service}
                </Link>
              </td>
              <td>{row.goVersion?.replace(/^go/, '') ?? 'not told'}</td>
              <td>{formatInstant(row.firstSeen)}</td>
              <td>
                {formatInstant(row.lastSeen)} <span className="muted">({formatAge(row.lastSeen, now)})</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
