namespace MyTradeX.Core;

/// <summary>What placing an order would do at this moment. Prices, quantities and money in scaled units.</summary>
public struct OrderPreview
{
    /// <summary>The refusal it would meet, as in the result of placing it.</summary>
    public CommandResult Refusal;
    /// <summary>Quantity that would trade at once.</summary>
    public long FillQuantity;
    /// <summary>Value of what would trade at once.</summary>
    public long FillNotional;
    /// <summary>Fee on what would trade at once.</summary>
    public long FillFee;
    /// <summary>Quantity that would rest or wait for its stop price.</summary>
    public long RestingQuantity;
    /// <summary>Money it would hold on acceptance (buys).</summary>
    public long HoldCash;
    /// <summary>Shares it would hold on acceptance (sells).</summary>
    public long HoldQuantity;
}
