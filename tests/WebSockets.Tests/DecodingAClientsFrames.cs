using System.Text;
using MyTradeX.Protocols.WebSockets;
using Xunit;
using static MyTradeX.WebSockets.Tests.ClientFrames;

namespace MyTradeX.WebSockets.Tests;

public sealed class DecodingAClientsFrames
{
    [Fact]
    public void gives_a_whole_message_where_it_lies()
    {
        MessageDecoder decoder = new(1000);
        var input = Frame(Text, "hello"u8);

        Assert.Equal(DecodeStatus.Text, decoder.Decode(input, out var consumed));

        Assert.Equal(input.Length, consumed);
        Assert.True(decoder.Payload.Span.Overlaps(input));
        Assert.Equal("hello", Encoding.UTF8.GetString(decoder.Payload.Span));
    }

    [Fact]
    public void puts_fragments_together_around_a_ping()
    {
        var (messages, error) = DecodeAll([.. Frame(Text, "hel"u8, final: false), .. Frame(Ping, "?"u8), .. Frame(Continuation, "lo"u8, mask: 0xA1B2C3D4)]);

        Assert.Null(error);
        Assert.Equal(["Ping ?", "Text hello"], messages);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void takes_every_form_of_length(int length)
    {
        MessageDecoder decoder = new(100_000);

        Assert.Equal(DecodeStatus.Binary, decoder.Decode(Frame(Binary, new byte[length]), out _));

        Assert.Equal(length, decoder.Payload.Length);
    }

    public static TheoryData<string, byte[], int> Breaches => new()
    {
        { "an unmasked frame", [0x81, 0x02, (byte)'h', (byte)'i'], 1002 },
        { "the first reserved bit", Frame(Text, "x"u8, rsv: 4), 1002 },
        { "the second reserved bit", Frame(Text, "x"u8, rsv: 2), 1002 },
        { "the third reserved bit", Frame(Text, "x"u8, rsv: 1), 1002 },
        { "opcode 3", Frame(3, "x"u8), 1002 },
        { "opcode 7", Frame(7, "x"u8), 1002 },
        { "opcode 11", Frame(11, "x"u8), 1002 },
        { "opcode 15", Frame(15, "x"u8), 1002 },
        { "a length with its top bit set", [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4], 1002 },
        { "a length of all ones", [0x82, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 3, 4], 1002 },
        { "sixteen bits for a length of 125", [0x82, 0xFE, 0, 125, 1, 2, 3, 4], 1002 },
        { "sixty-four bits for a length of 65535", [0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 1, 2, 3, 4], 1002 },
        { "a ping in fragments", Frame(Ping, "x"u8, final: false), 1002 },
        { "a ping of 126 bytes", Frame(Ping, new byte[126]), 1002 },
        { "a continuation of nothing", Frame(Continuation, "x"u8), 1002 },
        { "a new message inside another", [.. Frame(Text, "x"u8, final: false), .. Frame(Text, "y"u8)], 1002 },
        { "text that is not UTF-8", Frame(Text, [0xFF]), 1007 },
        { "a surrogate in UTF-8", Frame(Text, [0xED, 0xA0, 0x80]), 1007 },
        { "text that ends inside a character", Frame(Text, [0xE2, 0x82]), 1007 },
        { "fragments whose last ends inside a character", [.. Frame(Text, [0xE2], final: false), .. Frame(Continuation, [0x82])], 1007 },
        { "an empty last fragment after half a character", [.. Frame(Text, [0xE2, 0x82], final: false), .. Frame(Continuation, [])], 1007 },
        { "a first fragment that is wrong already", Frame(Text, [0xC0, 0x80], final: false), 1007 },
        { "a message that is too long", Frame(Binary, new byte[1001]), 1009 },
        { "a promise of more than the limit", [0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], 1009 },
        { "fragments that are too long together", [.. Frame(Binary, new byte[600], final: false), .. Frame(Continuation, new byte[401])], 1009 },
        { "a close code of one byte", Frame(Close, [3]), 1002 },
        { "close code 999", CloseFrame(999), 1002 },
        { "close code 1004", CloseFrame(1004), 1002 },
        { "close code 1005", CloseFrame(1005), 1002 },
        { "close code 1006", CloseFrame(1006), 1002 },
        { "close code 1015", CloseFrame(1015), 1002 },
        { "close code 2999", CloseFrame(2999), 1002 },
        { "close code 5000", CloseFrame(5000), 1002 },
        { "a close reason that is not UTF-8", Frame(Close, [3, 232, 0xFF]), 1007 },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public void refuses(string what, byte[] input, int code)
    {
        foreach (var step in new[] { input.Length, 1 })
        {
            var (_, error) = DecodeAll(input, step);
            Assert.True(code == error, $"{what}, {step} bytes at a time: {error?.ToString() ?? "no error"}");
        }
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1003)]
    [InlineData(1007)]
    [InlineData(1014)]
    [InlineData(3000)]
    [InlineData(4999)]
    public void takes_the_close_codes_that_there_are(int code) => Assert.Null(DecodeAll(CloseFrame(code, "bye")).Error);

    [Fact]
    public void refuses_wrong_text_before_the_message_has_ended()
    {
        MessageDecoder decoder = new(1_000_000);
        var frame = Frame(Text, [.. "good"u8, 0xFF, .. new byte[100_000]]);

        var status = decoder.Decode(frame.AsMemory(0, 100), out _);

        Assert.Equal(DecodeStatus.Invalid, status);
        Assert.Equal(WebSocketCloseCode.InvalidPayload, decoder.ErrorCode);
    }

    [Fact]
    public void gives_back_what_was_sent_however_it_was_cut()
    {
        for (var round = 0; round < 500; round++)
        {
            var seed = Seeds.For(round);
            Random random = new(seed);
            List<byte> wire = [];
            List<string> expected = [];
            for (var message = random.Next(1, 6); message > 0; message--) Add(random, wire, expected);

            var (messages, error) = DecodeAll([.. wire], random.Next(1, 5000), 200_000);

            Assert.True(error is null && expected.SequenceEqual(messages), $"seed {seed}: {error}; sent {expected.Count}, got {messages.Count}");
        }
    }

    [Fact]
    public void answers_whatever_comes_without_an_exception()
    {
        for (var round = 0; round < 3000; round++)
        {
            var seed = Seeds.For(round);
            Random random = new(seed);
            List<byte> wire = [];
            for (var message = random.Next(1, 4); message > 0; message--) Add(random, wire, []);
            byte[] input = [.. wire];
            for (var change = random.Next(0, 5); change > 0; change--) input[random.Next(Math.Min(input.Length, 64))] = (byte)random.Next(256);
            if (random.Next(4) == 0) input = input[..random.Next(input.Length)];
            try
            {
                DecodeAll(input, random.Next(1, 200), 10_000);
            }
            catch (Exception failure)
            {
                Assert.Fail($"seed {seed}: {failure}");
            }
        }
    }

    static void Add(Random random, List<byte> wire, List<string> expected)
    {
        var isText = random.Next(2) == 0;
        var length = random.Next(4) switch { 0 => random.Next(4), 1 => random.Next(130), 2 => random.Next(5000), _ => random.Next(70_000) };
        var payload = new byte[length];
        random.NextBytes(payload);
        if (isText) payload = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, length / 3).Select(_ => "aé€😀"[..(random.Next(2) == 0 ? 3 : 5)])));
        var at = 0;
        var isFirst = true;
        while (true)
        {
            var take = random.Next(3) == 0 ? payload.Length - at : random.Next(payload.Length - at + 1);
            var isLast = at + take == payload.Length && random.Next(3) > 0;
            wire.AddRange(Frame(isFirst ? isText ? Text : Binary : Continuation, payload.AsSpan(at, take), isLast, (uint)random.Next()));
            at += take;
            isFirst = false;
            if (isLast) break;
            if (random.Next(4) != 0) continue;
            wire.AddRange(Frame(Ping, "p"u8, mask: (uint)random.Next()));
            expected.Add("Ping p");
        }
        expected.Add(isText ? "Text " + Encoding.UTF8.GetString(payload) : "Binary " + Convert.ToHexString(payload));
    }

    /// <summary>Gives a decoder the input in steps, as a connection does: what is not consumed comes again with more behind it.</summary>
    static (List<string> Messages, int? Error) DecodeAll(byte[] input, int step = int.MaxValue, int max = 1000)
    {
        MessageDecoder decoder = new(max);
        List<string> messages = [];
        byte[] pending = [];
        for (var at = 0; at < input.Length; at += Math.Min(step, input.Length - at))
        {
            pending = [.. pending, .. input.AsSpan(at, Math.Min(step, input.Length - at))];
            while (true)
            {
                var status = decoder.Decode(pending, out var consumed);
                if (status == DecodeStatus.Invalid) return (messages, (int)decoder.ErrorCode);
                if (status != DecodeStatus.NeedMore)
                    messages.Add($"{status} {(status == DecodeStatus.Binary ? Convert.ToHexString(decoder.Payload.Span) : Encoding.UTF8.GetString(decoder.Payload.Span))}");
                pending = pending[consumed..];
                if (status == DecodeStatus.NeedMore) break;
            }
        }
        return (messages, null);
    }
}
