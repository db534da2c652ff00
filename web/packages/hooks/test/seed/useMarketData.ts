import { useEffect, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { apiClient } from '@mytradex/api';
import { getSocket } from '@mytradex/api';

export const useMarketData = (symbol: string) => {
return useQuery({
queryKey: ['market-data', symbol],
queryFn: async () => {
const response = await apiClient.get(`/market-data/${symbol}`);
return response.data;
},
enabled: !!symbol,
staleTime: 5000, // 5 seconds for market data
refetchInterval: 5000, // Auto-refetch every 5 seconds
});
};

// Hook for real-time market data
export const useMarketDataRealtime = (symbol: string) => {
const [data, setData] = useState(null);
const [isConnected, setIsConnected] = useState(false);

useEffect(() => {
const socket = getSocket();

const handleConnect = () => {
setIsConnected(true);
socket.emit('subscribe', `market:${symbol}`);
};

const handleDisconnect = () => {
setIsConnected(false);
};

const handleMarketData = (marketData: any) => {
if (marketData.symbol === symbol) {
setData(marketData);
}
};

socket.on('connect', handleConnect);
socket.on('disconnect', handleDisconnect);
socket.on('market:update', handleMarketData);

return () => {
socket.off('connect', handleConnect);
socket.off('disconnect', handleDisconnect);
socket.off('market:update', handleMarketData);
socket.emit('unsubscribe', `market:${symbol}`);
};
}, [symbol]);

return { data, isConnected };
};
