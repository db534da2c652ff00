import type { RealtimeEvent } from '@mytradex/types';
import type { ApiError } from '../client/ApiError.js';
import { gapIn } from './topics.js';

/** Hears the events of a topic. */
export type EventHandler = (event: RealtimeEvent) => void;

/** One who follows a topic. */
export interface Follower {
  onEvent: EventHandler;
  onRefused?: (error: ApiError) => void;
}

interface Followed {
  readonly followers: Set<Follower>;
  /** The last sequence had; undefined at first and after a gap. */
  last: number | undefined;
  /** What was told last, where an event is the whole state: for those who come later. */
  state: RealtimeEvent | undefined;
  /** Whether events before the next connection would be missed. */
  isJoined: boolean;
  isRefused: boolean;
}

/** Who follows what, and how far each topic has been told: no event is told twice, and a hole is never passed over in silence. */
export class TopicTable {
  readonly #topics = new Map<string, Followed>();
  /** The place of the last event had: what to go on from. */
  cursor: string | undefined;

  /** Topics to be asked for. */
  get names(): string[] {
    return [...this.#topics].filter(([, topic]) => !topic.isRefused).map(([name]) => name);
  }

  /** Those of them of which something may have been missed while away. */
  get joined(): string[] {
    return this.names.filter((name) => this.#topics.get(name)?.isJoined);
  }

  has(name: string): boolean {
    return this.#topics.has(name);
  }

  /** Adds one who follows, and tells them the state that others have had. */
  add(name: string, follower: Follower): void {
    let topic = this.#topics.get(name);
    if (!topic) this.#topics.set(name, (topic = { followers: new Set(), last: undefined, state: undefined, isJoined: false, isRefused: false }));
    topic.followers.add(follower);
    // Who asks once more for what was refused may have more luck: an instrument can be listed meanwhile.
    topic.isRefused = false;
    if (topic.state) follower.onEvent(topic.state);
  }

  remove(name: string, follower: Follower): void {
    this.#topics.get(name)?.followers.delete(follower);
  }

  /** Takes away the topics that nobody follows any more. */
  prune(): void {
    for (const [name, topic] of this.#topics) if (topic.followers.size === 0) this.#topics.delete(name);
  }

  /** Notes that topics are followed on the wire. */
  join(names: Iterable<string>): void {
    for (const name of names) {
      const topic = this.#topics.get(name);
      if (topic) topic.isJoined = true;
    }
  }

  /** Tells the followers of a topic that it cannot be followed. */
  refuse(name: string, error: ApiError): void {
    const topic = this.#topics.get(name);
    if (!topic || topic.isRefused) return;
    topic.isRefused = true;
    for (const follower of [...topic.followers]) follower.onRefused?.(error);
  }

  /** Tells an event to those who follow its topic, unless they have had it. */
  tell(event: RealtimeEvent): void {
    this.cursor = event.cursor;
    const topic = this.#topics.get(event.topic);
    if (!topic) return;
    if (event.type === 'gap') {
      topic.last = topic.state = undefined;
    } else if (event.type === 'orderbook:snapshot') {
      topic.last = event.sequence;
    } else {
      const first = event.firstSequence ?? event.sequence;
      if (topic.last !== undefined && event.sequence <= topic.last) return;
      if (topic.last !== undefined && first > topic.last + 1) this.#tellAll(topic, gapIn(event.topic, first - 1, event.cursor));
      topic.last = event.sequence;
      if (event.type === 'market:update') topic.state = event;
    }
    this.#tellAll(topic, event);
  }

  /** Compares with what the server has told in all; where it told more than arrived, that is a gap. */
  compare(sequences: Record<string, number>): void {
    for (const [name, told] of Object.entries(sequences)) {
      const topic = this.#topics.get(name);
      if (!topic) continue;
      if (topic.last === undefined) topic.last = told;
      else if (told > topic.last) {
        this.tell(gapIn(name, told, this.cursor ?? ''));
        topic.last = told;
      }
    }
  }

  /** Says of topics that nobody knows what happened meanwhile. */
  tellGaps(names: Iterable<string>): void {
    for (const name of names) this.tell(gapIn(name, this.#topics.get(name)?.last ?? 0, this.cursor ?? ''));
  }

  /** Forgets what was told, for another user or a new session; those who follow stay. */
  forget(): void {
    this.cursor = undefined;
    for (const topic of this.#topics.values()) {
      topic.last = topic.state = undefined;
      topic.isJoined = topic.isRefused = false;
    }
  }

  #tellAll(topic: Followed, event: RealtimeEvent): void {
    for (const { onEvent } of [...topic.followers]) {
      try {
        onEvent(event);
      } catch (fault) {
        // One who fails does not keep the others from hearing; the page's handler of uncaught errors sees it.
        queueMicrotask(() => {
          throw fault;
        });
      }
    }
  }
}
