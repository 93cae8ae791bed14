import type { Budget, Suite } from '@/lib/budget/budget';
import type { DiffDocument } from '@/lib/query/api/diff';
import { splitRate } from './budget-deciding';
import { writeArmDescription } from './ci-arm';
import { type CiMeta, writeMeta } from './ci-meta';
import type { RunFolder } from './ci-run-folder';
import { judgeRuns } from './ci-run-judge';
import { type Measured, measure } from './ci-run-measure';
import { type ArmName, visitsOf } from './ci-run-plan';
import type { Prepared } from './ci-run-prepare';

export interface Looking {
  readonly prepared: Prepared;
  readonly suite: Suite;
  readonly budget: Budget;
  readonly secondLook: boolean;
  readonly folder: RunFolder;
  /** As it stands before measuring. */
  readonly meta: Omit<CiMeta, 'benchmarks' | 'leftOut' | 'order' | 'looks'>;
  readonly now: () => number;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
}

export interface Looked {
  readonly document: DiffDocument;
  readonly meta: CiMeta;
}

/**
 * Measures and compares; when that leaves a suspicion and a second look is wanted, measures as many runs again and
 * compares all of them once more, each look at its share of the false discovery rate. The folder holds everything that
 * was measured, after each look and when something throws in between.
 */
export async function look(asked: Looking): Promise<Looked> {
  const { suite, budget } = asked;
  const measured: Measured = { runs: { base: [], head: [] }, order: [] };
  const [first, second] = asked.secondLook ? splitRate(budget.q) : [budget.q, budget.q];
  const once = await lookAt({ from: 0, to: suite.runs }, { q: first, looks: 1 }, measured, asked);
  if (once.document.verdict !== 'suspicious' || !asked.secondLook) return once;
  asked.tell(`suspicious after ${suite.runs} runs a side: ${suite.runs} more`);
  return lookAt({ from: suite.runs, to: 2 * suite.runs }, { q: second, looks: 2 }, measured, asked);
}

async function lookAt(
  rounds: { readonly from: number; readonly to: number },
  { q, looks }: { readonly q: number; readonly looks: number },
  measured: Measured,
  asked: Looking,
): Promise<Looked> {
  const { prepared, suite, folder, now, signal, tell, budget } = asked;
  const { benchmarks } = prepared;
  const visits = visitsOf(rounds, benchmarks.length, seedOf(asked.meta.base.commit ?? ''));
  const meta: CiMeta = {
    ...asked.meta,
    benchmarks: benchmarks.map(({ name, operations }) => ({ name, operations })),
    leftOut: [...prepared.leftOut],
    order: measured.order,
    looks,
  };
  try {
    await measure(visits, measured, { benchmarks, suite, folders: folder.arms, now, signal, tell });
  } finally {
    await writeArms(measured, asked);
    await writeMeta(folder.path, meta);
  }
  const today = new Date(now()).toISOString().slice(0, 10);
  return { document: await judgeRuns({ folder, budget, meta, q, today }), meta };
}

async function writeArms(measured: Measured, { prepared, folder, meta }: Looking): Promise<void> {
  for (const arm of ['base', 'head'] as const satisfies ArmName[]) {
    await writeArmDescription(folder.arms[arm], {
      schema: 'lockscope/ci-arm/v1',
      arm,
      commit: meta[arm].commit,
      fingerprint: prepared.fingerprints[arm],
      runs: measured.runs[arm],
    });
  }
}

/** The same change is measured in the same order again. */
function seedOf(commit: string): number {
  return Number.parseInt(commit.slice(0, 7) || '0', 16);
}
