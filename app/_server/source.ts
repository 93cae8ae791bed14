import 'server-only';
import type { LockEntry } from '@/lib/contention/lock';
import type { SiteDef } from '@/lib/profile/site';
import { functionAround, mentionsLock, onlyField, type SourceLine, sectionLines } from '@/lib/report/go-source';
import { readGoFile } from './go-file';

export interface SourceSection {
  readonly role: 'holder' | 'waiter';
  readonly function: string;
  /** Path below the source folder. */
  readonly path: string;
  readonly lines: readonly SourceLine[];
}

export interface LockSource {
  readonly sections: readonly SourceSection[];
  /** Field of the lock when the text shows exactly one candidate. */
  readonly field: string | undefined;
  /** Files that are not there, or whose text does not fit the profile. */
  readonly missing: readonly string[];
}

const sitesRead = 6;
const linesShown = 80;

/** Source around the sites of a lock from `LOCKSCOPE_SOURCE_DIR`; empty when the folder is not set or holds nothing. */
export async function lockSource(dir: string | undefined, entry: LockEntry): Promise<LockSource> {
  if (dir === undefined) return { sections: [], field: undefined, missing: [] };
  const sites = [
    ...entry.holdSites.slice(0, sitesRead).map((site) => ({ site, role: 'holder' as const })),
    ...entry.waitSites.slice(0, sitesRead).map((site) => ({ site, role: 'waiter' as const })),
  ];
  const read = await Promise.all(sites.map(({ site, role }) => readSection(dir, site, role)));
  const found = read.filter((section) => section !== undefined);
  const seen = new Set<string>();
  const atSites = found.flatMap(({ lines }) => lines.filter(({ site }) => site).map(({ text }) => text));
  return {
    sections: found.filter(({ path, lines }) => {
      const key = `${path}:${lines[0]?.number}`;
      return !seen.has(key) && seen.add(key);
    }),
    field: seesBothSides(found, entry)
      ? onlyField(
          atSites,
          found.flatMap(({ lines }) => lines.map(({ text }) => text)),
        )
      : undefined,
    missing: [...new Set(sites.filter((_, index) => read[index] === undefined).map(({ site }) => site.file))],
  };
}

/** A field is named only when the text of every side that the profiles know is at hand. */
function seesBothSides(found: readonly SourceSection[], entry: LockEntry): boolean {
  const has = (role: SourceSection['role']) => found.some((section) => section.role === role);
  return (entry.waitSites.length === 0 || has('waiter')) && (entry.holdSites.length === 0 || has('holder'));
}

async function readSection(
  dir: string,
  site: SiteDef,
  role: SourceSection['role'],
): Promise<SourceSection | undefined> {
  const file = await readGoFile(dir, site.file);
  if (file === undefined || site.line === 0) return undefined;
  const lines = file.text.split('\n');
  const around = functionAround(lines, site.line);
  if (around === undefined || !mentionsLock(lines, around)) return undefined;
  const shown = sectionLines(lines, around, site.line).slice(0, linesShown);
  return { role, function: site.function, path: file.path, lines: shown };
}
