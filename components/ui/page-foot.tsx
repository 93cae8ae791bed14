import type { ReactNode } from 'react';

/** What the numbers rest on (window, pods, profiles, rates) and the page's keys. */
export function PageFoot({
  facts,
  keys,
}: {
  readonly facts: readonly ReactNode[];
  readonly keys: readonly (readonly [string, string])[];
}) {
  return (
    <footer className="foot">
      {facts.map((fact, index) => (
        // Facts have no identity beyond their place; the list never reorders.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <span key={index}>{fact}</span>
      ))}
      <span className="keys">
        {keys.map(([key, does]) => (
          <span key={key}>
            <kbd>{key}</kbd> {does}
          </span>
        ))}
      </span>
    </footer>
  );
}
