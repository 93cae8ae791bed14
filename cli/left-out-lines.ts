import { z } from 'zod';

const entrySchema = z.object({ file: z.string().optional(), reason: z.string() });

/**
 * One line for each entry of a document's `left_out`, lists one line an element: what, and for which reason. Entries
 * that carry none are named only.
 */
export function leftOutLines(leftOut: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(leftOut).flatMap(([name, what]) =>
    (Array.isArray(what) ? what : [what]).map((one: unknown) => {
      const { data } = entrySchema.safeParse(one);
      return `left out: ${data?.file ?? name.replaceAll('_', ' ')}${data === undefined ? '' : `: ${data.reason}`}`;
    }),
  );
}
