import { ApiClient, type ApiConfig } from './ApiClient.js';

/** The client that the exported services and hooks use. */
export const apiClient = new ApiClient();

/** Sets up {@link apiClient}: once, where the program begins. */
export function configureApi(config: ApiConfig): void {
  apiClient.configure(config);
}
