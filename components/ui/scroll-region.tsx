import type { CSSProperties, ReactNode } from 'react';

/** A part that scrolls on its own, reachable by the keyboard. */
export function ScrollRegion({
  label,
  style,
  children,
}: {
  readonly label: string;
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section of its own would enter the page's outline
    <div
      className="scrollx"
      role="region"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll here
      tabIndex={0}
      style={style}
    >
      {children}
    </div>
  );
}
