import { admin, auth } from '@mytradex/api';
import { useLogin, useRegister } from '@mytradex/hooks';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { Field } from '../ui/Field.js';
import { messageOf } from '../ui/messageOf.js';
import { ApiError } from '@mytradex/api';
import { useTitle } from '../ui/useTitle.js';
import styles from './SignIn.module.css';

type Step = 'Sign in' | 'Register' | 'Forgot password';

/** The door: sign in, register, or ask for a link to set a new password. Where one wanted to go, one gets afterwards. */
export function SignInPage() {
  const [step, setStep] = useState<Step>('Sign in');
  useTitle(step);
  return (
    <main className={styles.door}>
      <div className={styles.card}>
        <h1>
          <img src="/favicon.svg" alt="" width="22" height="22" /> MyTradeX
        </h1>
        {step === 'Sign in' ? <SignIn onStep={setStep} /> : step === 'Register' ? <Register onStep={setStep} /> : <Forgot onStep={setStep} />}
      </div>
      <p className="soft">
        <a href="/docs">API</a> · <a href="/tour.html">Tour</a> · <a href="/health">Health</a>
      </p>
    </main>
  );
}

interface Steps {
  onStep: (step: Step) => void;
}

function SignIn({ onStep }: Steps) {
  const login = useLogin();
  const about = useQuery({ queryKey: ['about'], queryFn: () => admin.about(), staleTime: Infinity });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    login.mutate(read(event.currentTarget));
  };
  return (
    <>
      {about.data?.logins?.length ? (
        <div className={styles.known}>
          <p className="soft">This server runs in Development and has logins that everyone knows:</p>
          {about.data.logins.map(({ email, password, role }) => (
            <button key={email} type="button" className="btn" disabled={login.isPending} onClick={() => login.mutate({ email, password })}>
              {email} <span className="tag">{role}</span>
            </button>
          ))}
        </div>
      ) : null}
      <form onSubmit={submit} noValidate>
        <Field label="Email" name="email" type="email" autoComplete="username" required error={fieldOf(login.error, 'email')} />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required error={fieldOf(login.error, 'password')} />
        <Failure error={login.error} />
        <button type="submit" className="btn primary" disabled={login.isPending}>
          Sign in
        </button>
      </form>
      <p className="row">
        <button type="button" className="btn quiet small" onClick={() => onStep('Register')}>
          Register
        </button>
        <span className="grow" />
        <button type="button" className="btn quiet small" onClick={() => onStep('Forgot password')}>
          Forgot password?
        </button>
      </p>
    </>
  );
}

function Register({ onStep }: Steps) {
  const register = useRegister();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    register.mutate(read(event.currentTarget));
  };
  return (
    <>
      <form onSubmit={submit} noValidate>
        <Field label="Name" name="name" autoComplete="name" error={fieldOf(register.error, 'name')} />
        <Field label="Email" name="email" type="email" autoComplete="username" required error={fieldOf(register.error, 'email')} />
        <Field label="Password" name="password" type="password" autoComplete="new-password" required error={fieldOf(register.error, 'password')} />
        <Failure error={register.error} />
        <button type="submit" className="btn primary" disabled={register.isPending}>
          Register
        </button>
      </form>
      <Back onStep={onStep} />
    </>
  );
}

function Forgot({ onStep }: Steps) {
  const ask = useMutation({ mutationFn: (email: string) => auth.requestPasswordReset(email) });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    ask.mutate(read(event.currentTarget).email);
  };
  return (
    <>
      {ask.isSuccess ? (
        <p role="status">If somebody is registered with that address, a mail with a link is on its way.</p>
      ) : (
        <form onSubmit={submit} noValidate>
          <Field label="Email" name="email" type="email" autoComplete="username" required error={fieldOf(ask.error, 'email')} />
          <Failure error={ask.error} />
          <button type="submit" className="btn primary" disabled={ask.isPending}>
            Send the link
          </button>
        </form>
      )}
      <Back onStep={onStep} />
    </>
  );
}

function Back({ onStep }: Steps) {
  return (
    <p>
      <button type="button" className="btn quiet small" onClick={() => onStep('Sign in')}>
        ← Sign in
      </button>
    </p>
  );
}

function Failure({ error }: { error: unknown }) {
  const isByField = error ? Object.keys(ApiError.from(error).fields).length > 0 : false;
  return (
    <p className={`error ${styles.failure}`} role="alert">
      {isByField ? null : messageOf(error)}
    </p>
  );
}

function fieldOf(error: unknown, field: string): string | undefined {
  return error ? ApiError.from(error).fields[field] : undefined;
}

function read(form: HTMLFormElement): { email: string; password: string; name: string } {
  const values = new FormData(form);
  const text = (name: string) => String(values.get(name) ?? '');
  return { email: text('email'), password: text('password'), name: text('name') };
}
