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

/** Milliseconds after which what is gathered is handed on though nothing is painted: a hidden page must not gather for hours. */
const longestMs = 500;

/** Does something in the next frame; the answer takes it back. */
function nextFrame(act: () => void): () => void {
  const hasFrames = typeof requestAnimationFrame === 'function';
  const frame = hasFrames ? requestAnimationFrame(act) : undefined;
  const timer = setTimeout(act, hasFrames ? longestMs : 16);
  return () => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
