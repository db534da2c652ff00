import { files, users, type ApiError } from '@mytradex/api';
import type { StoredFile, User } from '@mytradex/types';
import type { UseMutationResult } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { keys } from './keys.js';
import { changedList, useInfiniteList, type InfiniteExtras, type InfiniteResult } from './lists.js';
import { useOptimisticMutation, useWrite } from './mutations.js';

/** The user's files, newest first. */
export function useFiles(extras?: InfiniteExtras<StoredFile>): InfiniteResult<StoredFile> {
  return useInfiniteList(keys.files, (params, signal) => files.list(params, { signal }), extras);
}

/** Deletes a file by its id, shown at once. */
export function useDeleteFile(): UseMutationResult<void, ApiError, string, unknown> {
  return useOptimisticMutation<void, string>({
    mutationFn: (id) => files.delete(id),
    resource: 'files',
    queryKey: keys.files,
    update: (cached, id) => changedList<StoredFile, StoredFile[]>(cached as StoredFile[], (entries) => entries.filter(({ fileId }) => fileId !== id)),
  });
}

/** How an upload stands. */
export interface UploadState {
  /** Whole per cent. */
  progress: number;
  isUploading: boolean;
  /** Gives the upload up; its promise rejects with `CANCELLED`. */
  cancel: () => void;
}

/** Uploads files, one at a time. */
export function useFileUpload(): UploadState & { uploadFile: (file: File, onProgress?: (percent: number) => void) => Promise<string> } {
  const { run, ...state } = useUpload();
  const { mutateAsync } = useWrite<StoredFile, Parameters<typeof files.upload>>({ mutationFn: (given) => files.upload(...given), resource: 'files' });
  const uploadFile = useCallback(
    async (file: File, onProgress?: (percent: number) => void) => (await run((options) => mutateAsync([file, options]), onProgress)).fileId,
    [run, mutateAsync],
  );
  return { ...state, uploadFile };
}

/** Sets a user's picture. */
export function useAvatarUpload(userId: string): UploadState & { uploadAvatar: (picture: Blob, onProgress?: (percent: number) => void) => Promise<User> } {
  const { run, ...state } = useUpload();
  const { mutateAsync } = useWrite<User, Parameters<typeof users.setAvatar>>({ mutationFn: (given) => users.setAvatar(...given), resource: 'users' });
  const uploadAvatar = useCallback(
    (picture: Blob, onProgress?: (percent: number) => void) => run((options) => mutateAsync([userId, picture, options]), onProgress),
    [run, mutateAsync, userId],
  );
  return { ...state, uploadAvatar };
}

type Sending<T> = (options: { signal: AbortSignal; onProgress: (percent: number) => void }) => Promise<T>;

function useUpload(): UploadState & { run: <T>(send: Sending<T>, onProgress?: (percent: number) => void) => Promise<T> } {
  const [progress, setProgress] = useState(0);
  const [isUploading, setIsUploading] = useState(false);
  const current = useRef<AbortController>(undefined);
  // Whoever leaves the page gives up what it was sending.
  useEffect(() => () => current.current?.abort(), []);
  const run = useCallback(async <T>(send: Sending<T>, onProgress?: (percent: number) => void): Promise<T> => {
    const upload = new AbortController();
    current.current?.abort();
    current.current = upload;
    setProgress(0);
    setIsUploading(true);
    try {
      return await send({
        signal: upload.signal,
        onProgress: (percent) => {
          if (current.current !== upload) return;
          setProgress(percent);
          onProgress?.(percent);
        },
      });
    } finally {
      if (current.current === upload) setIsUploading(false);
    }
  }, []);
  const cancel = useCallback(() => current.current?.abort(), []);
  return { progress, isUploading, cancel, run };
}
