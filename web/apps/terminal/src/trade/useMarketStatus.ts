import { keys } from '@mytradex/hooks';
import { marketData } from '@mytradex/api';
import type { Instrument, MarketData, MarketStatus } from '@mytradex/types';
import { useQuery } from '@tanstack/react-query';

/** Whether an instrument trades. Renders when that changes, not with every price as what shows them does. */
export function useMarketStatus(instrument: Instrument): MarketStatus | undefined {
  const { data } = useQuery<MarketData, Error, MarketStatus | undefined>({
    queryKey: keys.marketData(instrument.symbol),
    queryFn: ({ signal }) => marketData.get(instrument.symbol, { signal }),
    // The head of the screen asks and follows.
    enabled: false,
    select: ({ status }) => status,
  });
  return data ?? instrument.status;
}
