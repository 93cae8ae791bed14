import type { ReadJob, ReadProfile } from './profile-reader';

/** To the decode worker. */
export type DecodeRequest = { readonly id: number; readonly job: ReadJob } | { readonly forget: true };

/** From the decode worker: the profile, or the error in a form that survives cloning. */
export type DecodeAnswer =
  | { readonly id: number; readonly profile: ReadProfile }
  | { readonly id: number; readonly code: string; readonly message: string; readonly place: string | undefined };
