import { exitCode } from './exit-code';
import { readInputs } from './inputs';
import type { Io } from './io';
import { topDocument } from './top-document';
import { topHelp } from './top-help';
import { parseTopOptions } from './top-options';
import { fetchTopDocument } from './top-server';
import { topTable } from './top-table';

/** `lockscope top`: lock hotspots of one process's block and mutex profiles, or of a server's stored data. */
export async function run(args: string[], io: Io): Promise<number> {
  const options = parseTopOptions(args, io.env);
  if (options.help) {
    io.stdout(topHelp);
    return exitCode.fine;
  }
  const { source, listIdle } = options;
  const document =
    source.kind === 'server'
      ? await fetchTopDocument(source.options)
      : topDocument(await readInputs(source.paths, ['block', 'mutex']), { ...source.options, listIdle });
  io.stdout(
    options.json ? `${JSON.stringify(document, null, 2)}\n` : topTable(document, { ...options, colour: io.colour }),
  );
  return exitCode.fine;
}
