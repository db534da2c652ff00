namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>When a client is cut: after so many bytes of what it is reading, drawn anew for each connection, until it has been cut often enough.</summary>
sealed class Cuts
{
    readonly TaskCompletionSource _areOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Random _random;
    readonly int _count, _bytesMax;

    public Cuts(int count, int seed, int bytesMax)
    {
        (_count, _random, _bytesMax) = (count, new(seed), bytesMax);
        EndIfEnough();
    }

    /// <summary>A client that nobody cuts.</summary>
    public static Cuts None => new(0, 0, 0);

    /// <summary>How often it has been cut.</summary>
    public int Made { get; private set; }

    public Task Over => _areOver.Task;

    /// <summary>Bytes that the next connection may read.</summary>
    public int NextBytes() => Made == _count ? int.MaxValue : _random.Next(_bytesMax);

    public void Note()
    {
        Made++;
        EndIfEnough();
    }

    void EndIfEnough()
    {
        if (Made == _count)
            _areOver.TrySetResult();
    }
}
