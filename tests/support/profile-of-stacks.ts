import type { Profile } from '@/lib/profile/profile';

/**
 * A block profile from lines such as `main.run main.go:3 ; config.Get config.go:44 ; sync.(*Mutex).Lock m.go:9 = 120`,
 * outermost frame first, value last. Only what folding reads is filled in; equal stacks stay separate samples.
 */
export function profileOfStacks(text: string, type = 'delay', unit = 'nanoseconds'): Profile {
  const strings = [''];
  const indexOf = (value: string) => {
    const known = strings.indexOf(value);
    return known >= 0 ? known : strings.push(value) - 1;
  };
  const functions: { name: number; file: number }[] = [];
  const locations: { func: number; line: number }[] = [];
  const offsets = [0];
  const stack: number[] = [];
  const values: number[] = [];
  for (const line of text
    .split('\n')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')) {
    const [frames = '', value = '0'] = line.split(' = ');
    for (const frame of frames.split(' ; ').reverse()) {
      const [name = '', place = ':0'] = frame.trim().split(' ');
      const [file = '', number = '0'] = place.split(':');
      const wanted = { name: indexOf(name), file: indexOf(file) };
      let func = functions.findIndex((known) => known.name === wanted.name && known.file === wanted.file);
      if (func < 0) func = functions.push(wanted) - 1;
      let location = locations.findIndex((known) => known.func === func && known.line === Number(number));
      if (location < 0) location = locations.push({ func, line: Number(number) }) - 1;
      stack.push(location);
    }
    offsets.push(stack.length);
    values.push(Number(value));
  }
  return {
    sampleTypes: [{ type, unit }],
    periodType: { type: 'contentions', unit: 'count' },
    period: 1,
    timeNanos: 0n,
    durationNanos: 0n,
    strings,
    functions: {
      length: functions.length,
      name: Uint32Array.from(functions, ({ name }) => name),
      file: Uint32Array.from(functions, ({ file }) => file),
      startLine: new Uint32Array(functions.length),
    },
    locations: {
      length: locations.length,
      func: Int32Array.from(locations, ({ func }) => func),
      line: Uint32Array.from(locations, ({ line }) => line),
      address: new BigUint64Array(locations.length),
      mapping: new Int32Array(locations.length).fill(-1),
    },
    stacks: { length: values.length, offsets: Uint32Array.from(offsets), locations: Uint32Array.from(stack) },
    samples: {
      length: values.length,
      stack: Uint32Array.from(values, (_, at) => at),
      labels: new Uint32Array(values.length),
      values: [Float64Array.from(values)],
      wide: [new Map()],
    },
    labelSets: [[]],
    mappings: [],
    comments: [],
    defaultSampleType: type,
  };
}
