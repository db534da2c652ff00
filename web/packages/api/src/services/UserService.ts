import type { CreateUserRequest, Page, PageParams, UpdateUserRequest, User, UserFilters } from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { keyed, step, type CallOptions, type WriteOptions } from './CallOptions.js';
import { uploadForm, type UploadOptions } from './upload.js';

/** Users: one's own profile, and for administrators all of them. */
export class UserService {
  constructor(readonly client: ApiClient) {}

  /** One page of the users; administrators only. */
  list(params: UserFilters & PageParams = {}, { signal }: CallOptions = {}): Promise<Page<User>> {
    return this.client.page<User>('/users', { params, signal });
  }

  async get(id: string, { signal }: CallOptions = {}): Promise<User> {
    return (await this.client.get<User>(`/users/${step(id)}`, { signal })).data;
  }

  /** The same as {@link get}. */
  getProfile(id: string, options?: CallOptions): Promise<User> {
    return this.get(id, options);
  }

  async create(request: CreateUserRequest, options?: WriteOptions): Promise<User> {
    return (await this.client.post<User>('/users', request, keyed(options))).data;
  }

  /** Changes what is given and leaves the rest. */
  async update(id: string, changes: UpdateUserRequest, options?: WriteOptions): Promise<User> {
    return (await this.client.patch<User>(`/users/${step(id)}`, changes, keyed(options))).data;
  }

  async delete(id: string, options?: WriteOptions): Promise<void> {
    await this.client.delete(`/users/${step(id)}`, keyed(options));
  }

  /** Sets the picture: PNG, JPEG, GIF or WebP of at most 1 MiB. */
  async setAvatar(id: string, picture: Blob, options?: UploadOptions): Promise<User> {
    return (await this.client.put<User>(`/users/${step(id)}/avatar`, ...uploadForm(picture, options))).data;
  }
}
