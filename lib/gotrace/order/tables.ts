/** From ids of a generation to ids of the symbol table. */
export interface Tables {
  /** Throws `gotrace.string` when the generation has no such string. */
  string(id: number): number;
  /** 0 when the generation has no such stack: Go's reader lets that pass too. */
  stack(id: number): number;
}
