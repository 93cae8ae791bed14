/** What a read thread is started with. */
export interface ReadWorkerData {
  readonly file: string;
  readonly cacheBytes: number;
}
