import type { WireProfile } from '@/lib/pprof/wire-profile';
import type { Edit } from './regression-arms';

/** Functions of `bench/regression-load` that a refactoring may touch: five that hold locks, three that compute. */
const functions = [
  'main.(*cache).put',
  'main.(*counters).add',
  'main.(*journal).append',
  'main.(*limits).set',
  'main.(*limits).of',
  'main.encode',
  'main.hash',
  'main.render',
];

export interface Refactoring {
  readonly name: string;
  readonly edit: Edit;
}

/** Each way to change source without changing what it does, on each function: 56 of them. */
export function refactorings(): Refactoring[] {
  return functions.flatMap((name): Refactoring[] => [
    { name: `rename ${name}`, edit: renamed(name, (known) => `${known}Now`) },
    {
      name: `rename what ${name} belongs to`,
      edit: renamed(name, (known) =>
        known.replace(/\(\*(\w+)\)|^main\.(\w)/, (_, type: string | undefined, letter: string | undefined) =>
          type === undefined ? `main.do${letter}` : `(*${type}Store)`,
        ),
      ),
    },
    {
      name: `move ${name} to another package`,
      edit: renamed(name, (known) => known.replace(/^main\./, 'lockscope/load/core.')),
    },
    { name: `move ${name} to another file`, edit: inFile(name, '/src/moved.go') },
    { name: `write 40 lines above ${name}`, edit: movedDown(name, 40, 40) },
    { name: `write 3 lines at the top of ${name}`, edit: movedDown(name, 0, 3) },
    { name: `extract the body of ${name}`, edit: extracted(name) },
  ]);
}

function renamed(name: string, rename: (name: string) => string): Edit {
  return (profile) => ({
    ...profile,
    strings: profile.strings.map((text) => (isOf(text, name) ? rename(text) : text)),
  });
}

/** The function itself and the closures that the compiler made in it. */
function isOf(text: string, name: string): boolean {
  return text === name || text.startsWith(`${name}.`);
}

function rowsOf(profile: WireProfile, name: string): Set<number> {
  const rows = Array.from({ length: profile.functions.length }, (_, row) => row);
  return new Set(rows.filter((row) => isOf(profile.strings[profile.functions.name[row] ?? 0] ?? '', name)));
}

function inFile(name: string, file: string): Edit {
  return (profile) => {
    const rows = rowsOf(profile, name);
    const strings = [...profile.strings, file];
    const files = profile.functions.file.map((known, row) => (rows.has(row) ? strings.length - 1 : known));
    return { ...profile, strings, functions: { ...profile.functions, file: files } };
  };
}

function movedDown(name: string, startBy: number, linesBy: number): Edit {
  return (profile) => {
    const rows = rowsOf(profile, name);
    const startLine = profile.functions.startLine.map((line, row) => (rows.has(row) ? line + startBy : line));
    const { lineFunction, lineNumber } = profile.locations;
    const moved = lineNumber.map((line, index) => (rows.has(lineFunction[index] ?? -1) ? line + linesBy : line));
    return {
      ...profile,
      functions: { ...profile.functions, startLine },
      locations: { ...profile.locations, lineNumber: moved },
    };
  };
}

/** `put` calls `putInner`, which the compiler inlines: one more line in each of its machine locations. */
function extracted(name: string): Edit {
  return (profile) => {
    const rows = rowsOf(profile, name);
    const { functions: table, locations } = profile;
    const inner = table.length;
    const strings = [...profile.strings, `${name}Inner`];
    const grown = (column: Uint32Array, value: number): Uint32Array => Uint32Array.from([...column, value]);
    const [first = 0] = rows;
    const lineOffsets = [0];
    const lineFunction: number[] = [];
    const lineNumber: number[] = [];
    for (let location = 0; location < locations.length; location++) {
      for (let at = locations.lineOffsets[location] ?? 0; at < (locations.lineOffsets[location + 1] ?? 0); at++) {
        const row = locations.lineFunction[at] ?? 0;
        const line = locations.lineNumber[at] ?? 0;
        // Innermost first: the extracted function has the line, its caller the line of the call.
        if (rows.has(row)) {
          lineFunction.push(inner);
          lineNumber.push(line + 20);
        }
        lineFunction.push(row);
        lineNumber.push(rows.has(row) ? (table.startLine[row] ?? 0) + 1 : line);
      }
      lineOffsets.push(lineFunction.length);
    }
    return {
      ...profile,
      strings,
      functions: {
        length: inner + 1,
        name: grown(table.name, strings.length - 1),
        file: grown(table.file, table.file[first] ?? 0),
        startLine: grown(table.startLine, (table.startLine[first] ?? 0) + 20),
      },
      locations: {
        ...locations,
        lineOffsets: Uint32Array.from(lineOffsets),
        lineFunction: Uint32Array.from(lineFunction),
        lineNumber: Uint32Array.from(lineNumber),
      },
    };
  };
}
