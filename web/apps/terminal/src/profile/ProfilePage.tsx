import { auth, users } from '@mytradex/api';
import { useAvatarUpload } from '@mytradex/hooks';
import type { Me } from '@mytradex/types';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type FormEvent } from 'react';
import { dateTime, words } from '../models/format.js';
import { useSignOut } from '../session/useSignOut.js';
import { Field } from '../ui/Field.js';
import { messageOf } from '../ui/messageOf.js';
import { Panel } from '../ui/Panel.js';
import { Progress } from '../ui/Progress.js';
import { toast } from '../ui/toasts.js';
import { useTitle } from '../ui/useTitle.js';
import styles from './Profile.module.css';

/** Who one is here, and what one may do. */
export default function ProfilePage({ me }: { me: Me }) {
  useTitle('Profile');
  const signOut = useSignOut();
  const reset = useMutation({ mutationFn: () => auth.requestPasswordReset(me.email), onSuccess: () => toast(`A link to set a new password goes to ${me.email}.`, 'good'), onError: (failure) => toast(messageOf(failure) ?? '', 'bad') });
  const verify = useMutation({ mutationFn: () => auth.resendEmailVerification(), onSuccess: () => toast('The mail is on its way.', 'good'), onError: (failure) => toast(messageOf(failure) ?? '', 'bad') });
  return (
    <div className="page">
      <div className="row">
        <h1>Profile</h1>
        <button type="button" className="btn" onClick={signOut}>
          Sign out
        </button>
      </div>
      <div className="columns">
        <Panel title="You" content="form">
          <Avatar me={me} />
          <Name me={me} />
        </Panel>
        <Panel title="Sign-in" content="form">
          <div className="stack">
            <p>
              {me.email} {me.emailVerified ? <span className="tag good">verified</span> : <span className="tag wait">not verified</span>}
            </p>
            {me.emailVerified ? null : (
              <p>
                <button type="button" className="btn" disabled={verify.isPending} onClick={() => verify.mutate()}>
                  Send the verification mail again
                </button>
              </p>
            )}
            <p>
              <button type="button" className="btn" disabled={reset.isPending} onClick={() => reset.mutate()}>
                Set a new password by mail
              </button>
            </p>
            <p className="soft">
              {words(me.role)} · last signed in {dateTime(me.lastLogin)}
            </p>
            <ul className="row" aria-label="What you may do">
              {me.permissions.map((permission) => (
                <li key={permission} className="tag">
                  {words(permission)}
                </li>
              ))}
            </ul>
          </div>
        </Panel>
      </div>
    </div>
  );
}

function Avatar({ me }: { me: Me }) {
  const input = useRef<HTMLInputElement>(null);
  const { uploadAvatar, progress, isUploading } = useAvatarUpload(me.id);
  const take = (file: File | undefined) => {
    if (file) uploadAvatar(file).then(() => toast('Your picture is set.', 'good'), (failure: unknown) => toast(messageOf(failure) ?? '', 'bad'));
  };
  return (
    <div className={styles.avatar}>
      {me.avatar ? <img src={me.avatar} alt="Your picture" width="64" height="64" /> : <span aria-hidden="true">{me.name.slice(0, 1)}</span>}
      <div className="stack">
        <input ref={input} type="file" hidden accept="image/png,image/jpeg,image/gif,image/webp" aria-label="Picture" onChange={(event) => take(event.target.files?.[0])} />
        <button type="button" className="btn" disabled={isUploading} onClick={() => input.current?.click()}>
          Choose a picture
        </button>
        <Progress label="Upload of the picture" value={isUploading ? progress : undefined} />
      </div>
    </div>
  );
}

function Name({ me }: { me: Me }) {
  const queries = useQueryClient();
  const [name, setName] = useState(me.name);
  const rename = useMutation({ mutationFn: () => users.update(me.id, { name }), onSuccess: () => (toast('Your name is changed.', 'good'), queries.invalidateQueries({ queryKey: ['session'] })) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate();
  };
  return (
    <form className={styles.name} onSubmit={submit} noValidate>
      <Field label="Name" autoComplete="name" value={name} onChange={(event) => setName(event.target.value)} error={messageOf(rename.error)} />
      <button type="submit" className="btn primary" disabled={rename.isPending || name === me.name}>
        Save
      </button>
    </form>
  );
}
