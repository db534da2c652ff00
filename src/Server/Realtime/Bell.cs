namespace MyTradeX.Server.Realtime;

/// <summary>Lets a request wait for something to take.</summary>
internal sealed class Bell : IWakeable, IDisposable
{
    readonly SemaphoreSlim _rings = new(0);

    public void Wake() => _rings.Release();

    /// <summary>Waits for one ring, which may have been before.</summary>
    public Task WaitAsync(CancellationToken cancellation) => _rings.WaitAsync(cancellation);

    /// <summary>Waits for one ring. False when the time is up before.</summary>
    public Task<bool> WaitAsync(TimeSpan patience, CancellationToken cancellation) => _rings.WaitAsync(patience, cancellation);

    public void Dispose() => _rings.Dispose();
}
