using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MyTradeX.Core;

/// <summary>Checks that stay on in production: a broken one stops the core before it can do harm.</summary>
public static class Invariant
{
    /// <summary>Throws <see cref="InvariantBrokenException"/> when the condition does not hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Require([DoesNotReturnIf(false)] bool condition, string rule)
    {
        if (!condition) Fail(rule);
    }

    [DoesNotReturn]
    static void Fail(string rule) => throw new InvariantBrokenException(rule);
}
