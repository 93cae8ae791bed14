import { LinkChip } from '@/components/ui/link-chip';
import { isLockFamily } from '@/lib/contention/family';
import type { HolderSite, WaiterSite } from '@/lib/contention/lock';
import { bareName, placeOf, shortName } from '@/lib/profile/function-name';
import { siteKey } from '@/lib/query/callers';
import type { LockDetail } from '@/lib/query/result';
import { callersByFunction, patternName } from '@/lib/report/lock-sentence';
import { formatCount, formatDuration, formatShare } from '@/lib/units-format';
import { Conservation } from './conservation';

const sitesShown = 5;

/** Waiters left, the lock in the middle, holders right; below them whether both profiles agree. */
export function Mirror({ detail, field }: { readonly detail: LockDetail; readonly field: string | undefined }) {
  const { entry } = detail;
  const { lock } = entry;
  const isLock = isLockFamily(lock.family);
  const pattern = patternName(lock.pattern);
  return (
    <section aria-labelledby="who">
      <div className="sec">
        <h2 id="who">{isLock ? 'Who waits, who holds' : 'Who waits'}</h2>
        <span className="sub">share of waiting time</span>
        <span className="right">
          {pattern === undefined ? null : <span className="tag is-bad">{pattern}</span>}
          {isLock ? <LinkChip entry={entry} named /> : <span className="tag">not a lock</span>}
        </span>
      </div>
      <div className="panel">
        <div className={isLock ? 'lk-mirror' : 'lk-mirror lk-single'}>
          <div className="lk-side lk-w">
            <h3>
              Who waits <span>block profile</span>
            </h3>
            {lock.waiters.length === 0 ? (
              <p className="muted">No block profile in this range shows a wait here.</p>
            ) : null}
            {lock.waiters.slice(0, sitesShown).map((waiter) => (
              <Waiter key={waiter.site.id} waiter={waiter} callers={callersAt(detail.waiterCallers, waiter)} />
            ))}
            <More count={lock.waiters.length - sitesShown} what="wait sites" />
          </div>
          {isLock ? (
            <>
              <div className="lk-node">
                <em className="l">wait for</em>
                <div>
                  <code title={lock.name}>{field ?? typeName(lock.name)}</code>
                  <p className="micro">{lock.family}</p>
                </div>
                <em className="r">{lock.link === 'Unlinked' ? 'held by ?' : 'held by'}</em>
              </div>
              <div className="lk-side lk-h">
                <h3>
                  <span>mutex profile</span> Who holds
                </h3>
                {lock.holders.length === 0 ? (
                  <p className="muted">No unlock in the mutex profile fits these waits.</p>
                ) : null}
                {lock.holders.slice(0, sitesShown).map((holder) => (
                  <Holder key={holder.site.id} holder={holder} callers={callersAt(detail.holderCallers, holder)} />
                ))}
                <More count={lock.holders.length - sitesShown} what="unlock sites" />
              </div>
            </>
          ) : null}
        </div>
        {entry.conservation === undefined ? null : <Conservation conservation={entry.conservation} />}
      </div>
    </section>
  );
}

/** The receiver type alone: the box between the two sides is narrow, the full name stands above. */
function typeName(name: string): string {
  return /\(\*?([^)]+)\)$/.exec(name)?.[1] ?? shortName(name);
}

type Callers = ReturnType<typeof callersByFunction>;

function callersAt(callers: LockDetail['waiterCallers'], { site }: { readonly site: WaiterSite['site'] }): Callers {
  return callersByFunction(callers.find((entry) => entry.site === siteKey(site))?.callers ?? []);
}

function Waiter({ waiter, callers }: { readonly waiter: WaiterSite; readonly callers: Callers }) {
  const { site, contentions, meanWaitSeconds, share } = waiter;
  return (
    <>
      <div className="lk-site">
        <span className="fn clip" title={site.function}>
          {bareName(site.function)}
        </span>
        <span className="pct">{formatShare(share)}</span>
        <span className="what">
          {site.kind} · <code>{placeOf(site)}</code>
        </span>
        <span className="fig">
          {formatCount(contentions)} waits
          {meanWaitSeconds === null ? '' : ` × ${formatDuration(meanWaitSeconds)}`}
        </span>
      </div>
      <CallerList callers={callers} />
    </>
  );
}

function Holder({ holder, callers }: { readonly holder: HolderSite; readonly callers: Callers }) {
  const { site, contentions, share, role } = holder;
  return (
    <>
      <div className="lk-site">
        <span className="pct">{formatShare(share)}</span>
        <span className="fn clip" title={site.function}>
          {bareName(site.function)}
        </span>
        <span className="fig">{formatCount(contentions)} waiters released</span>
        <span className="what">
          {site.kind} · <code>{placeOf(site)}</code>
        </span>
        {role === 'releaser' ? <span className="role">only lets the queue go; it waited itself</span> : null}
      </div>
      <CallerList callers={callers} />
    </>
  );
}

function CallerList({ callers }: { readonly callers: Callers }) {
  if (callers.length === 0) return null;
  return (
    <ul className="lk-from">
      {callers.slice(0, 3).map(({ name, share }, index) => (
        <li key={name}>
          <span>{index === 0 ? 'called from' : ''}</span>
          <code className="clip" title={name}>
            {shortName(name)}
          </code>
          <span>{formatShare(share)}</span>
        </li>
      ))}
      {callers.length > 3 ? (
        <li>
          <span />
          <span>… {formatCount(callers.length - 3)} more, see Flame</span>
          <span />
        </li>
      ) : null}
    </ul>
  );
}

function More({ count, what }: { readonly count: number; readonly what: string }) {
  return count <= 0 ? null : (
    <p className="micro">
      … {formatCount(count)} more {what}, see Flame
    </p>
  );
}
