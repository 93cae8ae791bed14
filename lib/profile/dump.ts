import { exactValue, framesOfStack } from './frame';
import type { Frame, IndexIntoSamples, Profile, SampleLabel, SampleType } from './profile';

/**
 * The whole profile as text: header lines, then one line per sample: its values, labels in braces, and the stack,
 * leaf first. Samples by their last value falling, then by text. Equal texts mean equal profiles up to row numbers.
 */
export function dumpProfile(profile: Profile): string {
  const rows = Array.from({ length: profile.samples.length }, (_, sample) => ({
    value: exactValue(profile, profile.sampleTypes.length - 1, sample),
    text: dumpSample(profile, sample),
  }));
  rows.sort((base, comparison) => {
    if (base.value !== comparison.value) return base.value > comparison.value ? -1 : 1;
    return base.text < comparison.text ? -1 : 1;
  });
  return [...dumpHeader(profile), ...rows.map((row) => row.text), ''].join('\n');
}

function dumpHeader(profile: Profile): string[] {
  return [
    `types ${profile.sampleTypes.map(dumpType).join(' ')}${profile.defaultSampleType === '' ? '' : ` default ${profile.defaultSampleType}`}`,
    `period ${dumpType(profile.periodType)} ${profile.period}`,
    `time ${profile.timeNanos} duration ${profile.durationNanos}`,
    ...profile.mappings.map(
      ({ start, limit, offset, file, buildId }) =>
        `mapping ${start.toString(16)}-${limit.toString(16)} ${offset.toString(16)} ${file} ${buildId}`,
    ),
    ...profile.comments.map((comment) => `comment ${JSON.stringify(comment)}`),
  ];
}

function dumpType({ type, unit }: SampleType): string {
  return `${type}/${unit}`;
}

function dumpSample(profile: Profile, sample: IndexIntoSamples): string {
  const values = profile.sampleTypes.map((_, column) => exactValue(profile, column, sample));
  const labels = profile.labelSets[profile.samples.labels[sample] ?? 0] ?? [];
  const stack = framesOfStack(profile, profile.samples.stack[sample] ?? 0);
  return [...values, ...(labels.length === 0 ? [] : [`{${labels.map(dumpLabel).join(', ')}}`]), dumpStack(stack)].join(
    ' ',
  );
}

function dumpLabel({ key, value }: SampleLabel): string {
  return `${key}: ${typeof value === 'string' ? JSON.stringify(value) : `${value.number}${value.unit}`}`;
}

/** `function file:line+startLine`, frames separated by ` ; `; parts that are unknown are left out. */
function dumpStack(frames: readonly Frame[]): string {
  return frames.map(dumpFrame).join(' ; ');
}

function dumpFrame(frame: Frame): string {
  const place = `${frame.file}${frame.line > 0 ? `:${frame.line}` : ''}${frame.startLine > 0 ? `+${frame.startLine}` : ''}`;
  return place === '' ? frame.function : `${frame.function} ${place}`;
}
