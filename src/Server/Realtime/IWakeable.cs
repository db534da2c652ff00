namespace MyTradeX.Server.Realtime;

/// <summary>Who takes from a session.</summary>
internal interface IWakeable
{
    /// <summary>There is something to take after there was nothing. Called from any thread, sometimes within locks: must be quick and not throw.</summary>
    void Wake();
}
