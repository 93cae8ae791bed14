'use client';
// Client: asks the server for what a search finds.
import type { TraceSearchResult } from '@/lib/query/trace/result';
import { readFound } from './trace-answers';
import type { TraceParams } from './trace-params';
import { useAnswer } from './use-answer';

/** What the server found for the page's first search; `problem` when the search could not be read. */
export interface FirstFound {
  readonly query: string;
  readonly result: TraceSearchResult | undefined;
  readonly problem: string | undefined;
}

/** The page of the search that the address names. */
export function useFound(base: string, { query, found }: TraceParams, first: FirstFound) {
  const urlOf = (text: string, from: number) =>
    `${base}/search?${new URLSearchParams({ q: text, offset: String(from) })}`;
  const { value, problem, pending } = useAnswer(
    query === '' ? undefined : urlOf(query, found),
    { url: first.query === '' ? undefined : urlOf(first.query, first.result?.offset ?? 0), value: first.result },
    readFound,
  );
  return { value, pending, problem: problem ?? (query === first.query ? first.problem : undefined) };
}
