import { Fragment } from 'react';
import { placeOf, shortName } from '@/lib/profile/function-name';
import type { TraceFrame } from '@/lib/query/trace/result';

/** A stack, innermost first, with file and line of each frame. */
export function StackList({ stack, label }: { readonly stack: readonly TraceFrame[]; readonly label: string }) {
  if (stack.length === 0) return <p className="micro">The trace has no stack here.</p>;
  return (
    <ol className="stack" aria-label={label}>
      {stack.map((frame, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a frame is its place in the stack; recursion repeats the rest
        <li key={index} title={`${frame.function} ${frame.file}:${frame.line}`}>
          <code className={index === 0 ? 'first' : undefined}>
            <Breakable name={shortName(frame.function)} />
          </code>
          <span>{placeOf(frame)}</span>
        </li>
      ))}
    </ol>
  );
}

/** A name that breaks between its parts before it breaks inside them. */
function Breakable({ name }: { readonly name: string }) {
  return name.split(/(?<=\.)/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the name
    <Fragment key={index}>
      {index === 0 ? null : <wbr />}
      {part}
    </Fragment>
  ));
}
