import { openDB, type IDBPDatabase } from 'idb';

/** One entry of a cache. */
export interface CacheEntry {
  data: unknown;
  /** Milliseconds since 1970. */
  storedAt: number;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

const storeName = 'entries';

/** Entries in IndexedDB, where they outlive the page. Where there is none, or it fails, nothing is kept: it is a cache. */
export class KeptEntries {
  readonly #name: string;
  #database: Promise<IDBPDatabase | undefined> | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  get(key: string): Promise<CacheEntry | undefined> {
    return this.#with((database) => database.get(storeName, key) as Promise<CacheEntry | undefined>);
  }

  async set(key: string, entry: CacheEntry): Promise<void> {
    await this.#with((database) => database.put(storeName, entry, key));
  }

  async delete(key: string): Promise<void> {
    await this.#with((database) => database.delete(storeName, key));
  }

  /** Deletes all whose key begins so. */
  async deletePrefix(prefix: string): Promise<void> {
    await this.#with((database) => database.delete(storeName, IDBKeyRange.bound(prefix, prefix + '\uffff')));
  }

  async clear(): Promise<void> {
    await this.#with((database) => database.clear(storeName));
  }

  async #with<T>(act: (database: IDBPDatabase) => Promise<T>): Promise<T | undefined> {
    if (typeof indexedDB === 'undefined') return undefined;
    this.#database ??= open(this.#name);
    const database = await this.#database;
    try {
      return database && (await act(database));
    } catch (fault) {
      // Private windows and full disks: the page works on without.
      console.warn('The cache failed:', fault);
      return undefined;
    }
  }
}

async function open(name: string): Promise<IDBPDatabase | undefined> {
  try {
    return await openDB(name, 1, { upgrade: (database) => void database.createObjectStore(storeName) });
  } catch (fault) {
    console.warn('The cache cannot be kept:', fault);
    return undefined;
  }
}
