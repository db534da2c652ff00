import { useCancelJob, useJobs, useRetryJob } from '@mytradex/hooks';
import type { JobStatus } from '@mytradex/types';
import { useState } from 'react';
import { dateTime, words } from '../models/format.js';
import { Choices } from '../ui/Choices.js';
import { InfiniteTable } from '../ui/InfiniteTable.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { Tag } from '../ui/Tag.js';
import { toast } from '../ui/toasts.js';

const statuses: readonly (JobStatus | 'ALL')[] = ['ALL', 'QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'];

/** Work behind the answers: mail, webhooks, payments. What was given up can be tried again. */
export function JobsAdmin() {
  const [status, setStatus] = useState<JobStatus | 'ALL'>('ALL');
  const jobs = useJobs(status === 'ALL' ? {} : { status });
  const retry = useRetryJob();
  const cancel = useCancelJob();
  const onError = (failure: unknown) => toast(messageOf(failure) ?? '', 'bad');
  return (
    <Panel content="fill" title="Jobs" aside={<Choices label="Status" options={statuses} value={status} name={words} onChange={setStatus} />}>
      <InfiniteTable
        label="Jobs, newest first"
        height="560px"
        template="84px 130px 90px 70px 118px 118px minmax(120px, 1fr) 76px"
        rows={jobs.data}
        keyOf={(job) => job.id}
        pages={jobs}
        empty="No jobs."
        columns={[
          { head: 'Id', cell: (job) => <span className="soft">{job.id}</span> },
          { head: 'Kind', cell: (job) => job.kind },
          { head: 'Status', cell: (job) => <Tag status={job.status} /> },
          { head: 'Attempts', numeric: true, cell: (job) => job.attempts },
          { head: 'Due', cell: (job) => <span className="soft">{dateTime(job.runAt)}</span> },
          { head: 'Finished', cell: (job) => <span className="soft">{dateTime(job.finishedAt)}</span> },
          { head: 'Error', cell: (job) => <span title={job.error ?? undefined}>{job.error}</span> },
          {
            head: <span className="sr">Actions</span>,
            numeric: true,
            cell: (job) =>
              job.status === 'FAILED' || job.status === 'CANCELLED' ? (
                <button type="button" className="btn small" onClick={() => retry.mutate(job.id, { onError })}>
                  Retry
                </button>
              ) : job.status === 'QUEUED' ? (
                <button type="button" className="btn danger small" onClick={() => cancel.mutate(job.id, { onError })}>
                  Cancel
                </button>
              ) : null,
          },
        ]}
      />
    </Panel>
  );
}
