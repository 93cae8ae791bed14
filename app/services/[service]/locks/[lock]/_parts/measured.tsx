import type { LockSource } from '@/app/_server/source';
import { isLockFamily } from '@/lib/contention/family';
import type { LockDetail } from '@/lib/query/result';
import { linkExplanation } from '@/lib/report/link-sentence';

/** How the page knows what it says: the link, the sampling, what is missing, and every note of the answer. */
export function Measured({
  detail,
  sourceDir,
  source,
}: {
  readonly detail: LockDetail;
  readonly sourceDir: boolean;
  readonly source: LockSource;
}) {
  const { entry, coverage, notes } = detail;
  const { mutexFraction, blockRateNs, goVersion } = coverage.sampling;
  const isLock = isLockFamily(entry.lock.family);
  const texts = [
    ...(isLock ? [linkExplanation(entry)] : []),
    ...(goVersion === undefined
      ? ['The Go version is not told, so delays of unlocks may be of either meaning (1.22).']
      : []),
    ...(blockRateNs === undefined ? ['The block rate is not told: counts and delays are taken as complete.'] : []),
    ...(mutexFraction !== undefined && mutexFraction > 1
      ? [`1 in ${mutexFraction} mutex events is kept: counts hold, the delay of a writer is a matter of luck.`]
      : []),
    ...(coverage.pods.length === 0 || coverage.pods.includes('unknown')
      ? ['Some profiles carry no pod: their rows are called "unknown" and may be several processes.']
      : []),
    ...(sourceDir && source.missing.length > 0
      ? [`No fitting source for ${source.missing.join(', ')} in the source folder.`]
      : []),
    ...(isLock && source.field === undefined
      ? ['Profiles carry no lock names: the name is the receiver type. Instances of one type look like one lock.']
      : []),
    // Of every answer; the one about package joins concerns locks that are joined so.
    ...notes
      .filter(({ code }) => code !== 'joined-by-package' || entry.lock.link === 'Inferred')
      .map(({ message }) => message),
  ];
  return (
    <section aria-labelledby="measured">
      <div className="sec">
        <h2 id="measured">How this is known</h2>
      </div>
      <ul className="lk-notes">
        {[...new Set(texts)].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  );
}
