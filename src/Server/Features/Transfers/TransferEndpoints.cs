using MyTradeX.Contracts;
using MyTradeX.Contracts.Identity;
using MyTradeX.Contracts.Trading;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Idempotency;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Settings;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Features.Transfers;

/// <summary><c>/transfers</c>.</summary>
internal static class TransferEndpoints
{
    static readonly DateTimeOffset ExampleTime = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero);

    /// <summary>A transfer, for the documents.</summary>
    public static readonly TransferDto Example = new()
    {
        Id = "transfer-123", Status = TransferStatus.Completed, Amount = 250.00m, Currency = "USD", FromAccountId = "account-5", ToAccountId = "account-8", Memo = "Lunch",
        CreatedAt = ExampleTime, CompletedAt = ExampleTime,
    };

    static readonly TransferDto ScheduledExample = Example with
    {
        Id = "transfer-124", Status = TransferStatus.Scheduled, RunAt = new(2024, 2, 1, 8, 0, 0, TimeSpan.Zero), CompletedAt = null, SeriesId = "transfer-124", Occurrence = 1,
        Recurrence = new() { Frequency = RecurrenceFrequency.Monthly, Interval = 1, TimeZone = "Europe/Berlin", Until = new(2024, 12, 31) },
    };

    static readonly TransferRequest SendExample = new("account-5", "account-8", Amount: 250.00m, Currency: "USD", Memo: "Lunch");

    static readonly ErrorCode[] SendRefusals =
    [
        ErrorCode.AccountNotFound, ErrorCode.AccountClosed, ErrorCode.CurrencyNotFound, ErrorCode.CurrencyMismatch, ErrorCode.TransferLimitExceeded, ErrorCode.AmountOutOfRange, ErrorCode.OutcomeUnknown,
    ];

    public static void AddTransfers(this WebApplicationBuilder builder)
    {
        builder.AddSettings<TransferOptions>("Transfers");
        builder.Services.AddSingleton<TransferService>();
        builder.Services.AddSingleton<TransferList>();
        builder.Services.AddHostedService<TransferSeries>();
    }

    public static void MapTransfers(this RouteGroupBuilder api)
    {
        var transfers = api.MapGroup("/transfers").WithTags("Transfers").WithMetadata(new JournalIdempotency());

        transfers.MapPost("", async (Body<TransferRequest> body, Caller caller, CommandKey key, TransferService service, CancellationToken cancellation) =>
                Made(await service.SendAsync(caller, body.Value, body.Faults, key, cancellation)))
            .Requires(Permission.TransferFunds)
            .Described("createTransfer", "Sends money",
                "From one of your accounts to any account in the same currency, at once and durable when answered. Send an `Idempotency-Key`, and a repetition gives the same transfer instead of another.")
            .Takes(SendExample)
            .Answers(StatusCodes.Status201Created, Example)
            .Refuses([.. SendRefusals, ErrorCode.DailyLimitExceeded, ErrorCode.InsufficientFunds]);

        transfers.MapPost("/validate", (Body<TransferRequest> body, Caller caller, TransferService service) => Api.Ok(service.Validate(caller, body.Value, body.Faults)))
            .Requires(Permission.TransferFunds)
            .Described("validateTransfer", "Tells what sending would do now", "Whether it would be carried out, the refusal if not, and what may still be sent. Nothing is sent and nothing promised.")
            .Takes(SendExample)
            .Answers(StatusCodes.Status200OK, new TransferValidationDto { Valid = true, ToAccountId = "account-8", Currency = "USD", Available = 84_997.00m, MaximumAmount = 100_000m, RemainingToday = 499_750.00m })
            .Refuses(ErrorCode.AccountNotFound, ErrorCode.CurrencyNotFound, ErrorCode.CurrencyMismatch, ErrorCode.AmountOutOfRange);

        transfers.MapPost("/schedule", async (Body<ScheduleTransferRequest> body, Caller caller, CommandKey key, TransferService service, CancellationToken cancellation) =>
                Made(await service.ScheduleAsync(caller, body.Value, body.Faults, key, cancellation)))
            .Requires(Permission.TransferFunds)
            .Described("scheduleTransfer", "Sends money later",
                "Once at `runAt`, or again and again by `recurrence`. Nothing is reserved: whether there is enough is seen when the time has come. `runAt` without an offset is a time of day in `timeZone`, and a recurrence keeps it through changes of the clock.")
            .Takes(new ScheduleTransferRequest("account-5", "account-8", Amount: 250.00m, Memo: "Lunch", RunAt: "2030-02-01T09:00:00", TimeZone: "Europe/Berlin", Recurrence: new(RecurrenceFrequency.Monthly, Until: new(2030, 12, 31))))
            .Answers(StatusCodes.Status201Created, ScheduledExample)
            .Refuses([.. SendRefusals, ErrorCode.TooManyTransfers]);

        foreach (var (path, id) in (ReadOnlySpan<(string, string)>)[("", "listTransfers"), ("/history", "listTransferHistory")])
        {
            transfers.MapGet(path, (Caller caller, QueryReader query, HttpContext context, TransferList list, CancellationToken cancellation) => list.ListAsync(caller, "/transfers" + path, query, context, cancellation))
                .Requires(Permission.ViewPortfolio)
                .Described(id, "Lists your transfers", "Sent, scheduled and received, newest first.")
                .Query("status", "Only these, separated by commas or given repeatedly.", "completed,scheduled")
                .Query("direction", "Only those sent, or received.", TransferDirection.Sent)
                .Query("accountId", "Only those from or to this account.", "account-5")
                .Query("seriesId", "Only those of this series.", "transfer-124")
                .Query("from", "Asked for at or after.", ExampleTime)
                .Query("to", "Asked for before.", ExampleTime.AddDays(1))
                .Query("userId", "Another user's transfers; administrators only.", "user-123")
                .Fresh()
                .AnswersList(Example)
                .AlsoLines();
        }

        foreach (var (path, id) in (ReadOnlySpan<(string, string)>)[("/{id}", "getTransfer"), ("/{id}/status", "getTransferStatus")])
        {
            transfers.MapGet(path, async (string id, Caller caller, TransferService service, CancellationToken cancellation) => Show(await service.GetAsync(caller, id, cancellation)))
                .Requires(Permission.ViewPortfolio)
                .Described(id, "Shows a transfer", "One that you sent or scheduled, or one that you received; administrators may see any.")
                .Path("id", "The transfer's id.", "transfer-123")
                .Fresh()
                .Answers(StatusCodes.Status200OK, Example)
                .Refuses(ErrorCode.TransferNotFound);
        }

        transfers.MapPost("/{id}/cancel", async (string id, Body<CancelTransferRequest> body, Caller caller, CommandKey key, TransferService service, CancellationToken cancellation) =>
            {
                var cancelled = await service.CancelAsync(caller, id, body.Value, body.Faults, key, cancellation);
                return Show(cancelled.Transfer) with { Sequence = cancelled.Sequence, Replayed = cancelled.Replayed };
            })
            .Requires(Permission.TransferFunds)
            .Described("cancelTransfer", "Takes a scheduled transfer back", "And with it those of its series that would have followed.")
            .Path("id", "The transfer's id.", "transfer-124")
            .Takes(new CancelTransferRequest("Changed my mind"))
            .Answers(StatusCodes.Status200OK, ScheduledExample with { Status = TransferStatus.Cancelled, CompletedAt = ExampleTime.AddDays(1) })
            .Refuses(ErrorCode.TransferNotFound, ErrorCode.TransferNotScheduled, ErrorCode.OutcomeUnknown);
    }

    static ApiResult<TransferDto> Show(TransferDto transfer) => Api.Ok(transfer, LinksOf(transfer));

    static ApiResult<TransferDto> Made(TransferOutcome made) =>
        Api.Created("/transfers/" + made.Transfer.Id, made.Transfer, LinksOf(made.Transfer), made.Sequence, made.Replayed);

    static Links LinksOf(TransferDto transfer) => new() { ["self"] = "/transfers/" + transfer.Id, ["status"] = $"/transfers/{transfer.Id}/status" };
}
