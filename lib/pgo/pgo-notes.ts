import type { WireProfile } from '@/lib/pprof/wire-profile';
import { formatCount, formatPlural, formatShare } from '@/lib/units-format';
import { framesWithoutInlining } from './call-edges';
import type { PgoCounts } from './pgo-profile';

export interface Note {
  readonly code: string;
  readonly message: string;
}

/** Samples below which the heaviest 99 % of calls are mostly chance: 100 CPU seconds at Go's 100 Hz. */
const enoughSamples = 10_000;
/** Processes that should stand behind a profile: one pod's traffic is not the service's. */
const enoughPods = 3;
/** Below this many cores busy a process was idle, and its profile shows the runtime, not the service. */
const busyCores = 0.1;
const farLonger = 4;

/** What is known of the recorded processes beside their profiles. */
export interface Recorded {
  /** Infinity = not told. */
  readonly processesAtMost: number;
  /** Wall time of all windows, summed over processes; undefined = not told. */
  readonly wallSeconds: number | undefined;
}

/** What to know before committing the profile. */
export function pgoNotes(counts: PgoCounts, profiles: readonly WireProfile[], recorded: Recorded): Note[] {
  return [
    ...sampleNotes(counts, recorded),
    ...sourceNotes(profiles, recorded),
    ...(counts.withoutInlining > 0 ? [inliningNote(counts)] : []),
    ...(counts.unplacedShare > 0
      ? [
          note(
            'pgo.no-start-lines',
            `${formatShare(counts.unplacedShare)} of the weight is of callers without a first line: Go may not find those calls again`,
          ),
        ]
      : []),
  ];
}

function sampleNotes({ samples, cpuSeconds }: PgoCounts, { wallSeconds }: Recorded): Note[] {
  const notes: Note[] = [];
  if (samples !== null && samples < enoughSamples) {
    const wanted = formatCount(enoughSamples);
    notes.push(
      note(
        'pgo.few-samples',
        `${formatPlural(samples, 'sample')}: which calls are hot is chance below some ${wanted} (100 CPU seconds)`,
      ),
    );
  }
  if (cpuSeconds !== null && wallSeconds !== undefined && cpuSeconds < busyCores * wallSeconds) {
    const cores = (cpuSeconds / wallSeconds).toFixed(3);
    notes.push(note('pgo.idle', `the processes were nearly idle (${cores} cores busy): record under real load`));
  }
  return notes;
}

function sourceNotes(profiles: readonly WireProfile[], { processesAtMost }: Recorded): Note[] {
  const notes: Note[] = [];
  if (processesAtMost < enoughPods) {
    const from = `from at most ${formatPlural(processesAtMost, 'process', 'processes')}`;
    notes.push(note('pgo.few-pods', `${from}: take ${enoughPods} pods or more, at a busy hour`));
  }
  const lengths = profiles.map(({ durationNanos }) => Number(durationNanos)).filter((length) => length > 0);
  if (lengths.length > 1 && Math.max(...lengths) > farLonger * Math.min(...lengths))
    notes.push(note('pgo.unequal-lengths', 'some profiles are far longer than others and weigh more'));
  if (profiles.some(({ strings }) => strings.includes('testing.(*B).runN')))
    notes.push(note('pgo.benchmark', 'some profiles are of benchmarks: a build guided by them is fast at benchmarks'));
  return notes;
}

function inliningNote({ withoutInlining, profiles }: PgoCounts): Note {
  const which = withoutInlining === profiles ? 'the profiles do' : `${withoutInlining} of ${profiles} profiles do`;
  return note(
    'pgo.inlining-unknown',
    `${which} not tell which calls were inlined: the calls among the ${framesWithoutInlining} frames nearest the leaf are counted, where Go counts up to the second machine frame`,
  );
}

function note(code: string, message: string): Note {
  return { code, message };
}
