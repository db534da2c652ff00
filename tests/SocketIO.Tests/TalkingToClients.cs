using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Protocols.SocketIO;
using Xunit;

namespace MyTradeX.SocketIO.Tests;

public sealed class TalkingToClients
{
    static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    sealed record Order(string Symbol, int Quantity, byte[]? Proof = null);

    static Task<Host> EchoAsync(Action<SocketIOOptions>? options = null) => Host.StartAsync(io =>
    {
        io.Main.On("echo", (socket, e, _) =>
        {
            socket.Emit("echo", e.ToArray());
            e.Ack("ok");
            return Task.CompletedTask;
        });
        io.Main.On("join", (socket, e, _) =>
        {
            socket.Join(e.Get<string[]>(0)!);
            e.Ack();
            return Task.CompletedTask;
        });
    }, options);

    [Fact]
    public async Task an_event_is_read_as_a_type_with_its_bytes()
    {
        TaskCompletionSource<Order?> got = new();
        await using var host = await Host.StartAsync(io => io.OnConnection((socket, _) =>
        {
            socket.On<Order>("order", (order, _) =>
            {
                got.SetResult(order);
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        }));
        using var client = await host.JoinAsync();

        await client.SendAsync("""451-["order",{"symbol":"AAPL","quantity":3,"proof":{"_placeholder":true,"num":0}}]""");
        await client.SendAsync([1, 2, 3]);

        var order = await got.Task.WaitAsync(Long, Stop);
        Assert.Equal(("AAPL", 3), (order!.Symbol, order.Quantity));
        Assert.Equal([1, 2, 3], order.Proof!);
    }

    [Fact]
    public async Task bytes_inside_an_object_are_sent_as_attachments()
    {
        await using var host = await Host.StartAsync(io => io.OnConnection((socket, _) =>
        {
            socket.Emit("order", new Order("AAPL", 3, [7, 8]), new byte[] { 9 });
            return Task.CompletedTask;
        }));
        using var client = await host.JoinAsync();

        Assert.Equal("""452-["order",{"symbol":"AAPL","quantity":3,"proof":{"_placeholder":true,"num":0}},{"_placeholder":true,"num":1}]""", await client.ReceiveAsync());
        Assert.Equal("b:0708", await client.ReceiveAsync());
        Assert.Equal("b:09", await client.ReceiveAsync());
    }

    [Fact]
    public async Task nested_bytes_are_sent_on_under_new_numbers()
    {
        await using var host = await EchoAsync();
        using var client = await host.JoinAsync();

        await client.SendAsync("""452-["echo",{"b":{"_placeholder":true,"num":1},"a":[{"_placeholder":true,"num":0}]}]""");
        await client.SendAsync([10]);
        await client.SendAsync([11]);

        Assert.Equal("""452-["echo",{"b":{"_placeholder":true,"num":0},"a":[{"_placeholder":true,"num":1}]}]""", await client.ReceiveAsync());
        Assert.Equal("b:0B", await client.ReceiveAsync());
        Assert.Equal("b:0A", await client.ReceiveAsync());
    }

    [Fact]
    public async Task a_client_acknowledges_what_the_server_asks_even_inside_a_handler()
    {
        TaskCompletionSource<int> sum = new();
        await using var host = await Host.StartAsync(io => io.Main.On("start", async (socket, _, cancellationToken) =>
        {
            var answer = await socket.EmitWithAckAsync("add", Long, cancellationToken, 1, 2);
            sum.SetResult(answer.Get<int>(0));
        }));
        using var client = await host.JoinAsync();

        await client.SendAsync("42[\"start\"]");
        var question = await client.ReceiveAsync();
        Assert.EndsWith("[\"add\",1,2]", question);
        await client.SendAsync($"43{question![2..question!.IndexOf('[')]}[3]");

        Assert.Equal(3, await sum.Task.WaitAsync(Long, Stop));
    }

    [Fact]
    public async Task an_acknowledgement_that_does_not_come_is_a_timeout_and_one_from_a_lost_client_a_failure()
    {
        await using var host = await EchoAsync();
        using var client = await host.JoinAsync();
        Assert.True(host.IO.Main.TryGetSocket(client.Id, out var socket));

        await Assert.ThrowsAsync<TimeoutException>(() => socket.EmitWithAckAsync("x", TimeSpan.FromMilliseconds(20), Stop));
        var waiting = socket.EmitWithAckAsync("y", Long, Stop);
        client.Cut();

        await Assert.ThrowsAsync<IOException>(() => waiting);
        await Assert.ThrowsAsync<IOException>(() => socket.EmitWithAckAsync("z", Long, Stop));
    }

    [Fact]
    public async Task only_so_many_acknowledgements_may_be_owed()
    {
        await using var host = await EchoAsync(options => options.MaxPendingAcks = 2);
        using var client = await host.JoinAsync();
        Assert.True(host.IO.Main.TryGetSocket(client.Id, out var socket));
        var owed = new[] { socket.EmitWithAckAsync("x", Long, Stop), socket.EmitWithAckAsync("x", Long, Stop) };

        await Assert.ThrowsAsync<IOException>(() => socket.EmitWithAckAsync("x", Long, Stop));

        socket.Disconnect(close: true);
        foreach (var one in owed) await Assert.ThrowsAsync<IOException>(() => one);
    }

    [Fact]
    public async Task broadcasts_reach_the_rooms_and_nobody_excepted_once()
    {
        await using var host = await EchoAsync();
        using var a = await host.JoinAsync();
        using var b = await host.JoinAsync();
        using var c = await host.JoinAsync();
        await JoinRoomsAsync(a, "r1", "r2");
        await JoinRoomsAsync(b, "r1", "quiet");
        await JoinRoomsAsync(c, "r3");

        host.IO.To("r1", "r2").Emit("one");
        host.IO.To("r1").Except("quiet").Emit("two");
        host.IO.To(c.Id).Emit("three");
        Assert.True(host.IO.Main.TryGetSocket(a.Id, out var socket));
        socket.Broadcast.Emit("four");
        host.IO.Emit("end");

        Assert.Equal(["one", "two", "end"], await EventsAsync(a));
        Assert.Equal(["one", "four", "end"], await EventsAsync(b));
        Assert.Equal(["three", "four", "end"], await EventsAsync(c));
    }

    [Fact]
    public async Task a_broadcast_collects_the_acknowledgements()
    {
        await using var host = await EchoAsync();
        using var a = await host.JoinAsync();
        using var b = await host.JoinAsync();

        var asking = host.IO.Main.All.EmitWithAckAsync("ask", TimeSpan.FromMilliseconds(500), Stop, "?");
        var question = await a.ReceiveAsync();
        await a.SendAsync($"43{question![2..question!.IndexOf('[')]}[\"yes\"]");
        var answers = await asking;

        Assert.Equal("yes", answers.Answers[a.Id].Get<string>(0));
        Assert.Equal([b.Id], answers.Missing);
    }

    [Fact]
    public async Task a_packet_encoded_once_goes_to_any_number()
    {
        await using var host = await EchoAsync();
        using var a = await host.JoinAsync();
        using var b = await host.JoinAsync();
        var packet = host.IO.Main.Encode("tick", """{"price":1.5}"""u8);

        host.IO.Main.All.Send(packet);

        Assert.Equal("""42["tick",{"price":1.5}]""", await a.ReceiveAsync());
        Assert.Equal("""42["tick",{"price":1.5}]""", await b.ReceiveAsync());
        Assert.Throws<ArgumentException>(() => host.IO.Of("/other").All.Send(packet));
    }

    [Fact]
    public async Task a_middleware_refuses_with_message_and_data_or_sets_the_user()
    {
        await using var host = await Host.StartAsync(io =>
        {
            io.Use((socket, _) =>
            {
                if (socket.Auth.TryGetProperty("token", out var token) && token.GetString() == "good")
                {
                    socket.User = new(new ClaimsIdentity([new(ClaimTypes.Name, "Ada"), new(ClaimTypes.Role, "TRADER")], "test", ClaimTypes.Name, ClaimTypes.Role));
                    return new((ConnectRefusal?)null);
                }
                return new(new ConnectRefusal("bad token", new { code = "UNAUTHORIZED" }));
            }).RequireAuthorization("traders");
            io.Main.On("who", (socket, e, _) =>
            {
                e.Ack(socket.User.Identity!.Name);
                return Task.CompletedTask;
            });
            io.Of("/admin").Use((_, _) => throw new InvalidOperationException("broken")).OnConnection((_, _) => Task.CompletedTask);
            io.Of("/closed").RequireAuthorization();
        }, services: builder =>
        {
            builder.Services.AddAuthorizationBuilder().AddPolicy("traders", policy => policy.RequireRole("TRADER"));
        });
        using var client = await host.ConnectAsync();
        await client.ReceiveAsync();

        await client.SendAsync("40{\"token\":\"bad\"}");
        Assert.Equal("""44{"message":"bad token","data":{"code":"UNAUTHORIZED"}}""", await client.ReceiveAsync());
        await client.SendAsync("40/admin,");
        Assert.Equal("""44/admin,{"message":"Internal error"}""", await client.ReceiveAsync());
        await client.SendAsync("40/closed,");
        Assert.Equal("""44/closed,{"message":"Not authorized"}""", await client.ReceiveAsync());
        await client.SendAsync("40/nowhere,");
        Assert.Equal("""44/nowhere,{"message":"Invalid namespace"}""", await client.ReceiveAsync());
        await client.SendAsync("40{\"token\":\"good\"}");
        Assert.StartsWith("40{\"sid\"", await client.ReceiveAsync());
        await client.SendAsync("421[\"who\"]");
        Assert.Equal("431[\"Ada\"]", await client.ReceiveAsync());
    }

    [Fact]
    public async Task a_doubled_connect_has_one_answer()
    {
        await using var host = await EchoAsync();
        using var client = await host.JoinAsync();

        await client.SendAsync("40");
        await client.SendAsync("421[\"echo\"]");

        Assert.Equal("42[\"echo\"]", await client.ReceiveAsync());
        Assert.Equal(1, host.IO.Main.SocketCount);
    }

    [Fact]
    public async Task disconnecting_tells_the_reason_and_the_rooms_on_both_sides()
    {
        List<string> told = [];
        TaskCompletionSource ended = new();
        await using var host = await Host.StartAsync(io => io.OnConnection((socket, _) =>
        {
            socket.Join("r1");
            socket.OnDisconnecting(reason =>
            {
                told.Add($"disconnecting: {reason}, in {string.Join(",", socket.Rooms)}");
                return Task.CompletedTask;
            });
            socket.OnDisconnect(reason =>
            {
                told.Add($"disconnect: {reason}, in {string.Join(",", socket.Rooms)}");
                if (told.Count == 6) ended.SetResult();
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        }));
        using var leaving = await host.JoinAsync();
        using var thrown = await host.JoinAsync();
        using var lost = await host.JoinAsync();

        await leaving.SendAsync("41");
        await EventuallyAsync(() => told.Count == 2);
        Assert.True(host.IO.Main.TryGetSocket(thrown.Id, out var socket));
        socket.Disconnect();
        Assert.Equal("41", await thrown.ReceiveAsync());
        await EventuallyAsync(() => told.Count == 4);
        lost.Cut();
        await ended.Task.WaitAsync(Long, Stop);

        Assert.Equal(
            [
                "disconnecting: client namespace disconnect, in r1", "disconnect: client namespace disconnect, in ",
                "disconnecting: server namespace disconnect, in r1", "disconnect: server namespace disconnect, in ",
                "disconnecting: transport close, in r1", "disconnect: transport close, in ",
            ], told);
        Assert.Equal(0, host.IO.Main.CountIn("r1"));
    }

    [Fact]
    public async Task events_are_handled_one_at_a_time_and_in_order()
    {
        List<int> handled = [];
        var atOnce = 0;
        await using var host = await Host.StartAsync(io => io.Main.On("n", async (_, e, _) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref atOnce));
            await Task.Yield();
            handled.Add(e.Get<int>(0));
            Interlocked.Decrement(ref atOnce);
            e.Ack();
        }), options => options.MaxPendingEvents = 3);
        using var client = await host.JoinAsync();

        for (var i = 0; i < 200; i++) await client.SendAsync(i == 199 ? $"421[\"n\",{i}]" : $"42[\"n\",{i}]");
        Assert.Equal("431[]", await client.ReceiveAsync());

        Assert.Equal(Enumerable.Range(0, 200), handled);
        Assert.Empty(host.Complaints);
    }

    [Fact]
    public async Task a_handler_that_fails_is_logged_and_one_that_cannot_read_its_arguments_is_not()
    {
        await using var host = await Host.StartAsync(io =>
        {
            io.Main.On("number", (_, e, _) =>
            {
                e.Get<int>(0);
                return Task.CompletedTask;
            });
            io.Main.On("bug", (_, _, _) => throw new InvalidOperationException("a bug"));
            io.Main.On("end", (_, e, _) =>
            {
                e.Ack();
                return Task.CompletedTask;
            });
        });
        using var client = await host.JoinAsync();

        await client.SendAsync("42[\"number\",\"x\"]");
        await client.SendAsync("42[\"number\"]");
        await client.SendAsync("42[\"bug\"]");
        await client.SendAsync("421[\"end\"]");

        Assert.Equal("431[]", await client.ReceiveAsync());
        Assert.Contains("a bug", Assert.Single(host.Complaints));
    }

    [Fact]
    public async Task a_slow_reader_can_be_seen_and_its_draining_is_told()
    {
        TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await EchoAsync(options => options.MaxQueuedBytes = 64 * 1024 * 1024);
        using var client = await host.JoinAsync();
        Assert.True(host.IO.Main.TryGetSocket(client.Id, out var socket));
        var packet = host.IO.Main.Encode("big", new string('x', 100_000));
        var sent = 0;
        for (; socket.QueuedBytes < 8 * 1024 * 1024; sent++) socket.Send(packet);
        socket.Drained = _ => drained.TrySetResult();
        Assert.False(socket.EmitVolatile("newest"));

        for (; sent > 0; sent--) Assert.NotNull(await client.ReceiveAsync());

        await drained.Task.WaitAsync(Long, Stop);
        Assert.True(socket.EmitVolatile("newest"));
    }

    static async Task JoinRoomsAsync(RawClient client, params string[] rooms)
    {
        await client.SendAsync($"421[\"join\",{JsonSerializer.Serialize(rooms)}]");
        Assert.Equal("431[]", await client.ReceiveAsync());
    }

    static async Task<List<string>> EventsAsync(RawClient client)
    {
        List<string> events = [];
        while (events.Count == 0 || events[^1] != "end") events.Add(JsonDocument.Parse((await client.ReceiveAsync())![2..]).RootElement[0].GetString()!);
        return events;
    }

    static async Task EventuallyAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow + Long;
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It has not come to hold.");
            await Task.Delay(5, Stop);
        }
    }
}
