using MyTradeX.Contracts;
using MyTradeX.Contracts.Admin;
using MyTradeX.Contracts.Identity;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;

namespace MyTradeX.Server.Features.Admin;

/// <summary><c>/admin</c>: the server's own books, for who runs it.</summary>
internal static class AdminEndpoints
{
    static readonly StateHashDto HashExample = new() { Sequence = 1_250_000, StateHash = "9ae0daaf5c1d7e08b3f2461c0d9e8a77", SnapshotSequence = 1_000_000, Replayed = 250_000 };

    static readonly ReconciliationDto BooksExample = new()
    {
        Status = BooksStatus.Unsound,
        Last = new()
        {
            StartedAt = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero), DurationMs = 840, Sequence = 1_250_000, StateHash = "9ae0daaf5c1d7e08b3f2461c0d9e8a77", LiveSequence = 1_250_412,
            LedgerLines = 402_116, LedgerComplete = true, Compared = new Dictionary<string, long> { ["ACCOUNTS"] = 1_204, ["LEDGER"] = 402_116 },
            FindingCount = 1, Findings = [new("ACCOUNTS", "account 3", "Balance is 1000001 in SQL and 1000000 by the journal")],
        },
    };

    public static void AddAdmin(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<BooksReads>();
        builder.Services.AddHealthChecks().AddCheck<BooksHealth>("books");
    }

    public static void MapAdmin(this RouteGroupBuilder api)
    {
        var admin = api.MapGroup("/admin").WithTags("Admin");

        admin.MapGet("/state-hash", (QueryReader query, BooksReads books, CancellationToken cancellation) =>
            {
                var sequence = query.Number("sequence", 1, long.MaxValue);
                query.Faults.ThrowIfAny();
                return books.StateHashAsync(sequence, cancellation);
            })
            .Requires(Permission.ManageSystem)
            .Described("getStateHash", "Shows the digest of the exchange's state at a sequence",
                "Administrators only. Equal on every machine that has the same journal: `mytradex verify --deep --at` prints it for a backup. "
                + "Taken from a second exchange that replays the journal from the snapshot before, one at a time: 503 while another replay is at work.")
            .Query("sequence", "The command after which; the last one so far unless given. As far back as the journal reaches.", 1_250_000L)
            .Answers(StatusCodes.Status200OK, HashExample)
            .Refuses(ErrorCode.NotFound);

        admin.MapGet("/reconciliation", (BooksReads books) => books.Reconciliation())
            .Requires(Permission.ManageSystem)
            .Described("getReconciliation", "Shows whether the books agree",
                "Administrators only. The server compares exchange, journal and SQL now and then while it trades (`Venue:ReconcileEverySeconds`); this is what the last comparison came to.")
            .Answers(StatusCodes.Status200OK, BooksExample);
    }
}
