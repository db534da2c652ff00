using System.Text;
using MyTradeX.Protocols.SocketIO;
using Xunit;

namespace MyTradeX.SocketIO.Tests;

public sealed class ReadingAPacketsHeader
{
    [Theory]
    [InlineData("0", PacketType.Connect, 0, "/", -1, "")]
    [InlineData("0/admin,{\"a\":1}", PacketType.Connect, 0, "/admin", -1, "{\"a\":1}")]
    [InlineData("0/admin?token=1,{}", PacketType.Connect, 0, "/admin", -1, "{}")]
    [InlineData("1/admin", PacketType.Disconnect, 0, "/admin", -1, "")]
    [InlineData("1/admin,", PacketType.Disconnect, 0, "/admin", -1, "")]
    [InlineData("2[\"foo\"]", PacketType.Event, 0, "/", -1, "[\"foo\"]")]
    [InlineData("212[\"foo\"]", PacketType.Event, 0, "/", 12, "[\"foo\"]")]
    [InlineData("3/admin,13[\"bar\"]", PacketType.Ack, 0, "/admin", 13, "[\"bar\"]")]
    [InlineData("51-[\"baz\"]", PacketType.BinaryEvent, 1, "/", -1, "[\"baz\"]")]
    [InlineData("52-/admin,7[]", PacketType.BinaryEvent, 2, "/admin", 7, "[]")]
    [InlineData("61-15[]", PacketType.BinaryAck, 1, "/", 15, "[]")]
    [InlineData("2/Räume,[]", PacketType.Event, 0, "/Räume", -1, "[]")]
    public void takes_it_apart(string text, object type, int attachments, string ns, long ackId, string rest)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);

        Assert.True(PacketHeader.TryRead(utf8, 10, out var header));

        Assert.Equal((type, attachments, ns, ackId), ((object)header.Type, header.Attachments, header.Namespace, header.AckId));
        Assert.Equal(rest, Encoding.UTF8.GetString(utf8.AsSpan(header.Length)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("a")]
    [InlineData("5")]
    [InlineData("5[]")]
    [InlineData("5-[]")]
    [InlineData("5x-[]")]
    [InlineData("511-[]")]
    [InlineData("599999999999-[]")]
    [InlineData("212345678901234567[]")]
    public void refuses_what_is_none(string text) => Assert.False(PacketHeader.TryRead(Encoding.UTF8.GetBytes(text), 10, out _));

    [Fact]
    public void refuses_a_namespace_that_is_too_long() => Assert.False(PacketHeader.TryRead(Encoding.UTF8.GetBytes("0/" + new string('x', 256)), 10, out _));

    [Fact]
    public void reads_what_the_encoder_wrote()
    {
        PacketEncoder encoder = new(BinaryJson.With(new()));
        for (var round = 0; round < 2000; round++)
        {
            var seed = Seeds.For(round);
            Random random = new(seed);
            var ns = random.Next(2) == 0 ? "/" : "/" + Text(random).Replace(",", "").Replace("?", "");
            if (ns == "/") ns = "/";
            var ackId = random.Next(2) == 0 ? -1 : random.NextInt64(1L << 53);
            object?[] arguments = [.. Enumerable.Range(0, random.Next(5)).Select(_ => Argument(random))];
            var binaries = arguments.Count(argument => argument is byte[]);

            var packet = encoder.Event(ns, "e" + Text(random), arguments, ackId);

            var parts = packet.Polling.ToArray();
            Assert.True(parts[0] == '4', $"seed {seed}");
            PollingPayload payload = new(parts);
            Assert.True(payload.TryRead(out var text, out _, out _), $"seed {seed}");
            Assert.True(PacketHeader.TryRead(text.Span[1..], 10, out var header), $"seed {seed}: {packet}");
            Assert.True((ns, ackId, binaries) == (header.Namespace, header.AckId, header.Attachments), $"seed {seed}: {header}");
            Assert.True(header.Type == (binaries > 0 ? PacketType.BinaryEvent : PacketType.Event), $"seed {seed}");
            foreach (var sent in arguments.OfType<byte[]>())
            {
                Assert.True(payload.TryRead(out var got, out var isBinary, out var isValid) && isBinary && isValid && got.Span.SequenceEqual(sent), $"seed {seed}");
            }
            Assert.False(payload.TryRead(out _, out _, out _));
            var array = System.Text.Json.JsonElement.Parse(text.Span[(1 + header.Length)..]);
            Assert.Equal(1 + arguments.Length, array.GetArrayLength());
        }
    }

    [Fact]
    public void answers_whatever_comes_without_an_exception()
    {
        const string Alphabet = "0123456789/,-?[]{}\"a\u001eb€";
        for (var round = 0; round < 20_000; round++)
        {
            var seed = Seeds.For(round);
            Random random = new(seed);
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => Alphabet[random.Next(Alphabet.Length)])));
            if (random.Next(3) == 0) random.NextBytes(text);
            try
            {
                if (PacketHeader.TryRead(text, 10, out var header)) Assert.InRange(header.Length, 1, text.Length);
                PollingPayload payload = new(text);
                while (payload.TryRead(out _, out _, out _))
                {
                }
            }
            catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {failure}");
            }
        }
    }

    static object? Argument(Random random) => random.Next(5) switch
    {
        0 => random.Next(),
        1 => Text(random),
        2 => null,
        3 => new { Text = Text(random), Nested = new[] { 1, 2 } },
        _ => BitConverter.GetBytes(random.NextInt64())[..random.Next(1, 9)],
    };

    static string Text(Random random) => string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => "abc,/?\"\\é€[]{}-0123"[random.Next(19)]));
}
