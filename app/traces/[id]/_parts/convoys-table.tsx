import Link from 'next/link';
import { formatNs } from '@/components/trace/time-ruler';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { Section } from '@/components/ui/section';
import { bareName } from '@/lib/profile/function-name';
import type { TraceConvoyRow, TraceLockRow } from '@/lib/query/trace/result';
import { formatCount, formatDigits, formatPlural, formatShare } from '@/lib/units-format';
import { doingParts } from './doing-text';

const kinds = {
  'slow reader': 'slow reader before a writer',
  'long writer': 'long writer',
  'long holder': 'long holder',
} as const;

/** Shown at first; `all` shows the rest. */
export const convoysShown = 20;

/** Queues behind one holder, costliest first; each opens its window. */
export function ConvoysTable({
  convoys,
  locks,
  hrefOf,
  allHref,
}: {
  readonly convoys: readonly TraceConvoyRow[];
  readonly locks: readonly TraceLockRow[];
  readonly hrefOf: (convoy: TraceConvoyRow) => string;
  /** Shows all of them; undefined when all are shown. */
  readonly allHref: string | undefined;
}) {
  if (convoys.length === 0) return null;
  const rows = allHref === undefined ? convoys : convoys.slice(0, convoysShown);
  const names = new Map(locks.map(({ id, name }) => [id, name]));
  return (
    <Section
      id="convoys"
      title="Convoys"
      sub="who waited behind one holder; costliest first"
      right={
        allHref !== undefined && convoys.length > rows.length ? (
          <Link href={allHref} prefetch={false}>
            all {formatCount(convoys.length)}
          </Link>
        ) : (
          formatPlural(convoys.length, 'convoy')
        )
      }
    >
      <ScrollRegion label="Convoys of the trace">
        <table>
          <thead>
            <tr>
              <th>At</th>
              <th>Lock</th>
              <th>Culprit</th>
              <th>Pattern</th>
              <th className="n">Length</th>
              <th className="n">Victims</th>
              <th className="n">Waited, goroutine-s</th>
              <th>Culprit’s time</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((convoy) => (
              <tr key={`${convoy.lockId} ${convoy.atNs} ${convoy.goroutine}`}>
                <td>
                  <Link href={hrefOf(convoy)} prefetch={false}>
                    {formatNs(convoy.atNs)}
                  </Link>
                </td>
                <td>
                  <code>{names.get(convoy.lockId) ?? ''}</code>
                </td>
                <td>
                  G{convoy.goroutine} <code>{bareName(convoy.culprit.function)}</code>
                </td>
                <td>{kinds[convoy.kind]}</td>
                <td className="n">{formatNs(convoy.durationNs)}</td>
                <td className="n">{formatCount(convoy.victims)}</td>
                <td className="n">{formatDigits(convoy.waitNs / 1e9)}</td>
                <td>
                  {doingParts(convoy.doing)
                    .slice(0, 2)
                    .map(({ share, name }) => `${formatShare(share)} ${name}`)
                    .join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Section>
  );
}
