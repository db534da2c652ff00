import { jobs, type ApiError } from '@mytradex/api';
import type { Job, JobFilters } from '@mytradex/types';
import type { UseMutationResult } from '@tanstack/react-query';
import { keys } from './keys.js';
import { useInfiniteList, type InfiniteExtras, type InfiniteResult } from './lists.js';
import { useWrite, type MutationExtras } from './mutations.js';

/** Background work, newest first; administrators only. */
export function useJobs(filters: JobFilters = {}, extras?: InfiniteExtras<Job>): InfiniteResult<Job> {
  return useInfiniteList(keys.jobs(filters), (params, signal) => jobs.list({ ...filters, ...params }, { signal }), extras);
}

/** Runs a failed job again, by its id. */
export function useRetryJob(extras?: MutationExtras<Job, string>): UseMutationResult<Job, ApiError, string> {
  return useWrite({ mutationFn: (id) => jobs.retry(id), resource: 'jobs' }, extras);
}

/** Takes back a job that has not begun, by its id. */
export function useCancelJob(extras?: MutationExtras<Job, string>): UseMutationResult<Job, ApiError, string> {
  return useWrite({ mutationFn: (id) => jobs.cancel(id), resource: 'jobs' }, extras);
}
