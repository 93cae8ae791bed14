import { z } from 'zod';
import { laneStates } from '../trace/result';
import { siteSchema } from './common';

/** What windows, waits and searches of a trace answer. Times are ns since its start; goroutines are Go's own ids. */
const state = z.enum(laneStates);
const ns = z.number();
const goroutine = z.number().int();
const perPixel = { mean: z.array(z.number()), max: z.array(z.number()) };
const frame = z.object({ function: z.string(), file: z.string(), line: z.number().int() });
const doing = z.record(z.enum(['running', 'runnable', 'syscall', 'network', 'lock', 'sleep', 'gc', 'other']), ns);

const bar = z.object({ state, label: z.string(), startNs: ns, endNs: ns, merged: z.number().int() });
const lane = z.object({ goroutine, name: z.string(), bars: z.array(bar) });
const hold = z.object({
  goroutine,
  site: siteSchema,
  mode: z.enum(['write', 'read', 'mutex', 'other']),
  start: z.enum(['exact', 'bounded', 'unknown']),
  startNs: ns,
  certainNs: ns,
  endNs: ns,
  woke: z.number().int(),
  released: z.boolean(),
  merged: z.number().int(),
  heldNs: ns,
});
const wait = z.object({
  wait: z.number().int(),
  goroutine,
  name: z.string(),
  beginNs: ns,
  grantedNs: ns.nullable(),
  acquiredNs: ns.nullable(),
  beganBefore: z.boolean(),
  unfinished: z.boolean(),
  by: goroutine.nullable(),
});
const convoy = z.object({
  lockId: z.string(),
  kind: z.enum(['slow reader', 'long writer', 'long holder']),
  atNs: ns,
  durationNs: ns,
  culprit: siteSchema,
  goroutine,
  victims: z.number().int(),
  waitNs: ns,
  doing,
});

/** `GET /api/v1/traces/{id}/tile`: means and maxima per pixel, bars merged where they are too narrow to draw. */
export const traceTileSchema = z.object({
  schema: z.literal('lockscope/trace-tile/v1'),
  fromNs: ns,
  toNs: ns,
  pixels: z.number().int(),
  states: z.array(z.object({ state, ...perPixel })),
  runtimeGoroutines: z.number().int(),
  gc: z.array(
    z.object({
      kind: z.enum(['gc mark', 'stw', 'mark assist']),
      name: z.string(),
      startNs: ns,
      endNs: ns,
      merged: z.number().int(),
    }),
  ),
  lock: z
    .object({
      id: z.string(),
      name: z.string(),
      family: z.string(),
      holds: z.array(hold),
      queue: z.array(z.object({ who: z.enum(['readers', 'writers', 'writers draining', 'waiters']), ...perPixel })),
    })
    .optional(),
  holders: z.array(lane),
  moreHolders: z.number().int(),
  convoys: z.array(convoy),
  waiters: z.array(z.object({ site: siteSchema, waits: z.number().int(), ...perPixel })),
  unfolded: z
    .object({ site: z.string(), total: z.number().int(), offset: z.number().int(), rows: z.array(wait) })
    .optional(),
  lanes: z.array(lane),
});

/** `GET /api/v1/traces/{id}/waits/{n}`: both stacks, who ended it, and the chain up to what nobody waited for. */
export const traceWaitSchema = wait.extend({
  schema: z.literal('lockscope/trace-wait/v1'),
  lockId: z.string(),
  site: siteSchema,
  totalNs: ns,
  blockedNs: ns,
  wakeupNs: ns,
  stack: z.array(frame),
  unblocker: z.object({ goroutine, name: z.string(), stack: z.array(frame), atNs: ns }).optional(),
  hold: hold
    .extend({
      stack: z.array(frame),
      name: z.string(),
      doing,
      parts: z.array(z.object({ state, function: z.string(), ns, times: z.number().int() })),
    })
    .optional(),
  chain: z.array(
    z.object({
      goroutine,
      name: z.string(),
      what: z.string(),
      fromNs: ns,
      toNs: ns,
      wait: z.number().int().nullable(),
    }),
  ),
  chainCut: z.boolean(),
});

/** `GET /api/v1/traces/{id}/search`: longest first, 50 from `offset` on. */
export const traceSearchSchema = z.object({
  schema: z.literal('lockscope/trace-search/v1'),
  query: z.string(),
  total: z.number().int(),
  offset: z.number().int(),
  rows: z.array(
    z.object({
      goroutine,
      name: z.string(),
      state,
      label: z.string(),
      startNs: ns,
      endNs: ns,
      wait: z.number().int().nullable(),
    }),
  ),
});
