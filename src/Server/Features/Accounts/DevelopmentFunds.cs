using MyTradeX.Core;
using MyTradeX.Server.Features.Users;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Accounts;

/// <summary>
/// In Development the logins everyone knows have something to trade with: cash once, and shares of every instrument that is listed when
/// the server starts, once each. What they have traded away stays traded away.
/// </summary>
internal sealed class DevelopmentFunds(VenueHost host, DefaultAccounts accounts, UserStore users, LedgerHistory ledger, IHostEnvironment environment) : IHostedService
{
    const decimal Cash = 100_000;
    const decimal Shares = 100;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment())
            return;
        foreach (var (email, _, _) in FirstUsers.Known)
        {
            if (await users.GetByEmailAsync(email, cancellationToken) is { } user)
                await FundAsync(user.Id, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    async Task FundAsync(long userId, CancellationToken cancellation)
    {
        // Listings of its own: this is built before the venue is open.
        var (venue, listings) = (host.Venue, new Listings(host.Venue));
        var account = await accounts.EnsureAsync(userId);
        var currencyId = venue.Read(account, (exchange, id) => exchange.TryGetAccount(id, out var state) ? state.CurrencyId : 0);
        await venue.CatchUpAsync(cancellation);
        // Request keys are remembered for a day, the ledger for good.
        var deposits = await ledger.ListAsync(new LedgerQuery { AccountId = account, Kinds = ["DEPOSIT"] }, 1, 1, cancellation);
        if (deposits.Total == 0)
        {
            Scaled.Read(Cash, listings.Currency(currencyId).Scale, out var amount);
            await SendAsync(Command.From(0, new Deposit { AccountId = account, Amount = amount }), $"first cash of {Ids.User(userId)}");
        }
        foreach (var instrument in listings.All().Where(instrument => instrument.Currency.Id == currencyId))
        {
            var (isHeld, price) = venue.Read((account, instrument.Id), (exchange, asked) =>
                (exchange.TryGetPosition(asked.account, asked.Id, out _), exchange.TryGetInstrument(asked.Id, out var state) ? state.ReferencePrice : 0));
            if (isHeld)
                continue;
            Scaled.Read(Shares, instrument.QuantityScale, out var quantity);
            await SendAsync(
                Command.From(0, new DeliverPosition { AccountId = account, InstrumentId = instrument.Id, Quantity = quantity, UnitCost = price }),
                $"first {instrument.Symbol} of {Ids.User(userId)}");
        }
    }

    async Task SendAsync(Command command, string deed)
    {
        CommandKey.OfVenue(deed).Mark(ref command, []);
        var result = await host.Venue.SubmitAsync(in command);
        if (!result.IsAccepted)
            throw new InvalidOperationException($"The venue refused the {deed}: {result.Code}.");
    }
}
