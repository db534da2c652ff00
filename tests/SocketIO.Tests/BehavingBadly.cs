using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Protocols.SocketIO;
using Xunit;

namespace MyTradeX.SocketIO.Tests;

/// <summary>Clients that break rules or limits: each is closed or refused with a reason, and nothing is logged as an error.</summary>
public sealed class BehavingBadly
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static Task<Host> StartAsync(Action<SocketIOOptions>? options = null, List<string>? reasons = null) => Host.StartAsync(io =>
    {
        io.Main.OnDisconnect((_, reason) =>
        {
            lock (io) reasons?.Add(reason);
            return Task.CompletedTask;
        });
        for (var i = 0; i < 5; i++) io.Of($"/n{i}");
    }, options);

    [Theory]
    [InlineData("")]
    [InlineData("9")]
    [InlineData("0{}")]
    [InlineData("2")]
    [InlineData("4")]
    [InlineData("47")]
    [InlineData("40[]")]
    [InlineData("40{")]
    [InlineData("41{}")]
    [InlineData("42")]
    [InlineData("42{}")]
    [InlineData("42[]")]
    [InlineData("42[null]")]
    [InlineData("42[{}]")]
    [InlineData("42[\"disconnect\"]")]
    [InlineData("42[\"x\"]x")]
    [InlineData("43[]")]
    [InlineData("431{}")]
    [InlineData("44{}")]
    [InlineData("451[\"x\"]")]
    [InlineData("4511-[\"x\"]")]
    [InlineData("451-[\"x\",{\"_placeholder\":true,\"num\":1}]")]
    [InlineData("451-[\"x\",{\"_placeholder\":true,\"num\":-1}]")]
    [InlineData("451-[\"x\",{\"_placeholder\":true}]")]
    [InlineData("42[\"x\",[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]")]
    public async Task a_bad_packet_closes_with_parse_error(string packet)
    {
        List<string> reasons = [];
        await using var host = await StartAsync(reasons: reasons);
        using var client = await host.JoinAsync();

        await client.SendAsync(packet);

        Assert.Null(await client.ReceiveAsync());
        Assert.Equal("parse error", client.CloseReason);
        Assert.Empty(host.Complaints);
    }

    [Fact]
    public async Task an_attachment_that_belongs_to_nothing_and_text_instead_of_one_are_parse_errors()
    {
        await using var host = await StartAsync();
        using var stray = await host.JoinAsync();
        await stray.SendAsync([1]);
        Assert.Null(await stray.ReceiveAsync());
        Assert.Equal("parse error", stray.CloseReason);

        using var text = await host.JoinAsync();
        await text.SendAsync("451-[\"x\",{\"_placeholder\":true,\"num\":0}]");
        await text.SendAsync("42[\"y\"]");
        Assert.Null(await text.ReceiveAsync());
        Assert.Equal("parse error", text.CloseReason);
    }

    [Fact]
    public async Task random_packets_never_leave_an_error_in_the_log()
    {
        await using var host = await StartAsync(options => options.MaxPacketsPerSecond = 0);
        const string Alphabet = "0123456/,-[]{}\"an:_";
        string[] seeds = ["40/n1,{}", "42[\"x\",1]", "431[]", "451-[\"x\",{\"_placeholder\":true,\"num\":0}]", "41/n1,", "3", "42/n1,5[\"x\"]"];
        for (var round = 0; round < 60; round++)
        {
            var seed = Seeds.For(round);
            TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
            Random random = new(seed);
            using var client = await host.JoinAsync();
            try
            {
                for (var i = 0; i < 20; i++)
                {
                    var packet = new StringBuilder(seeds[random.Next(seeds.Length)]);
                    for (var change = random.Next(3); change > 0; change--) packet[random.Next(packet.Length)] = Alphabet[random.Next(Alphabet.Length)];
                    if (random.Next(8) == 0) await client.SendAsync([1, 2]);
                    else await client.SendAsync(packet.ToString());
                }
            }
            catch (WebSocketException)
            {
                // The server has closed it, as it should.
            }
            client.Cut();
        }

        using var alive = await host.JoinAsync();
        Assert.Empty(host.Complaints);
    }

    [Fact]
    public async Task a_client_that_joins_nothing_in_time_is_closed()
    {
        await using var host = await StartAsync(options => options.ConnectTimeout = TimeSpan.FromMilliseconds(100));
        using var client = await host.ConnectAsync();
        await client.ReceiveAsync();

        Assert.Null(await client.ReceiveAsync());

        Assert.Equal("forced server close", client.CloseReason);
    }

    [Fact]
    public async Task a_client_that_speaks_to_a_namespace_it_is_not_in_is_closed()
    {
        await using var host = await StartAsync();
        using var client = await host.ConnectAsync();
        await client.ReceiveAsync();

        await client.SendAsync("42[\"hello\"]");

        Assert.Null(await client.ReceiveAsync());
        Assert.Equal("forced server close", client.CloseReason);
    }

    [Fact]
    public async Task too_many_namespaces_close_the_connection()
    {
        await using var host = await StartAsync(options => options.MaxNamespacesPerConnection = 3);
        using var client = await host.JoinAsync();
        for (var i = 0; i < 3; i++) await client.SendAsync($"40/n{i},");

        while (await client.ReceiveAsync() is not null)
        {
        }

        Assert.Equal("too many namespaces", client.CloseReason);
    }

    [Fact]
    public async Task too_many_packets_close_the_connection()
    {
        List<string> reasons = [];
        await using var host = await StartAsync(options => options.MaxPacketsPerSecond = 10, reasons);
        using var client = await host.JoinAsync();
        for (var i = 0; i < 40; i++) await client.SendAsync("42[\"x\"]");

        Assert.Null(await client.ReceiveAsync());

        Assert.Equal("too many packets", client.CloseReason);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
    }

    [Fact]
    public async Task a_message_that_is_too_long_closes_a_websocket_and_is_413_in_polling()
    {
        await using var host = await StartAsync(options => options.MaxPayload = 2000);
        using var client = await host.JoinAsync();
        await client.SendAsync("42[\"" + new string('x', 3000) + "\"]");
        Assert.Null(await client.ReceiveAsync());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);

        using var http = host.Http();
        var sid = await OpenAsync(http);
        var answer = await http.PostAsync($"/socket.io/?EIO=4&transport=polling&sid={sid}", new StringContent("4" + new string('x', 3000)), Stop);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task a_reader_that_stops_is_closed_as_a_slow_reader_and_delays_nobody()
    {
        List<string> reasons = [];
        await using var host = await StartAsync(options => options.MaxQueuedBytes = 256 * 1024, reasons);
        using var stuck = await host.JoinAsync();
        using var quick = await host.JoinAsync();
        var packet = host.IO.Main.Encode("tick", new string('x', 1000));

        // The stuck one's share is taken by the systems' socket buffers first, some megabytes at most.
        for (var i = 0; i < 30_000; i++)
        {
            host.IO.Main.All.Send(packet);
            Assert.NotNull(await quick.ReceiveAsync());
            lock (host.IO)
            {
                if (reasons.Count > 0) break;
            }
        }

        lock (host.IO) Assert.Equal(["slow reader"], reasons);
        Assert.Equal(1, host.IO.Main.SocketCount);
        Assert.Empty(host.Complaints);
    }

    [Fact]
    public async Task more_connections_than_allowed_get_503()
    {
        await using var host = await StartAsync(options => options.MaxConnections = 1);
        using var client = await host.JoinAsync();
        using var http = host.Http();

        var refused = await http.GetAsync("/socket.io/?EIO=4&transport=polling", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        client.Cut();
        while (host.IO.Engine.ConnectionCount > 0) await Task.Yield();
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/socket.io/?EIO=4&transport=polling", Stop)).StatusCode);
    }

    [Theory]
    [InlineData("GET", "?EIO=4", 400, 0, "Transport unknown")]
    [InlineData("GET", "?EIO=4&transport=smoke", 400, 0, "Transport unknown")]
    [InlineData("GET", "?EIO=4&transport=polling&sid=nobody", 400, 1, "Session ID unknown")]
    [InlineData("POST", "?EIO=4&transport=polling", 400, 2, "Bad handshake method")]
    [InlineData("GET", "?EIO=4&transport=websocket", 400, 3, "Bad request")]
    [InlineData("GET", "?EIO=3&transport=polling", 400, 5, "Unsupported protocol version")]
    public async Task a_wrong_request_gets_the_protocols_code(string method, string query, int status, int code, string message)
    {
        await using var host = await StartAsync();
        using var http = host.Http();

        var answer = await http.SendAsync(new(new(method), "/socket.io/" + query), Stop);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal($$"""{"code":{{code}},"message":"{{message}}"}""", await answer.Content.ReadAsStringAsync(Stop));
    }

    [Fact]
    public async Task an_origin_that_is_not_listed_is_forbidden_and_a_listed_one_gets_its_headers()
    {
        await using var host = await StartAsync(options =>
        {
            options.Cors.Origins.Add("https://app.example.com");
            options.Cors.AllowCredentials = true;
        });
        using var http = host.Http();

        using HttpRequestMessage foreign = new(HttpMethod.Get, "/socket.io/?EIO=4&transport=polling") { Headers = { { "Origin", "https://evil.example.com" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(foreign, Stop)).StatusCode);
        using HttpRequestMessage preflight = new(HttpMethod.Options, "/socket.io/?EIO=4&transport=polling") { Headers = { { "Origin", "https://app.example.com" } } };
        var answer = await http.SendAsync(preflight, Stop);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(["https://app.example.com"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.Equal(["true"], answer.Headers.GetValues("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task the_servers_own_origin_needs_no_listing()
    {
        await using var host = await StartAsync(options => options.Cors.Origins.Add("https://app.example.com"));
        using var http = host.Http();

        using HttpRequestMessage own = new(HttpMethod.Get, "/socket.io/?EIO=4&transport=polling") { Headers = { { "Origin", http.BaseAddress!.GetLeftPart(UriPartial.Authority) } } };
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(own, Stop)).StatusCode);
        using HttpRequestMessage otherPort = new(HttpMethod.Get, "/socket.io/?EIO=4&transport=polling") { Headers = { { "Origin", "http://127.0.0.1:1" } } };
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(otherPort, Stop)).StatusCode);
    }

    [Fact]
    public async Task a_request_cut_in_the_middle_ends_the_session_quietly()
    {
        await using var host = await StartAsync();
        using var http = host.Http();
        var sid = await OpenAsync(http);
        using (Socket socket = new(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(IPAddress.Loopback, new Uri(host.Url).Port, Stop);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /socket.io/?EIO=4&transport=polling&sid={sid} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n40"), Stop);
            socket.Shutdown(SocketShutdown.Send);
            while (host.IO.Engine.ConnectionCount > 0) await Task.Yield();
        }
        Assert.Empty(host.Complaints);
    }

    [Fact]
    public async Task endpoint_conventions_guard_the_handshake()
    {
        await using var host = await Host.StartAsync(_ => { }, services: builder => builder.Services.AddAuthentication("none").AddScheme<NobodyOptions, Nobody>("none", null).Services.AddAuthorization(), endpoint: endpoint => endpoint.RequireAuthorization());
        using var http = host.Http();

        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/socket.io/?EIO=4&transport=polling", Stop)).StatusCode);
    }

    [Fact]
    public async Task settings_out_of_range_are_refused_when_the_application_starts()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(options => options.MaxPayload = 0));

        Assert.Contains("MaxPayload is 0; allowed is 1024 to 1073741824 bytes.", failure.Message);
    }

    static async Task<string> OpenAsync(HttpClient http)
    {
        var open = await http.GetStringAsync("/socket.io/?EIO=4&transport=polling", Stop);
        return System.Text.Json.JsonDocument.Parse(open[1..]).RootElement.GetProperty("sid").GetString()!;
    }

    sealed class NobodyOptions : Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions;

    sealed class Nobody(Microsoft.Extensions.Options.IOptionsMonitor<NobodyOptions> options, Microsoft.Extensions.Logging.ILoggerFactory logger, System.Text.Encodings.Web.UrlEncoder encoder)
        : Microsoft.AspNetCore.Authentication.AuthenticationHandler<NobodyOptions>(options, logger, encoder)
    {
        protected override Task<Microsoft.AspNetCore.Authentication.AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Microsoft.AspNetCore.Authentication.AuthenticateResult.NoResult());
    }
}
