import type { Coverage } from '@/lib/query/result';
import { formatBlockRate, formatCount, formatDuration, formatPlural } from '@/lib/units-format';
import { Freshness } from './freshness';
import { PageFoot } from './page-foot';

/** The footer of a service's pages: range, pods, profiles, bucket length, Go version, rates, age. */
export function CoverageFoot({
  coverage,
  range,
  now,
  keys,
}: {
  readonly coverage: Coverage;
  readonly range: { readonly from: number; readonly to: number };
  readonly now: number;
  readonly keys: readonly (readonly [string, string])[];
}) {
  const { sampling, bucketSeconds, newest } = coverage;
  const go =
    sampling.goVersion === undefined
      ? 'Go version not told'
      : `${sampling.goInferred ? '≈\u00a0' : ''}Go ${sampling.goVersion.replace(/^go/, '')}`;
  const mutex =
    sampling.mutexFraction === undefined
      ? 'mutex fraction not told'
      : `mutex fraction ${formatCount(sampling.mutexFraction)}`;
  const facts = [
    [
      formatDuration((range.to - range.from) / 1000),
      formatPlural(coverage.pods.length, 'pod'),
      formatPlural(coverage.windows, 'profile'),
      ...(bucketSeconds === undefined ? [] : [`${formatDuration(bucketSeconds)} buckets`]),
    ].join(' · '),
    go,
    `${formatBlockRate(sampling.blockRateNs)}, ${mutex}`,
    newest === undefined ? (
      'no profile in range'
    ) : (
      <Freshness key="age" newest={newest} now={now} everySeconds={bucketSeconds} />
    ),
  ];
  return <PageFoot facts={facts} keys={keys} />;
}
