/** A map that holds at most so many entries and lets go of the one that was used longest ago. */
export class Bounded<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #limit: number;
  readonly #letGo: (value: V) => void;

  /** `letGo` is told of every value that leaves, by eviction, replacement or deletion: keys are wiped there. */
  constructor(limit: number, letGo: (value: V) => void) {
    this.#limit = limit;
    this.#letGo = letGo;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The value, which counts as a use. */
  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    // A Map keeps the order of insertion: putting it in again makes it the youngest.
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    const old = this.#entries.get(key);
    if (old === value) return;
    this.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#limit) return;
    for (const oldest of this.#entries.keys()) {
      this.delete(oldest);
      return;
    }
  }

  delete(key: K): void {
    const value = this.#entries.get(key);
    if (value === undefined) return;
    this.#entries.delete(key);
    this.#letGo(value);
  }

  /** Lets go of every entry for which `which` is true. */
  deleteWhere(which: (value: V, key: K) => boolean): void {
    for (const [key, value] of this.#entries) if (which(value, key)) this.delete(key);
  }
}
