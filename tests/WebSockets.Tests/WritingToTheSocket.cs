using System.Text;
using MyTradeX.Protocols.WebSockets;
using Xunit;
using static MyTradeX.WebSockets.Tests.ClientFrames;

namespace MyTradeX.WebSockets.Tests;

/// <summary>What is flushed goes to the socket on the thread that flushes; what it does not take follows in order.</summary>
public sealed class WritingToTheSocket : IAsyncLifetime
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    PushHost _host = null!;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PushHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task what_is_flushed_is_written_when_the_call_comes_back()
    {
        var (client, connection) = await _host.ConnectAsync();
        using var _ = client;

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
    public async Task nothing_overtakes_whoever_writes_on_whichever_thread()
    {
        for (var round = 0; round < 60; round++)
        {
            var seed = Seeds.For(round);
            Random random = new(seed);
            // A small buffer fills up, so that the socket takes part of a write only.
            var (client, connection) = await _host.ConnectAsync(receiveBuffer: random.Next(2) == 0 ? 4_096 : 0);
            using var _ = client;
            var count = random.Next(50, 400);
            var reading = Task.Run(async () =>
            {
                for (var next = 0; next < count; next++)
                {
                    var (opcode, payload) = await client.ReadAsync();
                    Assert.Equal(Binary, opcode);
                    Assert.Equal(next, BitConverter.ToInt32(payload));
                    Assert.True(payload.AsSpan(4).IndexOfAnyExcept((byte)(next + 1)) < 0, $"seed {seed}: message {next} has bytes of another");
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

    static async Task<string> ReadTextAsync(PushedClient client)
    {
        var (opcode, payload) = await client.ReadAsync();
        Assert.Equal(Text, opcode);
        return Encoding.UTF8.GetString(payload);
    }
}
