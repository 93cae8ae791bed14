import type { Inspection, ReadJob, ReadProfile } from './profile-reader';

/** To the decode worker. */
export type DecodeRequest =
  | { readonly id: number; readonly does: 'read' | 'inspect'; readonly job: ReadJob }
  | { readonly forget: true };

/** From the decode worker: the profile, or the error in a form that survives cloning. */
export type DecodeAnswer =
  | { readonly id: number; readonly profile: ReadProfile }
  | { readonly id: number; readonly inspection: Inspection }
  | { readonly id: number; readonly code: string; readonly message: string; readonly place: string | undefined };
