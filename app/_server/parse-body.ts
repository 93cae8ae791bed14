import type { z } from 'zod';
import { LockscopeError } from '@/lib/errors';

/** The JSON of a request by its schema; no body at all is `{}`. Throws `code` naming the field and its fault. */
export async function parseBody<Schema extends z.ZodType>(
  schema: Schema,
  request: Request,
  code: string,
): Promise<z.output<Schema>> {
  const text = await request.text();
  let body: unknown;
  try {
    body = text.trim() === '' ? {} : JSON.parse(text);
  } catch (cause) {
    throw new LockscopeError(code, 'the body is no JSON', { place: 'body', cause });
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') || 'body';
  throw new LockscopeError(code, `${place}: ${issue?.message ?? 'is not understood'}`, { place: `body ${place}` });
}
