import { useQuery } from '@tanstack/react-query';
import { apiClient } from '@mytradex/api';

interface CursorPaginationParams {
cursor?: string;
limit?: number;
}

interface CursorPaginatedResponse<T> {
data: T[];
pagination: {
nextCursor?: string;
prevCursor?: string;
hasMore: boolean;
total?: number;
};
}

export const useCursorPaginatedQuery = <T>(
key: string[],
fetchFn: (params: CursorPaginationParams) => Promise<CursorPaginatedResponse<T>>,
params: CursorPaginationParams = {}
) => {
return useQuery({
queryKey: [...key, params],
queryFn: () => fetchFn(params),
keepPreviousData: true,
});
};

// Example usage with orders
export const useOrdersWithCursor = (params: CursorPaginationParams = {}) => {
return useCursorPaginatedQuery(
['orders', 'cursor'],
async ({ cursor, limit = 20 }) => {
const response = await apiClient.get('/orders', {
params: { cursor, limit }
});
return response.data;
},
params
);
};
