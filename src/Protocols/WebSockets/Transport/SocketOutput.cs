using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;

namespace MyTradeX.Protocols.WebSockets.Transport;

/// <summary>
/// A connection's way out. What is written is gathered in blocks, and a flush hands them to the kernel on the calling thread; only what the kernel has no room for waits, and the flush with it. So a flush
/// that is done means that nothing is left here. Writing and flushing is for one thread at a time; <see cref="CancelPendingFlush"/> may come from any.
/// A connection that is gone is no error: flushes say that it is completed, and what is written is forgotten.
/// </summary>
sealed class SocketOutput(SocketConnection connection, Socket socket, MemoryPool<byte> pool) : PipeWriter
{
    readonly Lock _gate = new();
    // What the writer writes to, and what has been flushed and waits for the kernel; the second is under the gate.
    readonly OutgoingBlocks _written = new();
    OutgoingBlocks? _waiting;
    TaskCompletionSource<FlushResult>? _flush;
    long _unflushed;
    bool _isLent;
    bool _isSending;
    bool _isCancelled;
    bool _isCompleted;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => _unflushed;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_isCompleted) throw new InvalidOperationException("Nothing can be written once the output is completed.");
        var room = _written.Room;
        if (room.Length < Math.Max(1, sizeHint))
        {
            _written.Add(sizeHint <= pool.MaxBufferSize ? pool.Rent(sizeHint == 0 ? -1 : sizeHint) : MemoryPool<byte>.Shared.Rent(sizeHint));
            room = _written.Room;
        }
        _isLent = true;
        return room;
    }

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        _written.Written(bytes);
        _unflushed += bytes;
        _isLent = false;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested) return ValueTask.FromCanceled<FlushResult>(cancellationToken);
        var fault = SocketError.Success;
        TaskCompletionSource<FlushResult>? flush = null;
        var begins = false;
        lock (_gate)
        {
            _unflushed = 0;
            var isCancelled = _isCancelled;
            _isCancelled = false;
            if (connection.IsClosed)
            {
                if (!_isLent) _written.Drop();
                return new(new FlushResult(isCancelled, isCompleted: true));
            }
            if (!_isSending)
            {
                fault = _written.Send(socket, keepsLast: _isLent);
                if (fault == SocketError.Success) return new(new FlushResult(isCancelled, isCompleted: false));
            }
            if (fault is SocketError.Success or SocketError.WouldBlock)
            {
                (_waiting ??= new()).TakeAll(_written, _isLent ? pool : null);
                if (!isCancelled) flush = _flush ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
                begins = !_isSending;
                _isSending = true;
            }
            else if (!_isLent)
            {
                _written.Drop();
            }
        }
        if (fault is not (SocketError.Success or SocketError.WouldBlock))
        {
            connection.OnSendFailed(new SocketException((int)fault));
            return new(new FlushResult(isCanceled: false, isCompleted: true));
        }
        if (begins) _ = SendWaitingAsync();
        if (flush is null) return new(new FlushResult(isCanceled: true, isCompleted: false));
        return new(cancellationToken.CanBeCanceled ? flush.Task.WaitAsync(cancellationToken) : flush.Task);
    }

    public override void CancelPendingFlush()
    {
        TaskCompletionSource<FlushResult>? flush;
        lock (_gate)
        {
            flush = _flush;
            _flush = null;
            if (flush is null) _isCancelled = true;
        }
        flush?.TrySetResult(new(isCanceled: true, isCompleted: false));
    }

    /// <summary>Nothing more is written. What was is sent, flushed or not, and the connection is closed.</summary>
    public override void Complete(Exception? exception = null)
    {
        if (_isCompleted) return;
        _isCompleted = true;
        connection.Close(exception);
    }

    /// <summary>Comes back when all that was written is with the kernel, or the connection is gone.</summary>
    public async ValueTask DrainAsync()
    {
        _isLent = false;
        while ((await FlushAsync()).IsCanceled)
        {
        }
    }

    /// <summary>Sends what had no room, until nothing waits. Whoever sets <see cref="_isSending"/> starts it.</summary>
    async Task SendWaitingAsync()
    {
        while (true)
        {
            Exception? failure = null;
            var sent = 0;
            try
            {
                sent = await socket.SendAsync(_waiting!.First, SocketFlags.None);
            }
            catch (Exception end) when (TransportFailure.Is(end))
            {
                failure = end;
            }
            TaskCompletionSource<FlushResult>? flush = null;
            lock (_gate)
            {
                _waiting!.Sent(sent);
                if (failure is null)
                {
                    var fault = _waiting.Send(socket, keepsLast: false);
                    if (fault == SocketError.WouldBlock) continue;
                    if (fault == SocketError.Success) flush = EndSending();
                    else failure = new SocketException((int)fault);
                }
            }
            if (failure is not null)
            {
                // Before whoever waits hears of it: what he writes then is not sent any more.
                connection.OnSendFailed(failure);
                lock (_gate) flush = EndSending();
            }
            flush?.TrySetResult(new(isCanceled: false, isCompleted: failure is not null));
            return;
        }
    }

    TaskCompletionSource<FlushResult>? EndSending()
    {
        _waiting!.Drop();
        _isSending = false;
        var flush = _flush;
        _flush = null;
        return flush;
    }
}
