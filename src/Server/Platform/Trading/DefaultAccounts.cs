using System.Collections.Concurrent;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Venue;

namespace MyTradeX.Server.Platform.Trading;

/// <summary>
/// The account a user trades from when they name none: their oldest TRADING account in the currency. In the home currency everyone has one,
/// opened when the user is made or, should that have failed, when it is first needed.
/// </summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed partial class DefaultAccounts(VenueHost host, ILogger<DefaultAccounts> log)
{
    // Some 60 bytes a user who has traded; beyond this all is forgotten and found again as needed.
    const int KnownMax = 1_000_000;

    readonly ConcurrentDictionary<(long UserId, int CurrencyId), long> _known = [];
    int _homeCurrencyId;

    /// <summary>The account's number; 0 when the user has none in that currency, which is not the home currency.</summary>
    /// <exception cref="VenueUnavailableException">It is missing and cannot be opened now.</exception>
    public ValueTask<long> OfAsync(long userId, int currencyId) =>
        _known.TryGetValue((userId, currencyId), out var known) ? ValueTask.FromResult(known) : FindOrOpenAsync(userId, currencyId);

    /// <summary>Makes sure that the user has their account in the home currency.</summary>
    /// <exception cref="VenueUnavailableException">It is missing and cannot be opened now.</exception>
    public ValueTask<long> EnsureAsync(long userId) => OfAsync(userId, HomeCurrencyId());

    /// <summary>Gives a user just made their account. A venue that cannot now does it later; the user is there all the same.</summary>
    public async Task WelcomeAsync(long userId)
    {
        try
        {
            await EnsureAsync(userId);
        }
        catch (VenueUnavailableException unavailable)
        {
            Postponed(unavailable, Ids.User(userId));
        }
    }

    /// <summary>The user's account in a currency may have changed: it was closed.</summary>
    public void Forget(long userId, int currencyId) => _known.TryRemove((userId, currencyId), out _);

    async ValueTask<long> FindOrOpenAsync(long userId, int currencyId)
    {
        var account = host.Venue.Read((userId, currencyId), Find);
        if (account == 0 && currencyId == HomeCurrencyId())
            account = await OpenAsync(userId, currencyId);
        if (account != 0)
        {
            if (_known.Count >= KnownMax)
                _known.Clear();
            _known[(userId, currencyId)] = account;
        }
        return account;
    }

    async Task<long> OpenAsync(long userId, int currencyId)
    {
        var command = Command.From(0, new OpenAccount
        {
            OwnerId = userId,
            CurrencyId = currencyId,
            Type = AccountType.Trading,
            Name = Text64.From($"Trading {VenueHost.HomeCurrency}"),
        });
        // Two requests that both find none open one. Whoever has closed theirs gets another.
        var before = host.Venue.Read(userId, (exchange, user) =>
        {
            var accounts = new List<AccountState>();
            exchange.CopyAccounts(user, accounts);
            return accounts.Count;
        });
        CommandKey.OfVenue($"default account of {Ids.User(userId)} in {VenueHost.HomeCurrency}, account {before + 1}").Mark(ref command);
        var result = await host.Venue.SubmitAsync(in command);
        return result.IsAccepted ? result.SubjectId : throw new ApiException(CommandRefusals.Explain(in result, default));
    }

    int HomeCurrencyId()
    {
        if (_homeCurrencyId == 0)
            _homeCurrencyId = host.Venue.Read(Text16.From(VenueHost.HomeCurrency), (exchange, code) => exchange.TryFindCurrency(code, out var id) ? id : 0);
        return _homeCurrencyId;
    }

    static long Find(Exchange exchange, (long UserId, int CurrencyId) wanted)
    {
        var accounts = new List<AccountState>();
        exchange.CopyAccounts(wanted.UserId, accounts);
        foreach (var account in accounts)
        {
            if (!account.IsClosed && account.Type == AccountType.Trading && account.CurrencyId == wanted.CurrencyId)
                return account.Id;
        }
        return 0;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the account of {User} could not be opened; it is opened when it is first needed")]
    partial void Postponed(Exception exception, string user);
}
