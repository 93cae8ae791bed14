/** To a thread: one method of what it holds, by name. Structured clone carries typed arrays, bigints and maps as they are. */
export interface CallRequest {
  readonly id: number;
  readonly method: string;
  readonly args: readonly unknown[];
}

/** From a thread: the result, or the error in a form that survives cloning. */
export type CallResponse =
  | { readonly id: number; readonly result: unknown }
  | {
      readonly id: number;
      readonly error: {
        readonly code: string | undefined;
        readonly message: string;
        readonly place: string | undefined;
      };
    };
