using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>An account was opened, or its money or its holds changed: sent once a command, at its end.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public record struct AccountChanged : IEventPayload
{
    /// <inheritdoc/>
    public static EventKind Kind => EventKind.AccountChanged;

    /// <summary>The account as it is now.</summary>
    public AccountState Account;
}
