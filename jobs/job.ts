/** A background job: nothing runs before `start`, nothing after the promise of `stop`. */
export interface Job {
  readonly name: string;
  start(): void;
  stop(): Promise<void>;
}
