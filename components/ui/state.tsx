import type { ReactNode } from 'react';

type Mood = 'neutral' | 'good' | 'warn' | 'bad';

/** A page or a panel that has something else to say than numbers: nothing waits, no data, off, partial, failed. */
export function State({
  title,
  mood = 'neutral',
  children,
}: {
  readonly title: string;
  readonly mood?: Mood;
  readonly children?: ReactNode;
}) {
  return (
    <div className={mood === 'neutral' ? 'state' : `state is-${mood}`} role={mood === 'bad' ? 'alert' : undefined}>
      <h2>{title}</h2>
      {children}
    </div>
  );
}
