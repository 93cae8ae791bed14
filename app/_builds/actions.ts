'use server';
// Server actions on baselines: parsed here, kept by the catalogue.
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import type { Baseline } from '@/lib/catalog/builds';
import { unixMs } from '@/lib/units';
import { context } from '../_server/context';

const name = z.string().min(1).max(200);
const instant = z.coerce.number().int().min(0).transform(unixMs);
const baselineForm: z.ZodType<Baseline, unknown> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('previous') }),
  z.object({ kind: z.literal('pinned'), build: name }),
  z.object({ kind: z.literal('branch'), branch: name }),
  z.object({ kind: z.literal('yesterday') }),
  z.object({ kind: z.literal('window'), from: instant, to: instant }),
]);

export interface BaselineFormState {
  readonly problem: string | undefined;
}

/** Chooses what a service is compared with. */
export async function chooseBaseline(_: BaselineFormState, form: FormData): Promise<BaselineFormState> {
  const given = Object.fromEntries(form);
  const service = name.safeParse(given.service);
  const baseline = baselineForm.safeParse(given);
  if (!service.success || !baseline.success) return { problem: 'Say which build, branch or window.' };
  return keep(service.data, baseline.data);
}

/** Pins a build as the baseline of a service. */
export async function pinBuild(form: FormData): Promise<void> {
  const { service, build } = z.object({ service: name, build: name }).parse(Object.fromEntries(form));
  await keep(service, { kind: 'pinned', build });
}

/** Goes back to the previous build. */
export async function unpinBuild(form: FormData): Promise<void> {
  await keep(name.parse(form.get('service')), { kind: 'previous' });
}

async function keep(service: string, baseline: Baseline): Promise<BaselineFormState> {
  const { catalog } = context();
  if (baseline.kind === 'pinned') {
    const known = await catalog.listBuilds(service);
    if (!known.some(({ build }) => build === baseline.build))
      return { problem: `No build ${baseline.build} is known.` };
  }
  await catalog.setBaseline(service, baseline, unixMs(Date.now()));
  revalidatePath('/', 'layout');
  return { problem: undefined };
}
