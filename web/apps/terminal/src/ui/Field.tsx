import { useId, type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes } from 'react';

interface Common {
  label: ReactNode;
  error?: string | undefined;
  hint?: ReactNode;
}

/** An input with its label, and room below for what is wrong with it, so that nothing moves when something is. */
export function Field({ label, error, hint, className, ...input }: Common & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} className={`input ${className ?? ''}`} aria-invalid={error ? true : undefined} aria-describedby={`${id}-hint`} {...input} />
      <Hint id={`${id}-hint`} error={error} hint={hint} />
    </div>
  );
}

/** A choice from a list, in the form of {@link Field}; what can be chosen is seldom wrong, so that no room is kept to say so. */
export function Choice({ label, error, hint, children, ...select }: Common & SelectHTMLAttributes<HTMLSelectElement>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input" aria-invalid={error ? true : undefined} aria-describedby={error || hint ? `${id}-hint` : undefined} {...select}>
        {children}
      </select>
      {error || hint ? <Hint id={`${id}-hint`} error={error} hint={hint} /> : null}
    </div>
  );
}

function Hint({ id, error, hint }: { id: string; error: string | undefined; hint: ReactNode }) {
  return (
    <div id={id} className={`hint ${error ? 'error' : ''}`} role={error ? 'alert' : undefined}>
      {error ?? hint}
    </div>
  );
}
