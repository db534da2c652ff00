using System.Buffers;
using System.Net.Sockets;

namespace MyTradeX.Protocols.WebSockets;

/// <summary>What a sender tells its connection. Called on the writing thread, outside the sender's lock.</summary>
interface ISenderOwner
{
    /// <summary>Everything queued is written.</summary>
    void OnDrained();

    /// <summary>The close frame is written; nothing follows it.</summary>
    void OnCloseWritten();

    /// <summary>The stream cannot be written to any more.</summary>
    void OnWriteFailed(Exception failure);
}

/// <summary>
/// Frames on their way out of one connection. Queueing takes a short lock and never waits for the network; one writer at a time runs on the thread pool and puts all that waits into one write.
/// In steady state nothing is allocated per frame: the queue is a ring of references and is rented, as is the block that frames are gathered in, and the writer is this object itself.
/// Who flushes himself writes on his own thread where the connection has its socket to itself.
/// </summary>
sealed class FrameSender(Stream stream, int maxQueuedBytes, ISenderOwner owner) : IThreadPoolWorkItem
{
    // A write carries at most this much: what the host's own output buffer holds before it asks the writer to wait.
    internal const int MaxBlockBytes = 64 * 1024;

    // The pool's smallest array, too.
    const int SmallRing = 16;

    readonly Lock _gate = new();
    WebSocketFrame?[]? _ring;
    int _head;
    int _count;
    int _queuedBytes;
    int _blockBytes;
    byte[]? _block;
    WebSocketFrame? _ping;
    WebSocketFrame? _pong;
    WebSocketFrame? _close;
    bool _isWriting;
    bool _hasWrittenFrames;
    bool _isClosing;
    bool _isWritingClose;
    bool _isEnded;
    ValueTask _write;
    Action? _resume;

    /// <summary>Bytes that wait or are being written, control frames aside.</summary>
    public int QueuedBytes => Volatile.Read(ref _queuedBytes);

    public SendResult TrySend(WebSocketFrame frame, bool flush)
    {
        lock (_gate)
        {
            if (_isClosing) return SendResult.Closed;
            if (frame.Length > maxQueuedBytes - _queuedBytes) return SendResult.Full;
            Enqueue(frame);
            _queuedBytes += frame.Length;
            if (!flush || !MayBegin()) return SendResult.Queued;
        }
        Start();
        return SendResult.Queued;
    }

    /// <summary>Writes what is queued; on this thread if it goes to a socket, which never makes it wait.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            if (_count == 0 || !MayBegin()) return;
        }
        if (stream is SocketStream) WriteAll();
        else Start();
    }

    /// <summary>Asks for a sign of life.</summary>
    public void SendPing() => SendControl(ref _ping, WebSocketFrame.Ping);

    /// <summary>Answers a ping. When several wait only the latest is answered, as RFC 6455 §5.5.3 allows; so a flood of pings queues nothing.</summary>
    public void SendPong(ReadOnlySpan<byte> payload) => SendControl(ref _pong, WebSocketFrame.Pong(payload));

    /// <summary>The last frame. What is queued goes out before it, or is dropped; nothing is taken after it. The first call counts.</summary>
    public bool SendClose(WebSocketFrame close, bool dropQueued)
    {
        lock (_gate)
        {
            if (_isClosing) return false;
            _isClosing = true;
            _close = close;
            if (dropQueued) DropQueue();
            if (!MayBegin()) return true;
        }
        Start();
        return true;
    }

    /// <summary>Nothing is taken or written any more; what waits is forgotten. A write under way ends by itself when the transport is cut.</summary>
    public void End()
    {
        lock (_gate)
        {
            _isClosing = true;
            _isEnded = true;
            _close = _ping = _pong = null;
            DropQueue();
        }
    }

    void IThreadPoolWorkItem.Execute() => WriteAll();

    void SendControl(ref WebSocketFrame? slot, WebSocketFrame frame)
    {
        lock (_gate)
        {
            if (_isClosing) return;
            slot = frame;
            if (!MayBegin()) return;
        }
        Start();
    }

    /// <summary>Makes the caller the one writer, unless there is one.</summary>
    bool MayBegin() => !_isWriting && (_isWriting = true);

    bool HasSomething => _count > 0 || _pong is not null || _ping is not null || _close is not null;

    // On a thread of the pool the writer runs next, on the same thread, with the connection still in its cache; frames that the same work item queues meanwhile are gathered all the same.
    void Start() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);

    void Resume()
    {
        if (EndWrite()) WriteAll();
    }

    void WriteAll()
    {
        while (true)
        {
            if (!TakeBlock(out var block)) return;
            try
            {
#pragma warning disable CA2012 // Kept until its continuation takes the result, once; an async method would allocate for every write that waits.
                _write = stream.WriteAsync(block);
#pragma warning restore CA2012
            }
            catch (Exception failure) when (TransportFailure.Is(failure))
            {
                Fail(failure);
                return;
            }
            if (!_write.IsCompleted)
            {
                _write.GetAwaiter().UnsafeOnCompleted(_resume ??= Resume);
                return;
            }
            if (!EndWrite()) return;
        }
    }

    bool EndWrite()
    {
        try
        {
            _write.GetAwaiter().GetResult();
        }
        catch (Exception failure) when (TransportFailure.Is(failure))
        {
            Fail(failure);
            return false;
        }
        if (_block is not null)
        {
            ArrayPool<byte>.Shared.Return(_block);
            _block = null;
        }
        if (!_isWritingClose) return true;
        lock (_gate) _isEnded = true;
        owner.OnCloseWritten();
        return false;
    }

    /// <summary>What the next write carries: control frames first, since nobody should be cut for a pong that stood in a queue.</summary>
    bool TakeBlock(out ReadOnlyMemory<byte> block)
    {
        bool drained;
        lock (_gate)
        {
            _queuedBytes -= _blockBytes;
            _blockBytes = 0;
            if (!_isEnded && HasSomething)
            {
                block = Gather((_pong?.Length ?? 0) + (_ping?.Length ?? 0));
                return true;
            }
            _isWriting = false;
            drained = _hasWrittenFrames && !_isClosing;
            _hasWrittenFrames = false;
            if (_ring is not null && _count == 0)
            {
                ArrayPool<WebSocketFrame?>.Shared.Return(_ring);
                _ring = null;
                _head = 0;
            }
        }
        block = default;
        if (drained) owner.OnDrained();
        return false;
    }

    ReadOnlyMemory<byte> Gather(int controlBytes)
    {
        var bytes = controlBytes;
        var frames = 0;
        while (frames < _count)
        {
            var length = FrameAt(frames).Length;
            if (bytes > 0 && bytes + length > MaxBlockBytes) break;
            bytes += length;
            frames++;
        }
        _blockBytes = bytes - controlBytes;
        _hasWrittenFrames |= frames > 0;
        var takesClose = frames == _count && _close is not null;
        if (takesClose) bytes += _close!.Length;
        _isWritingClose = takesClose;

        // One frame alone goes out from where it lies.
        if (controlBytes == 0 && frames == 1 && !takesClose) return Dequeue().Bytes;
        _block = ArrayPool<byte>.Shared.Rent(bytes);
        var at = 0;
        Copy(ref _pong, ref at);
        Copy(ref _ping, ref at);
        for (; frames > 0; frames--)
        {
            var frame = Dequeue();
            frame.Bytes.Span.CopyTo(_block.AsSpan(at));
            at += frame.Length;
        }
        if (takesClose) Copy(ref _close, ref at);
        return _block.AsMemory(0, bytes);
    }

    void Copy(ref WebSocketFrame? slot, ref int at)
    {
        if (slot is null) return;
        slot.Bytes.Span.CopyTo(_block.AsSpan(at));
        at += slot.Length;
        slot = null;
    }

    void Fail(Exception failure)
    {
        // The block is not given back: the host may still read from it after a write that failed.
        _block = null;
        End();
        owner.OnWriteFailed(failure);
    }

    WebSocketFrame FrameAt(int index) => _ring![(_head + index) & (_ring.Length - 1)]!;

    void Enqueue(WebSocketFrame frame)
    {
        _ring ??= ArrayPool<WebSocketFrame?>.Shared.Rent(SmallRing);
        if (_count == _ring.Length) Grow();
        _ring[(_head + _count++) & (_ring.Length - 1)] = frame;
    }

    WebSocketFrame Dequeue()
    {
        var frame = _ring![_head]!;
        _ring[_head] = null;
        _head = (_head + 1) & (_ring.Length - 1);
        _count--;
        return frame;
    }

    void Grow()
    {
        // The pool hands out powers of two from 16 on, which the ring's index arithmetic counts on.
        var larger = ArrayPool<WebSocketFrame?>.Shared.Rent(2 * _ring!.Length);
        for (var i = 0; i < _count; i++) larger[i] = FrameAt(i);
        Array.Clear(_ring);
        ArrayPool<WebSocketFrame?>.Shared.Return(_ring);
        _ring = larger;
        _head = 0;
    }

    void DropQueue()
    {
        while (_count > 0) _queuedBytes -= Dequeue().Length;
    }
}

/// <summary>Exceptions that mean that the transport is gone, which is no fault of the program.</summary>
static class TransportFailure
{
    public static bool Is(Exception exception) => exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException;
}
