'use client';
// Client: asks the server for one document at a time.
import { useEffect, useRef, useState } from 'react';
import { readTraceAnswer } from './trace-answers';

const keptAnswers = 50;

/**
 * The answer of `url`, or `first` as long as that is the answer of `firstUrl`. While a new one is on the way the old one
 * stays and `pending` is true.
 */
export function useAnswer<T>(
  url: string | undefined,
  given: { readonly url: string | undefined; readonly value: T | undefined },
  read: (fields: Readonly<Record<string, unknown>>) => T | undefined,
): { readonly value: T | undefined; readonly problem: string | undefined; readonly pending: boolean } {
  const kept = useRef(new Map<string, T>());
  const [shown, setShown] = useState<{ readonly url: string | undefined; readonly value: T | undefined }>(given);
  const [problem, setProblem] = useState<{ readonly url: string; readonly text: string }>();
  const known = url === given.url ? given : url === shown.url ? shown : undefined;
  useEffect(() => {
    if (url === undefined || known !== undefined) return;
    const old = kept.current.get(url);
    if (old !== undefined) {
      setShown({ url, value: old });
      return;
    }
    const aborter = new AbortController();
    readTraceAnswer(url, read, aborter.signal).then(
      (value) => {
        kept.current.set(url, value);
        if (kept.current.size > keptAnswers) kept.current.delete(kept.current.keys().next().value ?? '');
        setShown({ url, value });
      },
      (error: unknown) => {
        if (aborter.signal.aborted) return;
        setProblem({ url, text: error instanceof Error ? error.message : String(error) });
      },
    );
    return () => aborter.abort();
  }, [url, known, read]);
  if (url === undefined) return { value: undefined, problem: undefined, pending: false };
  const failed = problem?.url === url ? problem.text : undefined;
  return {
    value: (known ?? shown).value,
    problem: failed,
    pending: known === undefined && failed === undefined,
  };
}
