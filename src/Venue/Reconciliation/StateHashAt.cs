using System.Runtime.InteropServices;
using MyTradeX.Core;
using MyTradeX.Journal;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>The digest of the exchange's state after a command: equal on every machine that has the same journal.</summary>
/// <param name="Sequence">The command.</param>
/// <param name="Hash">The digest.</param>
/// <param name="SnapshotSequence">The snapshot that it is of or was replayed from; 0 for the beginning of the journal.</param>
/// <param name="Replayed">Commands replayed for it.</param>
public sealed record StateHashAt(long Sequence, UInt128 Hash, long SnapshotSequence, long Replayed)
{
    /// <summary>The digest as it is printed everywhere: 32 hexadecimal digits.</summary>
    public string HashText => Hash.ToString("x32");

    internal static async Task<StateHashAt> FindAsync(Replicas replicas, long? sequence, long latest, TimeSpan patience, CancellationToken cancellation)
    {
        var wanted = sequence ?? latest;
        var snapshots = await Task.Run(replicas.Snapshots.List, cancellation);
        if (snapshots.FirstOrDefault(info => info.Sequence == wanted) is { StateHash.Length: 16 } known)
            return new StateHashAt(wanted, MemoryMarshal.Read<UInt128>(known.StateHash.Span), wanted, 0);
        if (wanted < 1 || wanted > latest) throw new StateOutOfReachException(wanted, snapshots.Count == 0 ? 1 : snapshots.Min(info => info.Sequence), latest);
        try
        {
            using var lease = await replicas.TryBeginAsync(wanted, patience, cancellation)
                ?? throw new VenueUnavailableException("Another replay of the journal is at work, and one is the most at a time.", patience);
            return await Task.Run(() => Replay(lease.Replica, wanted, cancellation), cancellation);
        }
        catch (LogTrimmedException)
        {
            throw new StateOutOfReachException(wanted, snapshots.Min(info => info.Sequence), latest);
        }
    }

    static StateHashAt Replay(Replica replica, long wanted, CancellationToken cancellation)
    {
        var from = replica.Exchange.Sequence;
        Invariant.Require(replica.AdvanceTo(wanted, cancellation), "the journal holds every command that was applied");
        return new StateHashAt(wanted, replica.Exchange.StateHash(), from, wanted - from);
    }
}

/// <summary>The state at a sequence cannot be had.</summary>
/// <param name="wanted">The sequence.</param>
/// <param name="oldest">The oldest that can be had, as far as is known.</param>
/// <param name="latest">The latest.</param>
public sealed class StateOutOfReachException(long wanted, long oldest, long latest)
    : Exception($"The state at sequence {wanted} cannot be had: the journal reaches from {oldest} to {latest}.")
{
    /// <summary>The oldest sequence that can be had, as far as is known.</summary>
    public long Oldest { get; } = oldest;

    /// <summary>The latest sequence so far.</summary>
    public long Latest { get; } = latest;
}
