/** A heap of numbered things by key, least key first. A class because it is changed in place, millions of times. */
export class Heap {
  readonly #keys: number[] = [];
  readonly #ids: number[] = [];

  get size(): number {
    return this.#keys.length;
  }

  /** The least key; Infinity when empty. */
  get least(): number {
    return this.#keys[0] ?? Number.POSITIVE_INFINITY;
  }

  push(key: number, id: number): void {
    let at = this.#keys.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.#keys[parent] ?? Number.NaN;
      if (above <= key) break;
      this.#put(at, above, this.#ids[parent] ?? Number.NaN);
      at = parent;
    }
    this.#put(at, key, id);
  }

  /** Takes away the least. @returns its id; undefined when empty */
  pop(): number | undefined {
    const [first] = this.#ids;
    const key = this.#keys.pop();
    const id = this.#ids.pop();
    if (first === undefined || key === undefined || id === undefined || this.#keys.length === 0) return first;
    const size = this.#keys.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && (this.#keys[child + 1] ?? Number.NaN) < (this.#keys[child] ?? Number.NaN)) child += 1;
      const below = this.#keys[child] ?? Number.NaN;
      if (key <= below) break;
      this.#put(at, below, this.#ids[child] ?? Number.NaN);
      at = child;
    }
    this.#put(at, key, id);
    return first;
  }

  #put(at: number, key: number, id: number): void {
    this.#keys[at] = key;
    this.#ids[at] = id;
  }
}
