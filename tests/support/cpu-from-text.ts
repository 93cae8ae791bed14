import { Line, Location, Function as PprofFunction, Profile, Sample, StringTable, ValueType } from 'pprof-format';
import { decodePprof } from '@/lib/pprof/decode';
import type { WireProfile } from '@/lib/pprof/wire-profile';

/**
 * A CPU profile with its machine locations, one sample a line: samples, then the stack, leaf first. `;` parts machine
 * locations, ` < ` the lines inlined in one; a line is `function:line[+start]` (10 lines after its start by default),
 * or `?` without a name. 10 ms of CPU a sample.
 *
 *     12  main.hash:15 < main.Get:33 ; main.serve:80+70
 */
export function cpuFromText(text: string, times: { readonly seconds?: number } = {}): WireProfile {
  const strings = new StringTable();
  const functions = new Map<string, PprofFunction>();
  const locations = new Map<string, Location>();
  const functionOf = (name: string, startLine: number): PprofFunction => {
    const key = `${name} ${startLine}`;
    const id = functions.size + 1;
    const made = new PprofFunction({
      id,
      name: strings.dedup(name),
      filename: strings.dedup('/build/main.go'),
      startLine,
    });
    const known = functions.get(key) ?? made;
    functions.set(key, known);
    return known;
  };
  const locationOf = (written: string): Location => {
    const id = locations.size + 1;
    const line = written.split(' < ').flatMap((one) => {
      const match = /^(.+):(\d+)(?:\+(\d+))?$/.exec(one.trim());
      if (match === null) return [];
      const at = Number(match[2]);
      return [new Line({ functionId: functionOf(match[1] ?? '', Number(match[3] ?? at - 10)).id, line: at })];
    });
    const known = locations.get(written) ?? new Location({ id, address: 0x400000 + id, line });
    locations.set(written, known);
    return known;
  };
  const samples = text
    .split('\n')
    .map((row) => /^\s*(\d+)\s+(.+?)\s*$/.exec(row))
    .filter((row) => row !== null)
    .map(([, count, stack]) => {
      const locationId = (stack ?? '').split(' ; ').map((one) => locationOf(one).id);
      return new Sample({ locationId, value: [Number(count), Number(count) * 1e7] });
    });
  const type = (name: string, unit: string) => new ValueType({ type: strings.dedup(name), unit: strings.dedup(unit) });
  const profile = new Profile({
    sampleType: [type('samples', 'count'), type('cpu', 'nanoseconds')],
    periodType: type('cpu', 'nanoseconds'),
    period: 1e7,
    durationNanos: (times.seconds ?? 0) * 1e9,
    sample: samples,
    location: [...locations.values()],
    function: [...functions.values()],
    stringTable: strings,
  });
  return decodePprof(profile.encode());
}
