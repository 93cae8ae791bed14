import { durationParts, formatWaiting } from '@/lib/units-format';

/** A duration in seconds with its unit dimmed; `estimate` puts ≈ before it. */
export function Duration({
  seconds,
  estimate = false,
}: {
  readonly seconds: number | null | undefined;
  readonly estimate?: boolean;
}) {
  const { value, unit } = durationParts(seconds);
  const known = seconds !== null && seconds !== undefined;
  return (
    <>
      {estimate && known ? '≈\u00a0' : ''}
      {value}
      {unit === '' ? null : <span className="u">{`\u00a0${unit}`}</span>}
    </>
  );
}

/** Goroutines waiting; `atLeast` marks a number from part of the pods with ≥. */
export function Waiting({
  value,
  atLeast = false,
}: {
  readonly value: number | null | undefined;
  readonly atLeast?: boolean;
}) {
  const text = formatWaiting(value);
  const known = value !== null && value !== undefined;
  // "at least less than 0.01" would say nothing.
  return `${atLeast && known && !text.startsWith('<') ? '≥\u00a0' : ''}${text}`;
}
