using System.Text.Json;
using MyTradeX.Protocols.SocketIO;
using Xunit;

namespace MyTradeX.SocketIO.Tests;

/// <summary>Connection state recovery over real connections.</summary>
public sealed class ComingBack
{
    static Task<Host> StartAsync(List<bool>? connections = null, bool skipMiddleware = true, int[]? admitted = null) => Host.StartAsync(io =>
    {
        io.Use((_, _) =>
        {
            if (admitted is not null) Interlocked.Increment(ref admitted[0]);
            return new((ConnectRefusal?)null);
        });
        io.OnConnection((socket, _) =>
        {
            connections?.Add(socket.IsRecovered);
            if (!socket.IsRecovered)
            {
                socket.Join("room");
                socket.Items["name"] = "Ada";
            }
            return Task.CompletedTask;
        });
        io.Main.On("name", (socket, e, _) =>
        {
            e.Ack(socket.Items.TryGetValue("name", out var name) ? name : null);
            return Task.CompletedTask;
        });
    }, options => options.Recovery = new() { SkipMiddleware = skipMiddleware });

    static async Task<RawClient> ReturnAsync(Host host, RawClient lost, string? offset) =>
        await host.JoinAsync(auth: offset is null ? $$"""{"pid":"{{lost.PrivateId}}"}""" : $$"""{"pid":"{{lost.PrivateId}}","offset":"{{offset}}"}""");

    static async Task<(string Text, string Offset)> EventAsync(RawClient client)
    {
        var packet = JsonDocument.Parse((await client.ReceiveAsync())![2..]).RootElement;
        return (packet[1].GetString()!, packet[packet.GetArrayLength() - 1].GetString()!);
    }

    [Fact]
    public async Task a_client_that_was_cut_gets_its_id_rooms_items_and_what_it_missed()
    {
        int[] admitted = [0];
        await using var host = await StartAsync(admitted: admitted);
        using var first = await host.JoinAsync();
        await ReadyAsync(first);
        host.IO.To("room").Emit("e", "got");
        var (_, offset) = await EventAsync(first);
        first.Cut();
        while (host.IO.Main.SocketCount > 0) await Task.Yield();
        host.IO.To("room").Emit("e", "missed");
        host.IO.To("elsewhere").Emit("e", "not for it");
        host.IO.To(first.Id).Emit("e", "its own");

        using var second = await ReturnAsync(host, first, offset);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.PrivateId, second.PrivateId);
        Assert.Equal("missed", (await EventAsync(second)).Text);
        Assert.Equal("its own", (await EventAsync(second)).Text);
        host.IO.To("room").Emit("e", "live");
        Assert.Equal("live", (await EventAsync(second)).Text);
        Assert.Equal("Ada", await ReadyAsync(second));
        Assert.Equal(1, admitted[0]);
    }

    [Fact]
    public async Task it_takes_over_from_its_old_connection_that_nobody_has_found_dead_yet()
    {
        await using var host = await StartAsync();
        using var first = await host.JoinAsync();
        await ReadyAsync(first);
        host.IO.Emit("e", "one");
        var (_, offset) = await EventAsync(first);
        host.IO.Emit("e", "two");

        using var second = await ReturnAsync(host, first, offset);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal("two", (await EventAsync(second)).Text);
        Assert.Equal(1, host.IO.Main.SocketCount);
    }

    [Fact]
    public async Task one_that_got_nothing_before_the_cut_misses_nothing()
    {
        await using var host = await StartAsync();
        using var first = await host.JoinAsync();
        await ReadyAsync(first);
        first.Cut();
        while (host.IO.Main.SocketCount > 0) await Task.Yield();
        host.IO.Emit("e", "one");

        using var second = await ReturnAsync(host, first, offset: null);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal("one", (await EventAsync(second)).Text);
    }

    [Fact]
    public async Task one_that_left_by_itself_starts_anew()
    {
        List<bool> connections = [];
        await using var host = await StartAsync(connections);
        using var first = await host.JoinAsync();
        await ReadyAsync(first);
        host.IO.Emit("e", "one");
        var (_, offset) = await EventAsync(first);
        await first.SendAsync("41");
        while (host.IO.Main.SocketCount > 0) await Task.Yield();

        using var second = await ReturnAsync(host, first, offset);
        await ReadyAsync(second);

        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal([false, false], connections);
    }

    [Fact]
    public async Task middlewares_are_asked_again_where_the_application_wants_it()
    {
        int[] admitted = [0];
        await using var host = await StartAsync(skipMiddleware: false, admitted: admitted);
        using var first = await host.JoinAsync();
        await ReadyAsync(first);
        first.Cut();

        using var second = await ReturnAsync(host, first, offset: null);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(2, admitted[0]);
    }

    [Fact]
    public async Task a_client_that_is_cut_again_and_again_under_load_sees_each_event_once_and_in_order()
    {
        var seed = Seeds.For(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        Random random = new(seed);
        await using var host = await StartAsync();
        const int Events = 3000;
        var client = await host.JoinAsync();
        await ReadyAsync(client);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < Events; i++)
            {
                host.IO.To("room").Emit("e", i.ToString(System.Globalization.CultureInfo.InvariantCulture));
                if (i % 20 == 0) await Task.Yield();
            }
        }, TestContext.Current.CancellationToken);

        List<string> got = [];
        string? offset = null;
        var cuts = 0;
        while (got.Count < Events)
        {
            if (cuts < 100 && random.Next(25) == 0)
            {
                cuts++;
                client.Cut();
                var again = await ReturnAsync(host, client, offset);
                Assert.True(client.Id == again.Id, $"seed {seed}: cut {cuts} was not recovered");
                client.Dispose();
                client = again;
            }
            (var text, offset) = await EventAsync(client);
            got.Add(text);
        }
        await sending;
        client.Dispose();

        Assert.Equal(Enumerable.Range(0, Events).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)), got);
        Assert.InRange(cuts, 50, 100);
    }

    /// <summary>An event there and back: the connection's handler has run.</summary>
    static async Task<string?> ReadyAsync(RawClient client)
    {
        await client.SendAsync("421[\"name\"]");
        return JsonDocument.Parse((await client.ReceiveAsync())![3..]).RootElement[0].GetString();
    }
}
