'use client';
// Client: asks the server for what was chosen.
import type { WaitDetail } from '@/lib/query/trace/result';
import { type HoldDetail, holdParam } from './hold-detail';
import { readHold, readWait } from './trace-answers';
import type { TraceParams } from './trace-params';
import { useAnswer } from './use-answer';

export interface Chosen {
  /** The chosen hold; undefined while a wait is chosen. */
  readonly hold: HoldDetail | undefined;
  /** The chosen wait, or the first one that the chosen hold ended. */
  readonly detail: WaitDetail | undefined;
  /** Number of the wait that was chosen itself. */
  readonly wait: number | undefined;
  readonly problem: string | undefined;
  readonly pending: boolean;
}

/** The hold or the wait that the address names, else the longest wait of the stall. */
export function useChosen({
  base,
  lock,
  params,
  first,
  longest,
}: {
  /** Address of the capture in the API. */
  readonly base: string;
  readonly lock: string | undefined;
  readonly params: TraceParams;
  readonly first: { readonly hold: HoldDetail | undefined; readonly wait: WaitDetail | undefined };
  readonly longest: number | undefined;
}): Chosen {
  const holdUrl = (text: string) => `${base}/holds/${text}?lock=${encodeURIComponent(lock ?? '')}`;
  const waitUrl = (number: number) => `${base}/waits/${number}`;
  const asked = useAnswer(
    params.hold === undefined || lock === undefined ? undefined : holdUrl(holdParam(params.hold)),
    { url: first.hold === undefined ? undefined : holdUrl(holdParam(first.hold)), value: first.hold },
    readHold,
  );
  const hold = params.hold === undefined ? undefined : asked.value;
  const wait = params.hold === undefined ? (params.wait ?? longest) : undefined;
  const shown = wait ?? hold?.woken[0]?.wait;
  const of = useAnswer(
    shown === undefined ? undefined : waitUrl(shown),
    { url: first.wait === undefined ? undefined : waitUrl(first.wait.wait), value: first.wait },
    readWait,
  );
  return {
    hold,
    detail: of.value,
    wait,
    problem: asked.problem ?? of.problem,
    pending: asked.pending || of.pending,
  };
}
