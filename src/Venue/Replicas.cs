using MyTradeX.Journal;
using MyTradeX.Journal.Snapshots;

namespace MyTradeX.Venue;

/// <summary>Hands out replicas one at a time, so that whatever needs one, there is never more than one state beside the one that trades.</summary>
sealed class Replicas(ICommandLog log, SnapshotStore snapshots) : IDisposable
{
    readonly SemaphoreSlim _turn = new(1);
    Replica? _kept;

    /// <summary>The snapshots that replicas begin with.</summary>
    public SnapshotStore Snapshots => snapshots;

    /// <summary>Waits for its turn and goes on with the replica that was kept; where there is none it begins with the newest snapshot. Dispose the lease as soon as may be.</summary>
    /// <exception cref="OperationCanceledException">It was called off while waiting.</exception>
    /// <inheritdoc cref="Replica.Start"/>
    public ReplicaLease Resume(CancellationToken cancellation)
    {
        _turn.Wait(cancellation);
        return Lease(() => Interlocked.Exchange(ref _kept, null) ?? Replica.Start(log, snapshots));
    }

    /// <summary>Waits for its turn and begins with the newest snapshot that lies no further than a sequence. What was kept is let go of. Dispose the lease as soon as may be.</summary>
    /// <exception cref="OperationCanceledException">It was called off while waiting.</exception>
    /// <inheritdoc cref="Replica.Start"/>
    public ReplicaLease Begin(long atMost, CancellationToken cancellation)
    {
        _turn.Wait(cancellation);
        return Lease(() => StartAnew(atMost));
    }

    /// <summary>As <see cref="Begin"/>; null when another replica is at work for longer than a caller wants to wait.</summary>
    public async Task<ReplicaLease?> TryBeginAsync(long atMost, TimeSpan patience, CancellationToken cancellation) =>
        await _turn.WaitAsync(patience, cancellation) ? Lease(() => StartAnew(atMost)) : null;

    /// <summary>Lets go of what was kept.</summary>
    public void Forget() => Interlocked.Exchange(ref _kept, null)?.Dispose();

    public void Dispose()
    {
        Forget();
        _turn.Dispose();
    }

    /// <summary>The end of a lease.</summary>
    internal void Return(Replica replica, bool keep)
    {
        if (keep) _kept = replica;
        else replica.Dispose();
        _turn.Release();
    }

    Replica StartAnew(long atMost)
    {
        Forget();
        return Replica.Start(log, snapshots, atMost);
    }

    ReplicaLease Lease(Func<Replica> begin)
    {
        try
        {
            return new ReplicaLease(begin(), this);
        }
        catch
        {
            _turn.Release();
            throw;
        }
    }
}

/// <summary>A replica for as long as its user has the turn.</summary>
sealed class ReplicaLease(Replica replica, Replicas replicas) : IDisposable
{
    /// <summary>Whether the replica stays as it is for the next who resumes, at the price of its memory, instead of being built from a snapshot again.</summary>
    public bool Keep { get; set; }

    public Replica Replica => replica;

    public void Dispose() => replicas.Return(replica, Keep);
}
