import type { Page, PageParams, StoredFile } from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { keyed, step, type CallOptions, type WriteOptions } from './CallOptions.js';
import { uploadForm, type UploadOptions } from './upload.js';

/** The user's files. */
export class FileService {
  constructor(readonly client: ApiClient) {}

  /** Uploads a file of at most 10 MiB; it is durable when this resolves. */
  async upload(file: Blob, options?: UploadOptions): Promise<StoredFile> {
    return (await this.client.post<StoredFile>('/upload', ...uploadForm(file, options))).data;
  }

  list(params: PageParams = {}, { signal }: CallOptions = {}): Promise<Page<StoredFile>> {
    return this.client.page<StoredFile>('/files', { params, signal });
  }

  /** The file's bytes. */
  async download(id: string, { signal }: CallOptions = {}): Promise<Blob> {
    return (await this.client.get<Blob>(`/files/${step(id)}`, { signal, responseType: 'blob', headers: { Accept: '*/*' } })).data;
  }

  async delete(id: string, options?: WriteOptions): Promise<void> {
    await this.client.delete(`/files/${step(id)}`, keyed(options));
  }
}
