import { z } from 'zod';
import { leftOutSchema, maybeNumber, notesSchema, siteSchema } from './common';

const changeVerdict = z.enum(['regression', 'suspicious', 'improved', 'unchanged', 'inconclusive', 'moved']);
const presence = z.enum(['both', 'new', 'gone']);
/** Values in run order, each divided by its run's denominator. */
const sideSchema = z.object({ median: z.number(), values: z.array(z.number()) });
const intervalSchema = z.tuple([z.number(), z.number()]).nullable();

const siteChangeSchema = z.object({
  site: siteSchema,
  /** null when the runs are not of one benchmark. */
  benchmark: z.string().nullable(),
  metric: z.enum(['mutex.delay', 'mutex.contentions', 'block.delay', 'cpu', 'time']),
  /** Primary metrics are tested; the others are evidence: their q is null. */
  primary: z.boolean(),
  verdict: changeVerdict,
  presence,
  base: sideSchema,
  head: sideSchema,
  ratio: maybeNumber,
  ci95: intervalSchema,
  p: z.number(),
  q: maybeNumber,
  floor: z.number(),
  minimalRatio: maybeNumber,
  why: z.string(),
  group: z.string().nullable(),
  matchedBy: z.string().nullable(),
  lock: z.string().nullable(),
});

const lockChangeSchema = z.object({
  id: z.string(),
  name: z.string(),
  family: z.string(),
  /** null when the runs are not of one benchmark. */
  benchmark: z.string().nullable(),
  verdict: changeVerdict,
  presence,
  waiting: z.object({
    unit: z.enum(['goroutines', 'seconds per op', 'seconds per request', 'seconds per run']),
    base: sideSchema,
    head: sideSchema,
    noise: z.number(),
  }),
  contentions: z.object({ base: sideSchema, head: sideSchema }),
  meanWaitSeconds: z.object({ base: maybeNumber, head: maybeNumber }),
  ratio: maybeNumber,
  ci95: intervalSchema,
  q: maybeNumber,
  runsAbove: z.object({ above: z.number().int(), of: z.number().int() }),
  sites: z.array(z.string()),
  waiter: siteSchema.nullable(),
  holder: siteSchema.nullable(),
  movedWith: z.string().nullable(),
  why: z.string(),
});

/** `lockscope/diff/v1`: what comparing two sets of runs tells. */
export const diffSchema = z.object({
  schema: z.literal('lockscope/diff/v1'),
  verdict: z.enum(['regression', 'suspicious', 'improved', 'unchanged', 'inconclusive']),
  runs: z.object({ base: z.number().int(), head: z.number().int(), interleaved: z.boolean() }),
  unit: z.enum(['op', 'request', 'second', 'run']),
  sites: z.array(siteChangeSchema),
  locks: z.array(lockChangeSchema),
  blindBelowRatio: z.object({ lock: maybeNumber, cpu: maybeNumber, time: maybeNumber }),
  trust: notesSchema,
  notes: notesSchema,
  left_out: leftOutSchema,
});

export type DiffDocument = z.infer<typeof diffSchema>;
