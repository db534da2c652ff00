using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.MarketData;
using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

/// <summary>Packets of Socket.IO 5 in frames of Engine.IO 4, as they are on the wire: <c>40</c> connects, <c>42</c> is an event, <c>43</c> an answer.</summary>
public sealed class TalkingOverSocketIO(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Fact]
    public async Task another_users_token_is_refused_and_an_own_one_taken()
    {
        var ((client, _), (stranger, _)) = (await _market.TraderAsync(), await _market.TraderAsync());
        using var socket = await ConnectAsync(client);

        await SendAsync(socket, $$"""421["authenticate",{"token":"{{TokenOf(stranger)}}"}]""");
        await SendAsync(socket, $$"""422["authenticate",{"token":"{{TokenOf(client)}}"}]""");

        var refused = (await NextAsync(socket, "431"))[0]!;
        Assert.Equal((false, "UNAUTHORIZED"), ((bool)refused["success"]!, (string?)refused["error"]!["code"]));
        Assert.True((bool)(await NextAsync(socket, "432"))[0]!["success"]!);
    }

    [Fact]
    public async Task system_alerts_are_heard_without_asking()
    {
        var instrument = await _market.ListAsync();
        var (client, _) = await _market.TraderAsync();
        using var admin = await server.AdminAsync();
        using var socket = await ConnectAsync(client);

        using var halted = await admin.PostAsync($"/api/v1/instruments/{instrument.Symbol}/halt", null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, halted.StatusCode);
        var heard = await NextAsync(socket, "42");
        Assert.Equal(("alert:system", "MARKET_HALTED", instrument.Symbol), ((string?)heard[0], (string?)heard[1]!["type"], (string?)heard[1]!["symbol"]));
    }

    [Fact]
    public async Task a_flood_is_ended_with_the_reason()
    {
        var (client, _) = await _market.TraderAsync();
        using var socket = await ConnectAsync(client);

        // Some may still be sent when the connection is gone.
        var flood = Task.Run(async () =>
        {
            for (var i = 0; i < 1_000 && socket.State == WebSocketState.Open; i++) await SendAsync(socket, """42["unsubscribe",[]]""");
        }, TestContext.Current.CancellationToken);

        Assert.Equal("RATE_LIMIT_EXCEEDED", (string?)(await NextAsync(socket, "42"))[1]!["code"]);
        await flood.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    static string TokenOf(HttpClient client) => client.DefaultRequestHeaders.Authorization!.Parameter!;

    async Task<ClientWebSocket> ConnectAsync(HttpClient client)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/socket.io/?EIO=4&transport=websocket"), TestContext.Current.CancellationToken);
        await SendAsync(socket, $$"""40{"token":"{{TokenOf(client)}}"}""");
        // An acknowledged event comes after the handler that follows the alerts.
        await SendAsync(socket, """420["unsubscribe",[]]""");
        await NextAsync(socket, "430");
        return socket;
    }

    static Task SendAsync(ClientWebSocket socket, string packet) => socket.SendAsync(Encoding.UTF8.GetBytes(packet), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>The arguments of the next packet that begins so.</summary>
    static async Task<JsonArray> NextAsync(ClientWebSocket socket, string start)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), TestContext.Current.CancellationToken);
            Assert.True(part.EndOfMessage && part.MessageType == WebSocketMessageType.Text, "a whole packet of text");
            var packet = Encoding.UTF8.GetString(buffer, 0, part.Count);
            if (packet.StartsWith(start + '[', StringComparison.Ordinal))
                return JsonSerializer.Deserialize<JsonArray>(packet[start.Length..])!;
        }
    }
}
