namespace MyTradeX.Core;

/// <summary>How long an order works.</summary>
public enum TimeInForce : byte
{
    /// <summary>Until the instrument's session closes.</summary>
    Day = 1,
    /// <summary>Until it is filled or cancelled.</summary>
    Gtc = 2,
    /// <summary>Trades what it can at once; the rest expires.</summary>
    Ioc = 3,
    /// <summary>Trades in full at once, or expires without a trade.</summary>
    Fok = 4,
}
