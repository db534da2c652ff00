namespace MyTradeX.Core;

/// <summary>The field of a command that a refusal is about.</summary>
public enum CommandField : byte
{
    /// <summary>None in particular.</summary>
    None = 0,
    /// <summary>The account.</summary>
    Account,
    /// <summary>The instrument or its symbol.</summary>
    Symbol,
    /// <summary>The side.</summary>
    Side,
    /// <summary>The order type.</summary>
    OrderType,
    /// <summary>The time in force.</summary>
    TimeInForce,
    /// <summary>The self-trade prevention mode.</summary>
    SelfTradePrevention,
    /// <summary>The post-only instruction.</summary>
    PostOnly,
    /// <summary>The limit price.</summary>
    Price,
    /// <summary>The stop price.</summary>
    StopPrice,
    /// <summary>The quantity.</summary>
    Quantity,
    /// <summary>The client order id.</summary>
    ClientOrderId,
    /// <summary>An amount of money.</summary>
    Amount,
    /// <summary>The currency.</summary>
    Currency,
    /// <summary>A scale (number of decimals).</summary>
    Scale,
    /// <summary>The tick size.</summary>
    TickSize,
    /// <summary>The lot size.</summary>
    LotSize,
    /// <summary>The price band.</summary>
    PriceBand,
    /// <summary>A fee.</summary>
    Fee,
    /// <summary>The trading session.</summary>
    Session,
    /// <summary>The type of an account.</summary>
    AccountType,
    /// <summary>The acting user.</summary>
    User,
    /// <summary>The account that is paid.</summary>
    ToAccount,
    /// <summary>When something is to be carried out.</summary>
    RunAt,
    /// <summary>The transfer.</summary>
    Transfer,
}
