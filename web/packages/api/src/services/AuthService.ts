import type { LoginRequest, Me, PasswordResetConfirmRequest, RegisterRequest, Session } from '@mytradex/types';
import type { ApiClient } from '../client/ApiClient.js';
import { ApiError } from '../client/ApiError.js';
import type { CallOptions } from './CallOptions.js';

/** Signing in and out, and proving who one is. */
export class AuthService {
  constructor(readonly client: ApiClient) {}

  /** Signs in. In token mode the client keeps the tokens, in cookie mode the browser does. */
  async login(request: Omit<LoginRequest, 'mode'>, { signal }: CallOptions = {}): Promise<Session> {
    return this.#begin('/auth/login', request, signal);
  }

  /** Registers a user and signs them in. */
  async register(request: Omit<RegisterRequest, 'mode'>, { signal }: CallOptions = {}): Promise<Session> {
    return this.#begin('/auth/register', request, signal);
  }

  /** Who is signed in and what they may do, or null when nobody is. */
  async me({ signal }: CallOptions = {}): Promise<Me | null> {
    if (this.client.auth.accessToken() === undefined && !this.client.auth.canRefresh()) return null;
    try {
      return (await this.client.get<Me>('/auth/me', { signal })).data;
    } catch (thrown) {
      if (ApiError.from(thrown).status === 401) return null;
      throw thrown;
    }
  }

  /**
   * Signs out: on the server, here, and in the tabs that share the session. Tokens are forgotten even when the server is not reached; cookies only the
   * server can take away, so that the session then goes on, and this rejects.
   */
  async logout({ signal }: CallOptions = {}): Promise<void> {
    try {
      await this.client.post('/auth/logout', undefined, { signal });
    } catch (thrown) {
      // A session that is over already needs no ending.
      if (ApiError.from(thrown).status !== 401) {
        if (this.client.auth.mode === 'token') this.client.session.signedOut();
        throw thrown;
      }
    }
    this.client.session.signedOut();
  }

  /** Renews the session now. False when there is none any more. */
  refresh(): Promise<boolean> {
    return this.client.renewSession();
  }

  /** Asks for a mail to set a new password. */
  async requestPasswordReset(email: string, { signal }: CallOptions = {}): Promise<void> {
    await this.client.post('/auth/password-reset', { email }, { signal });
  }

  /** Sets a new password by a mailed token. */
  async confirmPasswordReset(request: PasswordResetConfirmRequest, { signal }: CallOptions = {}): Promise<void> {
    await this.client.post('/auth/password-reset/confirm', request, { signal });
  }

  /** Proves an email by a mailed token. */
  async verifyEmail(token: string, { signal }: CallOptions = {}): Promise<void> {
    await this.client.post('/auth/verify-email', { token }, { signal });
  }

  /** Asks for another mail to prove one's email. */
  async resendEmailVerification({ signal }: CallOptions = {}): Promise<void> {
    await this.client.post('/auth/verify-email/resend', undefined, { signal });
  }

  async #begin(url: string, request: object, signal: AbortSignal | undefined): Promise<Session> {
    const { data } = await this.client.post<Session>(url, { ...request, mode: this.client.auth.mode }, { signal });
    this.client.session.signedIn(data);
    return data;
  }
}
