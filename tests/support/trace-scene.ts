import { timedArguments, traceFromText } from './trace-text';

const noThread = '18446744073709551615';
const words: Record<string, readonly string[]> = {
  gstatus: ['bad', 'runnable', 'running', 'syscall', 'waiting'],
  pstatus: ['bad', 'running', 'idle', 'syscall', 'abandoned'],
};

/**
 * A trace written by hand, as bytes. One event a line, under the thread that wrote it; what a scene does not care for
 * is filled in:
 *
 *     go1.26
 *     generation 1
 *     thread 7 at=100
 *       ProcStatus p=0 pstatus=running
 *       GoStatus g=1 gstatus=running
 *       GoBlock reason_string="sync" stack="sync.(*Mutex).Lock:90 < main.get:12"
 *
 * `dt` is 1 unless given or told by `at=` (absolute), `m` is the own thread, everything else 0. Strings and stacks
 * (leaf first) stand where their ids belong; `stack=9` is an id nobody defines. A second `thread 7` begins another batch
 * of it; `thread none` is the tracer itself. Clock, tables and the end of a generation are added as the version has
 * them, unless `generation 1 without=clock,strings,stacks,end` leaves them out; `time=` and `freq=` set the clock. Lines of the wire's text
 * form may stand between (`Bytes`, `EventBatch …`).
 */
export function traceOfScene(scene: string): Uint8Array {
  return traceFromText(textOfScene(scene));
}

/** The same trace in the text form of the wire. */
export function textOfScene(scene: string): string {
  const [version = '', ...lines] = scene
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const format = Number(/^go1\.(\d+)$/.exec(version)?.[1]);
  const parts: (readonly string[])[] = [[`Trace Go1.${format}`]];
  let generation: SceneGeneration | undefined;
  for (const line of lines) {
    const [word, name = ''] = line.split(/\s+/);
    if (word === 'generation') {
      parts.push(generation?.lines() ?? []);
      generation = new SceneGeneration(format, name, argumentsOf(line));
    } else if (generation === undefined) parts.push([line]);
    else if (word === 'thread') generation.thread(name, argumentsOf(line));
    else generation.event(line);
  }
  parts.push(generation?.lines() ?? []);
  return `${parts.flat().join('\n')}\n`;
}

class SceneGeneration {
  readonly #format: number;
  readonly #number: string;
  readonly #args: ReadonlyMap<string, string>;
  readonly #batches: string[] = [];
  readonly #strings = new Map<string, number>();
  readonly #stacks = new Map<string, number>();
  #thread = noThread;
  #time = 0;

  constructor(format: number, number: string, args: ReadonlyMap<string, string>) {
    this.#format = format;
    this.#number = number;
    this.#args = args;
  }

  thread(name: string, args: ReadonlyMap<string, string>): void {
    this.#thread = name === 'none' ? noThread : name;
    this.#time = Number(args.get('at') ?? this.#time);
    this.#batches.push(`EventBatch gen=${this.#number} m=${this.#thread} time=${this.#time}`);
  }

  event(line: string): void {
    const name = line.split(/\s+/)[0] ?? '';
    if (
      /^(Bytes|EventBatch|ExperimentalBatch|CPUSamples?|Strings?|Stacks?|Sync|Frequency|ClockSnapshot|EndOfGeneration|data=\S*|pc=\S*|#)$/.test(
        name,
      )
    ) {
      this.#batches.push(line);
      return;
    }
    const args = argumentsOf(line);
    const wire = timedArguments(name).map((arg) => `${arg}=${this.#value(arg, args)}`);
    this.#batches.push(`${name} ${wire.join(' ')}`);
  }

  lines(): string[] {
    const without = (this.#args.get('without') ?? '').split(',');
    const time = this.#args.get('time') ?? '0';
    const batch = `EventBatch gen=${this.#number} m=${noThread} time=${time}`;
    const frequency = `Frequency freq=${this.#args.get('freq') ?? 15_625_000}`;
    const clock = without.includes('clock')
      ? []
      : this.#format < 25
        ? [batch, frequency]
        : [batch, 'Sync', frequency, 'ClockSnapshot dt=0 mono=1000 sec=1700000000 nsec=0'];
    const stacks = without.includes('stacks') ? [] : [batch, 'Stacks', ...this.#stackLines()];
    const strings = without.includes('strings') ? [] : [batch, 'Strings', ...this.#stringLines()];
    const end = this.#format < 26 || without.includes('end') ? [] : ['EndOfGeneration'];
    const early = this.#format < 25 ? [] : clock;
    const late = this.#format < 25 ? clock : [];
    return [...early, ...this.#batches, ...stacks, ...strings, ...late, ...end];
  }

  #value(name: string, args: ReadonlyMap<string, string>): string | number {
    const own = args.get(name);
    if (name === 'dt') {
      const at = args.get('at');
      const delta = at === undefined ? Number(own ?? 1) : Number(at) - this.#time;
      this.#time += delta;
      return own ?? delta;
    }
    if (own === undefined) return name === 'm' ? this.#thread : 0;
    const word = words[name]?.indexOf(own) ?? -1;
    if (word !== -1) return word;
    if (own === 'none') return noThread;
    if (!own.startsWith('"')) return own;
    const text = own.slice(1, -1);
    return name.endsWith('stack') ? idOf(this.#stacks, text) : idOf(this.#strings, text);
  }

  #stringLines(): string[] {
    return [...this.#strings].flatMap(([text, id]) => [`String id=${id}`, `data=${JSON.stringify(text)}`]);
  }

  /** Comes before `#stringLines`: frames name strings. */
  #stackLines(): string[] {
    return [...this.#stacks].flatMap(([text, id]) => {
      const frames = text.split(' < ').map((frame) => /^(.*):(\d+)$/.exec(frame) ?? ['', frame, '0']);
      const line = ([, name = '', at = '0']: readonly string[]): string =>
        `pc=${idOf(this.#strings, `${name}:${at}`)} func=${idOf(this.#strings, name)} file=${idOf(this.#strings, 'main.go')} line=${at}`;
      return [`Stack id=${id} nframes=${frames.length}`, ...frames.map(line)];
    });
  }
}

function idOf(table: Map<string, number>, text: string): number {
  const known = table.get(text);
  if (known !== undefined) return known;
  table.set(text, table.size + 1);
  return table.size;
}

function argumentsOf(line: string): Map<string, string> {
  return new Map(
    [...line.matchAll(/(\w+)=("(?:[^"\\]|\\.)*"|\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
}
