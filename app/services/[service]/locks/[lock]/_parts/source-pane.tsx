import type { LockSource, SourceSection } from '@/app/_server/source';
import type { LockEntry } from '@/lib/contention/lock';
import { bareName } from '@/lib/profile/function-name';

/** The functions of the holders and waiters with the lines on which the lock is held. */
export function SourcePane({ source }: { readonly source: LockSource; readonly entry: LockEntry }) {
  return (
    <aside aria-label="Source">
      {source.sections.map((section) => (
        <Listing key={`${section.path}:${section.lines[0]?.number}`} section={section} />
      ))}
    </aside>
  );
}

function Listing({ section }: { readonly section: SourceSection }) {
  const { role, path, lines } = section;
  const title = role === 'holder' ? 'What the holder does' : 'Where it waits';
  return (
    <section aria-label={`${title}: ${section.function}`}>
      <div className="sec">
        <h2>{title}</h2>
        <span className="sub">
          <code>{bareName(section.function)}</code> in <code>{path}</code>
        </span>
      </div>
      <div className="panel scrollx">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region needs the keyboard */}
        <pre className="lk-src" tabIndex={0}>
          {lines.map(({ number, text, held, site, mayDoIo }) => (
            <span key={number} className={['l', held ? 'held' : '', held && mayDoIo ? 'hot' : ''].join(' ').trim()}>
              <i>{number}</i>
              <span>{text}</span>
              <em>
                {site ? <span className="muted">{role === 'holder' ? 'releases here ' : 'waits here '}</span> : null}
                {held && mayDoIo ? 'may do I/O under the lock' : null}
              </em>
            </span>
          ))}
        </pre>
      </div>
    </section>
  );
}
