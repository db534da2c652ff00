using System.Net.Sockets;
using System.Text;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Files;

/// <summary>
/// Forms spoilt at random, and connections cut in the middle of them. MYTRADEX_SEED sets which are drawn (1 unless set), MYTRADEX_FUZZ how many (400 unless set).
/// </summary>
public sealed class SpoiltForms(TestServer server) : IClassFixture<TestServer>
{
    static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("MYTRADEX_SEED") ?? "1");
    static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("MYTRADEX_FUZZ") ?? "400");

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task are_taken_or_refused_but_never_a_failure_and_leave_nothing()
    {
        var random = new Random(Seed);
        var (client, _, _) = await server.NewUserAsync();
        var before = server.FilesOnDisk();
        var taken = 0;
        for (var number = 0; number < Count; number++)
        {
            var (contentType, body) = Spoil(random);
            var form = new ByteArrayContent(body);
            form.Headers.TryAddWithoutValidation("Content-Type", contentType);
            using var answer = await client.UploadAsync(form);
            var what = $"seed {Seed}, form {number}: {(int)answer.StatusCode} for {contentType}\n{Encoding.Latin1.GetString(body.AsSpan(0, Math.Min(body.Length, 2_000)))}\n";
            Assert.True((int)answer.StatusCode is 201 or 400 or 413 or 415, what);
            if ((int)answer.StatusCode == 201)
            {
                taken++;
                await client.DeleteAsync(answer.Header("Location"), Cancellation);
            }
            Assert.True(before.SequenceEqual(server.FilesOnDisk()), what + "leaves something");
        }
        TestContext.Current.SendDiagnosticMessage($"seed {Seed}: {Count} forms, {taken} taken");
        // Not all are spoilt beyond use, and most are: the spoiling is neither too weak nor too strong.
        Assert.InRange(taken, Count / 50, Count * 3 / 4);
    }

    [Fact]
    public async Task that_are_cut_leave_nothing()
    {
        var random = new Random(Seed);
        var (client, session, _) = await server.NewUserAsync();
        var before = server.FilesOnDisk();
        for (var number = 0; number < 60; number++)
        {
            var body = Whole("b", "text/plain", new string('x', random.Next(1, 300_000)));
            using var socket = new TcpClient();
            await socket.ConnectAsync(server.Address.Host, server.Address.Port, Cancellation);
            await using var stream = socket.GetStream();
            var head = $"POST /api/v1/upload HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {session["token"]}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: {body.Length}\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Cancellation);
            await stream.WriteAsync(body.AsMemory(0, random.Next(0, body.Length - 1)), Cancellation);
            // Half of them end in order, half by a reset.
            if (number % 2 == 0)
                socket.Client.LingerState = new(true, 0);
        }
        // The server takes note of each in its own time; a user's seats are free when it has.
        for (var deadline = DateTime.UtcNow.AddSeconds(30); !before.SequenceEqual(server.FilesOnDisk()) && DateTime.UtcNow < deadline;)
            await Task.Yield();
        Assert.Equal(before, server.FilesOnDisk());
        Assert.Empty((await (await client.GetAsync("/api/v1/files", Cancellation)).DataAsync()).AsArray());
    }

    static byte[] Whole(string boundary, string contentType, string text) =>
        Encoding.UTF8.GetBytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\nContent-Type: {contentType}\r\n\r\n{text}\r\n--{boundary}--\r\n");

    static (string ContentType, byte[] Body) Spoil(Random random)
    {
        var boundary = random.Next(8) switch { 0 => "", 1 => new string('b', 71), 2 => "\"a b\"", _ => "b" };
        var contentType = random.Next(12) switch
        {
            0 => "multipart/form-data",
            1 => "multipart/mixed; boundary=b",
            2 => "multipart/form-data; boundary=other",
            3 => "multipart/form-data; boundary",
            _ => $"multipart/form-data; boundary={boundary}",
        };
        var body = Whole(boundary.Trim('"'), random.Next(6) switch { 0 => "text/html", 1 => ";;;", 2 => "", _ => "text/plain" }, new string('x', random.Next(4) == 0 ? random.Next(200_000) : random.Next(1, 50))).ToList();
        for (var count = random.Next(4); count > 0; count--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(9))
            {
                case 0: body[at] = (byte)random.Next(256); break;
                case 1: body.RemoveRange(at, Math.Min(random.Next(1, 40), body.Count - at)); break;
                case 2: body.InsertRange(at, body.GetRange(at, Math.Min(random.Next(1, 300), body.Count - at))); break;
                case 3: body.RemoveRange(at, body.Count - at); break;
                case 4: body.InsertRange(0, "preamble\r\n"u8.ToArray()); break;
                case 5: body.InsertRange(at, "\r\n--b\r\n"u8.ToArray()); break;
                case 6: body.InsertRange(Math.Min(body.Count, 5), Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, random.Next(40)).Select(i => $"X-{i}: {new string('h', random.Next(600))}\r\n")))); break;
                case 7: body.InsertRange(at, [0xEF, 0xBB, 0xBF, 0, 0xFF]); break;
                default: body.AddRange("an epilogue"u8.ToArray()); break;
            }
            if (body.Count == 0)
                break;
        }
        return (contentType, [.. body]);
    }
}
