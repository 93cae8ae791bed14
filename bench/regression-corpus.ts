import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';

/**
 * Recorded runs of `bench/regression-load`: brotli over the length of the header (uint32, little endian), the header as
 * JSON, and the profiles, plain pprof, kind after kind. `bench/regression-record.ts` makes it.
 */
const corpusPath = fileURLToPath(new URL('../tests/fixtures/regression/load.pack.br', import.meta.url));

const kinds = ['block', 'mutex', 'cpu'] as const;
const prefixBytes = 4;

const headerSchema = z.object({
  schema: z.literal('lockscope/regression-corpus/v1'),
  recordedAt: z.iso.datetime(),
  goVersion: z.string(),
  machine: z.string(),
  runs: z.array(
    z.object({
      /** What the process did differently; `same-…` = nothing. */
      change: z.string(),
      round: z.number().int(),
      startMs: z.number(),
      ops: z.number().int(),
      seconds: z.number(),
      bytes: z.object({ block: z.number().int(), mutex: z.number().int(), cpu: z.number().int() }),
    }),
  ),
});

export type CorpusHeader = z.infer<typeof headerSchema>;

export interface RecordedRun {
  readonly about: CorpusHeader['runs'][number];
  readonly profiles: Readonly<Record<(typeof kinds)[number], Uint8Array>>;
}

/** Packs runs in the order given. */
export function writeCorpus(about: Omit<CorpusHeader, 'schema' | 'runs'>, runs: readonly RecordedRun[]): number {
  const header: CorpusHeader = {
    schema: 'lockscope/regression-corpus/v1',
    ...about,
    runs: runs.map((run) => run.about),
  };
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(prefixBytes);
  prefix.writeUInt32LE(text.length);
  // Profiles of one kind are alike: neighbours, they pack to a tenth.
  const bodies = kinds.flatMap((kind) => runs.map(({ profiles }) => profiles[kind]));
  const packed = brotliCompressSync(Buffer.concat([prefix, text, ...bodies]), {
    params: { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS },
  });
  writeFileSync(corpusPath, packed);
  return packed.length;
}

/** Reads the recorded runs, in the order they ran. Throws when the pack is not what its header says. */
export function readCorpus(): { readonly header: CorpusHeader; readonly runs: readonly RecordedRun[] } {
  const content = brotliDecompressSync(readFileSync(corpusPath));
  let at = prefixBytes + content.readUInt32LE(0);
  const header = headerSchema.parse(JSON.parse(content.toString('utf8', prefixBytes, at)));
  const bodies = kinds.map((kind) =>
    header.runs.map(({ bytes }) => {
      at += bytes[kind];
      return content.subarray(at - bytes[kind], at);
    }),
  );
  if (at !== content.length) throw new Error(`the corpus has ${content.length} bytes, its header says ${at}`);
  const bodyOf = (kind: number, run: number): Uint8Array => bodies[kind]?.[run] ?? new Uint8Array();
  return {
    header,
    runs: header.runs.map((about, run) => ({
      about,
      profiles: { block: bodyOf(0, run), mutex: bodyOf(1, run), cpu: bodyOf(2, run) },
    })),
  };
}
