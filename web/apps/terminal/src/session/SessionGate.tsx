import { apiClient } from '@mytradex/api';
import { useSession } from '@mytradex/hooks';
import type { Me } from '@mytradex/types';
import { useEffect, type ReactNode } from 'react';
import { followNotifications } from '../shell/notifications.js';
import { SignInPage } from './SignInPage.js';
import { Loading } from '../ui/Loading.js';
import { useFreshness } from './useFreshness.js';

/** Shows the app to who is signed in, and the door to everybody else. Signing out in one tab closes all. */
export function SessionGate({ children }: { children: (me: Me) => ReactNode }) {
  const session = useSession();
  const id = session.data?.id;

  // The queries forget by themselves what belonged to one user; the service worker must be told.
  useEffect(() => apiClient.session.on('signedOut', () => navigator.serviceWorker?.controller?.postMessage('forget')), []);
  useFreshness();
  useEffect(() => (id ? followNotifications() : undefined), [id]);

  if (session.isPending) return <Loading />;
  if (session.data) return children(session.data);
  if (session.isError) return <Unreachable onRetry={() => void session.refetch()} />;
  return <SignInPage />;
}

/** What is shown of the app when the server cannot be reached from the start: what is missing, and nothing that might be old. */
function Unreachable({ onRetry }: { onRetry: () => void }) {
  useEffect(() => {
    addEventListener('online', onRetry);
    return () => removeEventListener('online', onRetry);
  }, [onRetry]);
  return (
    <main className="page">
      <h1>MyTradeX is out of reach</h1>
      <p role="alert">{navigator.onLine ? 'The server does not answer.' : 'This machine is offline.'} Orders, balances and positions are not shown, since they could be old; orders that were accepted stay in force at the venue.</p>
      <p>
        <button type="button" className="btn primary" onClick={onRetry}>
          Try again
        </button>
      </p>
    </main>
  );
}
