import type { ChangedSite } from '@/lib/regression/comparison';
import type { CommentContext } from './context';

/** The file, named as the pull request does, when it touched the very line of a site. */
export function touchedAt({ file, line }: ChangedSite, touched: CommentContext['touched']): string | undefined {
  // Profiles name files by the builder's path or by module path; a diff names them from the repository's root.
  return touched.find(
    (change) => (file === change.file || file.endsWith(`/${change.file}`)) && change.lines.includes(line),
  )?.file;
}
