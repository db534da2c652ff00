using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace MyTradeX.WebSockets.Tests.Transport;

/// <summary>Whoever ends it, and however: over our transport as over Kestrel's own.</summary>
public sealed class EndingAConnection
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task a_client_that_goes_while_its_request_runs_aborts_it(bool isOurs, bool resets)
    {
        await using var host = await TransportHost.StartAsync(isOurs);
        var socket = await host.SendAsync(TransportHost.Get("/held"));
        var held = await host.Held.Reader.ReadAsync(Stop);
        Assert.False(held.Aborted.Task.IsCompleted);

        if (resets) socket.LingerState = new(true, 0);
        socket.Dispose();

        await held.Aborted.Task.WaitAsync(TransportHost.Patience, Stop);
        held.LetGo.SetResult();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_half_closed_client_is_taken_for_gone_while_its_request_runs(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs);
        using var socket = await host.SendAsync(TransportHost.Get("/held", "Connection: close\r\n"));
        var held = await host.Held.Reader.ReadAsync(Stop);
        socket.Shutdown(SocketShutdown.Send);
        await held.Aborted.Task.WaitAsync(TransportHost.Patience, Stop);

        held.LetGo.SetResult();

        Assert.Empty(await TransportHost.ReadToEndAsync(socket));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_client_that_goes_in_the_middle_of_a_request_leaves_nothing_behind(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs);
        foreach (var text in (string[])["", "G", "GET /hello HTT", "GET /hello HTTP/1.1\r\nHost: x\r\n", "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"])
        {
            using var socket = await host.SendAsync(text);
            socket.Shutdown(SocketShutdown.Send);
            await TransportHost.ReadToEndAsync(socket);
        }

        // Connections that are left would be waited for.
        await host.StopAsync(Stop).WaitAsync(TransportHost.Patience, Stop);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task an_abort_by_the_application_resets_it(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs);

        using var socket = await host.SendAsync(TransportHost.Get("/abort"));

        var reset = await Assert.ThrowsAsync<SocketException>(() => TransportHost.ReadToEndAsync(socket));
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task an_abort_interrupts_a_writer_that_waits(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs);
        using var socket = await host.SendAsync(TransportHost.Get("/bytes/100000000"), receiveBuffer: 8_192);
        await host.WriterWaits.Task.WaitAsync(TransportHost.Patience, Stop);

        using CancellationTokenSource atOnce = new();
        await atOnce.CancelAsync();
        await host.StopAsync(atOnce.Token);

        await host.WriterEnds.Task.WaitAsync(TransportHost.Patience, Stop);
        await Assert.ThrowsAsync<SocketException>(() => TransportHost.ReadToEndAsync(socket));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_large_answer_arrives_whole_before_the_end(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs);

        using var socket = await host.SendAsync(TransportHost.Get("/gather/10000000", "Connection: close\r\n"), receiveBuffer: 8_192);
        var answer = await TransportHost.ReadToEndAsync(socket);

        Assert.Equal(10_000_000, answer.Length - answer.AsSpan().IndexOf("\r\n\r\n"u8) - 4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task one_that_is_silent_too_long_between_requests_is_closed(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs, limits => limits.KeepAliveTimeout = TimeSpan.FromMilliseconds(200));
        using var socket = await host.SendAsync(TransportHost.Get("/gather/5"));
        await TransportHost.ReadAnswerAsync(socket, 5);

        Assert.Empty(await TransportHost.ReadToEndAsync(socket));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task one_whose_head_takes_too_long_is_told_and_closed(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs, limits => limits.RequestHeadersTimeout = TimeSpan.FromMilliseconds(200));

        using var socket = await host.SendAsync("GET /hello HTTP/1.1\r\nHost");

        Assert.StartsWith("HTTP/1.1 408 ", Encoding.ASCII.GetString(await TransportHost.ReadToEndAsync(socket)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_server_that_stops_closes_those_that_are_idle_and_finishes_those_that_are_busy(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs);
        using var idle = await host.SendAsync(TransportHost.Get("/gather/5"));
        await TransportHost.ReadAnswerAsync(idle, 5);
        using var busy = await host.SendAsync(TransportHost.Get("/held"));
        var held = await host.Held.Reader.ReadAsync(Stop);

        var stop = host.StopAsync(Stop);

        Assert.Empty(await TransportHost.ReadToEndAsync(idle));
        Assert.False(stop.IsCompleted);
        held.LetGo.SetResult();
        Assert.Contains("held", Encoding.ASCII.GetString(await TransportHost.ReadToEndAsync(busy)));
        await stop.WaitAsync(TransportHost.Patience, Stop);
        using Socket late = new(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(async () => await late.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)idle.RemoteEndPoint!).Port, Stop));
    }

    [Fact]
    public async Task thousands_that_come_and_go_in_every_way_leave_nothing_behind()
    {
        await using var host = await TransportHost.StartAsync(isOurs: true);
        for (var round = 0; round < 20; round++)
        {
            Random random = new(Seeds.For(round));
            var ways = Enumerable.Range(0, 100).Select(_ => random.Next(6)).ToArray();
            await Task.WhenAll(ways.Select(way => ComeAndGoAsync(host, way)));
        }

        await host.StopAsync(Stop).WaitAsync(TransportHost.Patience, Stop);
    }

    static async Task ComeAndGoAsync(TransportHost host, int way)
    {
        using var socket = await host.SendAsync(way < 2 ? "" : TransportHost.Get(way < 4 ? "/gather/50000" : "/abort"));
        switch (way)
        {
            case 0: return;
            case 1:
                socket.LingerState = new(true, 0);
                return;
            case 2:
                await TransportHost.ReadAnswerAsync(socket, 50_000);
                return;
            case 3:
                // In the middle of the answer.
                await TransportHost.ReadAnswerAsync(socket, 100);
                socket.LingerState = new(true, 0);
                return;
            case 4:
                await Assert.ThrowsAsync<SocketException>(() => TransportHost.ReadToEndAsync(socket));
                return;
            default:
                socket.Shutdown(SocketShutdown.Send);
                return;
        }
    }
}
