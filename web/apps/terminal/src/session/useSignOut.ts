import { useLogout } from '@mytradex/hooks';
import { messageOf } from '../ui/messageOf.js';
import { toast } from '../ui/toasts.js';

/** Signs out; where that fails, it says that one is signed in still: the session's cookies only the server can take away. */
export function useSignOut(): () => void {
  const logout = useLogout({ onError: (failure) => toast(`You are still signed in here: ${messageOf(failure)} Sign out again once the server answers.`, 'bad') });
  return () => logout.mutate();
}
