import type { PollAnswer } from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { ApiError } from '../client/ApiError.js';
import { wait } from '../client/wait.js';
import type { TopicTable } from './TopicTable.js';

/** Seconds that the server may wait for something to happen. */
const patienceSeconds = 25;
/** Milliseconds beyond that in which an answer must have come. */
const slackMs = 15_000;
const backoffMs = { first: 500, longest: 30_000 };

/** What a poller tells of itself. */
interface PollerEvents {
  /** An answer came. */
  onAlive: () => void;
  /** None came. */
  onFailed: () => void;
}

/** Asks for events, answer after answer, where sockets do not come through. */
export class Poller {
  readonly #client: ApiClient;
  readonly #table: TopicTable;
  readonly #events: PollerEvents;
  #running: AbortController | undefined;
  #request: AbortController | undefined;
  // Topics whose state is not known yet: a poll from a cursor tells changes alone.
  #fresh = new Set<string>();

  constructor(client: ApiClient, table: TopicTable, events: PollerEvents) {
    this.#client = client;
    this.#table = table;
    this.#events = events;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  start(): void {
    if (this.#running) return;
    const running = (this.#running = new AbortController());
    void this.#run(running.signal);
  }

  stop(): void {
    this.#running?.abort();
    this.#request?.abort();
    this.#running = undefined;
    this.#fresh.clear();
  }

  /** Asks for topics' whole state with the next request, which is now. */
  restate(names: Iterable<string>): void {
    for (const name of names) this.#fresh.add(name);
    this.#request?.abort();
  }

  /** What happened after the table's cursor, without waiting. */
  async catchUp(topics: string[], signal?: AbortSignal): Promise<void> {
    await this.#poll(topics, { cursor: this.#table.cursor, timeout: 0 }, signal);
  }

  async #run(stopped: AbortSignal): Promise<void> {
    for (let failures = 0; !stopped.aborted; ) {
      try {
        const wasAnswered = await this.#round();
        failures = 0;
        if (wasAnswered && !stopped.aborted) this.#events.onAlive();
      } catch (thrown) {
        const error = ApiError.from(thrown);
        if (stopped.aborted) return;
        // Only the request was given up, for one that asks for more.
        if (error.type === 'CANCELLED') continue;
        const topic = error.status === 404 || error.status === 403 ? error.details?.observed : undefined;
        if (typeof topic === 'string' && this.#table.has(topic)) {
          this.#table.refuse(topic, error);
          continue;
        }
        this.#events.onFailed();
        const delayMs = error.retryAfter === undefined ? Math.random() * Math.min(backoffMs.longest, backoffMs.first * 2 ** failures++) : error.retryAfter * 1000;
        await wait(delayMs, stopped).catch(() => undefined);
      }
    }
  }

  async #round(): Promise<boolean> {
    const request = (this.#request = new AbortController());
    const names = this.#table.names;
    if (names.length === 0) {
      await wait(backoffMs.longest, request.signal);
      return false;
    }
    const joined = new Set(this.#table.joined);
    const fresh = names.filter((name) => this.#fresh.has(name) || !joined.has(name) || this.#table.cursor === undefined);
    if (fresh.length > 0) {
      const { cursor } = this.#table;
      await this.#poll(fresh, {}, request.signal);
      for (const name of fresh) this.#fresh.delete(name);
      // The others go on from where they were, not from where these begin.
      if (cursor !== undefined) this.#table.cursor = cursor;
      return true;
    }
    await this.#poll(names, { cursor: this.#table.cursor, timeout: patienceSeconds }, request.signal);
    return true;
  }

  async #poll(topics: string[], params: { cursor?: string; timeout?: number }, signal: AbortSignal | undefined): Promise<void> {
    const { data: answer } = await this.#client.request<PollAnswer>({
      method: 'GET',
      url: '/poll',
      params: { ...(params.cursor !== undefined && { cursor: params.cursor }), timeout: params.timeout, topics: topics.join(',') },
      timeout: (params.timeout ?? 0) * 1000 + slackMs,
      retry: false,
      signal,
    });
    if (signal?.aborted) return;
    for (const event of answer.events) this.#table.tell(event);
    this.#table.cursor = answer.cursor;
    this.#table.join(topics);
    this.#table.compare(answer.sequences);
  }
}
