import { Float64List, Uint32List } from '@/lib/profile/growable';
import type { RegionEdge, TaskEdge } from '../order/sink';
import type { Regions, Tasks, UserLogs } from '../trace';

const unseen = Number.NaN;
/** Goroutines and rows are kept as index + 1, so that 0 is none. */
const noneAsZero = 1;

/** Collects what the program noted with runtime/trace: tasks, regions, logs. */
export class AnnotationBuilder {
  readonly #taskRow = new Map<number, number>();
  readonly #tasks = columns();
  readonly #openRegions = new Map<number, { task: number; name: number; startNs: number }[]>();
  readonly #regions = columns();
  readonly #logs = { ...columns(), key: new Uint32List(), value: new Uint32List(), afterRow: new Uint32List() };

  task({ edge, id, parent, name, known }: TaskEdge, goroutine: number, timeNs: number): void {
    if (edge === 'end' && known) {
      const row = this.#taskRow.get(id);
      if (row !== undefined) this.#tasks.endNs.set(row, timeNs);
      return;
    }
    if (edge === 'begin') this.#taskRow.set(id, this.#tasks.id.length);
    add(
      this.#tasks,
      id,
      parent,
      name,
      goroutine,
      edge === 'begin' ? timeNs : unseen,
      edge === 'begin' ? unseen : timeNs,
    );
  }

  region({ edge, task, name }: RegionEdge, goroutine: number, timeNs: number): void {
    const open = this.#openRegions.get(goroutine) ?? [];
    if (edge === 'begin') {
      open.push({ task, name, startNs: timeNs });
      this.#openRegions.set(goroutine, open);
      return;
    }
    const begun = open.pop();
    if (open.length === 0) this.#openRegions.delete(goroutine);
    add(this.#regions, task, 0, name, goroutine, begun?.startNs ?? unseen, timeNs);
  }

  log(timeNs: number, goroutine: number, task: number, key: number, value: number, afterRow: number): void {
    add(this.#logs, task, 0, 0, goroutine, timeNs, unseen);
    this.#logs.key.push(key);
    this.#logs.value.push(value);
    this.#logs.afterRow.push(afterRow + noneAsZero);
  }

  finish(): { tasks: Tasks; regions: Regions; logs: UserLogs } {
    for (const [goroutine, open] of this.#openRegions) {
      for (const { task, name, startNs } of open) add(this.#regions, task, 0, name, goroutine, startNs, unseen);
    }
    this.#openRegions.clear();
    const { key, value, afterRow } = this.#logs;
    const tasks = view(this.#tasks);
    const { id: task, ...regions } = view(this.#regions);
    const logs = view(this.#logs);
    return {
      tasks,
      regions: { ...regions, task },
      logs: {
        count: logs.count,
        timeNs: logs.startNs,
        goroutine: logs.goroutine,
        task: logs.id,
        key: key.copy(),
        value: value.copy(),
        afterRow: Int32Array.from(afterRow.view(), (row) => row - noneAsZero),
      },
    };
  }
}

function columns() {
  return {
    id: new Float64List(),
    parent: new Float64List(),
    name: new Uint32List(),
    goroutine: new Uint32List(),
    startNs: new Float64List(),
    endNs: new Float64List(),
  };
}

type Columns = ReturnType<typeof columns>;

function add(
  to: Columns,
  id: number,
  parent: number,
  name: number,
  goroutine: number,
  startNs: number,
  endNs: number,
): void {
  to.id.push(id);
  to.parent.push(parent);
  to.name.push(name);
  to.goroutine.push(goroutine + noneAsZero);
  to.startNs.push(startNs);
  to.endNs.push(endNs);
}

function view(from: Columns): Tasks {
  return {
    count: from.id.length,
    id: from.id.copy(),
    parent: from.parent.copy(),
    name: from.name.copy(),
    goroutine: Int32Array.from(from.goroutine.view(), (goroutine) => goroutine - noneAsZero),
    startNs: from.startNs.copy(),
    endNs: from.endNs.copy(),
  };
}
