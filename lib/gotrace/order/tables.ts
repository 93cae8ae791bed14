/** From ids of a generation to ids of the symbol table. */
export interface Tables {
  /** Throws `gotrace.missing` when the generation has no such string. */
  string(id: number): number;
  /** Throws `gotrace.missing` when the generation has no such stack. */
  stack(id: number): number;
}
