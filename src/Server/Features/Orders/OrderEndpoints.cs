using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Trading;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Idempotency;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Server.Features.Orders;

/// <summary><c>/orders</c>.</summary>
internal static class OrderEndpoints
{
    static readonly DateTimeOffset ExampleTime = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero);

    /// <summary>An order, for the documents.</summary>
    public static readonly OrderDto Example = new()
    {
        Id = "order-123", UserId = "user-123", AccountId = "account-5", Symbol = "AAPL", Side = OrderSide.Buy, OrderType = OrderType.Limit, Quantity = 100, Price = 150.00m,
        RemainingQuantity = 100, Status = OrderStatus.New, CreatedAt = ExampleTime, UpdatedAt = ExampleTime, Sequence = 4711,
    };

    static readonly OrderDto FilledExample = Example with
    {
        FilledQuantity = 100, RemainingQuantity = 0, AverageFillPrice = 149.50m, Fees = 2.99m, Status = OrderStatus.Filled, UpdatedAt = ExampleTime.AddMinutes(15), Sequence = 4890,
        Trades = [new() { Id = "trade-456", Quantity = 100, Price = 149.50m, Fee = 2.99m, Liquidity = Liquidity.Taker, Timestamp = ExampleTime.AddMinutes(5) }],
    };

    static readonly PlaceOrderRequest PlaceExample = new("AAPL", OrderSide.Buy, OrderType.Limit, 100, 150.00m, TimeInForce: TimeInForce.Day, ClientOrderId: "my-order-1");

    // What placing and amending may be refused with.
    static readonly ErrorCode[] TradingRefusals =
    [
        ErrorCode.TradingBlocked, ErrorCode.MarketHalted, ErrorCode.MarketClosed, ErrorCode.InvalidTickSize, ErrorCode.InvalidLotSize, ErrorCode.QuantityOutOfRange,
        ErrorCode.PriceOutOfBand, ErrorCode.OrderTooLarge, ErrorCode.PostOnlyWouldTake, ErrorCode.InsufficientPosition, ErrorCode.InsufficientFunds,
    ];

    public static void AddOrders(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<OrderService>();
        builder.Services.AddSingleton<OrderList>();
        builder.Services.AddSingleton<ITopicFamily, OrderTopics>();
    }

    public static void MapOrders(this RouteGroupBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders").WithMetadata(new JournalIdempotency());

        orders.MapPost("", async (Body<PlaceOrderRequest> body, Caller caller, CommandKey key, OrderService service, CancellationToken cancellation) =>
            {
                var placed = await service.PlaceAsync(caller, body.Value, body.Faults, key, cancellation);
                return Api.Created(PathOf(placed.Order), placed.Order, sequence: placed.Sequence, replayed: placed.Replayed);
            })
            .Requires(Permission.CreateOrders)
            .Described("placeOrder", "Places an order",
                "Durable when answered: the order survives a crash the instant after. `timeInForce` is `DAY` and `selfTradePrevention` `CANCEL_NEWEST` unless given, `accountId` your first "
                + "trading account in the instrument's currency. The same `clientOrderId` with the same terms gives the same order again, as the same `Idempotency-Key` does.")
            .Takes(PlaceExample)
            .Answers(StatusCodes.Status201Created, Example with { ClientOrderId = "my-order-1" })
            .Refuses([.. TradingRefusals, ErrorCode.AccountNotFound, ErrorCode.AccountNotTradable, ErrorCode.CurrencyMismatch, ErrorCode.InstrumentNotFound,
                ErrorCode.DuplicateClientOrderId, ErrorCode.TooManyOpenOrders, ErrorCode.OutcomeUnknown]);

        orders.MapPost("/preview", async (Body<PlaceOrderRequest> body, Caller caller, OrderService service) =>
                Api.Ok(await service.PreviewAsync(caller, body.Value, body.Faults)))
            .Requires(Permission.CreateOrders)
            .Described("previewOrder", "Tells what placing an order would do now",
                "What would trade at once and at what price, the fees, what would be held, and the refusal if there would be one. Nothing is placed and nothing promised.")
            .Takes(PlaceExample)
            .Answers(StatusCodes.Status200OK, new OrderPreviewDto
            {
                Accepted = true, FillQuantity = 40, AverageFillPrice = 149.98m, FillValue = 5999.20m, Fees = 1.19984m, RestingQuantity = 60, HeldCash = 15003.00m,
            })
            .Refuses(ErrorCode.AccountNotFound, ErrorCode.InstrumentNotFound, ErrorCode.InvalidTickSize, ErrorCode.InvalidLotSize, ErrorCode.QuantityOutOfRange);

        orders.MapGet("", (Caller caller, QueryReader query, HttpContext context, OrderList list, CancellationToken cancellation) =>
                list.ListAsync(caller, query, context, cancellation))
            .Requires(Permission.ViewPortfolio)
            .Described("listOrders", "Lists your orders", "Open and ended, newest first.")
            .Query("status", "Only these statuses, separated by commas or given repeatedly.", "NEW,PARTIAL")
            .Query("symbol", "Only this instrument.", "AAPL")
            .Query("side", "Only this side.", OrderSide.Buy)
            .Query("from", "Created at or after.", ExampleTime)
            .Query("to", "Created before.", ExampleTime.AddDays(1))
            .Query("clientOrderId", "Only the order with your own id.", "my-order-1")
            .Query("accountId", "Only this account's.", "account-5")
            .Query("userId", "Another user's orders; administrators only.", "user-123")
            .Fresh()
            .AnswersList(Example with { FilledQuantity = 50, RemainingQuantity = 50, AverageFillPrice = 149.50m, Status = OrderStatus.Partial })
            .AlsoLines();

        orders.MapGet("/{id}", async (string id, Caller caller, OrderService service, CancellationToken cancellation) =>
                Show(await service.GetAsync(caller, id, cancellation)))
            .Requires(Permission.ViewPortfolio)
            .Described("getOrder", "Shows an order with its fills", "Your own; administrators may see any.")
            .Path("id", "The order's id.", "order-123")
            .Fresh()
            .Answers(StatusCodes.Status200OK, FilledExample)
            .Refuses(ErrorCode.OrderNotFound);

        orders.MapPut("/{id}", async (string id, Body<AmendOrderRequest> body, Caller caller, CommandKey key, OrderService service, CancellationToken cancellation) =>
                Show(await service.AmendAsync(caller, id, body.Value, body.Faults, key, cancellation)))
            .Requires(Permission.CreateOrders)
            .Described("amendOrder", "Changes an open order",
                "`quantity` is the new total, what has traded included; what is absent keeps its value. A smaller quantity alone keeps the place in the queue; anything else goes to its end and may trade at once.")
            .Path("id", "The order's id.", "order-123")
            .Takes(new AmendOrderRequest(Quantity: 80, Price: 149.75m))
            .Answers(StatusCodes.Status200OK, Example with { Quantity = 80, Price = 149.75m, RemainingQuantity = 80 })
            .Refuses([.. TradingRefusals, ErrorCode.OrderNotFound, ErrorCode.OrderNotOpen, ErrorCode.QuantityBelowFilled, ErrorCode.OutcomeUnknown]);

        orders.MapDelete("/{id}", async (string id, Caller caller, CommandKey key, OrderService service, CancellationToken cancellation) =>
                Show(await service.CancelAsync(caller, id, key, cancellation)))
            .Requires(Permission.CancelOrders)
            .Described("cancelOrder", "Cancels an open order", "Your own; administrators may cancel any. Works while trading is halted, too.")
            .Path("id", "The order's id.", "order-123")
            .Answers(StatusCodes.Status200OK, Example with { Status = OrderStatus.Cancelled, Reason = OrderReason.CancelRequested, UpdatedAt = ExampleTime.AddMinutes(30) })
            .Refuses(ErrorCode.OrderNotFound, ErrorCode.OrderNotOpen, ErrorCode.OutcomeUnknown);

        orders.MapDelete("", CancelAllAsync)
            .Requires(Permission.CancelOrders)
            .Described("cancelOrders", "Cancels many orders at once", "All your open orders in one step: those of one instrument (`symbol`), of one account (`accountId`), or `all=true`.")
            .Query("symbol", "Only this instrument's.", "AAPL")
            .Query("accountId", "Only this account's.", "account-5")
            .Query("all", "`true` to cancel all.", true)
            .Answers(StatusCodes.Status200OK, new CancelOrdersDto { Cancelled = 3 })
            .Refuses(ErrorCode.InstrumentNotFound, ErrorCode.AccountNotFound, ErrorCode.OutcomeUnknown);

        orders.MapGet("/kill-switch", (Caller caller, OrderService service) => Api.Ok(new KillSwitchDto { Engaged = service.IsKillSwitchEngaged(caller) }))
            .Requires(Permission.ViewPortfolio)
            .Described("getKillSwitch", "Tells whether your kill switch is engaged")
            .Fresh()
            .Answers(StatusCodes.Status200OK, new KillSwitchDto { Engaged = false });

        orders.MapPut("/kill-switch", async (Body<KillSwitchRequest> body, Caller caller, CommandKey key, OrderService service, CancellationToken cancellation) =>
            {
                if (body.Value.Engaged is null)
                    body.Faults.Add("engaged", "is required: true or false");
                body.Faults.ThrowIfAny();
                var engaged = body.Value.Engaged!.Value;
                var done = await service.SetKillSwitchAsync(caller, engaged, key, cancellation);
                return Api.Ok(new KillSwitchDto { Engaged = engaged, Cancelled = done.Cancelled }) with { Sequence = done.Sequence, Replayed = done.Replayed };
            })
            .Requires(Permission.CancelOrders)
            .Described("setKillSwitch", "Engages or lifts your kill switch", "Engaging it cancels all your orders in one step and refuses new ones and amendments until you lift it.")
            .Takes(new KillSwitchRequest(true))
            .Answers(StatusCodes.Status200OK, new KillSwitchDto { Engaged = true, Cancelled = 3 })
            .Refuses(ErrorCode.OutcomeUnknown);
    }

    static async Task<IResult> CancelAllAsync(QueryReader query, Caller caller, CommandKey key, OrderService service, CancellationToken cancellation)
    {
        var (symbol, account, all) = (query.Text("symbol"), query.Text("accountId"), query.Flag("all"));
        // Nobody loses all their orders over a forgotten parameter.
        if (symbol is null && account is null && all != true)
            query.Faults.Add("all", "must be true to cancel all orders; or name a symbol or an accountId");
        query.Faults.ThrowIfAny();
        var done = await service.CancelAllAsync(caller, symbol, account, key, cancellation);
        return Api.Ok(new CancelOrdersDto { Cancelled = done.Cancelled }) with { Sequence = done.Sequence, Replayed = done.Replayed };
    }

    static ApiResult<OrderDto> Show(OrderOutcome outcome) => Show(outcome.Order) with { Sequence = outcome.Sequence, Replayed = outcome.Replayed };

    static ApiResult<OrderDto> Show(OrderDto order) => Api.Ok(order, new() { ["self"] = PathOf(order) });

    static string PathOf(OrderDto order) => "/orders/" + order.Id;
}
