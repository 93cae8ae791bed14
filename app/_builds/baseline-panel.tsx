import type { BaselineRecord, BuildRecord } from '@/lib/catalog/builds';
import type { ResolvedBaseline } from '@/lib/query/baseline';
import { formatInstant } from '@/lib/time-format';
import { chooseBaseline } from './actions';
import { BaselineForm } from './baseline-form';
import { baselineText, resolvedText, windowText } from './baseline-text';

/** The baseline of a service: what was chosen, what that means now, and the form that changes it. */
export function BaselinePanel({
  service,
  chosen,
  resolved,
  builds,
  range,
}: {
  readonly service: string;
  readonly chosen: BaselineRecord;
  readonly resolved: ResolvedBaseline;
  /** Oldest first. */
  readonly builds: readonly BuildRecord[];
  /** The page's range: what "this window" would keep. */
  readonly range: { readonly from: number; readonly to: number };
}) {
  const { baseline, setAt } = chosen;
  const seen = builds.filter(({ firstSeen }) => firstSeen !== undefined).toReversed();
  return (
    <div className="bd-baseline">
      <p>
        Compared with <b>{baselineText(baseline)}</b>: now {resolvedText(resolved)}.{' '}
        <span className="muted">
          {setAt === undefined
            ? 'Nobody chose it; it is where every service begins.'
            : `Chosen ${formatInstant(setAt)}.`}
        </span>
      </p>
      <details className="twin">
        <summary>Change the baseline</summary>
        <BaselineForm
          key={`${baseline.kind} ${setAt}`}
          service={service}
          chosen={baseline}
          builds={seen.map(({ build }) => build)}
          branches={[...new Set(seen.flatMap(({ branch }) => branch ?? []))]}
          window={{ from: range.from, to: range.to, text: windowText(range) }}
          choose={chooseBaseline}
        />
      </details>
    </div>
  );
}
