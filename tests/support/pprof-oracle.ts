import { Profile } from 'pprof-format';

type Numeric = number | bigint;

/**
 * The text dump of a pprof message as pprof-format reads it, with its traps handled (mixed numbers and bigints,
 * negative values as 2^64 - n) and nothing of our own codec or model used.
 */
export function oracleDump(message: Uint8Array): string {
  const profile = Profile.decode(message);
  const text = (index: Numeric | undefined) => profile.stringTable.strings[Number(index ?? 0)] ?? '';
  const pair = (type: { type: Numeric; unit: Numeric } | undefined) => `${text(type?.type)}/${text(type?.unit)}`;
  const mappings = new Map(profile.mapping.map((mapping) => [BigInt(mapping.id), mapping]));
  const functions = new Map(profile.function.map((one) => [BigInt(one.id), one]));
  const frames = new Map(
    profile.location.map((location) => [
      BigInt(location.id),
      location.line.length === 0
        ? [
            `0x${BigInt(location.address).toString(16)} ${text(mappings.get(BigInt(location.mappingId))?.filename)}`.trim(),
          ]
        : location.line.map(({ functionId, line }) => {
            const one = functions.get(BigInt(functionId));
            return frameText(withoutTypeArguments(text(one?.name)), text(one?.filename), line, one?.startLine ?? 0);
          }),
    ]),
  );
  const rows = new Map<string, bigint[]>();
  for (const { locationId, value, label } of profile.sample) {
    const labels = label.map(
      ({ key, str, num, numUnit }) =>
        `${text(key)}: ${str === 0 && (num !== 0 || numUnit !== 0) ? `${int64(num)}${text(numUnit)}` : JSON.stringify(text(str))}`,
    );
    const stack = locationId.flatMap((id) => frames.get(BigInt(id)) ?? ['?']).join(' ; ');
    const key = `${labels.length === 0 ? '' : `{${labels.sort().join(', ')}} `}${stack}`;
    const sums = rows.get(key) ?? value.map(() => 0n);
    rows.set(
      key,
      sums.map((sum, column) => sum + int64(value[column] ?? 0)),
    );
  }
  const samples = [...rows].map(([key, sums]) => ({ value: sums.at(-1) ?? 0n, line: `${sums.join(' ')} ${key}` }));
  samples.sort((base, comparison) => {
    if (base.value !== comparison.value) return base.value > comparison.value ? -1 : 1;
    return base.line < comparison.line ? -1 : 1;
  });
  const type = text(profile.defaultSampleType);
  return [
    `types ${profile.sampleType.map(pair).join(' ')}${type === '' ? '' : ` default ${type}`}`,
    `period ${pair(profile.periodType)} ${profile.period}`,
    `time ${profile.timeNanos} duration ${profile.durationNanos}`,
    ...profile.mapping.map(
      (one) =>
        `mapping ${one.memoryStart.toString(16)}-${one.memoryLimit.toString(16)} ${one.fileOffset.toString(16)} ${text(one.filename)} ${text(one.buildId)}`,
    ),
    ...profile.comment.map((one) => `comment ${JSON.stringify(text(one))}`),
    ...samples.map(({ line }) => line),
    '',
  ].join('\n');
}

function frameText(name: string, file: string, line: Numeric, startLine: Numeric): string {
  const place = `${file}${Number(line) > 0 ? `:${line}` : ''}${Number(startLine) > 0 ? `+${startLine}` : ''}`;
  return place === '' ? name : `${name} ${place}`;
}

/** Brackets inside brackets go first. */
function withoutTypeArguments(name: string): string {
  const shorter = name.replace(/\[[^[\]]*\]/g, '\u0001');
  return shorter === name ? name.replaceAll('\u0001', '[...]') : withoutTypeArguments(shorter);
}

function int64(value: Numeric): bigint {
  return BigInt.asIntN(64, BigInt(value));
}
