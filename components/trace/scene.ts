'use client';
// Client: what all lanes of a trace share while they draw.
import { createContext, useContext } from 'react';
import type { TileRange } from '@/lib/query/trace/result';
import type { Overlay } from './trace-params';
import type { Viewport } from './viewport';

/** Marks that go through every lane, and what a lane may do. */
export interface Scene {
  readonly viewport: Viewport;
  /** Instant that the ruler counts from. */
  readonly originNs: number;
  /** When the chosen wait was released. */
  readonly releaseNs: number | undefined;
  /** Where the chosen wait waited, and what is written beside its release there. */
  readonly release: { readonly site: string; readonly text: readonly string[] } | undefined;
  readonly overlay: Overlay;
  readonly gc: readonly TileRange[];
  /** A gesture ended: the window becomes a step of the history. */
  readonly commit: () => void;
}

const SceneContext = createContext<Scene | undefined>(undefined);
export const SceneProvider = SceneContext.Provider;

export function useScene(): Scene {
  const scene = useContext(SceneContext);
  if (scene === undefined) throw new Error('a lane stands outside a scene');
  return scene;
}
