using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MyTradeX.Core;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.MarketData;
using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

public sealed class TalkingOverAWebSocket(TestServer server) : IClassFixture<TestServer>
{
    readonly TestMarket _market = new(server);

    [Theory]
    [InlineData(null, "Authentication required")]
    [InlineData("no.such.token", "Invalid token")]
    public async Task without_a_good_token_is_opened_and_closed_with_the_reason(string? token, string reason)
    {
        using var socket = await SocketClient.OpenAsync(server.Address, token);

        Assert.Null(await socket.NextAsync());
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, reason), (socket.CloseStatus, socket.CloseReason));
    }

    [Fact]
    public async Task those_in_a_room_hear_each_other_and_nobody_else()
    {
        var ((one, oneId), (two, twoId), (three, _)) = (await _market.TraderAsync(), await _market.TraderAsync(), await _market.TraderAsync());
        using var first = await SocketClient.OpenAsync(server.Address, one);
        using var second = await SocketClient.OpenAsync(server.Address, two);
        using var outside = await SocketClient.OpenAsync(server.Address, three);
        await first.SendAsync(new { type = "join_room", roomId = "desk-1" });
        Assert.Equal("desk-1", (string?)(await first.NextAsync("room_joined"))["roomId"]);
        await second.SendAsync(new { type = "join_room", roomId = "desk-1" });
        Assert.Equal($"user-{twoId}", (string?)(await first.NextAsync("user_joined"))["userId"]);

        await first.SendAsync(new { type = "broadcast", roomId = "desk-1", payload = new { text = "hello" } });
        await outside.SendAsync(new { type = "broadcast", roomId = "desk-1", payload = new { text = "let me in" } });

        await second.NextAsync("room_joined");
        var heard = await second.NextAsync("broadcast");
        Assert.Equal(("hello", $"user-{oneId}"), ((string?)heard["data"]!["text"], (string?)heard["userId"]));
        Assert.Equal("FORBIDDEN", (string?)(await outside.NextAsync("error"))["code"]);
        await first.SendAsync(new { type = "leave_room", roomId = "desk-1" });
        await first.NextAsync("room_left");
        Assert.Equal($"user-{oneId}", (string?)(await second.NextAsync("user_left"))["userId"]);
        await second.CloseAsync();
    }

    [Fact]
    public async Task who_goes_without_a_word_is_missed_in_his_rooms()
    {
        var ((one, _), (two, twoId)) = (await _market.TraderAsync(), await _market.TraderAsync());
        using var first = await SocketClient.OpenAsync(server.Address, one);
        using (var second = await SocketClient.OpenAsync(server.Address, two))
        {
            await first.SendAsync(new { type = "join_room", roomId = "desk-2" });
            await first.NextAsync("room_joined");
            await second.SendAsync(new { type = "join_room", roomId = "desk-2" });
            await first.NextAsync("user_joined");
        }

        Assert.Equal($"user-{twoId}", (string?)(await first.NextAsync("user_left"))["userId"]);
    }

    [Fact]
    public async Task a_direct_message_reaches_its_user_on_every_connection()
    {
        var ((one, oneId), (two, twoId)) = (await _market.TraderAsync(), await _market.TraderAsync());
        using var first = await SocketClient.OpenAsync(server.Address, one);
        using var second = await SocketClient.OpenAsync(server.Address, two);
        using var third = await SocketClient.OpenAsync(server.Address, two);

        await first.SendAsync(new { type = "direct_message", userId = $"user-{twoId}", payload = new { text = "psst" } });
        await first.SendAsync(new { type = "direct_message", userId = "user-987654", payload = new { text = "psst" } });

        foreach (var socket in new[] { second, third })
        {
            var heard = await socket.NextAsync("direct_message");
            Assert.Equal(("psst", $"user-{oneId}"), ((string?)heard["data"]!["text"], (string?)heard["from"]));
        }
        Assert.Equal("USER_NOT_FOUND", (string?)(await first.NextAsync("error"))["code"]);
    }

    [Fact]
    public async Task topics_are_followed_left_and_resumed()
    {
        var instrument = await _market.ListAsync();
        var (_, a) = await _market.DealerAsync(instrument);
        var (_, b) = await _market.DealerAsync(instrument);
        var (user, _) = await _market.TraderAsync();
        var topic = "trades:" + instrument.Symbol;
        string? cursor;
        using (var socket = await SocketClient.OpenAsync(server.Address, user))
        {
            await socket.SendAsync(new { type = "subscribe", topics = new[] { topic, "nowhere" } });
            Assert.Equal("VALIDATION_ERROR", (string?)(await socket.NextAsync("error"))["code"]);
            Assert.Equal([topic], (await socket.NextAsync("subscribed"))["topics"]!.AsArray().Select(name => (string?)name));
            await _market.TradeAsync(instrument, a, b, 1, 10);
            var message = await socket.NextAsync();
            Assert.Equal(("trade:new", topic), ((string?)message!["type"], (string?)message["topic"]));
            cursor = (string?)message["cursor"];
            await socket.SendAsync(new { type = "unsubscribe", topics = new[] { topic } });
            await socket.NextAsync("unsubscribed");
        }
        await _market.TradeAsync(instrument, a, b, 2, 10);

        using var again = await SocketClient.OpenAsync(server.Address, user);
        await again.SendAsync(new { type = "subscribe", topics = new[] { topic }, cursor });

        Assert.Equal(2m, (decimal)(await again.NextAsync("trade:new"))["quantity"]!);
    }

    [Theory]
    [InlineData("{", "VALIDATION_ERROR")]
    [InlineData("[]", "VALIDATION_ERROR")]
    [InlineData("null", "VALIDATION_ERROR")]
    [InlineData("""{"type":"dance"}""", "VALIDATION_ERROR")]
    [InlineData("""{"type":"join_room"}""", "VALIDATION_ERROR")]
    [InlineData("""{"type":"join_room","roomId":"a b"}""", "VALIDATION_ERROR")]
    [InlineData("""{"type":"subscribe"}""", "VALIDATION_ERROR")]
    [InlineData("""{"type":"subscribe","topics":["orders"],"cursor":"x"}""", "VALIDATION_ERROR")]
    [InlineData("""{"type":"subscribe","topics":[null]}""", "VALIDATION_ERROR")]
    [InlineData("""{"type":"authenticate","token":"x"}""", "UNAUTHORIZED")]
    [InlineData("""{"type":"cancel_on_disconnect"}""", "VALIDATION_ERROR")]
    public async Task what_cannot_be_done_is_answered_and_the_connection_goes_on(string text, string code)
    {
        using var client = await server.SignedInAsync();
        using var socket = await SocketClient.OpenAsync(server.Address, client);

        await socket.SendTextAsync(text);
        await socket.SendAsync(new { type = "ping" });

        Assert.Equal(code, (string?)(await socket.NextAsync("error"))["code"]);
        await socket.NextAsync("pong");
    }

    [Fact]
    public async Task a_server_that_stops_says_so()
    {
        await using var own = new TestServer();
        await own.InitializeAsync();
        using var client = await own.SignedInAsync();
        using var socket = await SocketClient.OpenAsync(own.Address, client);

        own.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        while (await socket.NextAsync() is not null)
        {
        }
        Assert.Equal((WebSocketCloseStatus.EndpointUnavailable, "The server is going down; connect again."), (socket.CloseStatus, socket.CloseReason));
        await socket.CloseAsync();
    }

    [Fact]
    public async Task a_flood_is_closed_with_the_reason()
    {
        using var client = await server.SignedInAsync();
        using var socket = await SocketClient.OpenAsync(server.Address, client);

        for (var i = 0; i < 400; i++)
            await socket.SendAsync(new { type = "ping" });

        while (await socket.NextAsync() is not null)
        {
        }
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);
    }

    [Fact]
    public async Task orders_are_cancelled_at_its_end_for_who_asked_for_it()
    {
        var instrument = await _market.ListAsync();
        var (client, userId) = await _market.TraderAsync();
        var account = await _market.AccountAsync(userId, 10_000);
        using var watcher = await SocketClient.OpenAsync(server.Address, client);
        await watcher.SendAsync(new { type = "subscribe", topics = new[] { "orders" } });
        await watcher.NextAsync("subscribed");
        using (var socket = await SocketClient.OpenAsync(server.Address, client))
        {
            await socket.SendAsync(new { type = "cancel_on_disconnect", enabled = true });
            await socket.NextAsync("cancel_on_disconnect");
            await _market.PlaceAsync(account, instrument, Side.Buy, 1, 10);
            Assert.Equal("NEW", (string?)(await watcher.NextAsync("order:update"))["status"]);
        }

        Assert.Equal("CANCELLED", (string?)(await watcher.NextAsync("order:update"))["status"]);
    }

    [Fact]
    public async Task a_page_of_another_site_cannot_use_the_cookies_of_a_session()
    {
        using var client = await server.SignedInAsync();
        var cookie = $"mtx_access={client.DefaultRequestHeaders.Authorization!.Parameter}";

        using var foreign = await SocketClient.OpenAsync(server.Address, null, options => Send(options, "https://evil.example"));
        Assert.Null(await foreign.NextAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, foreign.CloseStatus);

        using var own = await SocketClient.OpenAsync(server.Address, null, options => Send(options, server.Address.GetLeftPart(UriPartial.Authority)));
        await own.NextAsync("connected");

        void Send(ClientWebSocketOptions options, string origin)
        {
            options.SetRequestHeader("Cookie", cookie);
            options.SetRequestHeader("Origin", origin);
        }
    }

    [Fact]
    public async Task a_token_of_another_time_is_taken_from_the_same_user_alone()
    {
        var (client, session, _) = await server.NewUserAsync();
        using var stranger = await server.SignedInAsync();
        using var socket = await SocketClient.OpenAsync(server.Address, client);

        await socket.SendAsync(new { type = "authenticate", token = stranger.DefaultRequestHeaders.Authorization!.Parameter });
        Assert.Equal("UNAUTHORIZED", (string?)(await socket.NextAsync("error"))["code"]);
        await socket.SendAsync(new { type = "authenticate", token = (string?)session["token"] });
        await socket.NextAsync("authenticated");
    }
}
