import type { VenueSocket } from '../../src/index.js';

type Handler = (...given: never[]) => void;

/** A socket whose server is the test. */
export class FakeSocket {
  connected = false;
  active = false;
  recovered = false;
  /** What was sent, in order. */
  readonly sent: [string, unknown][] = [];
  /** Topics that the server refuses. */
  readonly refused = new Set<string>();
  /** How often it was told to connect. */
  attempts = 0;
  /** How often the client ended a connection of its own accord. */
  cuts = 0;
  readonly io = { engine: { close: () => this.cut('transport close') } };
  readonly #handlers = new Map<string, Set<Handler>>();
  readonly #any = new Set<Handler>();

  get asSocket(): VenueSocket {
    return this as unknown as VenueSocket;
  }

  on(name: string, handler: Handler): void {
    const handlers = this.#handlers.get(name) ?? new Set();
    this.#handlers.set(name, handlers.add(handler));
  }

  off(name: string, handler: Handler): void {
    this.#handlers.get(name)?.delete(handler);
  }

  onAny(handler: Handler): void {
    this.#any.add(handler);
  }

  offAny(handler: Handler): void {
    this.#any.delete(handler);
  }

  emit(name: string, given: unknown): void {
    this.sent.push([name, given]);
  }

  timeout(): { emitWithAck: (name: string, given: string[]) => Promise<unknown> } {
    return {
      emitWithAck: (name, given) => {
        this.emit(name, given);
        const observed = given.find((topic) => this.refused.has(topic));
        return Promise.resolve(
          observed ? { success: false, error: { code: 'INSTRUMENT_NOT_FOUND', message: `There is no ${observed}.`, details: { observed } } } : { success: true },
        );
      },
    };
  }

  connect(): this {
    this.attempts++;
    this.active = true;
    return this;
  }

  disconnect(): this {
    const was = this.connected;
    this.connected = this.active = false;
    if (was) this.#raise('disconnect', 'io client disconnect');
    return this;
  }

  /** The server accepts the connection. */
  accept(recovered = false): void {
    this.connected = this.active = true;
    this.recovered = recovered;
    this.#raise('connect');
  }

  /** An attempt to connect fails. */
  fail(code?: string): void {
    this.#raise('connect_error', Object.assign(new Error('refused'), code && { data: { code } }));
  }

  /** The connection is cut. */
  cut(reason = 'transport close'): void {
    this.cuts++;
    this.connected = false;
    this.#raise('disconnect', reason);
  }

  /** The server tells an event of a topic. */
  tell(type: string, topic: string, sequence: number, payload: unknown, firstSequence = sequence): void {
    this.hear(type, payload, { topic, firstSequence, sequence, timestamp: '2026-11-21T20:00:00Z' }, `c${sequence}`);
  }

  /** Something comes. */
  hear(name: string, ...given: unknown[]): void {
    for (const handler of [...this.#any]) (handler as (...all: unknown[]) => void)(name, ...given);
    this.#raise(name, ...given);
  }

  #raise(name: string, ...given: unknown[]): void {
    for (const handler of [...(this.#handlers.get(name) ?? [])]) (handler as (...all: unknown[]) => void)(...given);
  }
}
