import type { RegionEdge, TaskEdge } from '../order/sink';
import type { Regions, Tasks, UserLogs } from '../trace';
import { LogList, SpanList } from './span-list';

const unseen = Number.NaN;

interface OpenRegion {
  readonly goroutine: number;
  readonly task: number;
  readonly name: number;
  readonly startNs: number;
  /** Which begin of a region in the trace it was. */
  readonly order: number;
}

/** How much there was before a generation. */
export interface AnnotationMark {
  readonly tasks: number;
  readonly regions: number;
  readonly logs: number;
}

/** Collects what the program noted with runtime/trace: tasks, regions, logs. */
export class AnnotationBuilder {
  /** Tasks whose end was not seen, by id. */
  readonly #openTasks = new Map<number, number>();
  readonly #tasks = new SpanList();
  /** By goroutine, innermost last. */
  readonly #openRegions = new Map<number, OpenRegion[]>();
  readonly #regions = new SpanList();
  /** Regions that were open at a loss, or that nothing ended. */
  readonly #unfinished: OpenRegion[] = [];
  readonly #logs = new LogList();
  /** Rows of tasks, and regions, that began before the last mark and ended after it. */
  #endedTasks: number[] = [];
  #endedRegions: OpenRegion[] = [];
  #begun = 0;
  #begunAtMark = 0;

  task({ edge, id, parent, name }: TaskEdge, goroutine: number, timeNs: number): void {
    if (edge === 'begin') {
      this.#openTasks.set(id, this.#tasks.add(id, parent, name, goroutine, timeNs, unseen));
      return;
    }
    // A task that was begun before a loss is ended by its id all the same.
    const row = this.#openTasks.get(id);
    if (row === undefined) {
      this.#tasks.add(id, parent, name, goroutine, unseen, timeNs);
      return;
    }
    this.#openTasks.delete(id);
    this.#tasks.end(row, timeNs);
    this.#endedTasks.push(row);
  }

  region({ edge, task, name }: RegionEdge, goroutine: number, timeNs: number): void {
    const open = this.#openRegions.get(goroutine) ?? [];
    if (edge === 'begin') {
      open.push({ goroutine, task, name, startNs: timeNs, order: this.#begun });
      this.#begun += 1;
      this.#openRegions.set(goroutine, open);
      return;
    }
    const begun = open.pop();
    if (open.length === 0) this.#openRegions.delete(goroutine);
    if (begun !== undefined && begun.order < this.#begunAtMark) this.#endedRegions.push(begun);
    this.#regions.add(task, 0, name, goroutine, begun?.startNs ?? unseen, timeNs);
  }

  log(timeNs: number, goroutine: number, task: number, key: number, value: number, afterRow: number): void {
    this.#logs.add(timeNs, goroutine, task, key, value, afterRow);
  }

  mark(): AnnotationMark {
    this.#endedTasks = [];
    this.#endedRegions = [];
    this.#begunAtMark = this.#begun;
    return { tasks: this.#tasks.length, regions: this.#regions.length, logs: this.#logs.length };
  }

  /** Takes back what came since the last mark. What was open then may have ended in what is lost. */
  lose(mark: AnnotationMark): void {
    for (const row of this.#endedTasks) {
      if (row < mark.tasks) this.#openTasks.set(this.#tasks.end(row, unseen), row);
    }
    for (const [id, row] of this.#openTasks) if (row >= mark.tasks) this.#openTasks.delete(id);
    const before = [...this.#openRegions.values()].flat().filter(({ order }) => order < this.#begunAtMark);
    for (const region of before.concat(this.#endedRegions)) this.#unfinished.push(region);
    this.#openRegions.clear();
    this.#tasks.truncate(mark.tasks);
    this.#regions.truncate(mark.regions);
    this.#logs.truncate(mark.logs);
  }

  finish(): { tasks: Tasks; regions: Regions; logs: UserLogs } {
    const open = [...this.#unfinished, ...[...this.#openRegions.values()].flat()];
    for (const { goroutine, task, name, startNs } of open) {
      this.#regions.add(task, 0, name, goroutine, startNs, unseen);
    }
    this.#openRegions.clear();
    const { id: task, count, name, goroutine, startNs, endNs } = this.#regions.columns();
    return {
      tasks: this.#tasks.columns(),
      regions: { count, task, name, goroutine, startNs, endNs },
      logs: this.#logs.columns(),
    };
  }
}
