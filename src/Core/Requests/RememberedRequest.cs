namespace MyTradeX.Core;

/// <summary>A request that was carried out, kept so that its repetition is recognised.</summary>
struct RememberedRequest
{
    /// <summary>The key's digest.</summary>
    public UInt128 Key;
    /// <summary>Whose key: the user's id for request keys, minus the account's id for client order ids.</summary>
    public long Scope;
    /// <summary>Digest of what was asked for.</summary>
    public ulong Fingerprint;
    /// <summary>Sequence of the command.</summary>
    public long Sequence;
    /// <summary>What it made.</summary>
    public long Subject;
    /// <summary>Its time, microseconds since 1970 UTC.</summary>
    public long Time;
    /// <summary>Place of the next entry of the same bucket; -1 for none.</summary>
    public int Next;
}
