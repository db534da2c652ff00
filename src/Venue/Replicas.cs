using MyTradeX.Journal;
using MyTradeX.Journal.Snapshots;

namespace MyTradeX.Venue;

/// <summary>Hands out replicas one at a time, so that whatever needs one, there is never more than one state beside the one that trades.</summary>
sealed class Replicas(ICommandLog log, SnapshotStore snapshots) : IDisposable
{
    readonly SemaphoreSlim _turn = new(1);

    /// <summary>The snapshots that replicas begin with.</summary>
    public SnapshotStore Snapshots => snapshots;

    /// <summary>Waits for its turn and begins with the newest snapshot that lies no further than a sequence. Dispose the lease as soon as may be.</summary>
    /// <exception cref="OperationCanceledException">It was called off while waiting.</exception>
    /// <inheritdoc cref="Replica.Start"/>
    public ReplicaLease Begin(long atMost, CancellationToken cancellation)
    {
        _turn.Wait(cancellation);
        return Lease(atMost);
    }

    /// <summary>As <see cref="Begin"/>; null when another replica is at work for longer than a caller wants to wait.</summary>
    public async Task<ReplicaLease?> TryBeginAsync(long atMost, TimeSpan patience, CancellationToken cancellation) =>
        await _turn.WaitAsync(patience, cancellation) ? Lease(atMost) : null;

    public void Dispose() => _turn.Dispose();

    ReplicaLease Lease(long atMost)
    {
        try
        {
            return new ReplicaLease(Replica.Start(log, snapshots, atMost), _turn);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }
}

/// <summary>A replica for as long as its user has the turn.</summary>
sealed class ReplicaLease(Replica replica, SemaphoreSlim turn) : IDisposable
{
    public Replica Replica => replica;

    public void Dispose()
    {
        replica.Dispose();
        turn.Release();
    }
}
