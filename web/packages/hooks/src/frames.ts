/** Gathers what comes within one frame and hands it on at once. */
export class FrameGatherer<T> {
  readonly #deliver: (gathered: T[]) => void;
  #gathered: T[] = [];
  #cancel: (() => void) | undefined;

  constructor(deliver: (gathered: T[]) => void) {
    this.#deliver = deliver;
  }

  add(item: T): void {
    this.#gathered.push(item);
    this.#cancel ??= nextFrame(() => {
      const gathered = this.#gathered;
      this.drop();
      this.#deliver(gathered);
    });
  }

  /** Forgets what is gathered. */
  drop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#gathered = [];
  }
}

/** Does something in the next frame, or soon where nothing is painted; the answer takes it back. A hidden page paints nothing, so that it waits. */
function nextFrame(act: () => void): () => void {
  if (typeof requestAnimationFrame === 'function') {
    const frame = requestAnimationFrame(act);
    return () => cancelAnimationFrame(frame);
  }
  const timer = setTimeout(act, 16);
  return () => clearTimeout(timer);
}
