using MyTradeX.Protocols.WebSockets;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>Acknowledgements that the client owes.</summary>
public sealed partial class SocketIOSocket
{
    Dictionary<long, TaskCompletionSource<SocketArguments>>? _acks;

    /// <summary>Sends an event and waits for the client's acknowledgement.</summary>
    /// <param name="name">The event.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="arguments">Its arguments; bytes are sent as bytes.</param>
    /// <returns>What the client answered.</returns>
    /// <exception cref="TimeoutException">No answer came in time. The client may have got the event all the same.</exception>
    /// <exception cref="IOException">The socket was disconnected before the answer came, or too many acknowledgements are owed already.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<SocketArguments> EmitWithAckAsync(string name, TimeSpan timeout, CancellationToken cancellationToken, params object?[] arguments)
    {
        SocketNamespace.RequireName(name);
        var id = Namespace.NextAckId();
        return SendForAck(Namespace.Server.Encoder.Event(Namespace.Name, name, arguments, id), id, timeout, cancellationToken);
    }

    internal async Task<SocketArguments> SendForAck(EnginePacket packet, long id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        TaskCompletionSource<SocketArguments> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (EndReason is not null) throw new IOException($"The socket is disconnected: {EndReason}.");
            _acks ??= [];
            if (_acks.Count >= Namespace.Server.Options.MaxPendingAcks) throw new IOException($"The client owes {_acks.Count} acknowledgements already, as many as it may.");
            _acks.Add(id, answer);
        }
        try
        {
            if (SendEngine(packet, isVolatile: false) != SendResult.Queued) throw new IOException("The event could not be sent: the connection is closing.");
            return await answer.Task.WaitAsync(timeout, Namespace.Server.Options.TimeProvider, cancellationToken);
        }
        finally
        {
            lock (_gate) _acks?.Remove(id);
        }
    }

    /// <summary>An answer has come; one that nobody waits for any more is dropped.</summary>
    internal void TakeAck(long id, SocketArguments arguments)
    {
        TaskCompletionSource<SocketArguments>? answer = null;
        lock (_gate) _acks?.Remove(id, out answer);
        answer?.TrySetResult(arguments);
    }

    void FailAcks(string reason)
    {
        TaskCompletionSource<SocketArguments>[] owed;
        lock (_gate)
        {
            owed = _acks is null ? [] : [.. _acks.Values];
            _acks = null;
        }
        foreach (var answer in owed) answer.TrySetException(new IOException($"The socket was disconnected before it answered: {reason}."));
    }
}
