/** Tells listeners what happened. A listener that throws does not keep the others from hearing it. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>();

  /** Listens; the answer ends it. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void {
    let listeners = this.#listeners.get(name);
    if (!listeners) this.#listeners.set(name, (listeners = new Set()));
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])] as ((event: Events[Name]) => void)[]) {
      try {
        listener(event);
      } catch (fault) {
        reportError(fault);
      }
    }
  }
}

/** Where faults of listeners go: to the page's own handler of uncaught errors, which sees them without this call failing. */
function reportError(fault: unknown): void {
  queueMicrotask(() => {
    throw fault;
  });
}
