using System.Net.Sockets;
using System.Text;
using Xunit;

namespace MyTradeX.WebSockets.Tests.Transport;

/// <summary>Requests and answers over our transport, and over Kestrel's own to see that a test asks for what is usual.</summary>
public sealed class SpeakingHttp
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task pipelined_requests_are_answered_in_order(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs);
        StringBuilder requests = new();
        for (var i = 0; i < 500; i++)
        {
            var body = $"number {i}";
            requests.Append($"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n{body}");
        }

        using var socket = await host.SendAsync(requests.ToString());

        for (var i = 0; i < 500; i++)
        {
            var expected = $"number {i}";
            var (head, body) = await TransportHost.ReadAnswerAsync(socket, expected.Length);
            Assert.StartsWith("HTTP/1.1 200 ", head);
            Assert.Equal(expected, Encoding.ASCII.GetString(body));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_body_that_comes_in_a_thousand_pieces_is_whole(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs);
        Random random = new(Seeds.For(1));
        var body = new byte[300_000];
        random.NextBytes(body);
        using var socket = await host.SendAsync($"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n");
        var answer = TransportHost.ReadAnswerAsync(socket, body.Length);

        for (var at = 0; at < body.Length;)
        {
            var length = Math.Min(body.Length - at, random.Next(1, 600));
            await socket.SendAsync(body.AsMemory(at, length), Stop);
            at += length;
        }

        var (_, echo) = await answer;
        Assert.True(body.AsSpan().SequenceEqual(echo), $"seed {Seeds.For(1)}");
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 4_096)]
    [InlineData(true, 1_000_000)]
    [InlineData(true, 20_000_000)]
    [InlineData(false, 1_000_000)]
    public async Task an_answer_of_many_blocks_leaves_with_one_flush(bool isOurs, int length)
    {
        await using var host = await TransportHost.StartAsync(isOurs);

        using var socket = await host.SendAsync(TransportHost.Get($"/gather/{length}"));
        var (head, body) = await TransportHost.ReadAnswerAsync(socket, length);

        Assert.StartsWith("HTTP/1.1 200 ", head);
        AssertPattern(body, length);
        await socket.SendAsync(Encoding.ASCII.GetBytes(TransportHost.Get("/gather/10")), Stop);
        AssertPattern((await TransportHost.ReadAnswerAsync(socket, 10)).Body, 10);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_reader_that_stops_makes_the_writer_wait_and_gets_every_byte_when_it_goes_on(bool isOurs)
    {
        const int Length = 100_000_000;
        await using var host = await TransportHost.StartAsync(isOurs);

        using var socket = await host.SendAsync(TransportHost.Get($"/bytes/{Length}"), receiveBuffer: 8_192);

        // What the kernel keeps at both ends, and no more.
        Assert.InRange(await host.WriterWaits.Task.WaitAsync(TransportHost.Patience, Stop), 0, 20_000_000);
        var (_, body) = await TransportHost.ReadAnswerAsync(socket, Length);
        AssertPattern(body, Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_reader_slower_than_the_server_allows_is_cut(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs, limits => limits.MinResponseDataRate = new(bytesPerSecond: 100_000_000, gracePeriod: TimeSpan.FromSeconds(1.1)));

        using var socket = await host.SendAsync(TransportHost.Get("/bytes/100000000"), receiveBuffer: 8_192);
        await host.WriterWaits.Task.WaitAsync(TransportHost.Patience, Stop);

        await host.WriterEnds.Task.WaitAsync(TransportHost.Patience, Stop);
        await Assert.ThrowsAsync<SocketException>(() => TransportHost.ReadToEndAsync(socket));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_body_that_nobody_reads_makes_the_client_wait(bool isOurs)
    {
        await using var host = await TransportHost.StartAsync(isOurs);
        using var socket = await host.SendAsync("GET /held HTTP/1.1\r\nHost: x\r\nContent-Length: 25000000\r\n\r\n");
        var held = await host.Held.Reader.ReadAsync(Stop);
        var body = new byte[25_000_000];

        // More than the kernels at both ends keep, and the megabyte that the server does.
        var sending = socket.SendAsync(body, Stop).AsTask();
        using var other = await host.SendAsync("");
        for (var i = 0; i < 500; i++)
        {
            await other.SendAsync(Encoding.ASCII.GetBytes(TransportHost.Get("/gather/5")), Stop);
            await TransportHost.ReadAnswerAsync(other, 5);
        }
        Assert.False(sending.IsCompleted);
        held.LetGo.SetResult();

        var (head, _) = await TransportHost.ReadAnswerAsync(socket, 4);
        Assert.StartsWith("HTTP/1.1 200 ", head);
        await sending.WaitAsync(TransportHost.Patience, Stop);
    }

    [Theory]
    [InlineData(true, 1, "1.1")]
    [InlineData(true, 1, "2.0")]
    [InlineData(true, 2, "2.0")]
    [InlineData(false, 1, "2.0")]
    public async Task tls_and_http2_work_over_it(bool isOurs, int listener, string version)
    {
        await using var host = await TransportHost.StartAsync(isOurs);
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => TestCertificate.Value.Equals(certificate) } })
        {
            BaseAddress = host.Address(listener),
            DefaultRequestVersion = Version.Parse(version),
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        // Enough at once, in both directions, for windows to fill and for frames of different streams to be written between each other.
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var body = new byte[1 + (i * 10_000)];
            for (var at = 0; at < body.Length; at++) body[at] = (byte)(at % 251);
            var response = await client.PostAsync("/check", new ByteArrayContent(body), Stop);
            Assert.Equal(Version.Parse(version), response.Version);
            Assert.Equal($"{body.Length} right", await response.Content.ReadAsStringAsync(Stop));
            AssertPattern(await client.GetByteArrayAsync($"/bytes/{body.Length}", Stop), body.Length);
        }));

        AssertPattern(await client.GetByteArrayAsync("/bytes/5000000", Stop), 5_000_000);
    }

    [Fact]
    public async Task addresses_and_identity_are_those_of_the_connection()
    {
        await using var host = await TransportHost.StartAsync(isOurs: true);
        using var first = await host.SendAsync(TransportHost.Get("/connection", "Connection: close\r\n"));
        using var second = await host.SendAsync(TransportHost.Get("/connection", "Connection: close\r\n"));

        var ofFirst = Encoding.ASCII.GetString(await TransportHost.ReadToEndAsync(first)).Split("\r\n\r\n")[1].Split(' ');
        var ofSecond = Encoding.ASCII.GetString(await TransportHost.ReadToEndAsync(second)).Split("\r\n\r\n")[1].Split(' ');

        Assert.Equal([$"{first.RemoteEndPoint}", $"{first.LocalEndPoint}"], ofFirst[..2]);
        Assert.Equal([$"{second.RemoteEndPoint}", $"{second.LocalEndPoint}"], ofSecond[..2]);
        Assert.NotEqual(ofFirst[2], ofSecond[2]);
    }

    static void AssertPattern(byte[] body, int length)
    {
        Assert.Equal(length, body.Length);
        for (var i = 0; i < length; i++)
        {
            if (body[i] != (byte)(i % 251)) Assert.Fail($"byte {i} is another");
        }
    }
}
