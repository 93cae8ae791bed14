import { errorMessage } from '@/lib/errors';
import { writeEvents } from '@/lib/gotrace/read-trace';
import { bufferSource } from '@/lib/gotrace/source';

/** A trace in the form of `traceOfScene` and what is told of it, in the form of `toldOf`. */
export interface Scene {
  readonly name: string;
  readonly scene: string;
  readonly told: string;
  /** Why Go's reader tells something else; only where that is meant. */
  readonly unlikeGo?: string;
}

/**
 * The events of a trace, shortened: thread/processor/goroutine, what happened, `@` and the stacks; `!` and the message
 * where it ends with an error. Times are left out.
 */
export function toldOf(bytes: Uint8Array): string {
  const lines: string[] = [];
  try {
    writeEvents(bufferSource(bytes), (line) => lines.push(shortened(line)));
  } catch (error) {
    lines.push(`! ${errorMessage(error)}`);
  }
  // Behind the last generation Go shows the beginning of one more.
  return lines.join('\n').replace(/\ngeneration \d+$/, '');
}

/** What a scene tells, without its indentation. */
export function toldBy({ told }: Scene): string {
  return told
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

function shortened(line: string): string {
  const [head = '', own = '', ran = ''] = line.split('\t');
  const sync = /Sync .*?N=(\d+)/.exec(head);
  if (sync !== null) return `generation ${sync[1]}`;
  const stacks = [own, ran].filter((stack, index, both) => stack !== '' && both.indexOf(stack) === index);
  const short = head
    .replace(/^M=(\S+) P=(\S+) G=(\S+) /, (_, m, p, g) => `${[m, p, g].join('/').replaceAll('-1', '-')} `)
    .replace(/ Time=\d+/, '')
    .replace(/StateTransition (GoID=|ProcID=)/, (_, of) => (of === 'GoID=' ? 'g' : 'p'))
    .replace(' Reason=""', '')
    .replace(/ Reason=/, ' ')
    .replaceAll(/Value\{Uint64\((\d+)\)\}/g, '$1');
  return stacks.length === 0 ? short : `${short} @ ${stacks.join(' | ')}`;
}
