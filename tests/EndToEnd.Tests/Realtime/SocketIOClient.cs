using System.Globalization;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary><c>socket.io-client</c> 4 on Node as a follower of topics that is cut and recovers.</summary>
sealed class SocketIOClient(TradedVenue venue, string transports, int cuts, int seed) : ICutClient
{
    readonly TaskCompletionSource _isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _wasCut = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<SeenEvent> Seen { get; } = [];

    public Task Opened => _isOpen.Task;

    public Task CutOften => _wasCut.Task;

    public int CutsMade { get; private set; }

    /// <summary>How often the protocol said that nothing was missed.</summary>
    public int Recovered { get; private set; }

    public async Task ReadAsync(CancellationToken cancellation)
    {
        await using var node = NodeClient.Start(venue, "resume.js", transports, cuts.ToString(CultureInfo.InvariantCulture), seed.ToString(CultureInfo.InvariantCulture));
        using var ending = cancellation.Register(() => _ = node.DisposeAsync().AsTask());
        while (await node.NextAsync() is { } happened)
        {
            if (happened.TryGetProperty("ready", out _))
                _isOpen.TrySetResult();
            else if (happened.TryGetProperty("cut", out var made))
                CutsMade = made.GetInt32();
            else if (happened.TryGetProperty("recovered", out var recovered))
            {
                Recovered += recovered.GetBoolean() ? 1 : 0;
                if (CutsMade == cuts)
                    _wasCut.TrySetResult();
            }
            else
                Seen.Add(SeenEvent.From(happened));
        }
    }
}
