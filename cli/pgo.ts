import { writeFile } from 'node:fs/promises';
import { pgoNotes } from '@/lib/pgo/pgo-notes';
import { pgoProfile } from '@/lib/pgo/pgo-profile';
import { encodeProfile } from '@/lib/pprof/encode';
import type { PgoDocument } from '@/lib/query/api/pgo';
import { formatBytes, formatCount, formatPlural } from '@/lib/units-format';
import { exitCode } from './exit-code';
import type { Io } from './io';
import { leftOutLines } from './left-out-lines';
import { pgoDocument } from './pgo-document';
import { pgoHelp } from './pgo-help';
import { type PgoInputs, readPgoInputs } from './pgo-inputs';
import { parsePgoOptions } from './pgo-options';

/** `lockscope pgo`: CPU profiles as one file that guides a build. */
export async function run(args: string[], io: Io): Promise<number> {
  const options = parsePgoOptions(args, io.env);
  if (options.help) {
    io.stdout(pgoHelp);
    return exitCode.fine;
  }
  const inputs = await readPgoInputs(options.source);
  const { profile, counts } = pgoProfile(inputs.profiles, provenance(inputs));
  const bytes = encodeProfile(profile);
  await writeFile(options.output, bytes);
  const notes = pgoNotes(counts, inputs.profiles, inputs.recorded);
  const document = pgoDocument({ output: options.output, bytes: bytes.length, counts, notes, inputs });
  if (options.json) io.stdout(`${JSON.stringify(document, null, 2)}\n`);
  else io.stdout(summary(document));
  for (const { message } of notes) io.stderr(`lockscope pgo: ${message}\n`);
  for (const line of leftOutLines(document.left_out)) io.stderr(`lockscope pgo: ${line}\n`);
  return exitCode.fine;
}

/** Comments in the file, as `go tool pprof -comments` prints them. Without the time of writing: bytes stay the same. */
function provenance({ profiles, source, window }: PgoInputs): string[] {
  const between = window === undefined ? [] : [`${iso(window.startMs)} to ${iso(window.endMs)}`];
  return [
    `lockscope pgo: ${profiles.length} CPU ${profiles.length === 1 ? 'profile' : 'profiles'}`,
    ...between,
    source,
  ];
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

function summary({ output, bytes, samples, cpuSeconds, edges, hotEdges, profiles }: PgoDocument): string {
  const amount = [
    formatPlural(profiles, 'profile'),
    ...(samples === null ? [] : [formatPlural(samples, 'sample')]),
    ...(cpuSeconds === null ? [] : [`${formatCount(Math.round(cpuSeconds))} CPU seconds`]),
  ].join(', ');
  return `${output}: ${formatBytes(bytes)}, ${formatPlural(edges, 'call')}, ${formatCount(hotEdges)} of them hot (99 % of the weight), from ${amount}\n`;
}
