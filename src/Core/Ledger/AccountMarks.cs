namespace MyTradeX.Core;

/// <summary>Marks on an account.</summary>
[Flags]
public enum AccountMarks : byte
{
    /// <summary>None.</summary>
    None = 0,
    /// <summary>Belongs to a simulated participant of the demo market; its history need not be kept.</summary>
    Synthetic = 1,
    /// <summary>Closed for good: nothing goes in or out any more.</summary>
    Closed = 2,
}
