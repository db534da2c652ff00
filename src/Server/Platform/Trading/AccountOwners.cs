using System.Collections.Concurrent;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>Whose an account is: for good, so asked of the venue once.</summary>
internal sealed class AccountOwners(Venue.Venue venue)
{
    // About 100 bytes an entry. Beyond this all are forgotten and asked for again.
    const int EntriesMax = 1_000_000;

    readonly ConcurrentDictionary<long, long> _owners = [];

    /// <summary>The user's number; 0 for the venue's own accounts.</summary>
    public long Of(long accountId)
    {
        if (_owners.TryGetValue(accountId, out var known))
            return known;
        if (_owners.Count >= EntriesMax)
            _owners.Clear();
        return _owners[accountId] = venue.Read(accountId, static (exchange, id) => exchange.TryGetAccount(id, out var account) ? account.OwnerId : 0);
    }
}
