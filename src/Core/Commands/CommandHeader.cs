using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>What every command carries: 56 bytes, little-endian, in this order.</summary>
/// <remarks>
/// <code>
///  0 Kind │ 1 reserved │ 2 Producer │ 4 Epoch │ 8 Number │ 16 Time │ 24 UserId │ 32 RequestKey (16) │ 48 RequestFingerprint
/// </code>
/// A journal may deliver a command twice when its first append had an unknown outcome. (Producer, Epoch, Number) names each
/// command once, and the core takes each name once and in order.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct CommandHeader
{
    /// <summary>What the command asks for.</summary>
    public CommandKind Kind;
    readonly byte _reserved;
    /// <summary>The server that wrote it.</summary>
    public ushort Producer;
    /// <summary>That server's run, counted up at each start.</summary>
    public uint Epoch;
    /// <summary>Counted by that server within the epoch from 1.</summary>
    public ulong Number;
    /// <summary>When the sequencer took it, microseconds since 1970 UTC. Never earlier than the command before it.</summary>
    public long Time;
    /// <summary>The acting user; 0 is the venue itself, which may act on any account.</summary>
    public long UserId;
    /// <summary>The client's idempotency key, digested by the door; 0 for none. Unique per user.</summary>
    public UInt128 RequestKey;
    /// <summary>Digest of what the request asked for, so that the same key with another request is noticed.</summary>
    public ulong RequestFingerprint;
}
