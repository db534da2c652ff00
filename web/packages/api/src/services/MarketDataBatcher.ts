import type { MarketData } from '@mytradex/types';
import { idempotent, type ApiClient } from '../client/ApiClient.js';
import { ApiError } from '../client/ApiError.js';
import { unlessAborted } from '../client/wait.js';
import { step } from './CallOptions.js';

const gatherMs = 10;
/** The most that `POST /market-data/batch` takes. */
const batchMax = 100;

interface Asked {
  work: Promise<MarketData>;
  resolve: (data: MarketData) => void;
  reject: (error: unknown) => void;
}

/** Makes one request of the symbols that are asked for at about the same time. */
export class MarketDataBatcher {
  readonly #client: ApiClient;
  #asked = new Map<string, Asked>();

  constructor(client: ApiClient) {
    this.#client = client;
  }

  /** The market of one symbol. Giving up ends the waiting; the request may go on for others. */
  get(symbol: string, signal?: AbortSignal): Promise<MarketData> {
    const key = symbol.toUpperCase();
    let asked = this.#asked.get(key);
    if (!asked) {
      asked = pending();
      if (this.#asked.size === 0) setTimeout(() => void this.#flush(), gatherMs);
      this.#asked.set(key, asked);
      if (this.#asked.size >= batchMax) void this.#flush();
    }
    return unlessAborted(asked.work, signal);
  }

  async #flush(): Promise<void> {
    const batch = this.#asked;
    this.#asked = new Map();
    const symbols = [...batch.keys()];
    try {
      if (symbols.length === 0) return;
      if (symbols.length === 1) return await this.#each(batch);
      // A read in effect; the key lets it be repeated.
      const { data } = await this.#client.post<MarketData[]>('/market-data/batch', { symbols }, idempotent());
      symbols.forEach((symbol, index) => settle(batch.get(symbol), data[index]));
    } catch (thrown) {
      const error = ApiError.from(thrown);
      // One unknown symbol refuses all: each is told its own.
      if (error.status === 404 || error.status === 400) await this.#each(batch);
      else for (const { reject } of batch.values()) reject(error);
    }
  }

  async #each(batch: Map<string, Asked>): Promise<void> {
    await Promise.all(
      [...batch].map(async ([symbol, asked]) => {
        try {
          asked.resolve((await this.#client.get<MarketData>(`/market-data/${step(symbol)}`)).data);
        } catch (thrown) {
          asked.reject(thrown);
        }
      }),
    );
  }
}

function pending(): Asked {
  let resolve!: Asked['resolve'];
  let reject!: Asked['reject'];
  const work = new Promise<MarketData>((res, rej) => {
    resolve = res;
    reject = rej;
  });
  // Each who waits hears of a failure; that nobody does any more is no fault.
  work.catch(() => undefined);
  return { work, resolve, reject };
}

function settle(asked: Asked | undefined, data: MarketData | undefined): void {
  if (data) asked?.resolve(data);
  else asked?.reject(new ApiError('API_ERROR', 'The answer has fewer entries than were asked for.'));
}
