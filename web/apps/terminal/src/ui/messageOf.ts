import { ApiError } from '@mytradex/api';

/** What a failure says to people: the server's own words, which name the rule and the way out. */
export function messageOf(failure: unknown): string | undefined {
  if (!failure) return undefined;
  return ApiError.from(failure).message;
}
