import { useEffect, useRef, type FormEvent, type ReactNode } from 'react';

/** A question that wants an answer before all else. The browser's own dialog keeps the focus inside and gives it back. */
export function Dialog(props: { title: string; children: ReactNode; confirm: string; tone?: 'primary' | 'danger'; busy?: boolean; error?: string | undefined; onConfirm: () => void; onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onConfirm();
  };
  return (
    <dialog ref={dialog} onClose={props.onClose} aria-label={props.title}>
      <form onSubmit={submit} noValidate>
        <h1>{props.title}</h1>
        {props.children}
        {props.error ? <p className="error" role="alert">{props.error}</p> : null}
        <div className="actions">
          <button type="button" className="btn" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" className={`btn ${props.tone ?? 'primary'}`} disabled={props.busy}>
            {props.confirm}
          </button>
        </div>
      </form>
    </dialog>
  );
}
