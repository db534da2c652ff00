import type { ApiErrorBody } from '@mytradex/types';
import type { ApiClient } from './ApiClient.js';
import { ApiError } from './ApiError.js';

/**
 * Reads a whole list as newline-delimited JSON, entry by entry, in constant memory. Reading slowly slows the server, not this program.
 * Rejects when the list ends before its end: with the server's own error where it could still tell one.
 */
export async function* readLines<T>(client: ApiClient, url: string, params: object = {}, { signal }: { signal?: AbortSignal } = {}): AsyncGenerator<T, void, undefined> {
  const answer = await client.get<ReadableStream<Uint8Array>>(url, {
    params,
    signal,
    adapter: 'fetch',
    responseType: 'stream',
    timeout: 0,
    headers: { Accept: 'application/x-ndjson' },
  });
  const reader = answer.data.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((fault: unknown) => {
        throw signal?.aborted ? ApiError.cancelled(fault) : new ApiError('NETWORK_ERROR', 'The list ended before its end.', { cause: fault });
      });
      rest += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = rest.split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') yield entryOf<T>(line);
      if (done) {
        if (rest !== '') yield entryOf<T>(rest);
        return;
      }
    }
  } finally {
    // Also when the caller has had enough: the server stops reading its store.
    await reader.cancel().catch(() => undefined);
  }
}

function entryOf<T>(line: string): T {
  const entry = JSON.parse(line) as T & { error?: ApiErrorBody; requestId?: string; id?: string };
  if (entry.error && entry.id === undefined) throw ApiError.ofBody(entry.error, undefined, entry.requestId);
  return entry;
}
