using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MyTradeX.WebSockets.Tests.Transport;

/// <summary>The output of one connection, whose peer reads when the test wants.</summary>
public sealed class WritingToAConnection : IAsyncLifetime
{
    // More than the kernel keeps at both ends.
    const int TooMuch = 20_000_000;

    readonly WebApplication _app;
    readonly Socket _peer = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8_192 };
    IConnectionListener _listener = null!;
    ConnectionContext _connection = null!;

    public WritingToAConnection()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseDirectSockets();
        _app = builder.Build();
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    PipeWriter Output => _connection.Transport.Output;

    public async ValueTask InitializeAsync()
    {
        _listener = await _app.Services.GetServices<IConnectionListenerFactory>().Last().BindAsync(new IPEndPoint(IPAddress.Loopback, 0), Stop);
        await _peer.ConnectAsync(_listener.EndPoint, Stop);
        _connection = (await _listener.AcceptAsync(Stop))!;
    }

    public async ValueTask DisposeAsync()
    {
        _peer.Dispose();
        await _connection.DisposeAsync();
        await _listener.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task what_is_written_is_not_sent_before_it_is_flushed()
    {
        Output.Write("held"u8);
        Assert.Equal(4, Output.UnflushedBytes);
        Assert.Equal(0, _peer.Available);

        Assert.True((await Output.FlushAsync(Stop)) is { IsCompleted: false, IsCanceled: false });

        Assert.Equal(0, Output.UnflushedBytes);
        Assert.Equal("held"u8.ToArray(), await HandoverHost.ReadAsync(_peer, 4));
    }

    [Fact]
    public async Task a_flush_that_the_kernel_has_room_for_is_done_at_once()
    {
        for (var i = 0; i < 1_000; i++)
        {
            Output.Write(new byte[i]);
            var flush = Output.FlushAsync(Stop);
            Assert.True(flush.IsCompletedSuccessfully);
            await flush;
            Assert.Equal(i, (await HandoverHost.ReadAsync(_peer, i)).Length);
        }
    }

    [Fact]
    public async Task a_flush_waits_for_a_reader_that_does_not_read()
    {
        var flush = FlushTooMuch(Stop);
        Assert.False(flush.IsCompleted);

        Assert.Equal(TooMuch, (await HandoverHost.ReadAsync(_peer, TooMuch)).Length);

        Assert.True((await flush) is { IsCompleted: false, IsCanceled: false });
    }

    [Fact]
    public async Task a_flush_that_is_called_off_loses_nothing_and_the_order_stays()
    {
        var flush = FlushTooMuch(Stop);
        Output.CancelPendingFlush();
        Assert.True((await flush).IsCanceled);
        Output.Write(new byte[] { 1, 2, 3 });
        var next = Output.FlushAsync(Stop);
        Assert.False(next.IsCompleted);

        var read = await HandoverHost.ReadAsync(_peer, TooMuch + 3);

        Assert.False((await next).IsCanceled);
        Assert.Equal([1, 2, 3], read[^3..]);
        Assert.True(read.AsSpan(0, TooMuch).IndexOfAnyExcept((byte)0) < 0);
    }

    [Fact]
    public async Task calling_off_when_nobody_waits_holds_for_the_next_flush_which_sends_all_the_same()
    {
        Output.CancelPendingFlush();
        Output.Write("sent"u8);

        Assert.True((await Output.FlushAsync(Stop)).IsCanceled);
        Assert.Equal("sent"u8.ToArray(), await HandoverHost.ReadAsync(_peer, 4));
        Assert.False((await Output.FlushAsync(Stop)).IsCanceled);
    }

    [Fact]
    public async Task a_token_ends_the_waiting_and_not_the_sending()
    {
        using CancellationTokenSource impatience = new();
        var flush = FlushTooMuch(impatience.Token);
        await impatience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await flush);
        Assert.Equal(TooMuch, (await HandoverHost.ReadAsync(_peer, TooMuch)).Length);
    }

    [Fact]
    public async Task memory_that_was_lent_before_a_flush_may_be_written_after_it()
    {
        for (var round = 0; round < 200; round++)
        {
            Random random = new(Seeds.For(round));
            List<byte> expected = [];
            Write(random.Next(0, 9_000));
            var lent = Output.GetMemory(random.Next(1, 3_000));
            await Output.FlushAsync(Stop);
            lent.Span[0] = 7;
            Output.Advance(1);
            expected.Add(7);
            Write(random.Next(0, 9_000));
            await Output.FlushAsync(Stop);

            Assert.True(expected.SequenceEqual(await HandoverHost.ReadAsync(_peer, expected.Count)), $"seed {Seeds.For(round)}");

            void Write(int length)
            {
                var bytes = new byte[length];
                random.NextBytes(bytes);
                Output.Write(bytes);
                expected.AddRange(bytes);
            }
        }
    }

    [Fact]
    public async Task memory_that_was_lent_before_a_flush_that_waits_may_be_written_while_it_does()
    {
        Output.Write(new byte[TooMuch]);
        var lent = Output.GetMemory(1);
        var flush = Output.FlushAsync(Stop);
        lent.Span[0] = 7;
        Output.Advance(1);

        Assert.Equal(TooMuch, (await HandoverHost.ReadAsync(_peer, TooMuch)).Length);
        await flush;
        await Output.FlushAsync(Stop);

        Assert.Equal([7], await HandoverHost.ReadAsync(_peer, 1));
    }

    [Fact]
    public async Task completing_sends_what_was_not_flushed_and_ends_the_connection()
    {
        Output.Write(new byte[TooMuch]);
        await Output.CompleteAsync();
        Assert.Throws<InvalidOperationException>(() => Output.GetMemory());

        // One byte more than there is: the end comes instead.
        Assert.Equal(TooMuch, (await HandoverHost.ReadAsync(_peer, TooMuch + 1)).Length);
    }

    [Fact]
    public async Task completing_with_an_exception_resets_the_connection()
    {
        Output.Write("never sent"u8);
        await Output.CompleteAsync(new InvalidOperationException("as the test wants"));

        await Assert.ThrowsAsync<SocketException>(() => TransportHost.ReadToEndAsync(_peer));
    }

    [Fact]
    public async Task an_abort_ends_a_flush_that_waits_and_all_that_follow()
    {
        var flush = FlushTooMuch(Stop);

        _connection.Abort(new("as the test wants"));

        Assert.True((await flush).IsCompleted);
        Output.Write("never sent"u8);
        Assert.True((await Output.FlushAsync(Stop)).IsCompleted);
        var reason = await Assert.ThrowsAsync<ConnectionAbortedException>(async () => await _connection.Transport.Input.ReadAsync(Stop));
        Assert.Equal("as the test wants", reason.Message);
        Assert.True(await EndsAsync(_connection.ConnectionClosed));
    }

    [Fact]
    public async Task a_peer_that_is_gone_is_no_error_of_the_writer()
    {
        _peer.LingerState = new(true, 0);
        _peer.Dispose();

        FlushResult flushed;
        do
        {
            Output.Write(new byte[1_000]);
            flushed = await Output.FlushAsync(Stop);
        }
        while (!flushed.IsCompleted);

        await Assert.ThrowsAsync<ConnectionResetException>(async () => await _connection.Transport.Input.ReadAsync(Stop));
        Assert.True(await EndsAsync(_connection.ConnectionClosed));
    }

    [Fact]
    public async Task a_peer_that_has_said_all_completes_the_input()
    {
        _peer.Shutdown(SocketShutdown.Send);

        var read = await _connection.Transport.Input.ReadAsync(Stop);

        Assert.True(read is { IsCompleted: true, IsCanceled: false, Buffer.IsEmpty: true });
        Assert.True(await EndsAsync(_connection.ConnectionClosed));
    }

    static async Task<bool> EndsAsync(CancellationToken token)
    {
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = token.Register(() => ended.TrySetResult());
        await ended.Task.WaitAsync(TransportHost.Patience, Stop);
        return token.IsCancellationRequested;
    }

    ValueTask<FlushResult> FlushTooMuch(CancellationToken cancellationToken)
    {
        Output.Write(new byte[TooMuch]);
        return Output.FlushAsync(cancellationToken);
    }
}
