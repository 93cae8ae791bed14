import type { ReactNode } from 'react';
import type { Sentence } from '@/lib/report/sentence';
import { plainText } from '@/lib/report/sentence';
import { SentenceText } from './sentence-text';

/** The first thing on every page: one sentence, one line of "because", and the page's actions. */
export function Verdict({
  sentence,
  because,
  actions,
}: {
  readonly sentence: Sentence;
  readonly because?: Sentence;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="head">
      <div>
        <h1 className="verdict">
          <SentenceText sentence={sentence} />
        </h1>
        {because === undefined || plainText(because) === '' ? null : (
          <p className="because">
            <SentenceText sentence={because} />
          </p>
        )}
      </div>
      {actions === undefined ? null : <div className="actions">{actions}</div>}
    </div>
  );
}
