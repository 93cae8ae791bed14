import type { z } from 'zod';
import { LockscopeError } from '@/lib/errors';

/** The parameters that a schema names; of a repeated one the first. Throws `code` naming the parameter and its `fault`. */
export function parseQuery<Schema extends z.ZodObject>(
  schema: Schema,
  params: URLSearchParams,
  { code, fault }: { readonly code: string; readonly fault: string },
): z.output<Schema> {
  const names = Object.keys(schema.shape);
  const given = Object.fromEntries(names.flatMap((name) => (params.has(name) ? [[name, params.get(name)]] : [])));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const name = String(parsed.error.issues[0]?.path[0] ?? names[0]);
  throw new LockscopeError(code, `${name}: "${params.get(name)}" ${fault}`, { place: `query ${name}` });
}
