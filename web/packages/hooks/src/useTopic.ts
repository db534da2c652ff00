import { realtime, type EventHandler } from '@mytradex/api';
import type { Topic } from '@mytradex/types';
import { useEffect, useRef } from 'react';

/** Follows topics while the component is there. A new handler takes over without following anew. */
export function useTopics(topics: readonly Topic[], onEvent: EventHandler): void {
  const handler = useRef(onEvent);
  useEffect(() => {
    handler.current = onEvent;
  });
  const names = topics.join();
  useEffect(() => {
    const endings = (names === '' ? [] : (names.split(',') as Topic[])).map((topic) => realtime.subscribe(topic, (event) => handler.current(event)));
    return () => endings.forEach((end) => end());
  }, [names]);
}
