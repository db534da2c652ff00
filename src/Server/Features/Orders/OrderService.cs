using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Orders;

/// <summary>An order after a command, and the command's place in the journal.</summary>
/// <param name="Replayed">Whether the command was carried out before and its outcome is only given again.</param>
internal readonly record struct OrderOutcome(OrderDto Order, long Sequence, bool Replayed);

/// <summary>How many orders a command cancelled, and its place in the journal.</summary>
internal readonly record struct CancelOutcome(int Cancelled, long Sequence, bool Replayed);

/// <summary>Placing, amending and cancelling, for every door. Open orders live in the exchange, ended ones in SQL history.</summary>
internal sealed class OrderService(Venue.Venue venue, Listings listings, DefaultAccounts accounts, OrderHistory history)
{
    /// <summary>Places an order. Durable when it returns.</summary>
    /// <exception cref="ApiException">Any refusal.</exception>
    public Task<OrderOutcome> PlaceAsync(Caller caller, PlaceOrderRequest request, Faults faults, CommandKey key, CancellationToken cancellation)
    {
        var draft = OrderDraft.Read(request, faults, listings, venue);
        var account = draft.Terms.AccountId != 0 ? new(draft.Terms.AccountId) : DefaultAccountAsync(caller, draft);
        return account.IsCompletedSuccessfully
            ? PlacedAsync(SendAsync(caller, in draft, account.Result, key), draft.Instrument, request, cancellation)
            : PlaceAsync(account, caller, request, draft, key, cancellation);
    }

    async Task<OrderOutcome> PlaceAsync(ValueTask<long> account, Caller caller, PlaceOrderRequest request, OrderDraft draft, CommandKey key, CancellationToken cancellation) =>
        await PlacedAsync(SendAsync(caller, in draft, await account, key), draft.Instrument, request, cancellation);

    // Apart from waiting for the answer, or the command, which is large, would wait with it.
    Task<CommandResult> SendAsync(Caller caller, in OrderDraft draft, long accountId, CommandKey key)
    {
        var command = Command.From(caller.UserId, draft.Terms);
        command.PlaceOrder.AccountId = accountId;
        key.Mark(ref command);
        return venue.SubmitAsync(in command);
    }

    async Task<OrderOutcome> PlacedAsync(Task<CommandResult> sent, ListedInstrument instrument, PlaceOrderRequest request, CancellationToken cancellation)
    {
        var result = await sent;
        return result.IsAccepted
            ? await OutcomeAsync(in result, cancellation)
            : throw new ApiException(Explain(in result, instrument, request.ClientOrderId, request.AccountId));
    }

    /// <summary>What placing an order would do at this moment.</summary>
    /// <exception cref="ApiException">The request itself is at fault, or names what is not there.</exception>
    public async Task<OrderPreviewDto> PreviewAsync(Caller caller, PlaceOrderRequest request, Faults faults)
    {
        var draft = OrderDraft.Read(request, faults, listings, venue);
        var terms = draft.Terms;
        if (terms.AccountId == 0)
            terms.AccountId = await DefaultAccountAsync(caller, draft);
        var preview = venue.Read((caller.UserId, terms), (exchange, asked) =>
        {
            exchange.Preview(asked.UserId, in asked.terms, venue.Now(), out var found);
            return found;
        });
        if (!preview.Refusal.IsAccepted)
        {
            var refusal = Explain(in preview.Refusal, draft.Instrument, draft.ClientOrderId, request.AccountId);
            if (refusal.Code.HttpStatus == StatusCodes.Status404NotFound)
                throw new ApiException(refusal);
            return new() { Accepted = false, Refusal = new(refusal.Code.Name, refusal.Message, refusal.Details) };
        }
        var instrument = draft.Instrument;
        return new()
        {
            Accepted = true,
            FillQuantity = instrument.Quantity(preview.FillQuantity),
            AverageFillPrice = instrument.AveragePrice(preview.FillNotional, preview.FillQuantity),
            FillValue = instrument.Cash(preview.FillNotional),
            Fees = instrument.Cash(preview.FillFee),
            RestingQuantity = instrument.Quantity(preview.RestingQuantity),
            HeldCash = instrument.Cash(preview.HoldCash),
            HeldQuantity = instrument.Quantity(preview.HoldQuantity),
        };
    }

    /// <summary>Changes an open order of the caller's.</summary>
    /// <exception cref="ApiException"><c>ORDER_NOT_FOUND</c>, <c>ORDER_NOT_OPEN</c>, or any refusal.</exception>
    public async Task<OrderOutcome> AmendAsync(Caller caller, string id, AmendOrderRequest request, Faults faults, CommandKey key, CancellationToken cancellation)
    {
        CheckAmend(request, faults);
        faults.ThrowIfAny();
        var orderId = ParseOrder(id);
        var order = await FindAsync(orderId, cancellation);
        if (order is null || order.Value.UserId != caller.UserId)
            throw NotFound(id);
        // A repetition of an amendment that ended the order is answered by its key; nothing else can be said to an ended order.
        if (order.Value.Ended is { } ended && key.Digest == 0)
            throw NotOpen(ended);
        var instrument = listings.Of(order.Value.InstrumentId);
        var units = new OrderUnits(instrument, venue);
        var command = Command.From(caller.UserId, new AmendOrder
        {
            OrderId = orderId,
            Price = units.Price(request.Price, "price"),
            StopPrice = units.Price(request.StopPrice, "stopPrice"),
            Quantity = request.Quantity is { } quantity ? units.Quantity(quantity) : 0,
        });
        key.Mark(ref command);
        var result = await venue.SubmitAsync(in command);
        if (result.IsAccepted)
            return await OutcomeAsync(in result, cancellation);
        if (result.Code == RejectCode.OrderNotFound)
            throw await WhyNotOpenAsync(caller, orderId, id, cancellation);
        if (result.Code == RejectCode.InvalidCommand)
            throw new ApiException(Refusal.Field(RejectCodes.FieldOf(result.Field)!, "does not go with this type of order, or its stop price was reached already"));
        throw new ApiException(CommandRefusals.Explain(in result, new(instrument)));
    }

    /// <summary>Cancels an open order of the caller's; administrators any.</summary>
    /// <exception cref="ApiException"><c>ORDER_NOT_FOUND</c>, <c>ORDER_NOT_OPEN</c></exception>
    public async Task<OrderOutcome> CancelAsync(Caller caller, string id, CommandKey key, CancellationToken cancellation)
    {
        var orderId = ParseOrder(id);
        // As the venue, which may cancel anyone's.
        var command = Command.From(caller.May(Permission.ManageUsers) ? 0 : caller.UserId, new CancelOrder { OrderId = orderId });
        key.Mark(ref command);
        var result = await venue.SubmitAsync(in command);
        return result.IsAccepted ? await OutcomeAsync(in result, cancellation)
            : result.Code == RejectCode.OrderNotFound ? throw await WhyNotOpenAsync(caller, orderId, id, cancellation)
            : throw new ApiException(CommandRefusals.Explain(in result, default));
    }

    /// <summary>Cancels the caller's open orders: all, or those of one instrument or account.</summary>
    /// <exception cref="ApiException"><c>INSTRUMENT_NOT_FOUND</c>, <c>ACCOUNT_NOT_FOUND</c></exception>
    public Task<CancelOutcome> CancelAllAsync(Caller caller, string? symbol, string? account, CommandKey key, CancellationToken cancellation)
    {
        long accountId = 0;
        if (account is not null && !Ids.TryParse(account, "account", out accountId))
            throw new ApiException(OrderDraft.AccountNotFound(account));
        var instrumentId = symbol is null ? 0 : listings.Require(symbol).Id;
        return CancelManyAsync(Command.From(caller.UserId, new CancelAllOrders { AccountId = accountId, InstrumentId = instrumentId }), account, key, cancellation);
    }

    /// <summary>Whether the caller's kill switch is engaged.</summary>
    public bool IsKillSwitchEngaged(Caller caller) => venue.Read(caller.UserId, (exchange, user) => exchange.IsKillSwitchEngaged(user));

    /// <summary>Engages the caller's kill switch, which cancels all their orders, or lifts it.</summary>
    public Task<CancelOutcome> SetKillSwitchAsync(Caller caller, bool engaged, CommandKey key, CancellationToken cancellation) =>
        CancelManyAsync(Command.From(caller.UserId, new SetKillSwitch { OwnerId = caller.UserId, Engaged = engaged }), null, key, cancellation);

    /// <summary>One order with its fills: the caller's own; administrators may see any.</summary>
    /// <exception cref="ApiException"><c>ORDER_NOT_FOUND</c></exception>
    public async Task<OrderDto> GetAsync(Caller caller, string id, CancellationToken cancellation)
    {
        var orderId = ParseOrder(id);
        var found = await FindAsync(orderId, cancellation);
        if (found is not { } order || !caller.MayActFor(order.UserId))
            throw NotFound(id);
        var shown = order.Ended ?? OrderMapping.ToOrder(order.Open, listings.Of(order.InstrumentId));
        return shown with { Trades = await FillsAsync(orderId, order, shown.FilledQuantity, cancellation) };
    }

    async Task<IReadOnlyList<FillDto>> FillsAsync(long orderId, FoundOrder order, decimal filled, CancellationToken cancellation)
    {
        if (filled == 0)
            return [];
        await venue.CatchUpAsync(cancellation);
        var fills = new List<FillDto>();
        // History may be ahead of the order as we read it; what is told adds up to its filled quantity.
        var sum = 0m;
        foreach (var trade in await history.FillsAsync(orderId, cancellation: cancellation))
        {
            if (sum == filled)
                break;
            var fill = OrderMapping.ToFill(trade, orderId, listings.Of(order.InstrumentId));
            sum += fill.Quantity;
            fills.Add(fill);
        }
        return fills;
    }

    async Task<CancelOutcome> CancelManyAsync(Command command, string? account, CommandKey key, CancellationToken cancellation)
    {
        key.Mark(ref command);
        var result = await venue.SubmitAsync(in command);
        if (!result.IsAccepted)
            throw new ApiException(result.Code == RejectCode.AccountNotFound && account is not null
                ? OrderDraft.AccountNotFound(account) : CommandRefusals.Explain(in result, default));
        if (!result.Repeated)
            return new(result.Count, result.Sequence, Replayed: false);
        await venue.CatchUpAsync(cancellation);
        return new((int)await history.CountCancelledAsync(command.Header.UserId, result.Sequence, cancellation), result.Sequence, Replayed: true);
    }

    async ValueTask<long> DefaultAccountAsync(Caller caller, OrderDraft draft)
    {
        var currency = draft.Instrument.Currency;
        var account = await accounts.OfAsync(caller.UserId, currency.Id);
        return account != 0 ? account : throw new ApiException(ErrorCode.AccountNotFound,
            $"You have no trading account in {currency.Code}, in which {draft.Instrument.Symbol} trades; open one with POST /accounts.",
            new() { Field = "accountId", Reason = $"is needed in {currency.Code}", ClientOrderId = draft.ClientOrderId });
    }

    // An order just placed is told by the exchange; a repetition may be of one that has long left its memory.
    ValueTask<OrderOutcome> OutcomeAsync(in CommandResult result, CancellationToken cancellation) => result.Order.Id != 0
        ? new(new OrderOutcome(OrderMapping.ToOrder(in result.Order, listings.Of(result.Order.InstrumentId)), result.Sequence, result.Repeated))
        : RememberedAsync(result.SubjectId, result.Sequence, result.Repeated, cancellation);

    async ValueTask<OrderOutcome> RememberedAsync(long orderId, long sequence, bool repeated, CancellationToken cancellation)
    {
        await venue.CatchUpAsync(cancellation);
        var row = await history.GetAsync(orderId, cancellation)
            ?? throw new InvariantBrokenException($"order {orderId}, which the exchange remembers, is in history");
        return new(OrderMapping.ToOrder(row, listings.Of((int)row.InstrumentId)), sequence, repeated);
    }

    async ValueTask<FoundOrder?> FindAsync(long orderId, CancellationToken cancellation)
    {
        var open = venue.Read(orderId, (exchange, id) => exchange.TryGetOrder(id, out var order) ? order : default);
        if (open.Id != 0)
            return new(open.UserId, open.InstrumentId, open, null);
        await venue.CatchUpAsync(cancellation);
        return await history.GetAsync(orderId, cancellation) is { } row
            ? new(row.UserId, (int)row.InstrumentId, default, OrderMapping.ToOrder(row, listings.Of((int)row.InstrumentId)))
            : null;
    }

    async Task<ApiException> WhyNotOpenAsync(Caller caller, long orderId, string id, CancellationToken cancellation)
    {
        await venue.CatchUpAsync(cancellation);
        return await history.GetAsync(orderId, cancellation) is { } row && caller.MayActFor(row.UserId)
            ? NotOpen(OrderMapping.ToOrder(row, listings.Of((int)row.InstrumentId)))
            : NotFound(id);
    }

    static Refusal Explain(in CommandResult result, ListedInstrument instrument, string? clientOrderId, string? account) =>
        result.Code == RejectCode.AccountNotFound && account is not null
            ? OrderDraft.AccountNotFound(account)
            : CommandRefusals.Explain(in result, new(instrument, null, clientOrderId));

    static void CheckAmend(AmendOrderRequest request, Faults faults)
    {
        if (!faults.Any && request is { Quantity: null, Price: null, StopPrice: null })
            faults.Add("quantity", "is required, or price, or stopPrice");
        faults.Require(request.Quantity is null or > 0, "quantity", "must be positive");
        faults.Require(request.Price is null or > 0, "price", "must be positive");
        faults.Require(request.StopPrice is null or > 0, "stopPrice", "must be positive");
    }

    static long ParseOrder(string id) => Ids.TryParse(id, "order", out var number) ? number : throw NotFound(id);

    static ApiException NotFound(string id) => new(ErrorCode.OrderNotFound, $"There is no order {(id.Length <= 32 ? id : id[..32] + "…")} among yours.");

    static ApiException NotOpen(OrderDto order) => new(ErrorCode.OrderNotOpen,
        $"{order.Id} is {OrderMapping.Name(order.Status)} since {order.UpdatedAt:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}; it cannot be changed or cancelled any more.",
        new() { Reason = "works no longer", Observed = OrderMapping.Name(order.Status), ClientOrderId = order.ClientOrderId });

    /// <summary>An order wherever it was found.</summary>
    /// <param name="Open">As the exchange has it, when <paramref name="Ended"/> is null.</param>
    /// <param name="Ended">As history has it.</param>
    readonly record struct FoundOrder(long UserId, int InstrumentId, OrderState Open, OrderDto? Ended);
}
