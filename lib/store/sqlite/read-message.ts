import type { ReadMethod } from './reads';

/** What a read worker is told and answers. Structured clone carries typed arrays, bigints and maps as they are. */
export interface ReadRequest {
  readonly id: number;
  readonly method: ReadMethod;
  readonly args: readonly unknown[];
}

export type ReadResponse =
  | { readonly id: number; readonly result: unknown }
  | {
      readonly id: number;
      readonly error: {
        readonly code: string | undefined;
        readonly message: string;
        readonly place: string | undefined;
      };
    };

export interface ReadWorkerData {
  readonly file: string;
  readonly cacheBytes: number;
}
