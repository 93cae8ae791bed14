'use client';
// Client: waits for the shell.
import { type ReactNode, useEffect, useState } from 'react';

/** Children a moment after everything else: the newest registration of a key wins, and the shell has its own `y` and `z`. */
export function Late({ children }: { readonly children: ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => setLate(true), []);
  return late ? children : null;
}
