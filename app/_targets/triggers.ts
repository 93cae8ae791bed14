import type { ArmTrigger } from '@/lib/catalog/arms';

export interface TriggerText {
  readonly name: string;
  readonly does: string;
  readonly needs: string;
  readonly costs: string;
  /** What its number of goroutines means, and the usual one; undefined = it takes none. */
  readonly threshold: { readonly label: string; readonly usual: number } | undefined;
  /** False when it gets what is there already, whatever its length. */
  readonly hasLength: boolean;
}

/**
 * The ways to catch a stall, for people. A profile tells of one only when it is over, so each gets at it differently.
 * `every` is the scrape interval in words; `ofLock`: armed for one lock alone.
 */
export function triggerTexts(every: string, ofLock = false): Readonly<Record<ArmTrigger, TriggerText>> {
  return {
    goroutines: {
      name: ofLock ? 'Goroutines wait for this lock' : 'Goroutines wait for locks',
      does: 'Counts them every second and records when at least so many wait: the trace begins while they do.',
      needs: 'Nothing in the service. A stall that fits between two looks is missed.',
      costs: 'A goroutine profile of the service every second until then.',
      threshold: { label: 'Goroutines waiting, at least', usual: 50 },
      hasLength: true,
    },
    recorder: {
      name: 'Flight recorder',
      does: `Fetches what the service recorded last when a scrape tells of a stall${ofLock ? ' of this lock' : ''}: the trace shows the stall itself.`,
      needs: `A flight recorder at /debug/lockscope/flightrecorder (Go 1.25 or newer; see examples/order-service) that looks back longer than the scrape interval, ${every}. Arming asks it how far it looks back.`,
      costs: 'The service records all the time, with or without this.',
      // For one lock it is the rule of that lock's page.
      threshold: ofLock ? undefined : { label: 'Waiting on average over a scrape, at least', usual: 5 },
      hasLength: false,
    },
    periodic: {
      name: 'Next stall of a periodic one',
      does: `Starts just before ${ofLock ? 'this lock, when it' : 'a lock that'} stalls at a beat${ofLock ? ',' : ''} is expected to stall again.`,
      needs: 'Four stalls at about equal distances in the stored profiles.',
      costs: 'Nothing until then.',
      threshold: undefined,
      hasLength: true,
    },
  };
}
