using System.Text;
using MyTradeX.Protocols.WebSockets;
using Xunit;
using static MyTradeX.WebSockets.Tests.ClientFrames;

namespace MyTradeX.WebSockets.Tests;

public sealed class SendingToOneConnection : IAsyncDisposable
{
    readonly GatedStream _stream = new();
    readonly ManualClock _clock = new();
    readonly DeadlineWheel _wheel;
    readonly TaskCompletionSource _aborted = new();
    readonly WebSocketConnection _connection;

    public SendingToOneConnection()
    {
        _wheel = new(_clock);
        _connection = Connect(new() { MaxQueuedBytes = 1024 });
    }

    WebSocketConnection Connect(WebSocketConnectionOptions options) => new(_stream, () =>
    {
        _aborted.TrySetResult();
        _stream.EndInput();
        _stream.Open();
    }, options, _wheel);

    public ValueTask DisposeAsync()
    {
        _connection.Abort();
        _wheel.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task writes_all_that_waits_in_one_write()
    {
        _connection.TrySend(WebSocketFrame.Text("first"));
        await _stream.WritesAsync(1);

        for (var i = 0; i < 20; i++) _connection.TrySend(WebSocketFrame.Text($"m{i}"));
        _stream.LetThrough();
        await _stream.WritesAsync(2);

        Assert.Equal(2, _stream.Writes.Count);
        Assert.Equal(string.Concat(Enumerable.Range(0, 20).Select(i => $"m{i}")), string.Concat(Messages(_stream.Writes[1])));
    }

    [Fact]
    public async Task refuses_what_would_exceed_the_bound_and_keeps_the_rest_in_order()
    {
        var frame = WebSocketFrame.Text(new string('x', 98));
        var taken = Enumerable.Range(0, 20).Count(_ => _connection.TrySend(frame) == SendResult.Queued);

        Assert.Equal(10, taken);
        Assert.Equal(1000, _connection.QueuedBytes);
        Assert.Equal(SendResult.Full, _connection.TrySend(frame));
        Assert.Equal(SendResult.Queued, _connection.TrySend(WebSocketFrame.Text("fits")));

        _stream.Open();
        await DrainedAsync(_connection);
        Assert.Equal(11, _stream.Writes.SelectMany(Messages).Count());
        Assert.Equal("fits", _stream.Writes.SelectMany(Messages).Last());
    }

    [Fact]
    public async Task tells_when_everything_is_written_and_not_before()
    {
        var drained = 0;
        TaskCompletionSource told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _connection.Drained = () =>
        {
            drained++;
            told.TrySetResult();
        };
        _connection.TrySend(WebSocketFrame.Text("a"));
        await _stream.WritesAsync(1);
        _connection.TrySend(WebSocketFrame.Text("b"));
        _stream.LetThrough();
        await _stream.WritesAsync(2);
        Assert.Equal(0, drained);
        Assert.Equal(3, _connection.QueuedBytes);

        _stream.LetThrough();
        await told.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(1, drained);
        Assert.Equal(0, _connection.QueuedBytes);
    }

    [Fact]
    public async Task a_reader_that_stops_costs_the_bound_and_holds_up_nobody()
    {
        GatedStream other = new();
        other.Open();
        WebSocketConnection fast = new(other, () => other.EndInput(), new() { MaxQueuedBytes = 64 * 1024 * 1024 }, _wheel);
        var frame = WebSocketFrame.Text(new string('x', 98));

        var full = 0;
        for (var i = 0; i < 10_000; i++)
        {
            if (_connection.TrySend(frame) == SendResult.Full) full++;
            Assert.Equal(SendResult.Queued, fast.TrySend(frame));
        }
        await DrainedAsync(fast);

        Assert.Equal(9_990, full);
        Assert.True(_connection.QueuedBytes <= 1024);
        Assert.Equal(10_000 * frame.Length, other.Writes.Sum(write => write.Length));
    }

    [Fact]
    public async Task closing_a_slow_reader_drops_what_waits_and_says_why()
    {
        _connection.TrySend(WebSocketFrame.Text("in flight"));
        await _stream.WritesAsync(1);
        _connection.TrySend(WebSocketFrame.Text("waiting"));

        _connection.Close(WebSocketCloseCode.PolicyViolation, "slow reader", dropQueued: true);

        Assert.Equal(SendResult.Closed, _connection.TrySend(WebSocketFrame.Text("late")));
        _stream.LetThrough();
        await _stream.WritesAsync(2);
        Assert.Equal([0x88, 13, 1008 >> 8, 1008 & 0xFF, .. "slow reader"u8], _stream.Writes[1]);
        Assert.Equal(WebSocketCloseCause.Local, _connection.Closure.Cause);
    }

    [Fact]
    public async Task closing_sends_what_waits_before_the_close_frame()
    {
        _connection.TrySend(WebSocketFrame.Text("last words"));
        _connection.Close(WebSocketCloseCode.GoingAway);
        _stream.Open();
        await _stream.PutAsync(CloseFrame(1001));

        Assert.True((await _connection.ReceiveAsync(TestContext.Current.CancellationToken)).IsClosed);

        byte[] all = [.. _stream.Writes.SelectMany(write => write)];
        Assert.Equal([0x81, 10, .. "last words"u8, 0x88, 2, 1001 >> 8, 1001 & 0xFF], all);
    }

    [Fact]
    public async Task a_peer_that_does_not_answer_the_close_is_cut()
    {
        _stream.Open();
        _connection.Close(WebSocketCloseCode.Normal);
        var receiving = _connection.ReceiveAsync(TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(_aborted.Task.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));

        Assert.True(_aborted.Task.IsCompleted);
        Assert.True((await receiving).IsClosed);
    }

    [Fact]
    public async Task a_silent_peer_is_pinged_and_then_cut()
    {
        _stream.Open();
        var receiving = _connection.ReceiveAsync(TestContext.Current.CancellationToken);

        _clock.Advance(TimeSpan.FromSeconds(31));
        await _stream.WritesAsync(1);
        Assert.Equal([0x89, 0], _stream.Writes[0]);
        _clock.Advance(TimeSpan.FromSeconds(18.9));
        Assert.False(_aborted.Task.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await receiving).IsClosed);
        Assert.Equal(WebSocketCloseCause.PingTimeout, _connection.Closure.Cause);
    }

    [Fact]
    public async Task a_flood_of_pings_queues_one_pong()
    {
        _connection.TrySend(WebSocketFrame.Text("blocks the writer"));
        await _stream.WritesAsync(1);
        await _stream.PutAsync([.. Enumerable.Range(0, 1000).SelectMany(i => Frame(Ping, BitConverter.GetBytes(i))), .. Frame(Text, "end"u8)]);
        Assert.Equal("end", Encoding.UTF8.GetString((await _connection.ReceiveAsync(TestContext.Current.CancellationToken)).Payload.Span));

        _stream.LetThrough();
        await _stream.WritesAsync(2);

        Assert.Equal([0x8A, 4, .. BitConverter.GetBytes(999)], _stream.Writes[1]);
    }

    [Fact]
    public async Task sends_from_many_threads_arrive_whole_and_each_threads_in_order()
    {
        GatedStream stream = new();
        stream.Open();
        WebSocketConnection connection = new(stream, () => stream.EndInput(), new() { MaxQueuedBytes = 64 * 1024 * 1024 }, _wheel);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++) connection.TrySend(WebSocketFrame.Text($"{thread}:{i}"));
        })));
        await DrainedAsync(connection);

        var messages = stream.Writes.SelectMany(Messages).ToList();
        Assert.Equal(20_000, messages.Count);
        foreach (var thread in messages.GroupBy(message => message[0])) Assert.Equal(Enumerable.Range(0, 5_000).Select(i => $"{thread.Key}:{i}"), thread);
    }

    [Fact]
    public void allocates_nothing_per_message_in_steady_state()
    {
        _stream.Open();
        var frame = WebSocketFrame.Text("tick");
        SendThousand();

        // On a busy machine the pool's own queue may grow meanwhile, now and then.
        Assert.Contains(0, Enumerable.Range(0, 20).Select(_ => SendThousand()).ToArray());

        long SendThousand()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++) _connection.TrySend(frame);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    static async Task DrainedAsync(WebSocketConnection connection)
    {
        while (connection.QueuedBytes > 0) await Task.Yield();
    }

    static IEnumerable<string> Messages(byte[] block)
    {
        for (var at = 0; at < block.Length;)
        {
            int length = block[at + 1];
            yield return Encoding.UTF8.GetString(block, at + 2, length);
            at += 2 + length;
        }
    }
}
