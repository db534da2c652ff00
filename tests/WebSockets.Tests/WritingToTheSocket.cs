using System.Text;
using MyTradeX.Protocols.WebSockets;
using Xunit;
using static MyTradeX.WebSockets.Tests.ClientFrames;

namespace MyTradeX.WebSockets.Tests;

/// <summary>What is flushed goes past the host's pipe once a pong has proved that nothing is left in it, and never sooner.</summary>
public sealed class WritingToTheSocket : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    PushHost _host = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PushHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task after_the_pong_what_is_flushed_is_written_when_the_call_comes_back()
    {
        var (client, connection) = await _host.ConnectAsync();
        using var _ = client;
        await ProveAsync(client, connection);

        for (var i = 0; i < 1_000; i++)
        {
            connection.TrySend(WebSocketFrame.Text($"{i} a"), flush: false);
            connection.TrySend(WebSocketFrame.Text($"{i} b"), flush: false);
            connection.Flush();
            Assert.Equal(0, connection.QueuedBytes);
        }

        for (var i = 0; i < 1_000; i++)
        {
            Assert.Equal($"{i} a", await ReadTextAsync(client));
            Assert.Equal($"{i} b", await ReadTextAsync(client));
        }
    }

    [Fact]
    public async Task who_never_flushes_is_never_asked()
    {
        var (client, connection) = await _host.ConnectAsync();
        using var _ = client;

        for (var i = 0; i < 100; i++)
        {
            connection.TrySend(WebSocketFrame.Text($"{i}"));
            Assert.Equal($"{i}", await ReadTextAsync(client));
        }
    }

    [Fact]
    public async Task what_waits_for_a_flush_is_not_written_before_it()
    {
        var (client, connection) = await _host.ConnectAsync();
        using var _ = client;
        connection.TrySend(WebSocketFrame.Text("held"), flush: false);
        Assert.Equal(6, connection.QueuedBytes);

        connection.Flush();

        Assert.Equal("held", await ReadTextAsync(client));
    }

    [Fact]
    public async Task a_client_that_never_answers_gets_everything_and_is_asked_once()
    {
        var (client, connection) = await _host.ConnectAsync();
        using var _ = client;

        var pings = 0;
        for (var i = 0; i < 200; i++)
        {
            Push(connection, $"{i}");
            var (opcode, payload) = await client.ReadAsync();
            for (; opcode == Ping; pings++) (opcode, payload) = await client.ReadAsync();
            Assert.Equal($"{i}", Encoding.UTF8.GetString(payload));
        }

        Assert.Equal(1, pings);
    }

    [Fact]
    public async Task a_client_whose_pongs_always_come_too_late_is_not_asked_for_ever()
    {
        var (client, connection) = await _host.ConnectAsync();
        using var _ = client;

        var pings = 0;
        byte[]? owed = null;
        for (var i = 0; i < 400; i++)
        {
            Push(connection, $"{i}");
            Assert.Equal($"{i}", await ReadTextAsync(client, ping =>
            {
                pings++;
                owed = ping;
            }));
            if (i % 4 != 3 || owed is null) continue;
            // Three more have been written since it was asked.
            await client.SendAsync(Pong, owed);
            owed = null;
            await HeardAsync(client, connection);
        }

        Assert.Equal(16, pings);
    }

    [Fact]
    public async Task a_pong_that_nobody_asked_for_proves_nothing()
    {
        var (client, connection) = await _host.ConnectAsync();
        using var _ = client;
        await client.SendAsync(Pong, WebSocketFrame.Proof.Payload.Span);
        await HeardAsync(client, connection);

        Push(connection, "first");

        await client.ProveAsync("first");
    }

    [Fact]
    public async Task nothing_overtakes_whenever_the_pong_comes()
    {
        for (var round = 0; round < 60; round++)
        {
            var seed = Seeds.For(round);
            Random random = new(seed);
            // A small buffer fills up, so that the socket takes part of a write only.
            var (client, connection) = await _host.ConnectAsync(receiveBuffer: random.Next(2) == 0 ? 4_096 : 0);
            using var _ = client;
            var count = random.Next(50, 400);
            var pongAfter = random.Next(0, count);
            var reading = Task.Run(async () =>
            {
                var pongs = new Queue<byte[]>();
                for (var next = 0; next < count;)
                {
                    var (opcode, payload) = await client.ReadAsync();
                    if (opcode == Ping) pongs.Enqueue(payload);
                    else
                    {
                        Assert.Equal(next++, BitConverter.ToInt32(payload));
                        Assert.True(payload.AsSpan(4).IndexOfAnyExcept((byte)next) < 0, $"seed {seed}: message {next - 1} has bytes of another");
                    }
                    while (next >= pongAfter && pongs.TryDequeue(out var ping)) await client.SendAsync(Pong, ping);
                }
            }, Stop);

            var randomOfSender = new Random(seed + 1);
            for (var i = 0; i < count; i++)
            {
                var payload = new byte[randomOfSender.Next(8) == 0 ? randomOfSender.Next(4, 300_000) : randomOfSender.Next(4, 300)];
                Array.Fill(payload, (byte)(i + 1));
                BitConverter.TryWriteBytes(payload, i);
                Assert.Equal(SendResult.Queued, connection.TrySend(WebSocketFrame.Binary(payload), flush: randomOfSender.Next(3) == 0));
                if (randomOfSender.Next(2) == 0) connection.Flush();
                if (randomOfSender.Next(10) == 0) await Task.Yield();
            }
            connection.Flush();

            await reading.WaitAsync(Patience, Stop);
        }
    }

    [Fact]
    public async Task everything_written_is_told_even_after_the_socket_took_only_part_of_it()
    {
        var (client, connection) = await _host.ConnectAsync(receiveBuffer: 4_096);
        using var _ = client;
        await ProveAsync(client, connection);
        TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Drained = () => drained.TrySetResult();

        for (var i = 0; i < 40; i++) connection.TrySend(WebSocketFrame.Binary(new byte[500_000]), flush: false);
        connection.Flush();
        Assert.True(connection.QueuedBytes > 0);
        for (var i = 0; i < 40; i++) Assert.Equal(500_000, (await client.ReadAsync()).Payload.Length);

        await drained.Task.WaitAsync(Patience, Stop);
        Assert.Equal(0, connection.QueuedBytes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_client_that_stops_reading_can_be_cut(bool byClosing)
    {
        await using var host = await PushHost.StartAsync(new() { MaxQueuedBytes = 1 << 28, CloseTimeout = TimeSpan.FromMilliseconds(200) });
        var (client, connection) = await host.ConnectAsync(receiveBuffer: 4_096);
        using var _ = client;
        await ProveAsync(client, connection);
        for (var i = 0; i < 40; i++) connection.TrySend(WebSocketFrame.Binary(new byte[500_000]), flush: false);
        connection.Flush();

        if (byClosing) connection.Close(WebSocketCloseCode.TryAgainLater, "too slow", dropQueued: true);
        else connection.Abort();

        // What the sockets' buffers held may still come, and then no more.
        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            while (true) await client.ReadAsync();
        }).WaitAsync(Patience, Stop);
        Assert.Equal(SendResult.Closed, connection.TrySend(WebSocketFrame.Text("late")));
    }

    [Fact]
    public async Task a_client_that_is_gone_ends_the_connection()
    {
        var (client, connection) = await _host.ConnectAsync();
        await ProveAsync(client, connection);
        client.Dispose();

        for (var result = SendResult.Queued; result != SendResult.Closed; result = connection.TrySend(WebSocketFrame.Text("hello?"), flush: false))
        {
            connection.Flush();
            Stop.ThrowIfCancellationRequested();
        }

        Assert.True(connection.IsClosing);
    }

    [Fact]
    public async Task the_close_frame_comes_last()
    {
        var (client, connection) = await _host.ConnectAsync();
        using var _ = client;
        await ProveAsync(client, connection);

        connection.TrySend(WebSocketFrame.Text("last words"), flush: false);
        connection.Close(WebSocketCloseCode.GoingAway, "stopping");

        Assert.Equal("last words", await ReadTextAsync(client));
        var (opcode, payload) = await client.ReadAsync();
        Assert.Equal(Close, opcode);
        Assert.Equal([1001 >> 8, 1001 & 0xFF, .. "stopping"u8], payload);
    }

    static void Push(WebSocketConnection connection, string text)
    {
        connection.TrySend(WebSocketFrame.Text(text), flush: false);
        connection.Flush();
    }

    /// <summary>The server's connection writes to the socket when this is done.</summary>
    static async Task ProveAsync(PushedClient client, WebSocketConnection connection)
    {
        Push(connection, "first");
        await client.ProveAsync("first");
        await HeardAsync(client, connection);
        // The writer of that answer may not have come to its end.
        TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Drained = () => drained.TrySetResult();
        Push(connection, "second");
        Assert.Equal("second", await ReadTextAsync(client));
        await drained.Task.WaitAsync(Patience, Stop);
        connection.Drained = null;
    }

    /// <summary>Everything that the client sent has been read when this is done: pings are answered in their turn.</summary>
    static async Task HeardAsync(PushedClient client, WebSocketConnection connection)
    {
        Assert.False(connection.IsClosing);
        await client.SendAsync(Ping, "heard?"u8);
        Assert.Equal(Pong, (await client.ReadAsync()).Opcode);
    }

    static async Task<string> ReadTextAsync(PushedClient client, Action<byte[]>? onPing = null)
    {
        while (true)
        {
            var (opcode, payload) = await client.ReadAsync();
            if (opcode == Text) return Encoding.UTF8.GetString(payload);
            Assert.NotNull(onPing);
            Assert.Equal(Ping, opcode);
            onPing(payload);
        }
    }
}
