/** A folded tree for the flame graph; `self` ended here, `total` = self + the children's totals. */
export interface FlameNode {
  readonly name: string;
  readonly file: string;
  /** 1-based; 0 = unknown, or the function is called on several lines here. */
  readonly line: number;
  /** Hash of the path from the root, hex: stable across queries; goes into `sel` and `zoom`. */
  readonly id: string;
  readonly self: number;
  readonly total: number;
  /** > 0 on a node that stands for that many merged small siblings. */
  readonly merged: number;
  readonly children: readonly FlameNode[];
}
