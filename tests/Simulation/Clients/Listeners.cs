using MyTradeX.Simulation.Mutants;
using MyTradeX.Store;

namespace MyTradeX.Simulation.Clients;

/// <summary>A webhook as its owner knows it.</summary>
/// <param name="Id">The store's number for it.</param>
/// <param name="UserId">Whose it is.</param>
/// <param name="Events">The types of event that it is for.</param>
/// <param name="After">Nothing that happened up to this sequence is told.</param>
/// <param name="SureAfter">Everything that happened after this sequence is told.</param>
/// <param name="IsAnswered">Whether its owner was told that it is there. If not, a kill may leave it unsynced, and a later loss of power take it.</param>
sealed record Listener(long Id, long UserId, string[] Events, long After, long SureAfter, bool IsAnswered);

/// <summary>
/// Users who make webhooks, some from the first and some late, and the relay that hands on to them what waits. Both do what the server's do, a
/// transaction a step.
/// </summary>
sealed class Listeners(Random random, Machine machine, Mutant? mutant, Trace trace)
{
    const int PerUserMax = 3;

    // Every type there is, or those that few commands lead to.
    static readonly string[][] Wishes =
    [
        [
            "account.closed", "account.opened", "deposit.completed", "order.accepted", "order.cancelled", "order.expired", "order.filled", "order.partially_filled",
            "transfer.cancelled", "transfer.completed", "transfer.failed", "transfer.scheduled",
        ],
        ["account.opened", "deposit.completed", "order.filled", "transfer.completed"],
    ];

    readonly Dictionary<long, Listener> _known = [];
    int _unanswered;

    /// <summary>The webhooks that are known to be there.</summary>
    public IReadOnlyCollection<Listener> Known => _known.Values;

    /// <summary>A user makes a webhook. Answered, it is there for good; otherwise a later start may find it.</summary>
    public void Join() => Join(random.Next(1, Workload.Users + 1), Wishes[random.Next(Wishes.Length)]);

    /// <summary>As the other, of a user in particular.</summary>
    public void Join(long user, params string[] events)
    {
        var venue = machine.Venue;
        try
        {
            var now = machine.Clock.GetUtcNow().UtcDateTime.Subtract(DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
            var after = venue.Sequence;
            var wanted = new WebhookRow { UserId = user, Url = "https://listener.example/", Events = string.Join(' ', events), Active = true, Secret = [1], AfterSequence = after, CreatedAt = now };
            var (hasOwner, added) = new WebhookStore(machine.Database).AddAsync(wanted, PerUserMax).GetAwaiter().GetResult();
            BrokenPromiseException.Unless(hasOwner, $"User {user} is gone.");
            if (added is null) return;
            venue.Audience.Add(user);
            _known.Add(added.Id, new Listener(added.Id, user, events, after, venue.Sequence, IsAnswered: true));
            trace.Note($"user {user} listens from {after}");
            if (after > 0) machine.Tally.Count(Happening.ListenerJoinedLate);
        }
        catch (StoreUnavailableException)
        {
            _unanswered++;
            trace.Note($"user {user} does not know whether they listen");
        }
    }

    /// <summary>Hands on some of what waits. Returns how many there were; a database that fails is asked again another time.</summary>
    public int Relay()
    {
        // As the server's: with nobody to be told, it does not look.
        if (machine.Venue.Audience.IsEmpty) return 0;
        try
        {
            var (relay, max) = (mutant as IRelay ?? StoreRelay.Instance, random.Next(1, 12));
            var count = relay.Relay(machine.Database, max);
            if (count > 0) machine.Tally.Count(Happening.Relayed);
            trace.Note($"relay {count} op {machine.Disk.Operations}");
            return count;
        }
        catch (StoreUnavailableException)
        {
            machine.Tally.Count(Happening.RelayFailed);
            trace.Note($"relay fails op {machine.Disk.Operations}");
            return 0;
        }
    }

    /// <summary>After a start: webhooks that were answered are there, and of the others some may be, who are sure to be told what SQL did not have yet.</summary>
    public void FindThoseThere()
    {
        var rows = machine.Database.ReadAsync(session => session.ListAsync<WebhookRow>("SELECT * FROM webhooks"), default).GetAwaiter().GetResult();
        foreach (var gone in _known.Values.Where(listener => rows.TrueForAll(row => row.Id != listener.Id)).ToList())
        {
            BrokenPromiseException.Unless(!gone.IsAnswered, $"Webhook {gone.Id} was made and is gone.");
            _known.Remove(gone.Id);
            trace.Note($"user {gone.UserId} turns out not to listen");
        }
        foreach (var row in rows.Where(row => !_known.ContainsKey(row.Id)))
        {
            BrokenPromiseException.Unless(_unanswered-- > 0, $"Webhook {row.Id} is there though nobody made it.");
            _known.Add(row.Id, new Listener(row.Id, row.UserId, row.Events.Split(' '), row.AfterSequence, Math.Max(row.AfterSequence, machine.Venue.Workers.Projector.Sequence), IsAnswered: false));
            trace.Note($"user {row.UserId} turns out to listen");
        }
    }
}
