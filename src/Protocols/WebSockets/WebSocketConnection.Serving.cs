using System.Runtime.CompilerServices;

namespace MyTradeX.Protocols.WebSockets;

/// <summary>Receiving on behalf of a receiver.</summary>
public sealed partial class WebSocketConnection
{
    // No message: what has come is worked off.
    const WebSocketMessageKind Nothing = (WebSocketMessageKind)(-1);

    /// <summary>
    /// Gives a receiver every message until the connection has ended. The same as a loop around <see cref="ReceiveAsync"/>, but where the socket is the connection's own (<c>UseDirectSockets</c>)
    /// the state of this one method is all that is kept while nothing comes.
    /// </summary>
    /// <exception cref="Exception">What the receiver threw; it has been told that the connection has ended, and gets nothing more.</exception>
    public async Task ReceiveAllAsync(IWebSocketReceiver receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        try
        {
            do
            {
                if (_stream is not SocketStream socket || _start < _end || _hasEnded) continue;
                Rest();
                try
                {
                    await socket.WaitAsync(CancellationToken.None);
                }
                catch (Exception failure) when (TransportFailure.Is(failure))
                {
                    // The transport is gone, as at its end.
                    Lost();
                    End();
                }
            }
            while (await PassOnAsync(receiver));
        }
        finally
        {
            receiver.OnEnded();
        }
    }

    /// <summary>Passes on what has come. False when the connection has ended.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    async ValueTask<bool> PassOnAsync(IWebSocketReceiver receiver)
    {
        var message = await ReceiveNextAsync(waits: _stream is not SocketStream, CancellationToken.None);
        if (message.IsClosed) return false;
        if (message.Kind != Nothing) await receiver.OnMessageAsync(message);
        return true;
    }
}
