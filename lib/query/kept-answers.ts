interface Entry<Answer> {
  readonly version: string;
  readonly at: number;
  readonly answer: Promise<Answer>;
}

/**
 * Answers kept while their version stays and they are younger than `longestMs`; two who ask at once share one. Of more
 * than `most` the least recently asked for goes. A failure is not kept.
 */
export class KeptAnswers<Answer> {
  readonly #entries = new Map<string, Entry<Answer>>();
  readonly #most: number;
  readonly #longestMs: number;

  constructor({ most, longestMs }: { readonly most: number; readonly longestMs: number }) {
    this.#most = most;
    this.#longestMs = longestMs;
  }

  get(key: string, version: string, now: number, make: () => Promise<Answer>): Promise<Answer> {
    const known = this.#entries.get(key);
    const isGood = known !== undefined && known.version === version && now - known.at < this.#longestMs;
    const entry = isGood ? known : { version, at: now, answer: make() };
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (!isGood) entry.answer.catch(() => this.#entries.get(key) === entry && this.#entries.delete(key));
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#most) break;
      this.#entries.delete(oldest);
    }
    return entry.answer;
  }
}
