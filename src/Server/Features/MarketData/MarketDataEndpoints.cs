using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Trading;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;
using MyTradeX.Server.Realtime;

namespace MyTradeX.Server.Features.MarketData;

/// <summary><c>/market-data</c>, <c>/orderbook</c> and <c>/trades</c>: what every signed-in user may see.</summary>
internal static class MarketDataEndpoints
{
    const int DepthDefault = 20, DepthMax = 1_000, BatchMax = 100;

    static readonly DateTimeOffset ExampleTime = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero);

    /// <summary>A market, for the documents.</summary>
    public static readonly MarketDataDto Example = new()
    {
        Symbol = "AAPL", LastPrice = 150.25m, BidPrice = 150.20m, AskPrice = 150.30m, BidQuantity = 1000, AskQuantity = 800, Volume = 1_000_000,
        High24h = 152.00m, Low24h = 149.50m, Change24h = 2.25m, ChangePercent24h = 1.52m, Status = MarketStatus.Open, Timestamp = ExampleTime,
    };

    static readonly MarketDataDto Example2 = Example with
    {
        Symbol = "GOOGL", LastPrice = 2750.00m, BidPrice = 2749.50m, AskPrice = 2750.50m, BidQuantity = 40, AskQuantity = 25, Volume = 52_000,
        High24h = 2781.00m, Low24h = 2720.25m, Change24h = -11.00m, ChangePercent24h = -0.40m,
    };

    /// <summary>A trade, for the documents.</summary>
    public static readonly TradeDto TradeExample = new() { Id = "trade-9", Symbol = "AAPL", Price = 150.25m, Quantity = 100, Side = OrderSide.Buy, Timestamp = ExampleTime };

    public static void AddMarketData(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MarketReads>();
        builder.Services.AddSingleton<CandleReads>();
        builder.Services.AddSingleton<Tape>();
        builder.Services.AddSingleton<ITopicFamily, MarketTopics>();
        builder.Services.AddSingleton<ITopicFamily, TradeTopics>();
        builder.Services.AddSingleton<ITopicFamily, BookTopics>();
    }

    public static void MapMarketData(this RouteGroupBuilder api)
    {
        var market = api.MapGroup("").WithTags("Market data").Requires(Permission.ReadMarketData);

        market.MapGet("/market-data", (QueryReader query, HttpRequest request, Listings listings, MarketReads reads, CursorCodec cursors) => List(query, request.Query, listings, reads, cursors))
            .Described("listMarketData", "Shows all markets at a glance", "In the order in which the instruments were listed. All of one page is of one moment.")
            .AnswersList(Example, Example2);

        market.MapGet("/market-data/{symbol}", (string symbol, Listings listings, MarketReads reads) =>
            {
                var instrument = listings.Require(symbol);
                return Api.Ok(reads.MarketOf(instrument), LinksOf(instrument.Symbol)).Cacheable();
            })
            .Described("getMarketData", "Shows a market at a glance",
                "Last price, best bid and ask, and the statistics of the last 24 hours, which roll minute by minute. What there is none of yet is absent.")
            .Path("symbol", "The instrument, in any letter case.", "AAPL")
            .Answers(StatusCodes.Status200OK, Example)
            .Refuses(ErrorCode.InstrumentNotFound);

        market.MapPost("/market-data/batch", Batch)
            .Described("getMarketDataBatch", "Shows several markets at a glance",
                $"1–{BatchMax} symbols; answered in the order asked, all of one moment. One unknown symbol refuses the whole, and `details.field` names it: a list with gaps would be taken for a full one.")
            .Takes(new MarketDataBatchRequest(["AAPL", "GOOGL"]))
            .Answers(StatusCodes.Status200OK, new[] { Example, Example2 })
            .Refuses(ErrorCode.InstrumentNotFound);

        market.MapGet("/market-data/{symbol}/candles", (string symbol, QueryReader query, CandleReads candles, CancellationToken cancellation) => candles.ListAsync(symbol, query, cancellation))
            .Described("listCandles", "Lists a market's candles",
                "Oldest first. Intervals begin at whole multiples since 1970-01-01 UTC, so that a day is a UTC day; an interval without trades has no candle, and the last one may still grow. "
                + "When there are more than `limit`, the latest are given: to go further back, ask again with `to` = the first candle's `timestamp`.")
            .Path("symbol", "The instrument, in any letter case.", "AAPL")
            .Query("interval", "`1m` (default), `5m`, `15m`, `1h` or `1d`.", "1m")
            .Query("from", "Candles that begin at or after this instant.", ExampleTime)
            .Query("to", "Candles that begin before this instant.", ExampleTime.AddHours(1))
            .Query("limit", $"Most candles, 1–{CandleHistory.CandlesMax}; {CandleReads.LimitDefault} unless given.", 60)
            .Answers(StatusCodes.Status200OK, new[]
            {
                new CandleDto { Timestamp = ExampleTime, Open = 150.10m, High = 150.40m, Low = 150.05m, Close = 150.25m, Volume = 12_400, Trades = 118 },
            })
            .Refuses(ErrorCode.InstrumentNotFound);

        market.MapGet("/orderbook/{symbol}", (string symbol, QueryReader query, Listings listings, MarketReads reads) =>
            {
                var depth = (int)(query.Number("depth", 1, DepthMax) ?? DepthDefault);
                query.Faults.ThrowIfAny();
                return Api.Ok(reads.BookOf(listings.Require(symbol), depth));
            })
            .Described("getOrderBook", "Shows a market's order book",
                "Price levels as `[price, quantity]`, best first. `sequence` counts the book's changes; realtime updates continue from it.")
            .Path("symbol", "The instrument, in any letter case.", "AAPL")
            .Query("depth", $"Most levels a side, 1–{DepthMax}; {DepthDefault} unless given.", 10)
            .Answers(StatusCodes.Status200OK, new OrderBookDto
            {
                Symbol = "AAPL", Sequence = 48_121, Timestamp = ExampleTime,
                Bids = [new(150.20m, 1000), new(150.15m, 1500), new(150.10m, 2000)], Asks = [new(150.30m, 800), new(150.35m, 1200), new(150.40m, 1600)],
            })
            .Refuses(ErrorCode.InstrumentNotFound);

        market.MapGet("/trades/{symbol}", (string symbol, QueryReader query, HttpContext context, Tape tape, CancellationToken cancellation) => tape.ListAsync(symbol, query, context, cancellation))
            .Described("listTrades", "Lists a market's trades",
                "Newest first. `side` is that of the order that arrived and took liquidity. Paging by cursor does not count the whole tape and so is the fast way.")
            .Path("symbol", "The instrument, in any letter case.", "AAPL")
            .Query("from", "Trades at or after this instant.", ExampleTime)
            .Query("to", "Trades before this instant.", ExampleTime.AddHours(1))
            .AnswersList(TradeExample)
            .AlsoLines()
            .Refuses(ErrorCode.InstrumentNotFound);
    }

    static ApiResult<IReadOnlyList<MarketDataDto>> List(QueryReader query, IQueryCollection raw, Listings listings, MarketReads reads, CursorCodec cursors)
    {
        const string scope = "market-data";
        var page = PageRequest.From(query);
        var cursor = page.OpenCursor<Cursor<int>>(cursors, scope, query.Faults);
        query.Faults.ThrowIfAny();
        var (instruments, pagination) = MemoryPages.Cut(listings.All(), static instrument => instrument.Id, page, cursor, place => cursors.Seal(place, scope));
        return Api.List(reads.MarketsOf(instruments), pagination, page.Links("/market-data", raw, pagination)).Cacheable();
    }

    static ApiResult<IReadOnlyList<MarketDataDto>> Batch(Body<MarketDataBatchRequest> body, Listings listings, MarketReads reads)
    {
        var faults = body.Faults;
        var symbols = body.Value.Symbols;
        if (symbols is null)
            faults.Add("symbols", "is required");
        else if (faults.Require(symbols.Count is > 0 and <= BatchMax, "symbols", $"must have 1 to {BatchMax} entries"))
        {
            for (var i = 0; i < symbols.Count; i++)
                faults.Require(symbols[i] is { Length: > 0 }, $"symbols[{i}]", "must be a symbol");
        }
        faults.ThrowIfAny();
        var instruments = new ListedInstrument[symbols!.Count];
        for (var i = 0; i < instruments.Length; i++)
            instruments[i] = listings.Find(symbols[i]) ?? throw NotListed(symbols[i], i);
        return Api.Ok(reads.MarketsOf(instruments));
    }

    static ApiException NotListed(string symbol, int index)
    {
        var shown = symbol.Length <= 32 ? symbol : symbol[..32] + "…";
        return new(ErrorCode.InstrumentNotFound, $"There is no instrument {shown}; GET /instruments lists them.",
            new() { Field = $"symbols[{index}]", Reason = "is not listed", Observed = shown });
    }

    static Links LinksOf(string symbol) => new()
    {
        ["self"] = $"/market-data/{symbol}",
        ["orderbook"] = $"/orderbook/{symbol}",
        ["trades"] = $"/trades/{symbol}",
        ["candles"] = $"/market-data/{symbol}/candles",
        ["instrument"] = $"/instruments/{symbol}",
    };
}
