using MyTradeX.Contracts;
using MyTradeX.Contracts.Trading;
using MyTradeX.Core;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Features.Orders;

/// <summary>An order as it was asked for, read: its fields go together, its decimals fit its instrument.</summary>
/// <param name="Terms">In the exchange's units; the account is 0 when the sender named none.</param>
internal readonly record struct OrderDraft(ListedInstrument Instrument, PlaceOrder Terms, string? ClientOrderId)
{
    /// <summary>Reads a request: first all that is wrong with its form, then what does not fit the instrument.</summary>
    /// <exception cref="ApiException">With every fault of form; or the first that needs the instrument.</exception>
    public static OrderDraft Read(PlaceOrderRequest request, Faults faults, Listings listings, Venue.Venue venue)
    {
        CheckForm(request, faults);
        faults.ThrowIfAny();
        long accountId = 0;
        if (request.AccountId is { } named && !Ids.TryParse(named, "account", out accountId))
            throw new ApiException(AccountNotFound(named));

        var instrument = listings.Require(request.Symbol!.Trim());
        var units = new OrderUnits(instrument, venue, request.ClientOrderId);
        return new(instrument, new()
        {
            AccountId = accountId,
            InstrumentId = instrument.Id,
            Side = OrderMapping.ToCore(request.Side!.Value),
            Type = OrderMapping.ToCore(request.OrderType!.Value),
            TimeInForce = OrderMapping.ToCore(request.TimeInForce ?? Contracts.Trading.TimeInForce.Day),
            SelfTradePrevention = OrderMapping.ToCore(request.SelfTradePrevention ?? Contracts.Trading.SelfTradePrevention.CancelNewest),
            Instructions = request.PostOnly == true ? ExecutionInstructions.PostOnly : ExecutionInstructions.None,
            Price = units.Price(request.Price, "price"),
            StopPrice = units.Price(request.StopPrice, "stopPrice"),
            Quantity = units.Quantity(request.Quantity!.Value),
            ClientOrderId = request.ClientOrderId is null ? default : Text64.From(request.ClientOrderId),
        }, request.ClientOrderId);
    }

    /// <summary>An account that is not the sender's, or not there: nobody learns which.</summary>
    public static Refusal AccountNotFound(string named) => new(ErrorCode.AccountNotFound,
        "There is no such account among yours; GET /accounts lists them.", new() { Field = "accountId", Reason = "is not an account of yours", Observed = named.Length <= 32 ? named : named[..32] + "…" });

    static void CheckForm(PlaceOrderRequest request, Faults faults)
    {
        if (!faults.Has("symbol"))
            faults.Text(request.Symbol, "symbol", lengthMax: 64);
        Need(request.Side is not null, "side", "is required: BUY or SELL");
        Need(request.OrderType is not null, "orderType", "is required: LIMIT, MARKET, STOP or STOP_LIMIT");
        Need(request.Quantity is not null, "quantity", "is required");
        if (request.Quantity is <= 0)
            faults.Add("quantity", "must be positive");
        if (request.ClientOrderId is { } clientOrderId)
            faults.Require(clientOrderId.Length is > 0 and <= Text64.MaxBytes && !clientOrderId.AsSpan().ContainsAnyExceptInRange(' ', '~'),
                "clientOrderId", "must have 1 to 64 printable ASCII characters");
        if (request.OrderType is not { } type)
            return;
        var (isPriced, isStopped) = (type is Contracts.Trading.OrderType.Limit or Contracts.Trading.OrderType.StopLimit,
            type is Contracts.Trading.OrderType.Stop or Contracts.Trading.OrderType.StopLimit);
        CheckPrice(request.Price, "price", isPriced);
        CheckPrice(request.StopPrice, "stopPrice", isStopped);
        if (request.PostOnly == true)
        {
            faults.Require(isPriced, "postOnly", "goes with LIMIT and STOP_LIMIT orders only");
            faults.Require(request.TimeInForce is not (Contracts.Trading.TimeInForce.Ioc or Contracts.Trading.TimeInForce.Fok), "postOnly", "does not go with IOC or FOK");
        }

        void Need(bool given, string field, string reason)
        {
            if (!given)
                faults.Add(field, reason);
        }

        void CheckPrice(decimal? price, string field, bool isNeeded)
        {
            if (isNeeded && price is null)
                faults.Add(field, $"is required on a {OrderMapping.Name(type)} order");
            else if (!isNeeded && price is not null)
                faults.Add(field, $"does not go with a {OrderMapping.Name(type)} order");
            else if (price is <= 0)
                faults.Add(field, "must be positive");
        }
    }
}

/// <summary>Reads one order's decimals into its instrument's units; what does not fit is refused with the nearest that does.</summary>
internal readonly record struct OrderUnits(ListedInstrument Instrument, Venue.Venue Venue, string? ClientOrderId = null)
{
    /// <summary>A price, or 0 for none.</summary>
    /// <exception cref="ApiException"><c>INVALID_TICK_SIZE</c>, <c>QUANTITY_OUT_OF_RANGE</c></exception>
    public long Price(decimal? price, string field)
    {
        if (price is not { } given)
            return 0;
        var fit = Scaled.Read(given, Instrument.PriceScale, out var units);
        return fit switch
        {
            ScaleFit.Exact => units,
            ScaleFit.TooFine => throw Refuse(ErrorCode.InvalidTickSize, CommandRefusals.OffTick(Instrument, field, given, Rules().TickSize)),
            _ => throw Refuse(ErrorCode.QuantityOutOfRange, CommandRefusals.OutOfRange(field, given, Instrument.Price(Core.Limits.MaxAmount))),
        };
    }

    /// <summary>A quantity.</summary>
    /// <exception cref="ApiException"><c>INVALID_LOT_SIZE</c>, <c>QUANTITY_OUT_OF_RANGE</c></exception>
    public long Quantity(decimal quantity)
    {
        var fit = Scaled.Read(quantity, Instrument.QuantityScale, out var units);
        return fit switch
        {
            ScaleFit.Exact => units,
            ScaleFit.TooFine => throw Refuse(ErrorCode.InvalidLotSize, CommandRefusals.OffLot(Instrument, quantity, Rules().LotSize)),
            _ => throw Refuse(ErrorCode.QuantityOutOfRange,
                CommandRefusals.OutOfRange("quantity", CommandRefusals.Number(quantity), CommandRefusals.Number(Instrument.Quantity(Core.Limits.MaxAmount)))),
        };
    }

    InstrumentRules Rules() => Venue.Read(Instrument.Id, (exchange, id) => exchange.TryGetInstrument(id, out var instrument) ? instrument.Rules : default);

    ApiException Refuse(ErrorCode code, (string Message, ErrorDetails Details) told) =>
        new(code, told.Message, told.Details with { ClientOrderId = ClientOrderId });
}
