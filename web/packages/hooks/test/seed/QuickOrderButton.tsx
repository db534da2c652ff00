import { useCallback } from 'react';
import { openOrderForm } from './openOrderForm';
import { usePrefetchQueries } from './usePrefetchQueries';

// Component that prefetches data on hover/focus
export const QuickOrderButton = ({ symbol }: { symbol: string }) => {
const { prefetchMarketData } = usePrefetchQueries();

const handleMouseEnter = useCallback(() => {
prefetchMarketData([symbol]);
}, [symbol, prefetchMarketData]);

return (
<button
onClick={() => openOrderForm(symbol)}
onMouseEnter={handleMouseEnter}
className="quick-order-btn"
>
Quick Order
</button>
);
};
