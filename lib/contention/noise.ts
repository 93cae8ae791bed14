/**
 * Waits of the runtime, of profilers and of idle connection keepers: never contention (go-lock-profiles 1.3).
 * The first two groups stand inside library frames, so they are looked for in the whole stack prefix.
 */
const runtimeNoise = [
  /^runtime\.\(\*wakeableSleep\)\.sleep$/,
  /^runtime\.traceStartReadCPU/,
  /^runtime\.\(\*traceAdvancerState\)/,
  /^runtime\.unique_runtime_registerUniqueMapCleanup/,
  /^runtime\.gcBgMarkStartWorkers$/,
];

const functionNoise = [
  /^net\/http\/pprof\./,
  /^runtime\/pprof\./,
  /^runtime\/trace\./,
  /^net\/http\.\(\*persistConn\)\.(?:writeLoop|readLoop)/,
  // A server's connection waits for its own background read to notice that the request is answered.
  /^net\/http\.\(\*connReader\)\.abortPendingRead$/,
  /^database\/sql\.\(\*DB\)\.connection(?:Opener|Resetter|Cleaner)/,
  /^github\.com\/sasha-s\/go-deadlock\.checkDeadlock/,
  // Profiling clients: their tickers and upload queues wait in every service that they watch.
  /^github\.com\/grafana\/pyroscope-go[./]/,
  /^github\.com\/pyroscope-io\/client\//,
  /^gopkg\.in\/DataDog\/dd-trace-go\.v1\/profiler\./,
];

/** True for frames inside the runtime that make a whole stack harmless. */
export function isRuntimeNoise(name: string): boolean {
  return runtimeNoise.some((pattern) => pattern.test(name));
}

/** True for sites of the runtime's own goroutines, of profilers and of connection keepers. */
export function isNoiseFunction(name: string): boolean {
  return isRuntimeNoise(name) || functionNoise.some((pattern) => pattern.test(name));
}
