namespace MyTradeX.Core;

/// <summary>Told what an order would trade. Implemented by structs.</summary>
public interface IProbeHandler
{
    /// <summary>It would trade this.</summary>
    void OnFill(long price, long quantity);
}
