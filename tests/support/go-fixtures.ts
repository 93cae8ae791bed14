import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const root = fileURLToPath(new URL('../fixtures/go/', import.meta.url));

const truthSchema = z.object({
  go: z.string(),
  files: z.array(z.object({ file: z.string(), kind: z.string(), cumulative: z.boolean() })),
  truth: z.object({
    numbers: z
      .record(
        z.string(),
        z.object({
          /** A number, or a list of them (one per window). */
          value: z.unknown(),
          unit: z.string(),
          tolerance: z.number().nullable(),
          file: z.string().optional(),
          query: z
            .object({
              sample: z.string(),
              leaf: z.string().nullable(),
              through: z.string().nullable().optional(),
              minus: z.string().nullable().optional(),
              file: z.string().optional(),
            })
            .optional(),
        }),
      )
      .optional(),
  }),
});

export type Truth = z.infer<typeof truthSchema>;

export interface PprofFixture {
  /** `folder/file`. */
  readonly name: string;
  readonly folder: string;
  /** In the words of truth.json: block, mutex, cpu, heap, goroutine, goroutineleak, empty, damaged. */
  readonly kind: string;
  readonly bytes: Uint8Array;
}

/** Folders of recordings, sorted. */
export function fixtureFolders(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export function truthOf(folder: string): Truth {
  return truthSchema.parse(JSON.parse(readFileSync(`${root}${folder}/truth.json`, 'utf8')));
}

export function readFixture(name: string): Uint8Array {
  return readFileSync(`${root}${name}`);
}

/** Every pprof file of the recordings with what its truth says it is. */
export function pprofFixtures(): PprofFixture[] {
  return fixtureFolders().flatMap((folder) =>
    truthOf(folder)
      .files.filter(({ file }) => /\.pb(\.gz)?$/.test(file))
      .map(({ file, kind }) => ({ name: `${folder}/${file}`, folder, kind, bytes: readFixture(`${folder}/${file}`) })),
  );
}

/** Those that must be read. */
export function soundFixtures(): PprofFixture[] {
  return pprofFixtures().filter(({ kind }) => kind !== 'empty' && kind !== 'damaged');
}
