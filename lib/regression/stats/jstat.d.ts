/** The part of jStat 1.9 that is used; it ships no types. Arguments and results are plain numbers. */
declare module 'jstat' {
  interface JStat {
    readonly normal: {
      cdf(x: number, mean: number, standardDeviation: number): number;
      inv(p: number, mean: number, standardDeviation: number): number;
    };
    readonly studentt: { inv(p: number, degrees: number): number };
    /** Regularised incomplete beta function I_x(a, b). */
    ibeta(x: number, a: number, b: number): number;
  }
  const jstat: JStat;
  export default jstat;
}
