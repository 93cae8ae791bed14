import { join } from 'node:path';
import { withWorktree } from './ci-git';
import { type Change, resolveChange } from './ci-run-change';
import { withRunFolder, withTemporaryFolder } from './ci-run-folder';
import { failsGate } from './ci-run-judge';
import { type Looked, look } from './ci-run-looks';
import { type CiRunOptions, ciRunHelp, parseCiRunOptions } from './ci-run-options';
import { type Prepared, prepare, type Side } from './ci-run-prepare';
import { diffTable } from './diff-table';
import { exitCode } from './exit-code';
import { withInterrupt } from './interrupt';
import type { Io } from './io';

/** `lockscope ci run`: measures a change against its base on this machine, and says what it costs. */
export async function run(args: string[], io: Io): Promise<number> {
  const options = parseCiRunOptions(args);
  if (options.help) {
    io.stdout(ciRunHelp);
    return exitCode.fine;
  }
  return withInterrupt((signal) => runChange(options, process.cwd(), signal, io));
}

/** The same for a folder other than the process's own. */
async function runChange(options: CiRunOptions, folder: string, signal: AbortSignal, io: Io): Promise<number> {
  const tell = (line: string) => io.stderr(`${line}\n`);
  const change = await resolveChange(options, folder, io.env, signal);
  const { meta, suite, budget } = change;
  tell(`base ${change.baseSha.slice(0, 12)}, ${meta.base.source}; head ${meta.head.label}`);
  if (budget.changedHere) tell('this change edits .lockscope.yml: the rules are those of the base');
  return withRunFolder(options.out, async (runs) => {
    const looked = await withBothSides(change, folder, async (base, head) =>
      withTemporaryFolder(async (binaries) => {
        const prepared = await prepare({ base, head, suite, changed: change.changed, folder: binaries, signal, tell });
        const secondLook = options.secondLook && budget.budget.secondLook;
        const asked = { prepared, suite, budget: budget.budget, secondLook, folder: runs, meta, signal, tell };
        const answer = await look({ ...asked, now: io.now });
        return { ...answer, document: withUnreached(answer.document, prepared) };
      }),
    );
    io.stdout(options.json ? `${JSON.stringify(looked.document, null, 2)}\n` : diffTable(looked.document, options.top));
    return verdictCode(looked, options, change, new Date(io.now()).toISOString().slice(0, 10));
  });
}

/** Calls `use` with the base checked out beside, and the head where it is or beside, too. */
function withBothSides<T>(
  { repository, baseSha, headSha }: Change,
  folder: string,
  use: (base: Side, head: Side) => Promise<T>,
): Promise<T> {
  const sideAt = (arm: Side['arm'], root: string): Side => ({ arm, root, moduleDir: join(root, repository.prefix) });
  return withWorktree(repository, baseSha, (base) =>
    headSha === undefined
      ? use(sideAt('base', base), { arm: 'head', root: repository.root, moduleDir: folder })
      : withWorktree(repository, headSha, (head) => use(sideAt('base', base), sideAt('head', head))),
  );
}

function withUnreached(document: Looked['document'], { benchmarks, unreached }: Prepared): Looked['document'] {
  if (unreached.length === 0) return document;
  const nothing = benchmarks.length === 0 ? 'nothing was measured: ' : '';
  const message = `${nothing}the change does not reach ${unreached.join(', ')} (--all measures them, too)`;
  return { ...document, notes: [...document.notes, { code: 'unreached', message }] };
}

function verdictCode({ document, meta }: Looked, options: CiRunOptions, change: Change, today: string): number {
  const { budget } = change.budget;
  const gate = options.gate || budget.mode === 'gate';
  if (document.verdict === 'regression' && gate && failsGate(document, budget, today)) return exitCode.gateFailed;
  const nothingToTell = meta.benchmarks.length === 0;
  if (document.verdict === 'inconclusive' && options.failInconclusive && !nothingToTell) return exitCode.inconclusive;
  return exitCode.fine;
}
