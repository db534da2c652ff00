using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>Engages or lifts a user's kill switch. Engaging cancels all of the user's orders and refuses new ones.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct SetKillSwitch
{
    /// <summary>The user.</summary>
    public long OwnerId;
    /// <summary>True to engage.</summary>
    public bool Engaged;
}
