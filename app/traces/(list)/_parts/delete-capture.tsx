'use client';
// Client: asks once more before anything is gone.
import { useState } from 'react';
import { removeCapture } from '@/app/_captures/actions';

/** Deletes a capture after a second press. `name` says which one. */
export function DeleteCapture({ id, name }: { readonly id: string; readonly name: string }) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" className="btn small quiet" aria-label={`Delete ${name}`} onClick={() => setAsking(true)}>
        Delete
      </button>
    );
  }
  return (
    <form action={removeCapture} className="tr-ask">
      <input type="hidden" name="id" value={id} />
      {/* biome-ignore lint/a11y/noAutofocus: it takes the place of the button that had the focus */}
      <button type="submit" className="btn small" autoFocus>
        Delete for good
      </button>
      <button type="button" className="btn small quiet" onClick={() => setAsking(false)}>
        Keep
      </button>
    </form>
  );
}
