import { useId } from 'react';

/** A small "?" that opens an explanation beside it. Native popover: Esc and a click elsewhere close it. */
export function Explain({ of, children }: { readonly of: string; readonly children: React.ReactNode }) {
  const id = useId();
  return (
    <>
      <button type="button" className="explain" popoverTarget={id} aria-label={`What is ${of}?`}>
        ?
      </button>
      <span id={id} popover="auto" className="explain-text">
        {children}
      </span>
    </>
  );
}
