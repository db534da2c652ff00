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

namespace MyTradeX.Server.Features.Instruments;

/// <summary><c>/instruments</c>.</summary>
internal static class InstrumentEndpoints
{
    static readonly InstrumentDto Example = new()
    {
        Symbol = "AAPL", Name = "Apple Inc.", Currency = "USD", PriceScale = 2, QuantityScale = 0, TickSize = 0.01m, LotSize = 1, PriceBandPercent = 10, MakerFeePercent = 0.01m,
        TakerFeePercent = 0.02m, SessionOpen = "14:30", SessionClose = "21:00", Status = MarketStatus.Open, ReferencePrice = 150.25m, MinPrice = 135.23m, MaxPrice = 165.27m,
        CreatedAt = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    public static void AddInstruments(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<InstrumentService>();
        builder.Services.AddSingleton<InstrumentList>();
        builder.Services.AddSingleton<ITopicFamily, AlertTopics>();
    }

    public static void MapInstruments(this RouteGroupBuilder api)
    {
        var instruments = api.MapGroup("/instruments").WithTags("Instruments").WithMetadata(new JournalIdempotency());

        instruments.MapGet("", (QueryReader query, HttpRequest request, InstrumentList list) => list.List(query, request.Query))
            .Requires(Permission.ReadMarketData)
            .Described("listInstruments", "Lists instruments with their rules", "All that an order must keep, so that a client can validate before it sends. In order of listing.")
            .Fresh()
            .AnswersList(Example);

        instruments.MapGet("/{symbol}", (string symbol, InstrumentService service) => Show(service.Get(symbol)).Cacheable())
            .Requires(Permission.ReadMarketData)
            .Described("getInstrument", "Shows an instrument with its rules")
            .Path("symbol", "The symbol.", "AAPL")
            .Fresh()
            .Answers(StatusCodes.Status200OK, Example)
            .Refuses(ErrorCode.InstrumentNotFound);

        instruments.MapPost("", async (Body<CreateInstrumentRequest> body, CommandKey key, InstrumentService service) =>
            {
                var made = await service.CreateAsync(body.Value, body.Faults, key);
                return Api.Created(PathOf(made.Instrument), made.Instrument, sequence: made.Sequence, replayed: made.Replayed);
            })
            .Requires(Permission.ManageInstruments)
            .Described("createInstrument", "Lists an instrument",
                "Administrators only. The scales are fixed for good; unless given, as many decimals as `tickSize` (at least two) and `lotSize` have. Equal session times: trading never stops.")
            .Takes(new CreateInstrumentRequest("AAPL", "Apple Inc.", "USD", 2, 0, 0.01m, 1, 10, 0.01m, 0.02m, "14:30", "21:00", 150.25m))
            .Answers(StatusCodes.Status201Created, Example)
            .Refuses(ErrorCode.InstrumentExists, ErrorCode.CurrencyNotFound, ErrorCode.LimitExceeded, ErrorCode.OutcomeUnknown);

        instruments.MapPut("/{symbol}", async (string symbol, Body<UpdateInstrumentRequest> body, CommandKey key, InstrumentService service) =>
                Show(await service.UpdateAsync(symbol, body.Value, body.Faults, key)))
            .Requires(Permission.ManageInstruments)
            .Described("updateInstrument", "Changes an instrument's rules", "Administrators only. What is absent keeps its value. Orders that rest already keep their price, quantity and fees.")
            .Path("symbol", "The symbol.", "AAPL")
            .Takes(new UpdateInstrumentRequest(PriceBandPercent: 5, TakerFeePercent: 0.03m))
            .Answers(StatusCodes.Status200OK, Example with { PriceBandPercent = 5, TakerFeePercent = 0.03m })
            .Refuses(ErrorCode.InstrumentNotFound, ErrorCode.OutcomeUnknown);

        instruments.MapPost("/{symbol}/halt", async (string symbol, CommandKey key, InstrumentService service) => Show(await service.SetHaltAsync(symbol, true, key)))
            .Requires(Permission.ManageInstruments)
            .Described("haltInstrument", "Halts trading in an instrument", "Administrators only. Until it is resumed, orders can only be cancelled.")
            .Path("symbol", "The symbol.", "AAPL")
            .Answers(StatusCodes.Status200OK, Example with { Status = MarketStatus.Halted })
            .Refuses(ErrorCode.InstrumentNotFound, ErrorCode.OutcomeUnknown);

        instruments.MapPost("/{symbol}/resume", async (string symbol, CommandKey key, InstrumentService service) => Show(await service.SetHaltAsync(symbol, false, key)))
            .Requires(Permission.ManageInstruments)
            .Described("resumeInstrument", "Resumes trading in an instrument", "Administrators only.")
            .Path("symbol", "The symbol.", "AAPL")
            .Answers(StatusCodes.Status200OK, Example)
            .Refuses(ErrorCode.InstrumentNotFound, ErrorCode.OutcomeUnknown);
    }

    static ApiResult<InstrumentDto> Show(InstrumentOutcome outcome) => Show(outcome.Instrument) with { Sequence = outcome.Sequence, Replayed = outcome.Replayed };

    static ApiResult<InstrumentDto> Show(InstrumentDto instrument) => Api.Ok(instrument, new() { ["self"] = PathOf(instrument), ["orderBook"] = "/orderbook/" + instrument.Symbol });

    static string PathOf(InstrumentDto instrument) => "/instruments/" + instrument.Symbol;
}
