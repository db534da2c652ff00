using MyTradeX.Contracts;
using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Portfolio;

/// <summary>What a user holds, and what it is worth. Each answer is of one moment between two commands.</summary>
internal sealed class PortfolioReads(Venue.Venue venue, Listings listings, CursorCodec cursors)
{
    // A quotient of exact numbers; two decimals beyond the price show cents of a cent.
    const int AverageCostExtraDecimals = 2;

    /// <summary>A page of the caller's positions, by account and instrument.</summary>
    public ApiResult<IReadOnlyList<PositionDto>> Positions(Caller caller, QueryReader query, IQueryCollection raw)
    {
        var (accountId, symbol) = (query.Text("accountId"), query.Text("symbol"));
        var withClosed = query.Flag("includeClosed") ?? false;
        var page = PageRequest.From(query);
        var scope = $"positions {caller.UserId} {accountId} {symbol} {withClosed}";
        var cursor = page.OpenCursor<Cursor<PositionKey>>(cursors, scope, query.Faults);
        query.Faults.ThrowIfAny();
        var account = accountId is null ? 0 : ParseAccount(accountId);
        var instrument = symbol is null ? null : listings.Require(symbol);

        var holdings = Read(caller.UserId, account);
        var wanted = holdings.Positions
            .Where(position => (withClosed || position.State.Quantity != 0) && (instrument is null || position.State.InstrumentId == instrument.Id))
            .OrderBy(KeyOf)
            .ToArray();
        var (entries, pagination) = MemoryPages.Cut(wanted, KeyOf, page, cursor, place => cursors.Seal(place, scope));
        return Exactly(() => Api.List<PositionDto>([.. entries.Select(Show)], pagination, page.Links("/portfolio/positions", raw, pagination)));
    }

    /// <summary>What the caller has in one currency.</summary>
    public ApiResult<PortfolioSummaryDto> Summary(Caller caller, QueryReader query)
    {
        var (accountId, code) = (query.Text("accountId"), query.Text("currency"));
        query.Faults.ThrowIfAny();
        var account = accountId is null ? 0 : ParseAccount(accountId);
        var asked = code is null ? null : listings.RequireCurrency(code);

        var holdings = Read(caller.UserId, account);
        var currency = asked
            ?? (holdings.Accounts.Count > 0 ? listings.Currency(holdings.Accounts[0].CurrencyId) : listings.RequireCurrency(VenueHost.HomeCurrency));
        return Exactly(() => Api.Ok(Summarize(holdings, currency), new() { ["self"] = "/portfolio/summary", ["positions"] = "/portfolio/positions" }));
    }

    PortfolioSummaryDto Summarize(Holdings holdings, ListedCurrency currency)
    {
        Int128 cash = 0, value = 0, unrealized = 0, realized = 0, fees = 0, day = 0;
        foreach (var account in holdings.Accounts)
        {
            if (account.CurrencyId == currency.Id)
                cash += account.Balance;
        }
        var bySymbol = new SortedDictionary<int, (ListedInstrument Instrument, Int128 Quantity, Int128 Value, Int128 Pnl)>();
        foreach (var position in holdings.Positions)
        {
            var instrument = listings.Of(position.State.InstrumentId);
            if (instrument.Currency.Id != currency.Id)
                continue;
            checked
            {
                value += position.MarketValue;
                unrealized += position.Unrealized;
                realized += position.State.RealizedPnl;
                fees += position.State.Fees;
                day += position.Day;
            }
            if (position.State.Quantity == 0)
                continue;
            var sum = bySymbol.GetValueOrDefault(instrument.Id);
            bySymbol[instrument.Id] = (instrument, sum.Quantity + position.State.Quantity, sum.Value + position.MarketValue, sum.Pnl + position.Unrealized);
        }
        return new()
        {
            TotalValue = Wide(cash + value, currency.Scale),
            Cash = Wide(cash, currency.Scale),
            MarketValue = Wide(value, currency.Scale),
            TotalUnrealizedPnL = Wide(unrealized, currency.Scale),
            TotalRealizedPnL = Wide(realized, currency.Scale),
            TotalFees = Wide(fees, currency.Scale),
            DayPnL = Wide(day, currency.Scale),
            Currency = currency.Code,
            Positions =
            [
                .. bySymbol.Values.Select(sum => new PortfolioPositionDto
                {
                    Symbol = sum.Instrument.Symbol,
                    Quantity = Wide(sum.Quantity, sum.Instrument.QuantityScale),
                    MarketValue = Wide(sum.Value, currency.Scale),
                    PnL = Wide(sum.Pnl, currency.Scale),
                }),
            ],
        };
    }

    /// <summary>One position, at the price of this moment.</summary>
    public PositionDto Show(in PositionState state)
    {
        var position = venue.Read(state, static (exchange, held) => ValueOf(exchange, held));
        return Exactly(() => Show(position));
    }

    static PositionValue ValueOf(Exchange exchange, in PositionState state)
    {
        exchange.TryGetInstrument(state.InstrumentId, out var instrument);
        return new(state, instrument.ReferencePrice, instrument.PreviousClose, instrument.NotionalMultiplier);
    }

    PositionDto Show(PositionValue position)
    {
        var state = position.State;
        var instrument = listings.Of(state.InstrumentId);
        var scale = instrument.Currency.Scale;
        return new()
        {
            Id = Ids.Position(state.AccountId, state.InstrumentId),
            AccountId = Ids.Account(state.AccountId),
            Symbol = instrument.Symbol,
            Quantity = instrument.Quantity(state.Quantity),
            Available = instrument.Quantity(state.Available),
            Held = instrument.Quantity(state.Held),
            AverageCost = Wide(position.AverageCost(AverageCostExtraDecimals), instrument.PriceScale + AverageCostExtraDecimals),
            CostBasis = instrument.Cash(state.CostBasis),
            CurrentPrice = instrument.PriceOrNone(position.Price),
            MarketValue = Wide(position.MarketValue, scale),
            UnrealizedPnL = Wide(position.Unrealized, scale),
            RealizedPnL = instrument.Cash(state.RealizedPnl),
            Fees = instrument.Cash(state.Fees),
            DayPnL = Wide(position.Day, scale),
            Currency = instrument.Currency.Code,
            LastUpdated = Micros.ToInstant(state.UpdatedAt),
        };
    }

    /// <param name="accountId">One of the user's accounts; 0 for all.</param>
    Holdings Read(long userId, long accountId)
    {
        var holdings = venue.Read((userId, accountId), static (exchange, wanted) =>
        {
            var (accounts, states) = (new List<AccountState>(), new List<PositionState>());
            exchange.CopyAccounts(wanted.userId, accounts);
            if (wanted.accountId != 0)
                accounts.RemoveAll(account => account.Id != wanted.accountId);
            foreach (var account in accounts)
                exchange.CopyPositions(account.Id, states);
            var positions = new PositionValue[states.Count];
            for (var i = 0; i < positions.Length; i++)
                positions[i] = ValueOf(exchange, states[i]);
            return new Holdings(accounts, positions);
        });
        // Another user's account looks like none.
        return accountId == 0 || holdings.Accounts.Count > 0 ? holdings : throw NoAccount(Ids.Account(accountId));
    }

    // Holdings of astronomic worth are told as such rather than cut or rounded.
    static T Exactly<T>(Func<T> show)
    {
        try
        {
            return show();
        }
        catch (OverflowException)
        {
            throw new ApiException(ErrorCode.AmountOutOfRange, "What these positions are worth has more digits than can be told exactly; filter by accountId or currency.");
        }
    }

    /// <exception cref="OverflowException">More than 28 digits.</exception>
    static decimal Wide(Int128 units, int scale) => (decimal)units * new decimal(1, 0, 0, false, (byte)scale);

    static long ParseAccount(string id) => Ids.TryParse(id, "account", out var number) ? number : throw NoAccount(id);

    static ApiException NoAccount(string id) =>
        new(ErrorCode.AccountNotFound, $"There is no account {(id.Length <= 32 ? id : id[..32] + "…")} among yours.", new() { Field = "accountId", Reason = "is not one of your accounts" });

    static PositionKey KeyOf(PositionValue position) => new(position.State.AccountId, position.State.InstrumentId);

    sealed record Holdings(List<AccountState> Accounts, PositionValue[] Positions);

    /// <summary>Place of a position in the list.</summary>
    internal readonly record struct PositionKey(long AccountId, int InstrumentId) : IComparable<PositionKey>
    {
        public int CompareTo(PositionKey other) =>
            AccountId != other.AccountId ? AccountId.CompareTo(other.AccountId) : InstrumentId.CompareTo(other.InstrumentId);
    }
}
