import { files as fileService } from '@mytradex/api';
import { useDeleteFile, useFiles, useFileUpload } from '@mytradex/hooks';
import type { StoredFile } from '@mytradex/types';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { bytes, dateTime } from '../models/format.js';
import { InfiniteTable } from '../ui/InfiniteTable.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { Progress } from '../ui/Progress.js';
import { save } from '../ui/save.js';
import { toast } from '../ui/toasts.js';
import { useTitle } from '../ui/useTitle.js';
import styles from './Profile.module.css';

/** One's files: put there, fetched, removed. */
export default function FilesPage() {
  useTitle('Files');
  const files = useFiles();
  const { uploadFile, progress, isUploading } = useFileUpload();
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const failed = (failure: unknown) => toast(messageOf(failure) ?? '', 'bad');
  const fetchFile = useMutation({ mutationFn: async (file: StoredFile) => save(await fileService.download(file.fileId), file.name), onError: failed });
  const remove = useDeleteFile();
  const take = (file: File | undefined) => {
    if (file) uploadFile(file).then(() => toast(`${file.name} is stored.`, 'good'), failed);
  };
  return (
    <div className="page">
      <div className="row">
        <h1>Files</h1>
      </div>
      <div
        className={styles.drop}
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files[0]);
        }}
      >
        <p>Drop a file here – PNG, JPEG, GIF, WebP, PDF, CSV or plain text, at most 10 MiB – or</p>
        <input ref={input} type="file" hidden aria-label="File" onChange={(event) => take(event.target.files?.[0])} />
        <button type="button" className="btn primary" disabled={isUploading} onClick={() => input.current?.click()}>
          Choose a file
        </button>
        <Progress label="Upload" value={isUploading ? progress : undefined} />
      </div>
      <Panel content="fill" title="Yours">
        <InfiniteTable
          label="Files, newest first"
          height="420px"
          template="minmax(140px, 1.4fr) 120px 90px 130px 120px 130px"
          rows={files.data}
          keyOf={(file) => file.fileId}
          pages={files}
          empty="No files yet."
          columns={[
            { head: 'Name', cell: (file) => file.name },
            { head: 'Type', cell: (file) => <span className="soft">{file.contentType}</span> },
            { head: 'Size', numeric: true, cell: (file) => bytes(file.size) },
            { head: 'Stored', cell: (file) => <span className="soft">{dateTime(file.createdAt)}</span> },
            { head: 'SHA-256', cell: (file) => <span className="mono soft" title={file.sha256}>{file.sha256.slice(0, 12)}…</span> },
            {
              head: <span className="sr">Actions</span>,
              numeric: true,
              cell: (file) => (
                <>
                  <button type="button" className="btn small" onClick={() => fetchFile.mutate(file)}>
                    Save
                  </button>{' '}
                  <button type="button" className="btn danger small" onClick={() => remove.mutate(file.fileId, { onError: failed })}>
                    Delete
                  </button>
                </>
              ),
            },
          ]}
        />
      </Panel>
    </div>
  );
}
