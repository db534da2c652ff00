namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>A client that follows trades and Ann's orders until her last one is over, is cut on the way, and goes on from where it was.</summary>
interface ICutClient
{
    /// <summary>What came, without greetings and heartbeats.</summary>
    List<SeenEvent> Seen { get; }

    /// <summary>Done when it follows: whatever happens from then on is for it.</summary>
    Task Opened { get; }

    /// <summary>Done when it has been cut as often as it is to be.</summary>
    Task CutOften { get; }

    int CutsMade { get; }

    /// <summary>Reads until the last order is over.</summary>
    Task ReadAsync(CancellationToken cancellation);
}
