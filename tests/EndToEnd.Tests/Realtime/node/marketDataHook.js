// A web terminal's hook as front ends write it. Only where React comes from is ours: see react.js.
import { useEffect, useState } from "./react.js";
import { getSocket } from "./socket.js";

// Hook for real-time market data
export const useMarketDataRealtime = (symbol) => {
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

const handleMarketData = (marketData) => {
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
