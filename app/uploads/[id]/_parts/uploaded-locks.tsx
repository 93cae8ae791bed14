import { LinkChip } from '@/components/ui/link-chip';
import { Section } from '@/components/ui/section';
import { isLockFamily } from '@/lib/contention/family';
import type { LockEntry } from '@/lib/contention/lock';
import { bareName, placeOf } from '@/lib/profile/function-name';
import {
  formatCount,
  formatDigits,
  formatDuration,
  formatPlural,
  formatShare,
  formatWaiting,
} from '@/lib/units-format';
import type { UploadedProfile } from '@/lib/uploaded/reader';

/** Locks of the file by what was waited, then the other waits; idle ones are counted. */
export function UploadedLocks({
  locks,
  hasWindow,
}: {
  readonly locks: UploadedProfile['locks'];
  readonly hasWindow: boolean;
}) {
  const idle = locks.idle.reduce((sum, { lock }) => sum + (lock.delaySeconds ?? 0), 0);
  return (
    <>
      <Section
        id="locks"
        title="Locks"
        sub={
          locks.idle.length === 0
            ? undefined
            : `${formatPlural(locks.idle.length, 'idle wait')} left out (${formatDigits(idle)} goroutine-s)`
        }
      >
        {locks.locks.length === 0 ? (
          <p className="muted">No lock has a wait or an unlock in this profile.</p>
        ) : (
          <Rows entries={locks.locks} hasWindow={hasWindow} />
        )}
      </Section>
      {locks.waits.length === 0 ? null : (
        <Section id="waits" title="Other waits" sub="channels, selects, WaitGroups: nobody holds them">
          <Rows entries={locks.waits} hasWindow={hasWindow} />
        </Section>
      )}
    </>
  );
}

function Rows({ entries, hasWindow }: { readonly entries: readonly LockEntry[]; readonly hasWindow: boolean }) {
  const isLock = entries.some(({ lock }) => lock.holders.length > 0);
  return (
    <section
      className="scrollx"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the keyboard
      tabIndex={0}
      aria-label={isLock ? 'Locks table' : 'Waits table'}
      style={{ marginTop: 0 }}
    >
      <table>
        <thead>
          <tr>
            <th>{entries.some(({ lock }) => isLockFamily(lock.family)) ? 'Lock' : 'Where'}</th>
            <th className="not-phone">Kind</th>
            {hasWindow ? <th className="n">Waiting (one window)</th> : null}
            <th className="n">Waited, goroutine-s</th>
            <th className="n">Share</th>
            <th className="n">Waits</th>
            <th className="n">Mean wait</th>
            <th>Who waits</th>
            {isLock ? <th>Who holds</th> : null}
            {isLock ? <th>Link</th> : null}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => {
            const { lock } = entry;
            const waiter = lock.waiters[0]?.site;
            const holder = lock.holders[0]?.site;
            return (
              <tr key={lock.id}>
                <td>
                  <code>{lock.name}</code>
                </td>
                <td className="not-phone">{lock.family}</td>
                {hasWindow ? <td className="n">{formatWaiting(lock.waiting.max)}</td> : null}
                <td className="n">{lock.delaySeconds === null ? '–' : formatDigits(lock.delaySeconds)}</td>
                <td className="n">{formatShare(lock.share)}</td>
                <td className="n">{formatCount(lock.contentions)}</td>
                <td className="n">{formatDuration(lock.meanWaitSeconds)}</td>
                <td>{waiter === undefined ? '–' : <Place site={waiter} />}</td>
                {isLock ? <td>{holder === undefined ? '–' : <Place site={holder} />}</td> : null}
                {isLock ? (
                  <td>
                    <LinkChip entry={entry} />
                  </td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

function Place({
  site,
}: {
  readonly site: { readonly function: string; readonly file: string; readonly line: number };
}) {
  return (
    <>
      <code title={site.function}>{bareName(site.function)}</code> <span className="sub">{placeOf(site)}</span>
    </>
  );
}
