import type { Position, PositionFilters } from '@mytradex/types';
import type { QueryClient } from '@tanstack/react-query';
import { changeLists } from '../lists.js';

/** Brings a position's latest state into every list that shows it; one that is closed leaves those of open ones. */
export function keepPosition(queryClient: QueryClient, position: Position): void {
  changeLists<Position>(queryClient, ['portfolio', 'positions'], (given) => (entries) => {
    const filters = (given ?? {}) as PositionFilters;
    const belongs =
      (position.quantity !== 0 || filters.includeClosed === true) &&
      (!filters.accountId || filters.accountId === position.accountId) &&
      (!filters.symbol || filters.symbol.toUpperCase() === position.symbol);
    const others = entries.filter(({ id }) => id !== position.id);
    if (!belongs) return others.length === entries.length ? entries : others;
    return others.length === entries.length ? [...entries, position] : entries.map((each) => (each.id === position.id ? position : each));
  });
}
