'use server';
// Server actions on scrape targets: parsed here, kept by the catalogue, read again by the scrape job.
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { errorCode, errorMessage } from '@/lib/errors';
import { context } from '../_server/context';

const targetForm = z.object({
  service: z.string().trim().min(1, 'Say which service this is.').max(200),
  url: z
    .string()
    .trim()
    .regex(/^https?:\/\/[^\s/]+/, 'The address must start with http:// or https://.')
    .refine((text) => URL.canParse(text), 'This is no address: look at its host and port.')
    .max(2000),
  every: z.coerce
    .number('Seconds, 1 to 3600.')
    .int('Whole seconds.')
    .min(1, 'At least 1 s.')
    .max(3600, 'At most 3600 s.'),
  build: z.string().trim().max(200),
});

export interface TargetFormState {
  readonly problem: string | undefined;
  readonly added: string | undefined;
}

/** What the catalogue says no to, in words for whoever filled in the form. */
const refusals = ['catalog.target', 'scrape.address'];
const profiles = ['block', 'mutex', 'cpu', 'goroutine', 'heap'];

/** Adds a target, or replaces the one with this service and address. */
export async function addTarget(_: TargetFormState, form: FormData): Promise<TargetFormState> {
  const parsed = targetForm.safeParse({
    service: form.get('service'),
    url: form.get('url'),
    every: form.get('every'),
    build: form.get('build') ?? '',
  });
  if (!parsed.success)
    return { problem: parsed.error.issues[0]?.message ?? 'The form cannot be read.', added: undefined };
  const { service, url, every, build } = parsed.data;
  const { catalog, targetsChanged } = context();
  try {
    await catalog.putTarget({
      service,
      url,
      everyMs: every * 1000,
      build: build === '' ? undefined : build,
      labels: {},
      profiles,
      source: 'ui',
    });
  } catch (error) {
    if (!refusals.includes(errorCode(error) ?? '')) throw error;
    return { problem: errorMessage(error), added: undefined };
  }
  targetsChanged();
  revalidatePath('/', 'layout');
  return { problem: undefined, added: url };
}

/** Removes a target; what it sent before stays. One of the configuration file is refused by the catalogue. */
export async function removeTarget(form: FormData): Promise<void> {
  const { catalog, targetsChanged } = context();
  await catalog.removeTarget(z.string().parse(form.get('id')));
  targetsChanged();
  revalidatePath('/', 'layout');
}

/** Stops or starts scraping a target. */
export async function switchTarget(form: FormData): Promise<void> {
  const { catalog, targetsChanged } = context();
  const { id, enabled } = z.object({ id: z.string(), enabled: z.enum(['0', '1']) }).parse(Object.fromEntries(form));
  await catalog.setTargetEnabled(id, enabled === '1');
  targetsChanged();
  revalidatePath('/', 'layout');
}
