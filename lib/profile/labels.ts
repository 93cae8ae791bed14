import type { SampleLabel } from './profile';

/**
 * Labels of one sample in canonical order: by key, text before numbers, then value, then unit.
 * The number 0 without a unit becomes the empty text: pprof writes both the same way. A label without key and value
 * says nothing and is left out.
 */
export function sortLabels(labels: readonly SampleLabel[]): readonly SampleLabel[] {
  return labels
    .map(canonicalLabel)
    .filter(({ key, value }) => key !== '' || value !== '')
    .sort(compareLabels);
}

/** Orders two canonical label sets: shorter prefix first, so the empty set is the smallest. */
export function compareLabelSets(base: readonly SampleLabel[], comparison: readonly SampleLabel[]): number {
  for (const [i, label] of base.entries()) {
    const other = comparison[i];
    if (other === undefined) return 1;
    const order = compareLabels(label, other);
    if (order !== 0) return order;
  }
  return base.length - comparison.length;
}

/** A text that two canonical label sets share exactly when they are equal. */
export function labelSetKey(labels: readonly SampleLabel[]): string {
  return JSON.stringify(
    labels.map(({ key, value }) => (typeof value === 'string' ? [key, value] : [key, `${value.number}`, value.unit])),
  );
}

function canonicalLabel(label: SampleLabel): SampleLabel {
  const { key, value } = label;
  if (typeof value === 'string') return { key, value };
  if (value.number === 0n && value.unit === '') return { key, value: '' };
  return { key, value: { number: value.number, unit: value.unit } };
}

function compareLabels(base: SampleLabel, comparison: SampleLabel): number {
  return compare(base.key, comparison.key) || compareValues(base.value, comparison.value);
}

function compareValues(base: SampleLabel['value'], comparison: SampleLabel['value']): number {
  if (typeof base === 'string') return typeof comparison === 'string' ? compare(base, comparison) : -1;
  if (typeof comparison === 'string') return 1;
  return compare(base.number, comparison.number) || compare(base.unit, comparison.unit);
}

function compare<T extends string | bigint>(base: T, comparison: T): number {
  return base < comparison ? -1 : base > comparison ? 1 : 0;
}
