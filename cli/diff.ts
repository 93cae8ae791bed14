import { defaultOptions } from '@/lib/regression/options';
import { compareArms } from './compare-arms';
import { diffDocument } from './diff-document';
import { diffHelp } from './diff-help';
import { parseDiffOptions } from './diff-options';
import { diffTable } from './diff-table';
import { exitCode } from './exit-code';
import type { Io } from './io';

/** `lockscope diff`: what got worse or better between two sets of runs. */
export async function run(args: string[], io: Io): Promise<number> {
  const options = parseDiffOptions('diff', args);
  if (options.help) {
    io.stdout(diffHelp);
    return exitCode.fine;
  }
  const document = diffDocument(await compareArms(options, defaultOptions));
  io.stdout(options.json ? `${JSON.stringify(document, null, 2)}\n` : diffTable(document, options.top));
  return exitCode.fine;
}
