using System.Text.Json;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>
/// The socket's events on their way to the handlers: one at a time and in order. Reading goes on meanwhile – a handler may wait for an acknowledgement of the same client – until so many events wait that
/// the client has to wait too.
/// </summary>
public sealed partial class SocketIOSocket
{
    // The connection's handlers come first.
    bool _isDispatching = true;
    Queue<SocketEvent>? _waiting;
    TaskCompletionSource? _space;
    bool _isEndRun;

    /// <summary>Runs the connection's handlers, then lets events through.</summary>
    internal async Task StartAsync()
    {
        await GuardAsync("connection", () => Namespace.RunConnectionAsync(this));
        await DispatchWaitingAsync();
    }

    /// <summary>An event has come. The task ends when another may come.</summary>
    internal Task TakeEventAsync(SocketEvent e)
    {
        lock (_gate)
        {
            if (EndReason is not null) return Task.CompletedTask;
            if (_isDispatching)
            {
                _waiting ??= new();
                _waiting.Enqueue(e);
                if (_waiting.Count < Namespace.Server.Options.MaxPendingEvents) return Task.CompletedTask;
                return (_space ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
            _isDispatching = true;
        }
        _ = DispatchAsync(e);
        return Task.CompletedTask;
    }

    void DispatchEnd()
    {
        lock (_gate)
        {
            // What waits is dropped: nobody is there for an answer. A reader that waits for room is let go.
            _waiting = null;
            _space?.TrySetResult();
            if (_isDispatching) return;
            _isDispatching = true;
        }
        _ = DispatchWaitingAsync();
    }

    async Task DispatchAsync(SocketEvent e)
    {
        await HandleAsync(e);
        await DispatchWaitingAsync();
    }

    async Task DispatchWaitingAsync()
    {
        while (true)
        {
            SocketEvent? next = null;
            lock (_gate)
            {
                if (_waiting?.TryDequeue(out next) is not true)
                {
                    if (EndReason is null || _isEndRun)
                    {
                        _isDispatching = false;
                        return;
                    }
                    _isEndRun = true;
                }
                _space?.TrySetResult();
                _space = null;
            }
            if (next is null) await RunEndAsync();
            else await HandleAsync(next);
        }
    }

    Task HandleAsync(SocketEvent e) => GuardAsync(e.Name, async () =>
    {
        if (_handlers is not null) await _handlers.RunAsync(this, e, Disconnected);
        await Namespace.Handlers.RunAsync(this, e, Disconnected);
    });

    /// <summary>Whatever a handler throws ends here: it costs nobody else anything.</summary>
    async Task GuardAsync(string name, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (JsonException failure)
        {
            // The client sent arguments that the handler cannot read, which is the client's mistake.
            SocketIOLog.UnreadableArguments(Namespace.Server.Logger, failure, Namespace.Name, Id, name);
        }
        catch (OperationCanceledException) when (EndReason is not null)
        {
            // The handler stopped because the socket is gone, as it should.
        }
#pragma warning disable CA1031
        catch (Exception failure)
#pragma warning restore CA1031
        {
            SocketIOLog.HandlerFailed(Namespace.Server.Logger, failure, Namespace.Name, Id, name);
        }
    }
}
