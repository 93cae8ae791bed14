import { traceOfScene } from './trace-scene';

/** What stands before the program's own frames where a goroutine waits for, or lets go of, each of these. */
const operations: Record<string, readonly [reason: string, frames: string]> = {
  'Mutex.Lock': ['sync', 'sync.(*Mutex).Lock'],
  'Mutex.Unlock': ['', 'sync.(*Mutex).Unlock'],
  'RWMutex.Lock': ['sync', 'sync.(*Mutex).Lock < sync.(*RWMutex).Lock'],
  'RWMutex.drain': ['sync', 'sync.(*RWMutex).Lock'],
  'RWMutex.Unlock': ['', 'sync.(*RWMutex).Unlock'],
  'RWMutex.Unlock-writer': ['', 'sync.(*Mutex).Unlock < sync.(*RWMutex).Unlock'],
  'RWMutex.RLock': ['sync', 'sync.(*RWMutex).RLock'],
  'RWMutex.RUnlock': ['', 'sync.(*RWMutex).RUnlock'],
  'Cond.Wait': ['sync.(*Cond).Wait', 'sync.(*Cond).Wait'],
  'Cond.relock': ['sync', 'sync.(*Mutex).Lock < sync.(*Cond).Wait'],
  'Cond.Signal': ['', 'sync.(*Cond).Signal'],
  'WaitGroup.Wait': ['sync', 'sync.(*WaitGroup).Wait'],
  'WaitGroup.Done': ['', 'sync.(*WaitGroup).Add < sync.(*WaitGroup).Done'],
  send: ['chan send', 'runtime.chansend1'],
  receive: ['chan receive', 'runtime.chanrecv1'],
  sleep: ['sleep', 'time.Sleep'],
  network: ['network', 'internal/poll.runtime_pollWait < net.(*conn).Read'],
  assist: ['GC mark assist wait for work', 'runtime.gcAssistAlloc'],
};
const scheduler = 99;

interface Goroutine {
  seq: number;
  state: 'running' | 'runnable' | 'syscall' | 'waiting';
  stack: string;
}

/**
 * A trace from a story of goroutines, one event a line, times in microseconds:
 *
 *     g3 waits                          before the trace (`g3 waits for sync "stack"` gives it a full stack)
 *     10 g2 blocks Mutex.Lock main.get  an operation and the program's frames, or a reason and a stack in quotes
 *     20 g1 wakes g2 Mutex.Unlock main.put
 *     20 g0 wakes g2                    g0 is the scheduler: no goroutine, no stack
 *     21 g2 runs
 *     30 g1 hands over                  yields inside Unlock, as with a starving mutex
 *     40 g1 logs lock="accounts"        trace.Log
 *     50 g1 GoDestroy                   any event of the wire's text form
 *     99 end
 *
 * Who acts first runs since the start; each goroutine has a thread and a processor of its own. `--- lost` stands for a
 * generation that cannot be read; after it and after `--- next` states go on as told before, `g2 is waiting` corrects them.
 */
export function traceOfStory(story: string, version = 'go1.26'): Uint8Array {
  const teller = new Teller();
  const [first = '', ...later] = story.split(/^\s*(?=---)/m);
  const parts = [teller.generation(1, first)];
  for (const [index, part] of later.entries()) {
    const [head = '', ...rest] = part.split('\n');
    const number = index + 2;
    if (!head.includes('lost')) parts.push(teller.generation(number, rest.join('\n')));
    else
      parts.push(
        `generation ${number} freq=1000000000 time=${teller.now}\nthread 98 at=${teller.now}\nGCMarkAssistEnd`,
      );
  }
  return traceOfScene(`${version}\n${parts.join('\n')}`);
}

class Teller {
  readonly #goroutines = new Map<number, Goroutine>();
  readonly #created = new Set<number>();
  now = 0;

  generation(number: number, story: string): string {
    const lines = story
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const startNs = number === 1 ? 0 : this.now + 1;
    const threads = new Map<number, string[]>();
    for (const line of lines) this.#declare(line);
    for (const [, goroutine] of this.#goroutines) goroutine.seq = 0;
    const states = [...this.#goroutines].map(([g, { state, stack }]) => {
      const own = state === 'running' || state === 'syscall';
      threads.set(
        g,
        own
          ? [`ProcStatus p=${g} pstatus=${state}`, `GoStatus g=${g} m=${g} gstatus=${state}`]
          : [`ProcStatus p=${g} pstatus=running`],
      );
      if (own) return '';
      return stack === ''
        ? `GoStatus g=${g} m=none gstatus=${state}`
        : `GoStatusStack g=${g} m=none gstatus=${state} stack="${stack}"`;
    });
    threads.set(scheduler, [`ProcStatus p=${scheduler} pstatus=running`]);
    for (const line of lines) this.#tell(line, threads);
    const batches = [...threads].map(([thread, events]) => `thread ${thread} at=${startNs}\n${events.join('\n')}`);
    const none = `thread none at=${startNs}\n${states.filter((line) => line !== '').join('\n')}`;
    return `generation ${number} freq=1000000000 time=${startNs}\n${batches.join('\n')}\n${none}`;
  }

  /** Who is there when a generation begins, and in which state. */
  #declare(line: string): void {
    const before = /^g(\d+) (?:is )?(waits|waiting|runnable|running|syscall)(?: for \w+ "(.*)")?$/.exec(line);
    if (before !== null) {
      // The pattern has no other words than these states and `waits`.
      const state = before[2] === 'waits' ? 'waiting' : (before[2] ?? '');
      this.#goroutines.set(Number(before[1]), { seq: 0, state: state as Goroutine['state'], stack: before[3] ?? '' });
      return;
    }
    const acts = Number(/^[\d.]+ g(\d+) /.exec(line)?.[1] ?? 0);
    const created = /^[\d.]+ g\d+ creates g(\d+)/.exec(line);
    if (created !== null) this.#created.add(Number(created[1]));
    if (acts > 0 && !this.#goroutines.has(acts) && !this.#created.has(acts)) {
      this.#goroutines.set(acts, { seq: 0, state: 'running', stack: '' });
    }
  }

  #tell(line: string, threads: Map<number, string[]>): void {
    const event = /^([\d.]+) (?:g(\d+) )?(.*)$/.exec(line);
    if (event === null) return;
    const at = `at=${Math.round(Number(event[1]) * 1_000)}`;
    this.now = Math.round(Number(event[1]) * 1_000);
    const actor = Number(event[2] ?? 0);
    const thread = actor === 0 ? scheduler : actor;
    if (!threads.has(thread)) threads.set(thread, [`ProcStatus p=${thread} pstatus=running`]);
    threads.get(thread)?.push(this.#eventOf(actor, event[3] ?? '', at));
  }

  #eventOf(actor: number, what: string, at: string): string {
    const [verb = '', ...words] = what.split(' ');
    const own = this.#of(actor);
    switch (verb) {
      case 'end':
        return `HeapAlloc ${at} heapalloc_value=1`;
      case 'blocks': {
        own.state = 'waiting';
        const [reason, stack] = operationOf(words);
        return `GoBlock ${at} reason_string="${reason}" stack="${stack}"`;
      }
      case 'wakes': {
        const woken = this.#of(Number(words[0]?.slice(1)));
        woken.state = 'runnable';
        woken.seq += 1;
        const stack = words.length > 1 ? ` stack="${operationOf(words.slice(1))[1]}"` : '';
        return `GoUnblock ${at} g=${words[0]?.slice(1)} g_seq=${woken.seq}${stack}`;
      }
      case 'runs':
        own.state = 'running';
        own.seq += 1;
        return `GoStart ${at} g=${actor} g_seq=${own.seq}`;
      case 'hands':
        own.state = 'runnable';
        return `GoStop ${at} reason_string="preempted" stack="runtime.goyield:1 < runtime.semrelease1:2 < internal/sync.(*Mutex).unlockSlow:3 < sync.(*Mutex).Unlock:4 < main.f:5"`;
      case 'creates': {
        this.#goroutines.set(Number(words[0]?.slice(1)), { seq: 0, state: 'runnable', stack: '' });
        return `GoCreate ${at} new_g=${words[0]?.slice(1)} new_stack="${words[1] ?? 'main.worker'}:1" stack="main.go:2"`;
      }
      case 'logs':
        return `UserLog ${at} key_string="${words[0]?.split('=')[0]}" value_string=${words[0]?.split('=')[1]}`;
      default:
        if (verb === 'GoStop') own.state = 'runnable';
        if (verb === 'GoDestroy') this.#goroutines.delete(actor);
        return `${verb} ${at} ${words.join(' ')}`;
    }
  }

  #of(goroutine: number): Goroutine {
    const known = this.#goroutines.get(goroutine) ?? { seq: 0, state: 'running', stack: '' };
    if (goroutine > 0) this.#goroutines.set(goroutine, known);
    return known;
  }
}

/** `Mutex.Lock main.get main.serve` or `sync "full < stack"`: the reason and the stack of an event. */
function operationOf([word = '', ...frames]: readonly string[]): readonly [string, string] {
  const text = frames.join(' ');
  if (text.startsWith('"')) return [word.replaceAll('_', ' '), text.slice(1, -1)];
  const known = operations[word];
  if (known === undefined) throw new Error(`no operation of stories: ${word}`);
  const numbered = frames.map((frame) => (frame.includes(':') ? frame : `${frame}:1`));
  return [known[0], [known[1], ...numbered].join(' < ')];
}
