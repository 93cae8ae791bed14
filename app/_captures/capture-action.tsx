import type { ReactNode } from 'react';

/** A button that does something to one capture: `action` gets its id. */
export function CaptureAction({
  id,
  action,
  className = 'btn',
  children,
}: {
  readonly id: string;
  readonly action: (form: FormData) => Promise<void>;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <form action={action}>
      <input type="hidden" name="id" value={id} />
      <button type="submit" className={className}>
        {children}
      </button>
    </form>
  );
}
