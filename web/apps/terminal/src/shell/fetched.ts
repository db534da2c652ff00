import { onlineManager } from '@tanstack/react-query';

/**
 * A screen's code, fetched when the screen is gone to. Without a network it waits for one, and then begins the page anew at this address: browsers
 * remember of a module that it could not be had.
 */
export async function fetched<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (failure) {
    if (onlineManager.isOnline()) throw failure;
    return new Promise(() => onlineManager.subscribe((isOnline) => isOnline && location.reload()));
  }
}
