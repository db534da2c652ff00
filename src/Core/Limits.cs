namespace MyTradeX.Core;

/// <summary>Every bound the core enforces, in one place, each with its reason.</summary>
public static class Limits
{
    /// <summary>
    /// The largest price, quantity or amount of money one command may carry, in scaled units. Fifteen decimal digits are
    /// what a JavaScript number carries without loss, so what a browser sends is what the ledger books.
    /// </summary>
    public const long MaxAmount = 999_999_999_999_999;

    /// <summary>
    /// The largest value (price × quantity) of one order, and the most money or shares that may ever be issued in one asset,
    /// in scaled units. Balances are never negative and issue is bounded, so no sum of them can leave 64 bits.
    /// </summary>
    public const long MaxIssued = 1_000_000_000_000_000_000;

    /// <summary>Decimals of a currency: six keeps price × quantity exact for four decimals of price and two of quantity.</summary>
    public const int MaxCurrencyScale = 8;

    /// <summary>Currencies: a small table that is searched by line.</summary>
    public const int MaxCurrencies = 256;

    /// <summary>Instruments: as many as the largest equity venues list.</summary>
    public const int MaxInstruments = 65_536;

    /// <summary>Open orders in the whole venue: about 1.3 GB of memory at the most.</summary>
    public const int MaxOpenOrders = 4_000_000;

    /// <summary>Open orders of one account, so that cancelling all of them stays one short step of the engine.</summary>
    public const int MaxOpenOrdersPerAccount = 50_000;

    /// <summary>Maker or taker fee in millionths of the value traded: ten per cent, beyond which it is a typing mistake.</summary>
    public const int MaxFeePpm = 100_000;

    /// <summary>Price band in hundredths of a per cent of the reference price.</summary>
    public const int MaxBandBps = 9_999;

    /// <summary>
    /// How far from its stop price a triggered STOP order may trade when its instrument has no price band, in hundredths of
    /// a per cent. Some bound is needed, since the money for it is reserved when the order is accepted.
    /// </summary>
    public const int StopProtectionBps = 1_000;

    /// <summary>Scheduled transfers that wait in the whole venue: about 350 MB of memory at the most.</summary>
    public const int MaxScheduledTransfers = 1_000_000;

    /// <summary>Scheduled transfers that wait on one paying account, so that no one user takes the venue's share.</summary>
    public const int MaxScheduledTransfersPerAccount = 1_000;

    /// <summary>Scheduled transfers carried out in one step, so that a popular minute does not stop trading; the others follow in the next steps.</summary>
    public const int TransfersAtOnce = 100;

    /// <summary>Requests remembered for idempotency: a day of about three accepted requests a second, or 70 MB.</summary>
    public const int RememberedRequests = 262_144;

    /// <summary>How long a request is remembered, in microseconds: a day, as long as a client may sensibly retry.</summary>
    public const long RememberedForUs = 24L * 60 * 60 * 1_000_000;
}
