import 'server-only';
import { readFile, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { LockEntry } from '@/lib/contention/lock';
import type { SiteDef } from '@/lib/profile/site';
import { functionAround, mentionsLock, onlyField, type SourceLine, sectionLines } from '@/lib/report/go-source';

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

const maxBytes = 1_000_000;
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

/**
 * A Go file below `dir` by the longest end of the recorded path that exists there. The recorded path comes from
 * whoever sends profiles: only names are taken from it, and the file must lie below `dir` after links are followed.
 */
export async function readGoFile(
  dir: string,
  recorded: string,
): Promise<{ readonly path: string; readonly text: string } | undefined> {
  const parts = recorded.split(/[/\\]/).filter((part) => part !== '' && part !== '.' && part !== '..');
  if (!recorded.endsWith('.go') || recorded.includes('\0')) return undefined;
  for (let from = 0; from < parts.length; from++) {
    const path = parts.slice(from).join('/');
    const text = await readBelow(dir, path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

async function readBelow(dir: string, path: string): Promise<string | undefined> {
  try {
    const root = await realpath(dir);
    const file = await realpath(join(root, path));
    if (!file.startsWith(root.endsWith(sep) ? root : root + sep)) return undefined;
    const { size } = await stat(file);
    return size > maxBytes ? undefined : await readFile(file, 'utf8');
  } catch {
    // Not there, not readable, or a folder: the next shorter path is tried, and `missing` says so in the end.
    return undefined;
  }
}
