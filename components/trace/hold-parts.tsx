import { bareName } from '@/lib/profile/function-name';
import type { HoldPart } from '@/lib/query/trace/result';
import { formatCount } from '@/lib/units-format';
import { stateName, stateToken } from './lane-colours';
import { formatNs } from './time-ruler';

/** What a holder did while holding, a row for each call and state; `total` first when it is given. */
export function HoldParts({ parts, total }: { readonly parts: readonly HoldPart[]; readonly total?: string }) {
  return (
    <dl className="kv">
      {total === undefined ? null : (
        <div>
          <dt>while holding</dt>
          <dd>
            <b>{total}</b>
          </dd>
        </div>
      )}
      {parts.map((part) => (
        <div key={`${part.state} ${part.function}`}>
          <dt>
            <i className="sw" style={{ background: `var(${stateToken(part.state)})` }} aria-hidden="true" />
            {part.function === '' ? stateName(part.state) : `${bareName(part.function)}, ${stateName(part.state)}`}
            {part.times > 1 ? <span className="u"> ×{formatCount(part.times)}</span> : null}
          </dt>
          <dd>{formatNs(part.ns)}</dd>
        </div>
      ))}
    </dl>
  );
}
