'use client';
// Client: buttons that jump.
import type { WaitDetail } from '@/lib/query/trace/result';
import { goroutineName } from './goroutine-lane';
import { formatNs } from './time-ruler';

/** From a wait up to the goroutine that waited for nobody, a button for each link. */
export function ChainLinks({
  chain,
  onLink,
}: {
  readonly chain: WaitDetail['chain'];
  readonly onLink: (index: number) => void;
}) {
  return (
    <nav className="chain" aria-label="Chain of who waited for whom">
      <h2>Up the chain</h2>
      <ol>
        {chain.map((link, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a link is its place in the chain
          <li key={index}>
            <button type="button" className="linkish" onClick={() => onLink(index)}>
              {goroutineName(link)}
            </button>{' '}
            <span>
              {link.what}, {formatNs(link.toNs - link.fromNs)}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
