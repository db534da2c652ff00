using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>
/// A request's <c>Idempotency-Key</c> on its way into the journal with the command, where it survives with it. An endpoint takes it
/// as a parameter, marks its command and bears <see cref="Idempotency.JournalIdempotency"/>.
/// </summary>
/// <param name="Digest">128 bits of the key's SHA-256; 0 for none.</param>
internal sealed record CommandKey(UInt128 Digest)
{
    const string Header = "Idempotency-Key";
    const int LengthMax = 255;

    static readonly CommandKey None = new((UInt128)0);

    public static ValueTask<CommandKey> BindAsync(HttpContext context)
    {
        if (!context.Request.Headers.TryGetValue(Header, out var values) || values.ToString() is not { Length: > 0 } text)
            return ValueTask.FromResult(None);
        if (text.Length > LengthMax)
            throw new ApiException(Refusal.Field(Header, $"must have at most {LengthMax} characters"));
        return ValueTask.FromResult(Of(Caller.Of(context.User)?.UserId ?? 0, text));
    }

    /// <summary>A user's key. The user is part of it, since some commands are the venue's own, sent for an administrator.</summary>
    public static CommandKey Of(long userId, string text) => Digested($"user-{userId}\n{text}");

    /// <summary>A key of the venue's own deeds, which no client's can equal.</summary>
    public static CommandKey OfVenue(string deed) => Digested($"venue\n{deed}");

    /// <summary>Puts the key on a command that is otherwise complete. What the command says is what a repetition must say again.</summary>
    public void Mark(ref Command command)
    {
        if (Digest == 0)
            return;
        Span<byte> bytes = stackalloc byte[CommandCodec.MaxBytes];
        Mark(ref command, bytes[..CommandCodec.Encode(in command, bytes)]);
    }

    /// <summary>As <see cref="Mark(ref Command)"/>, where the command says more than the request did.</summary>
    /// <param name="meaning">What a repetition must say again.</param>
    public void Mark(ref Command command, ReadOnlySpan<byte> meaning)
    {
        if (Digest == 0)
            return;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(meaning, hash);
        command.Header.RequestFingerprint = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        command.Header.RequestKey = Digest;
    }

    static CommandKey Digested(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return new(BinaryPrimitives.ReadUInt128LittleEndian(hash));
    }
}
