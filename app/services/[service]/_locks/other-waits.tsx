import { Section } from '@/components/ui/section';
import type { LocksResult } from '@/lib/query/result';
import { idleRule } from '@/lib/report/idle-sentence';
import { formatCount, formatPlural } from '@/lib/units-format';
import { WaitList } from './wait-list';

/** Below the locks: waits that are not locks, idle waits when asked for, and the runtime's own locks. */
export function OtherWaits({ result, showIdle }: { readonly result: LocksResult; readonly showIdle: boolean }) {
  return (
    <>
      {result.waits.length === 0 ? null : (
        <Section id="waits" title="Other waits" sub="channels, WaitGroup, Cond and pools: not locks, no holder">
          <WaitList label="Other waits" entries={result.waits} />
        </Section>
      )}
      {showIdle && result.idle.length > 0 ? (
        <Section
          id="idle"
          title="Idle waits"
          sub={`${formatCount(result.idle.length)}: goroutines that wait for work by design`}
        >
          <p className="micro">{idleRule}</p>
          <WaitList label="Idle waits" entries={result.idle} />
        </Section>
      ) : null}
      {result.runtime.length === 0 ? null : (
        <Section id="runtime" title="Runtime locks" sub="inside Go itself: memory, scheduler, timers">
          <details className="twin">
            <summary>{formatPlural(result.runtime.length, 'place')}</summary>
            <WaitList label="Runtime locks" entries={result.runtime} />
          </details>
        </Section>
      )}
    </>
  );
}
