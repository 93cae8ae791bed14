import type Database from 'better-sqlite3';

/**
 * Numbers kept beside the samples: counts (`windows`, `overlaps`, `collisions`, `newest` = latest end, `oldest` = earliest start of a window),
 * `epoch` (rises when definitions readers may remember change or go), and the start of what each tier still holds.
 */
export type MetaName =
  | 'windows'
  | 'overlaps'
  | 'collisions'
  | 'newest'
  | 'oldest'
  | 'epoch'
  | 'version'
  | 'rawFloor'
  | 'site1mFloor'
  | 'stack1hFloor'
  | 'site1hFloor';

/** The writer's copy: read once, changed in memory inside a transaction, saved before it commits. */
export class Meta {
  readonly #values = new Map<string, number>();
  readonly #changed = new Set<MetaName>();
  readonly #all: Database.Statement<[], { name: string; value: number }>;
  readonly #set: Database.Statement<[string, number]>;

  constructor(db: Database.Database) {
    this.#all = db.prepare('select name, value from meta');
    this.#set = db.prepare(
      'insert into meta (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
    );
    this.load();
  }

  load(): void {
    // Versions are never given out twice, not even after a rollback.
    const version = this.get('version');
    this.#values.clear();
    this.#changed.clear();
    for (const { name, value } of this.#all.all()) this.#values.set(name, value);
    this.#values.set('version', Math.max(version, this.get('version')));
  }

  get(name: MetaName): number {
    return this.#values.get(name) ?? 0;
  }

  add(name: MetaName, amount: number): void {
    if (amount === 0) return;
    this.#values.set(name, this.get(name) + amount);
    this.#changed.add(name);
  }

  raise(name: MetaName, value: number): void {
    this.add(name, Math.max(0, value - this.get(name)));
  }

  /** The first value counts as lowest. */
  lower(name: MetaName, value: number): void {
    if (value >= (this.#values.get(name) ?? Number.POSITIVE_INFINITY)) return;
    this.#values.set(name, value);
    this.#changed.add(name);
  }

  nextVersion(): number {
    this.add('version', 1);
    return this.get('version');
  }

  /** Inside the transaction that the changes belong to. */
  save(): void {
    for (const name of this.#changed) this.#set.run(name, this.get(name));
    this.#changed.clear();
  }
}
