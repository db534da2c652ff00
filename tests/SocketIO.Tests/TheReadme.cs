using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Protocols.SocketIO;
using Xunit;

namespace MyTradeX.SocketIO.Tests;

/// <summary>Every C# example of the library's README stands here word for word, so that it compiles; one that does not fails the test.</summary>
public sealed class TheReadme
{
    [Fact]
    public void has_only_examples_that_compile()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "MyTradeX.slnx"))) root = root.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds MyTradeX.slnx.");
        var compiled = Lines(File.ReadAllText(Path.Combine(root.FullName, "tests/SocketIO.Tests/TheReadme.cs")));
        var examples = File.ReadAllText(Path.Combine(root.FullName, "src/Protocols/SocketIO/README.md")).Split("```csharp\n").Skip(1).Select(rest => rest.Split("\n```")[0]).ToList();

        Assert.True(examples.Count >= 10);
        foreach (var example in examples) Assert.True(compiled.Contains(Lines(example), StringComparison.Ordinal), $"This example is not compiled in TheReadme.cs:\n{example}");
    }

    static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0)) + "\n";

#pragma warning disable CS8321, CS0136, IDE0051, CA1031
    static void First(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddSocketIO();
        var app = builder.Build();

        app.MapSocketIO("/socket.io", io =>
        {
            io.OnConnection((socket, cancellationToken) =>
            {
                socket.Emit("welcome", new { id = socket.Id });
                socket.On("chat", (e, cancellationToken) =>
                {
                    io.Emit("chat", socket.Id, e.Get<string>(0));
                    return Task.CompletedTask;
                });
                return Task.CompletedTask;
            });
        });

        app.Run();
    }

    static async Task Rest(WebApplicationBuilder builder, WebApplication app, SocketIOServer io, SocketIOSocket socket, CancellationToken cancellationToken)
    {
        io.Main.On("chat", (socket, e, cancellationToken) =>
        {
            socket.Broadcast.Emit("chat", socket.Id, e.Get<string>(0));
            return Task.CompletedTask;
        });

        app.MapPost("/announce", (string text, SocketIOServer io) => io.Emit("announcement", text));

        socket.On<Upload>("upload", async (upload, cancellationToken) =>
        {
            await File.WriteAllBytesAsync(Path.GetTempFileName(), upload!.Content, cancellationToken);
            socket.Emit("stored", new { upload.Name, upload.Content.Length }, new byte[] { 1, 2, 3 });
        });

        socket.On("order", (e, cancellationToken) =>
        {
            e.Ack(new { status = "accepted" });
            return Task.CompletedTask;
        });

        try
        {
            var answer = await socket.EmitWithAckAsync("confirm?", TimeSpan.FromSeconds(5), cancellationToken, "AAPL", 100);
            Console.WriteLine(answer.Get<bool>(0));
        }
        catch (TimeoutException)
        {
            Console.WriteLine("no answer; the client may have got it all the same");
        }
        catch (IOException)
        {
            Console.WriteLine("the client is gone");
        }

        var answers = await io.To("traders").EmitWithAckAsync("still there?", TimeSpan.FromSeconds(2), cancellationToken);
        Console.WriteLine($"{answers.Answers.Count} answered, {answers.Missing.Count} did not");

        io.Of("/admin")
            .Use(async (socket, cancellationToken) =>
            {
                var token = socket.Auth.TryGetProperty("token", out var value) ? value.GetString() : null;
                var user = await socket.Services.GetRequiredService<Tokens>().ReadAsync(token, cancellationToken);
                if (user is null) return new ConnectRefusal("Not authorized", new { code = "TOKEN_INVALID" });
                socket.User = user;
                return null;
            })
            .RequireAuthorization("administrators")
            .OnConnection((socket, cancellationToken) => Task.CompletedTask);

        app.MapSocketIO("/socket.io", io => { }).RequireAuthorization();

        socket.Join("market:AAPL", "traders");
        io.To("market:AAPL").Emit("trade", new { price = 101.25m, quantity = 10 });
        io.To("traders", "guests").Except("muted").Emit("news", "…");
        io.To(socket.Id).Emit("only you");
        socket.To("traders").Emit("all of them but me");
        socket.Broadcast.Emit("everybody but me");
        io.To("traders").Disconnect();

        socket.OnDisconnecting(reason =>
        {
            Console.WriteLine($"{reason}; was in {string.Join(", ", socket.Rooms)}");
            return Task.CompletedTask;
        });
        socket.OnDisconnect(reason => Task.CompletedTask);
        socket.Disconnect();
        socket.Disconnect(close: true);

        builder.Services.AddSocketIO(options => options.Recovery = new()
        {
            MaxDisconnection = TimeSpan.FromMinutes(2),
            SkipMiddleware = false,
        });

        var packet = io.Main.Encode("tick", new { symbol = "AAPL", price = 101.25m });
        foreach (var each in io.Main.Sockets)
        {
            if (each.QueuedBytes < 64 * 1024)
            {
                each.Send(packet);
                continue;
            }
            each.Drained = late =>
            {
                late.Drained = null;
                late.Send(io.Main.Encode("tick", new { symbol = "AAPL", price = 101.25m }));
            };
            // It may have drained between the two looks.
            if (each.QueuedBytes == 0) each.Drained?.Invoke(each);
        }

        app.MapEngineIO("/engine.io", connection => new Echo(), options => options.PingInterval = TimeSpan.FromSeconds(10));
    }

    sealed class Tokens
    {
        public Task<ClaimsPrincipal?> ReadAsync(string? token, CancellationToken cancellationToken) => Task.FromResult(token is null ? null : new ClaimsPrincipal()).WaitAsync(cancellationToken);
    }
}

public sealed record Upload(string Name, byte[] Content);

public sealed class Echo : EngineIOHandler
{
    public override ValueTask OnTextAsync(EngineIOConnection connection, ReadOnlyMemory<byte> utf8)
    {
        connection.Send(System.Text.Encoding.UTF8.GetString(utf8.Span));
        return ValueTask.CompletedTask;
    }

    public override ValueTask OnBinaryAsync(EngineIOConnection connection, ReadOnlyMemory<byte> payload)
    {
        connection.Send(payload);
        return ValueTask.CompletedTask;
    }
}
