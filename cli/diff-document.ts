import type { DiffDocument } from '@/lib/query/api/diff';
import { diffSchema } from '@/lib/query/api/diff';
import type { ComparedFiles } from './compare-arms';

/** The public document of a comparison of files. */
export function diffDocument({ comparison, leftOut }: ComparedFiles): DiffDocument {
  const { leftOut: sites, ...rest } = comparison;
  return diffSchema.parse({
    schema: 'lockscope/diff/v1',
    ...rest,
    notes: [],
    left_out: {
      ...(leftOut.length > 0 ? { files: leftOut } : {}),
      ...(sites.length > 0 ? { sites: sites.map(({ reason, sites: count }) => ({ count, reason })) } : {}),
    },
  });
}
