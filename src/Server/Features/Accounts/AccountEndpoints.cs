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

namespace MyTradeX.Server.Features.Accounts;

/// <summary><c>/accounts</c>.</summary>
internal static class AccountEndpoints
{
    /// <summary>An account, for the documents.</summary>
    public static readonly AccountDto Example = new()
    {
        Id = "account-5", Number = "000000000583", Name = "Trading USD", Type = AccountType.Trading, Currency = "USD", Balance = 100_000.00m, Available = 84_997.00m, Held = 15_003.00m, Status = AccountStatus.Active,
    };

    /// <summary>A line of the ledger, for the documents.</summary>
    public static readonly TransactionDto TransactionExample = new()
    {
        Id = "transaction-77-0", AccountId = "account-5", Type = TransactionType.Trade, Asset = "USD", Amount = -14_950.00m, BalanceAfter = 85_050.00m, Reference = "trade-456",
        Timestamp = new(2024, 1, 15, 10, 35, 0, TimeSpan.Zero),
    };

    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AccountService>();
        builder.Services.AddSingleton<AccountList>();
        builder.Services.AddSingleton<TransactionList>();
        builder.Services.AddSingleton<StatementService>();
        builder.Services.AddSingleton<ITopicFamily, AccountTopics>();
        builder.Services.AddSingleton<ITopicFamily, TransactionTopics>();
        builder.Services.AddHostedService<DevelopmentFunds>();
    }

    public static void MapAccounts(this RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("Accounts").WithMetadata(new JournalIdempotency());

        accounts.MapGet("", (Caller caller, QueryReader query, HttpRequest request, AccountList list) => list.ListAsync(caller, query, request.Query))
            .Requires(Permission.ViewPortfolio)
            .Described("listAccounts", "Lists your accounts", "Oldest first. Everyone has a trading account in USD.")
            .Fresh()
            .AnswersList(Example);

        accounts.MapPost("", async (Body<OpenAccountRequest> body, Caller caller, CommandKey key, AccountService service) =>
            {
                var opened = await service.OpenAsync(caller, body.Value, body.Faults, key);
                return Api.Created("/accounts/" + opened.Account.Id, opened.Account, LinksOf(opened.Account), opened.Sequence, opened.Replayed);
            })
            .Requires(Permission.TransferFunds)
            .Described("openAccount", "Opens an account", "Of type `TRADING` in USD unless told otherwise.")
            .Takes(new OpenAccountRequest("Rainy days", AccountType.Savings, "USD"))
            .Answers(StatusCodes.Status201Created, Example with { Id = "account-6", Number = "000000000680", Name = "Rainy days", Type = AccountType.Savings, Balance = 0, Available = 0, Held = 0 })
            .Refuses(ErrorCode.CurrencyNotFound, ErrorCode.OutcomeUnknown);

        accounts.MapGet("/{id}", (string id, Caller caller, AccountService service) => Show(service.Get(caller, id)))
            .Requires(Permission.ViewPortfolio)
            .Described("getAccount", "Shows an account", "Your own; administrators may see any.")
            .Path("id", "The account's id.", "account-5")
            .Fresh()
            .Answers(StatusCodes.Status200OK, Example)
            .Refuses(ErrorCode.AccountNotFound);

        accounts.MapPut("/{id}", async (string id, Body<UpdateAccountRequest> body, Caller caller, CommandKey key, AccountService service) =>
                Changed(await service.RenameAsync(caller, id, body.Value, body.Faults, key)))
            .Requires(Permission.TransferFunds)
            .Described("updateAccount", "Gives an account another name")
            .Path("id", "The account's id.", "account-5")
            .Takes(new UpdateAccountRequest("Rainy days"))
            .Answers(StatusCodes.Status200OK, Example with { Name = "Rainy days" })
            .Refuses(ErrorCode.AccountNotFound, ErrorCode.OutcomeUnknown);

        accounts.MapPost("/{id}/close", async (string id, Body<CloseAccountRequest> body, Caller caller, CommandKey key, AccountService service) =>
                Changed(await service.CloseAsync(caller, id, body.Value, body.Faults, key)))
            .Requires(Permission.TransferFunds)
            .Described("closeAccount", "Closes an account for good", "It must be empty: no money, no shares, no open orders. Transfers that are scheduled from or to it will fail.")
            .Path("id", "The account's id.", "account-5")
            .Takes(new CloseAccountRequest("No longer needed"))
            .Answers(StatusCodes.Status200OK, Example with { Balance = 0, Available = 0, Held = 0, Status = AccountStatus.Closed })
            .Refuses(ErrorCode.AccountNotFound, ErrorCode.AccountClosed, ErrorCode.AccountNotEmpty, ErrorCode.OutcomeUnknown);

        accounts.MapGet("/{id}/balance", (string id, Caller caller, AccountService service) => Api.Ok(service.GetBalance(caller, id), new() { ["self"] = $"/accounts/{id}/balance", ["account"] = $"/accounts/{id}" }))
            .Requires(Permission.ViewPortfolio)
            .Described("getBalance", "Shows what an account holds")
            .Path("id", "The account's id.", "account-5")
            .Fresh()
            .Answers(StatusCodes.Status200OK, new AccountBalanceDto { AccountId = "account-5", Currency = "USD", Balance = 100_000.00m, Available = 84_997.00m, Held = 15_003.00m, Sequence = 4711 })
            .Refuses(ErrorCode.AccountNotFound);

        accounts.MapGet("/{id}/transactions", (string id, Caller caller, QueryReader query, HttpContext context, TransactionList list, CancellationToken cancellation) =>
                list.ListAsync(caller, id, query, context, cancellation))
            .Requires(Permission.ViewPortfolio)
            .Described("listTransactions", "Lists an account's lines of the ledger", "Every movement of money and shares, newest first.")
            .Path("id", "The account's id.", "account-5")
            .Query("type", "Only these, separated by commas or given repeatedly.", "TRADE,FEE")
            .Query("asset", "Only this currency or symbol.", "USD")
            .Query("from", "At or after.", new DateTimeOffset(2024, 1, 15, 0, 0, 0, TimeSpan.Zero))
            .Query("to", "Before.", new DateTimeOffset(2024, 1, 16, 0, 0, 0, TimeSpan.Zero))
            .Fresh()
            .AnswersList(TransactionExample)
            .AlsoLines()
            .AlsoText(TransactionTable.ContentType, TransactionTable.Head + TransactionTable.Row(TransactionExample))
            .Refuses(ErrorCode.AccountNotFound);

        accounts.MapGet("/{id}/statements/{month}", (string id, string month, Caller caller, QueryReader query, HttpContext context, StatementService statements, CancellationToken cancellation) =>
                statements.ShowAsync(caller, id, month, query, context, cancellation))
            .Requires(Permission.ViewPortfolio)
            .Described("getStatement", "Shows a month of an account",
                "What it began with, what came and went, what it ended with, in UTC. With `Accept: text/csv` the month's lines for a spreadsheet, with `Accept: text/html` a page to print; `format` does the same for a link.")
            .Path("id", "The account's id.", "account-5")
            .Path("month", "Year and month.", "2024-01")
            .Query("format", "`json`, `csv` or `html`.", "json")
            .Fresh()
            .Answers(StatusCodes.Status200OK, new AccountStatementDto
            {
                AccountId = "account-5", AccountNumber = "000000000583", Name = "Trading USD", Currency = "USD", Month = "2024-01", Final = true, OpeningBalance = 0m, ClosingBalance = 85_050.00m, Transactions = 2,
                Totals = [new() { Type = TransactionType.Deposit, Transactions = 1, Amount = 100_000.00m }, new() { Type = TransactionType.Trade, Transactions = 1, Amount = -14_950.00m }],
            })
            .AlsoText(TransactionTable.ContentType, TransactionTable.Head + TransactionTable.Row(TransactionExample))
            .AlsoText("text/html", "<!doctype html>…")
            .Refuses(ErrorCode.AccountNotFound);

        accounts.MapPost("/{id}/deposits", async (string id, Body<DepositRequest> body, Caller caller, CommandKey key, AccountService service) =>
                Made(await service.DepositAsync(caller, id, body.Value, body.Faults, key)))
            .Requires(Permission.TransferFunds)
            .Described("deposit", "Brings money in", "Administrators; in Development owners too, up to 1,000,000 at once. Answers with the account afterwards.")
            .Path("id", "The account's id.", "account-5")
            .Takes(new DepositRequest(10_000.00m))
            .Answers(StatusCodes.Status201Created, Example with { Balance = 110_000.00m, Available = 94_997.00m })
            .Refuses(ErrorCode.AccountNotFound, ErrorCode.AmountOutOfRange, ErrorCode.OutcomeUnknown);

        accounts.MapPost("/{id}/positions", async (string id, Body<DeliverPositionRequest> body, Caller caller, CommandKey key, AccountService service) =>
                Made(await service.DeliverAsync(caller, id, body.Value, body.Faults, key)))
            .Requires(Permission.TransferFunds)
            .Described("deliverPosition", "Brings shares in", "Administrators; in Development owners too, up to 1,000,000 at once. Answers with the account afterwards.")
            .Path("id", "The account's id.", "account-5")
            .Takes(new DeliverPositionRequest("AAPL", 100, 149.50m))
            .Answers(StatusCodes.Status201Created, Example)
            .Refuses(ErrorCode.AccountNotFound, ErrorCode.InstrumentNotFound, ErrorCode.CurrencyMismatch, ErrorCode.AmountOutOfRange, ErrorCode.OutcomeUnknown);
    }

    static ApiResult<AccountDto> Show(AccountDto account) => Api.Ok(account, LinksOf(account));

    static ApiResult<AccountDto> Changed(AccountOutcome outcome) => Show(outcome.Account) with { Sequence = outcome.Sequence, Replayed = outcome.Replayed };

    // What is new is in the account's list of transactions.
    static ApiResult<AccountDto> Made(AccountOutcome outcome) =>
        Api.Created($"/accounts/{outcome.Account.Id}/transactions", outcome.Account, LinksOf(outcome.Account), outcome.Sequence, outcome.Replayed);

    static Links LinksOf(AccountDto account) => new()
    {
        ["self"] = $"/accounts/{account.Id}",
        ["balance"] = $"/accounts/{account.Id}/balance",
        ["transactions"] = $"/accounts/{account.Id}/transactions",
    };
}
