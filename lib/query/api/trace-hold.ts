import { z } from 'zod';
import { traceTileSchema, traceWaitSchema } from './trace-views';

const { holds } = traceTileSchema.shape.lock.unwrap().shape;
const { stack, hold } = traceWaitSchema.shape;
const wait = traceTileSchema.shape.unfolded.unwrap().shape.rows.element;

/** `GET /api/v1/traces/{id}/holds/{g}-{end}`: where it was taken and let go, what the holder did, whom its end woke. */
export const traceHoldSchema = holds.element.extend({
  schema: z.literal('lockscope/trace-hold/v1'),
  lockId: z.string(),
  lockName: z.string(),
  name: z.string(),
  releaseStack: stack.optional(),
  /** The holder's own wait that ended with the hold. */
  acquired: z.object({ wait, stack }).optional(),
  parts: hold.unwrap().shape.parts,
  /** Waits that it ended, at most 20; of `woke`, those that had to wait again are not here. */
  woken: z.array(wait),
});
