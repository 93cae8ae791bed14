import { defaultOptions } from '@/lib/regression/options';
import { compareArms } from './compare-arms';
import { diffDocument } from './diff-document';
import { ciCompareHelp } from './diff-help';
import { parseDiffOptions } from './diff-options';
import { diffTable } from './diff-table';
import { exitCode } from './exit-code';
import type { Io } from './io';

/** `lockscope ci compare`: `lockscope diff` with the exit code that a CI job needs. */
export async function run(args: string[], io: Io): Promise<number> {
  const options = parseDiffOptions('ci compare', args);
  if (options.help) {
    io.stdout(ciCompareHelp);
    return exitCode.fine;
  }
  const document = diffDocument(await compareArms(options, defaultOptions));
  io.stdout(options.json ? `${JSON.stringify(document, null, 2)}\n` : diffTable(document, options.top));
  if (document.verdict === 'regression' && options.gate) return exitCode.gateFailed;
  if (document.verdict === 'inconclusive' && options.failInconclusive) return exitCode.inconclusive;
  return exitCode.fine;
}
