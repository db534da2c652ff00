using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using MyTradeX.Protocols.WebSockets;
using MyTradeX.WebSockets.Tests.Transport;
using Xunit;

namespace MyTradeX.WebSockets.Tests;

/// <summary>WebSockets that leave the host once the handshake's request has ended, and those that cannot.</summary>
public sealed class OutlivingTheRequest
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task the_request_ends_and_nothing_of_it_is_kept_while_the_connection_goes_on()
    {
        await using var host = await HandoverHost.StartAsync();
        using var client = await ConnectAsync(host, 0);

        Assert.True(await host.RequestEnded.WaitAsync(Patience, Stop));
        Assert.Equal("one", await EchoAsync(client, "one"));

        for (var i = 0; i < 100 && host.EndedRequests.Any(kept => kept.IsAlive); i++)
        {
            GC.Collect();
            await EchoAsync(client, "two");
        }
        Assert.Equal([false, false], host.EndedRequests.Select(kept => kept.IsAlive));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task over_tls_and_http2_the_request_lasts_as_long_as_the_connection(int listener)
    {
        await using var host = await HandoverHost.StartAsync();
        using (var client = await ConnectAsync(host, listener))
        {
            Assert.Equal("one", await EchoAsync(client, "one"));
            Assert.Empty(host.EndedRequests);
            await client.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", Stop);
        }

        Assert.True(await host.RequestEnded.WaitAsync(Patience, Stop));
        Assert.Equal([new(WebSocketCloseCause.Peer, WebSocketCloseCode.Normal, "done")], host.Closures);
    }

    [Fact]
    public async Task frames_that_come_with_the_request_are_read()
    {
        await using var host = await HandoverHost.StartAsync();

        using var socket = await host.SendAsync(HandoverHost.Handshake, [.. ClientFrames.Frame(ClientFrames.Text, "one"u8), .. ClientFrames.Frame(ClientFrames.Text, "two"u8)]);

        Assert.StartsWith("HTTP/1.1 101 ", await HandoverHost.ReadHeadAsync(socket));
        Assert.Equal([0x81, 3, .. "one"u8, 0x81, 3, .. "two"u8], await HandoverHost.ReadAsync(socket, 10));
        await socket.SendAsync(ClientFrames.CloseFrame(1000), Stop);
        Assert.Equal([0x88, 2, 1000 >> 8, 1000 & 0xFF], await HandoverHost.ReadAsync(socket, 100));
        Assert.True(await host.ConnectionEnded.WaitAsync(Patience, Stop));
        Assert.Equal([new(WebSocketCloseCause.Peer, WebSocketCloseCode.Normal, "")], host.Closures);
    }

    [Fact]
    public async Task wherever_the_bytes_are_cut_into_packets_all_of_them_are_read()
    {
        await using var host = await HandoverHost.StartAsync();
        for (var round = 0; round < 50; round++)
        {
            Random random = new(Seeds.For(round));
            List<byte> sent = [.. Encoding.ASCII.GetBytes(HandoverHost.Handshake)];
            List<byte> expected = [];
            for (var i = random.Next(1, 6); i > 0; i--)
            {
                var payload = new byte[random.Next(0, 20_000)];
                random.NextBytes(payload);
                sent.AddRange(ClientFrames.Frame(ClientFrames.Binary, payload));
                expected.AddRange(WebSocketFrame.Binary(payload).Bytes.Span);
            }
            using Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, host.Address().Port, Stop);
            var read = Task.Run(async () => (await HandoverHost.ReadHeadAsync(socket), await HandoverHost.ReadAsync(socket, expected.Count)), Stop);
            for (var at = 0; at < sent.Count;)
            {
                var length = Math.Min(sent.Count - at, random.Next(1, 6_000));
                await socket.SendAsync(sent.Slice(at, length).ToArray(), Stop);
                at += length;
            }

            var (head, echo) = await read.WaitAsync(Patience, Stop);

            Assert.StartsWith("HTTP/1.1 101 ", head);
            Assert.True(expected.SequenceEqual(echo), $"seed {Seeds.For(round)}: {echo.Length} of {expected.Count} bytes came back, or others");
        }
    }

    [Fact]
    public async Task bytes_that_come_while_it_is_handed_over_come_once_and_in_order()
    {
        const int Rounds = 40, Together = 50;
        await using var host = await HandoverHost.StartAsync(limits: limits => limits.MaxConcurrentUpgradedConnections = 10 * Together);
        for (var round = 0; round < Rounds; round++)
        {
            var seed = Seeds.For(round);
            await Task.WhenAll(Enumerable.Range(0, Together).Select(i => Task.Run(() => SpeakAroundTheHandoverAsync(host, new(seed + i), $"seed {seed}"), Stop)));
        }
    }

    /// <summary>A handshake, behind a request now and then, and frames that follow it at once: in one packet, in a few, or byte by byte where the one ends and the other begins.</summary>
    static async Task SpeakAroundTheHandoverAsync(HandoverHost host, Random random, string seed)
    {
        List<byte> sent = [];
        var isSecond = random.Next(4) == 0;
        if (isSecond) sent.AddRange("GET /plain HTTP/1.1\r\nHost: x\r\n\r\n"u8);
        sent.AddRange(Encoding.ASCII.GetBytes(HandoverHost.Handshake));
        var border = sent.Count;
        List<byte> expected = [];
        for (byte i = 0; i < 20; i++)
        {
            byte[] payload = [i, .. new byte[random.Next(8) == 0 ? random.Next(5_000) : random.Next(10)]];
            sent.AddRange(ClientFrames.Frame(ClientFrames.Binary, payload));
            expected.AddRange(WebSocketFrame.Binary(payload).Bytes.Span);
        }
        var way = random.Next(3);
        using var socket = await host.SendAsync("");
        var reading = ReadAsync();
        for (var at = 0; at < sent.Count;)
        {
            var isNear = Math.Abs(at - border) < 30;
            var length = Math.Min(sent.Count - at, way switch { 0 => sent.Count, 1 => random.Next(1, 200), _ => isNear ? 1 : at < border ? border - 29 - at : 1_000 });
            await socket.SendAsync(sent.Slice(at, length).ToArray(), Stop);
            at += length;
        }

        var (head, echo) = await reading.WaitAsync(Patience, Stop);

        Assert.StartsWith("HTTP/1.1 101 ", head);
        Assert.True(expected.SequenceEqual(echo), $"{seed}: {echo.Length} of {expected.Count} bytes came back, or others");
        // Nothing follows but the end.
        await socket.SendAsync(ClientFrames.CloseFrame(1000), Stop);
        Assert.Equal([0x88, 2, 1000 >> 8, 1000 & 0xFF], await HandoverHost.ReadAsync(socket, 100).WaitAsync(Patience, Stop));

        async Task<(string, byte[])> ReadAsync()
        {
            if (isSecond)
            {
                Assert.StartsWith("HTTP/1.1 200 ", await HandoverHost.ReadHeadAsync(socket));
                await HandoverHost.ReadAsync(socket, "5\r\nplain\r\n0\r\n\r\n".Length);
            }
            return (await HandoverHost.ReadHeadAsync(socket), await HandoverHost.ReadAsync(socket, expected.Count));
        }
    }

    [Fact]
    public async Task a_message_in_pieces_is_kept_while_nothing_comes_between_them()
    {
        await using var host = await HandoverHost.StartAsync();
        using var socket = await host.SendAsync(HandoverHost.Handshake);
        await HandoverHost.ReadHeadAsync(socket);
        byte[] pong = [0x8A, 0];

        // The pong tells that what came before it is worked off.
        await socket.SendAsync((byte[])[.. ClientFrames.Frame(ClientFrames.Text, "to"u8, final: false), .. ClientFrames.Frame(ClientFrames.Ping, [])], Stop);
        Assert.Equal(pong, await HandoverHost.ReadAsync(socket, 2));
        var rest = ClientFrames.Frame(ClientFrames.Continuation, "gether"u8);
        await socket.SendAsync(rest.AsMemory(0, 1), Stop);
        await socket.SendAsync(rest.AsMemory(1), Stop);

        Assert.Equal([0x81, 8, .. "together"u8], await HandoverHost.ReadAsync(socket, 10));
        await socket.SendAsync(ClientFrames.Frame(ClientFrames.Text, "one"u8), Stop);
        Assert.Equal([0x81, 3, .. "one"u8], await HandoverHost.ReadAsync(socket, 5));
    }

    [Fact]
    public async Task a_client_that_also_asks_to_keep_the_connection_is_handed_over()
    {
        await using var host = await HandoverHost.StartAsync();
        using var socket = await host.SendAsync("GET /plain HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", await HandoverHost.ReadHeadAsync(socket));
        Assert.True(await host.RequestEnded.WaitAsync(Patience, Stop));
        // The body: one chunk, and the last.
        await HandoverHost.ReadAsync(socket, "5\r\nplain\r\n0\r\n\r\n".Length);

        await socket.SendAsync((byte[])[.. Encoding.ASCII.GetBytes(HandoverHost.Handshake.Replace("Connection: Upgrade", "Connection: keep-alive, Upgrade", StringComparison.Ordinal)), .. ClientFrames.Frame(ClientFrames.Text, "one"u8)], Stop);

        Assert.StartsWith("HTTP/1.1 101 ", await HandoverHost.ReadHeadAsync(socket));
        Assert.Equal([0x81, 3, .. "one"u8], await HandoverHost.ReadAsync(socket, 5));
        Assert.True(await host.RequestEnded.WaitAsync(Patience, Stop));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task a_client_that_goes_without_a_word_ends_the_connection(bool resets)
    {
        await using var host = await HandoverHost.StartAsync();
        using var socket = await host.SendAsync(HandoverHost.Handshake);
        await HandoverHost.ReadHeadAsync(socket);
        Assert.True(await host.RequestEnded.WaitAsync(Patience, Stop));

        if (resets)
        {
            socket.LingerState = new(true, 0);
            socket.Close();
        }
        else
        {
            // Half closed: it would still read, but says no more, not even a close frame.
            socket.Shutdown(SocketShutdown.Send);
            Assert.Empty(await HandoverHost.ReadAsync(socket, 1));
        }

        Assert.True(await host.ConnectionEnded.WaitAsync(Patience, Stop));
        Assert.Equal([new(WebSocketCloseCause.ConnectionLost, WebSocketCloseCode.Abnormal, "")], host.Closures);
    }

    [Fact]
    public async Task a_reader_that_reads_nothing_is_cut_when_its_close_takes_too_long()
    {
        await using var host = await HandoverHost.StartAsync(new() { MaxMessageBytes = 1 << 20, MaxQueuedBytes = 1 << 24, CloseTimeout = TimeSpan.FromMilliseconds(200) });
        using var socket = await host.SendAsync(HandoverHost.Handshake);
        await HandoverHost.ReadHeadAsync(socket);
        var frame = ClientFrames.Frame(ClientFrames.Binary, new byte[1 << 20]);
        for (var i = 0; i < 12; i++) await socket.SendAsync(frame, Stop);

        // It answers nobody: the server's close frame stands behind megabytes that are not read.
        await host.StopAsync();

        Assert.True(await host.ConnectionEnded.WaitAsync(Patience, Stop));
        Assert.Equal(WebSocketCloseCode.GoingAway, host.Closures.Single().Code);
    }

    [Fact]
    public async Task a_server_that_stops_closes_it_with_the_reason()
    {
        await using var host = await HandoverHost.StartAsync();
        using var client = await ConnectAsync(host, 0);
        Assert.True(await host.RequestEnded.WaitAsync(Patience, Stop));

        var stop = host.StopAsync();
        await client.ReceiveAsync(new byte[10], Stop);

        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, "stopping"), (client.CloseStatus, client.CloseStatusDescription));
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        await stop.WaitAsync(Patience, Stop);
        Assert.Equal(WebSocketCloseCause.Local, host.Closures.Single().Cause);
    }

    [Fact]
    public async Task the_http_layers_timers_do_not_end_it()
    {
        // Pings that come after both timers have run out tell that it has outlived them.
        await using var host = await HandoverHost.StartAsync(new() { PingInterval = TimeSpan.FromSeconds(3) }, limits => limits.KeepAliveTimeout = limits.RequestHeadersTimeout = TimeSpan.FromSeconds(1));
        using var socket = await host.SendAsync(HandoverHost.Handshake);
        await HandoverHost.ReadHeadAsync(socket);

        Assert.Equal([0x89, 0], await HandoverHost.ReadAsync(socket, 2));

        await socket.SendAsync(ClientFrames.Frame(ClientFrames.Text, "one"u8), Stop);
        Assert.Equal([0x81, 3, .. "one"u8], await HandoverHost.ReadAsync(socket, 5));
    }

    [Fact]
    public async Task a_server_that_stops_closes_those_that_its_application_forgets_and_waits_for_them()
    {
        await using var host = await HandoverHost.StartAsync(saysGoodbye: false);
        using var client = await ConnectAsync(host, 0);
        Assert.True(await host.RequestEnded.WaitAsync(Patience, Stop));

        var stop = host.StopAsync();
        await client.ReceiveAsync(new byte[10], Stop);

        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
        Assert.False(stop.IsCompleted);
        await client.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        await stop.WaitAsync(Patience, Stop);
        Assert.Equal(WebSocketCloseCode.GoingAway, host.Closures.Single().Code);
    }

    [Fact]
    public async Task a_server_that_has_to_stop_now_cuts_those_whose_program_does_not_end()
    {
        await using var host = await HandoverHost.StartAsync(saysGoodbye: false);
        using var socket = await host.SendAsync(HandoverHost.Handshake, [.. ClientFrames.Frame(ClientFrames.Text, "one"u8), .. ClientFrames.Frame(ClientFrames.Text, "sleep"u8)]);
        await HandoverHost.ReadHeadAsync(socket);
        await HandoverHost.ReadAsync(socket, 5);

        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await host.StopAsync(now.Token).WaitAsync(Patience, Stop);

        await Assert.ThrowsAsync<SocketException>(() => TransportHost.ReadToEndAsync(socket));
    }

    [Fact]
    public async Task no_more_are_accepted_than_the_server_may_have()
    {
        await using var host = await HandoverHost.StartAsync(limits: limits => limits.MaxConcurrentUpgradedConnections = 2);
        using var first = await ConnectAsync(host, 0);
        using (var second = await ConnectAsync(host, 0))
        {
            Assert.Equal("one", await EchoAsync(first, "one"));
            using var third = await host.SendAsync(HandoverHost.Handshake);
            Assert.StartsWith("HTTP/1.1 503 ", await HandoverHost.ReadHeadAsync(third));
            await second.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
            Assert.True(await host.ConnectionEnded.WaitAsync(Patience, Stop));
        }

        // The place is free as soon as the transport is let go of, which is a moment after the connection has ended.
        string head;
        do
        {
            using var fourth = await host.SendAsync(HandoverHost.Handshake);
            head = await HandoverHost.ReadHeadAsync(fourth);
        }
        while (head.StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 101 ", head);
    }

    [Fact]
    public async Task thousands_that_come_and_go_leave_nothing_behind()
    {
        const int Together = 100;
        await using var host = await HandoverHost.StartAsync(limits: limits => limits.MaxConcurrentUpgradedConnections = 2 * Together);
        for (var round = 0; round < 30; round++)
        {
            Random random = new(Seeds.For(round));
            var sockets = await Task.WhenAll(Enumerable.Range(0, Together).Select(_ => host.SendAsync(HandoverHost.Handshake, ClientFrames.Frame(ClientFrames.Text, "hi"u8))));
            foreach (var socket in sockets)
            {
                Assert.StartsWith("HTTP/1.1 101 ", await HandoverHost.ReadHeadAsync(socket));
                Assert.Equal([0x81, 2, .. "hi"u8], await HandoverHost.ReadAsync(socket, 4));
                switch (random.Next(3))
                {
                    case 0:
                        await socket.SendAsync(ClientFrames.CloseFrame(1000), Stop);
                        Assert.Equal([0x88, 2, 1000 >> 8, 1000 & 0xFF], await HandoverHost.ReadAsync(socket, 5));
                        break;
                    case 1:
                        socket.LingerState = new(true, 0);
                        break;
                }
                socket.Dispose();
            }
            for (var i = 0; i < Together; i++) Assert.True(await host.ConnectionEnded.WaitAsync(Patience, Stop), $"seed {Seeds.For(round)}: a connection has not ended");
        }

        Assert.Equal(0, host.Wheel.Count);
    }

    [Fact]
    public async Task a_program_that_fails_ends_its_own_connection_alone()
    {
        await using var host = await HandoverHost.StartAsync();
        using var first = await ConnectAsync(host, 0);
        using var second = await ConnectAsync(host, 0);

        await first.SendAsync("fail"u8.ToArray(), WebSocketMessageType.Text, true, Stop);
        await first.ReceiveAsync(new byte[10], Stop);

        Assert.Equal(WebSocketCloseStatus.NormalClosure, first.CloseStatus);
        Assert.Equal("one", await EchoAsync(second, "one"));
    }

    static async Task<ClientWebSocket> ConnectAsync(HandoverHost host, int listener)
    {
        ClientWebSocket client = new();
        client.Options.HttpVersion = listener == 2 ? HttpVersion.Version20 : HttpVersion.Version11;
        client.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await client.ConnectAsync(host.Address(listener), new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => TestCertificate.Value.Equals(certificate) } }), Stop);
        return client;
    }

    static async Task<string> EchoAsync(ClientWebSocket client, string text)
    {
        await client.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, Stop);
        var buffer = new byte[1000];
        var result = await client.ReceiveAsync(buffer, Stop);
        return Encoding.UTF8.GetString(buffer, 0, result.Count);
    }
}
