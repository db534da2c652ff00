import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { apiClient } from '@mytradex/api';
import { OrderItem } from './OrderItem';

// Infinite scroll component
export const InfiniteOrderList = () => {
const [cursor, setCursor] = useState<string | undefined>();

const {
data,
isLoading,
hasNextPage,
fetchNextPage,
isFetchingNextPage
} = useInfiniteQuery({
queryKey: ['orders', 'infinite'],
queryFn: ({ pageParam }) => apiClient.get('/orders', {
params: { cursor: pageParam, limit: 20 }
}).then(res => res.data),
getNextPageParam: (lastPage) => lastPage.pagination.nextCursor,
initialPageParam: undefined,
});

const orders = data?.pages.flatMap(page => page.data) || [];

return (
<div>
{orders.map(order => <OrderItem key={order.id} order={order} />)}

{hasNextPage && (
<button
onClick={() => fetchNextPage()}
disabled={isFetchingNextPage}
>
{isFetchingNextPage ? 'Loading...' : 'Load More'}
</button>
)}
</div>
);
};
