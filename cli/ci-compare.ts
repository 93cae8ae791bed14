import { readFile } from 'node:fs/promises';
import type { Budget } from '@/lib/budget/budget';
import { parseBudget } from '@/lib/budget/parse';
import { errorMessage, LockscopeError } from '@/lib/errors';
import { defaultOptions } from '@/lib/regression/options';
import { decidingOf } from './budget-deciding';
import { compareArms } from './compare-arms';
import { diffDocument } from './diff-document';
import { ciCompareHelp } from './diff-help';
import { parseDiffOptions } from './diff-options';
import { diffTable } from './diff-table';
import { exitCode } from './exit-code';
import type { Io } from './io';

/** `lockscope ci compare`: `lockscope diff` under a budget, with the exit code that a CI job needs. */
export async function run(args: string[], io: Io): Promise<number> {
  const options = parseDiffOptions('ci compare', args);
  if (options.help) {
    io.stdout(ciCompareHelp);
    return exitCode.fine;
  }
  const budget = options.budget === undefined ? undefined : await readBudget(options.budget);
  const today = new Date(io.now()).toISOString().slice(0, 10);
  const deciding = budget === undefined ? defaultOptions : { ...decidingOf(budget, today), touched: [] };
  const wrappers = [...options.wrappers, ...(budget?.wrappers ?? [])];
  const document = diffDocument(await compareArms({ ...options, wrappers }, deciding));
  io.stdout(options.json ? `${JSON.stringify(document, null, 2)}\n` : diffTable(document, options.top));
  if (document.verdict === 'regression' && (options.gate || budget?.mode === 'gate')) return exitCode.gateFailed;
  if (document.verdict === 'inconclusive' && options.failInconclusive) return exitCode.inconclusive;
  return exitCode.fine;
}

async function readBudget(path: string): Promise<Budget> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new LockscopeError('budget.file', `--budget ${path}: ${errorMessage(error)}`, { place: path });
  }
  return parseBudget(text, path);
}
