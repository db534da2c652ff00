using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>A remembered request as a snapshot keeps it.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
struct RequestImage
{
    public UInt128 Key;
    public long Scope;
    public ulong Fingerprint;
    public long Sequence;
    public long Subject;
    public long Time;
}
