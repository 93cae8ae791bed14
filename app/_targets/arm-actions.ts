'use server';
// Server actions that arm scrape targets and take it back.
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { errorCode, errorMessage } from '@/lib/errors';
import { longestSeconds, usualSeconds } from '@/lib/traces/target-port';
import { context } from '../_server/context';

const whole = (what: string, min: number, max: number) =>
  z.coerce
    .number(`${what}: a number.`)
    .int(`${what}: a whole number.`)
    .min(min, `${what}: at least ${min}.`)
    .max(max, `${what}: at most ${max}.`);

const armForm = z.object({
  id: z.string().max(100),
  trigger: z.enum(['recorder', 'goroutines', 'periodic'], 'Say what to wait for.'),
  lock: z
    .string()
    .regex(/^[0-9a-f]{16}$/, 'That is no id of a lock.')
    .optional(),
  threshold: whole('Goroutines', 1, 1e7).optional(),
  seconds: whole('Seconds', 1, longestSeconds).optional(),
  most: whole('Traces', 1, 20),
  minutes: whole('Minutes', 1, 1440),
});

export interface ArmFormState {
  readonly problem: string | undefined;
}

/** Arms a target. What the service or the server says no to comes back in words. */
export async function armTarget(_: ArmFormState, form: FormData): Promise<ArmFormState> {
  const parsed = armForm.safeParse(Object.fromEntries(form));
  if (!parsed.success) return { problem: parsed.error.issues[0]?.message ?? 'The form cannot be read.' };
  const { id, lock, trigger, threshold, seconds = usualSeconds, most, minutes } = parsed.data;
  try {
    await context().targetTraces.arm(id, {
      trigger,
      threshold,
      lockId: lock,
      seconds,
      most,
      forMs: minutes * 60_000,
    });
  } catch (error) {
    if (!/^(?:trace|scrape)\./.test(errorCode(error) ?? '')) throw error;
    return { problem: errorMessage(error) };
  }
  revalidatePath('/', 'layout');
  return { problem: undefined };
}

/** Disarms a target; one that is not armed any more stays so. */
export async function disarmTarget(form: FormData): Promise<void> {
  await context().targetTraces.disarm(z.string().max(100).parse(form.get('id')));
  revalidatePath('/', 'layout');
}
