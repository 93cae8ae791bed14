'use server';
// Server actions on captures: parsed here, done by the queue of analyses.
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { errorCode } from '@/lib/errors';
import type { Traces } from '@/lib/traces/port';
import { context } from '../_server/context';

/** Stops the analysis of a capture; its file stays. */
export async function cancelAnalysis(form: FormData): Promise<void> {
  await change(form, (traces, id) => traces.cancel(id));
}

/** Analyses a capture again, after a failure or a stop. */
export async function analyseAgain(form: FormData): Promise<void> {
  await change(form, (traces, id) => traces.analyse(id));
}

/** Deletes a capture with its file and what was found in it. */
export async function removeCapture(form: FormData): Promise<void> {
  await change(form, (traces, id) => traces.remove(id));
}

async function change(form: FormData, act: (traces: Traces, id: string) => Promise<unknown>): Promise<void> {
  const id = z.string().max(100).parse(form.get('id'));
  try {
    await act(context().traces, id);
  } catch (error) {
    // Somebody else deleted it: the list, read again, no longer has it.
    if (errorCode(error) !== 'trace.no-capture') throw error;
  }
  revalidatePath('/', 'layout');
}
