import { KeptEntries, type CacheEntry } from './KeptEntries.js';

/** How a cache is kept. */
export interface CacheOptions {
  /** Name of the IndexedDB database; `mytradex-cache` unless set. */
  name?: string;
  /** Milliseconds for which an entry is good unless it says otherwise; five minutes unless set. */
  ttlMs?: number;
  /** Entries in memory at most, those longest unused going first; 1,000 unless set. */
  entriesMax?: number;
}

/**
 * Two levels of cache: memory, and IndexedDB for the next visit. Everything belongs to one user: it is out of sight of the next, and deleted
 * at sign-out. Not for money: what it holds may be old.
 */
export class CacheManager {
  readonly #memory = new Map<string, CacheEntry>();
  readonly #kept: KeptEntries;
  readonly #ttlMs: number;
  readonly #entriesMax: number;
  #user = '';
  // Counts invalidations, so that what was read before one is not put back after it.
  #epoch = 0;

  constructor({ name = 'mytradex-cache', ttlMs = 5 * 60_000, entriesMax = 1_000 }: CacheOptions = {}) {
    this.#kept = new KeptEntries(name);
    this.#ttlMs = ttlMs;
    this.#entriesMax = entriesMax;
  }

  /** Says whose entries are read and written from now on. */
  useFor(userId: string): void {
    if (userId === this.#user) return;
    this.#memory.clear();
    this.#epoch++;
    this.#user = userId;
  }

  /** The data under a key, or undefined where there is none that is still good. */
  async get<T>(key: string): Promise<T | undefined> {
    return (await this.getEntry(key))?.data as T | undefined;
  }

  /** The data under a key with its age. */
  async getEntry(key: string): Promise<CacheEntry | undefined> {
    const name = this.#nameOf(key);
    const inMemory = this.#memory.get(name);
    if (inMemory && isGood(inMemory)) {
      this.#remember(name, inMemory);
      return inMemory;
    }
    this.#memory.delete(name);
    const epoch = this.#epoch;
    const kept = await this.#kept.get(name);
    if (!kept || epoch !== this.#epoch) return undefined;
    if (!isGood(kept)) {
      await this.#kept.delete(name);
      return undefined;
    }
    this.#remember(name, kept);
    return kept;
  }

  /** Keeps data. Memory has it at once; the promise resolves when it is in IndexedDB, too. */
  set(key: string, data: unknown, ttlMs = this.#ttlMs): Promise<void> {
    const now = Date.now();
    const entry = { data, storedAt: now, expiresAt: now + ttlMs };
    const name = this.#nameOf(key);
    this.#remember(name, entry);
    return this.#kept.set(name, entry);
  }

  /** Forgets one key. */
  invalidate(key: string): Promise<void> {
    this.#epoch++;
    const name = this.#nameOf(key);
    this.#memory.delete(name);
    return this.#kept.delete(name);
  }

  /** Forgets every key that begins so: `orders:` for all of the orders. */
  invalidatePrefix(prefix: string): Promise<void> {
    this.#epoch++;
    const name = this.#nameOf(prefix);
    for (const key of this.#memory.keys()) if (key.startsWith(name)) this.#memory.delete(key);
    return this.#kept.deletePrefix(name);
  }

  /** Forgets everything, of all users. */
  clear(): Promise<void> {
    this.#epoch++;
    this.#memory.clear();
    return this.#kept.clear();
  }

  #nameOf(key: string): string {
    return `${this.#user}/${key}`;
  }

  #remember(name: string, entry: CacheEntry): void {
    // A map keeps the order of insertion: first is the one longest unused.
    this.#memory.delete(name);
    this.#memory.set(name, entry);
    for (const oldest of this.#memory.keys()) {
      if (this.#memory.size <= this.#entriesMax) break;
      this.#memory.delete(oldest);
    }
  }
}

function isGood(entry: CacheEntry): boolean {
  return Date.now() < entry.expiresAt;
}
