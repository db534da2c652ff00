namespace MyTradeX.WebSockets.Tests;

/// <summary>A stream whose writes wait until they are let through, and whose reads give what the test puts in.</summary>
sealed class GatedStream : Stream
{
    readonly Lock _gate = new();
    readonly Queue<(byte[] Bytes, TaskCompletionSource Done)> _blocked = new();
    readonly System.IO.Pipelines.Pipe _input = new();
    TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    bool _isOpen;

    /// <summary>Writes that have begun, each as its own block.</summary>
    public List<byte[]> Writes { get; } = [];

    /// <summary>Lets every write through from now on.</summary>
    public void Open()
    {
        lock (_gate) _isOpen = true;
        LetThrough(int.MaxValue);
    }

    public void LetThrough(int count = 1)
    {
        for (; count > 0; count--)
        {
            TaskCompletionSource done;
            lock (_gate)
            {
                if (!_blocked.TryDequeue(out var next)) return;
                done = next.Done;
            }
            done.SetResult();
        }
    }

    /// <summary>Waits until so many writes have begun.</summary>
    public async Task WritesAsync(int count)
    {
        while (true)
        {
            Task arrived;
            lock (_gate)
            {
                if (Writes.Count >= count) return;
                arrived = _arrived.Task;
            }
            await arrived.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    public async Task PutAsync(byte[] bytes) => await _input.Writer.WriteAsync(bytes);

    public void EndInput() => _input.Writer.Complete();

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource arrived;
        bool isOpen;
        lock (_gate)
        {
            Writes.Add(buffer.ToArray());
            isOpen = _isOpen;
            if (!isOpen) _blocked.Enqueue((buffer.ToArray(), done));
            arrived = _arrived;
            _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        arrived.SetResult();
        if (!isOpen) await done.Task;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var result = await _input.Reader.ReadAsync(cancellationToken);
        var slice = result.Buffer.Slice(0, Math.Min(result.Buffer.Length, buffer.Length));
        System.Buffers.BuffersExtensions.CopyTo(slice, buffer.Span);
        var count = (int)slice.Length;
        _input.Reader.AdvanceTo(slice.End);
        return count;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    public override void Flush() { }
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
