import { keyed, type WriteOptions } from './CallOptions.js';
import type { RequestConfig } from '../client/ApiClient.js';

/** What an upload takes besides the file. */
export interface UploadOptions extends WriteOptions {
  /** Hears how much is sent, in whole per cent. */
  onProgress?: (percent: number) => void;
  /** Milliseconds that the upload may take; 120,000 unless set. */
  timeout?: number;
}

/** The form that carries a file, and how it is sent. */
export function uploadForm(file: Blob, { onProgress, timeout = 120_000, ...options }: UploadOptions = {}): [FormData, RequestConfig] {
  const form = new FormData();
  form.append('file', file);
  return [
    form,
    {
      ...keyed(options),
      timeout,
      ...(onProgress && {
        onUploadProgress: ({ loaded, total }) => {
          if (total) onProgress(Math.min(100, Math.round((loaded * 100) / total)));
        },
      }),
    },
  ];
}
