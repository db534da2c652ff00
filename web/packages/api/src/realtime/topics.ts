import type { Gap, RealtimeEvent } from '@mytradex/types';

/** A topic as the server names it: `market:aapl` is `market:AAPL`. */
export function canonicalTopic(topic: string): string {
  const colon = topic.indexOf(':');
  return colon < 0 ? topic.toLowerCase() : topic.slice(0, colon).toLowerCase() + topic.slice(colon).toUpperCase();
}

/** The event by which this side says that something was lost, as the server does by its own. */
export function gapIn(topic: string, missedThrough: number, cursor: string): RealtimeEvent {
  const payload: Gap = { topic, missedThrough };
  return { type: 'gap', topic, sequence: missedThrough, cursor, timestamp: new Date().toISOString(), payload };
}
