import type { LockEntry } from '@/lib/contention/lock';
import { linkExplanation } from '@/lib/report/link-sentence';
import { Explain } from './explain';

const dots = { Exact: 'dot', Strong: 'dot', Inferred: 'dot ring', Unlinked: 'dot dash' } as const;

/** How surely waiters and holder belong together, in one word with its reason behind "?". */
export function LinkChip({
  entry,
  named = false,
}: {
  readonly entry: LockEntry;
  /** Says "link:" before the word, where no column head does. */
  readonly named?: boolean;
}) {
  const { link } = entry.lock;
  return (
    <span className="nowrap">
      <span className={link === 'Exact' || link === 'Strong' ? 'tag is-good' : 'tag'}>
        <i className={dots[link]} aria-hidden="true" />
        {named ? 'link: ' : ''}
        {link}
      </span>
      <Explain of={`the link ${link}`}>{linkExplanation(entry)}</Explain>
    </span>
  );
}
