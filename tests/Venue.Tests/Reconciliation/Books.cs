using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using MyTradeX.Core;
using MyTradeX.Store;
using MyTradeX.Store.Tests;
using MyTradeX.Venue.Reconciliation;
using Npgsql;
using Xunit;

namespace MyTradeX.Venue.Tests.Reconciliation;

/// <summary>A venue that has traded on one of the databases, and a way past the store to make its books lie.</summary>
public sealed class Books : IAsyncDisposable
{
    readonly string? _postgres;

    Books(string? postgres, VenueOptions options, TimeProvider clock)
    {
        _postgres = postgres;
        Fixture = new VenueFixture { Logger = Log, Options = options, Clock = clock, Store = postgres is null ? null : StoreOptions.Postgres(postgres) };
    }

    public VenueFixture Fixture { get; }

    public RecordedLog Log { get; } = new();

    public static async Task<Books> OpenAsync(string engine = "SQLite", VenueOptions? options = null, TimeProvider? clock = null)
    {
        string? postgres = null;
        if (engine == "PostgreSQL")
        {
            var cluster = await PostgresCluster.GetAsync();
            var schema = "v" + Guid.NewGuid().ToString("N");
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Pooling = false });
            await using var create = source.CreateCommand($"CREATE SCHEMA {schema}");
            await create.ExecuteNonQueryAsync();
            postgres = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { SearchPath = schema, MaxPoolSize = 10, MinPoolSize = 0 }.ConnectionString;
        }
        // Only when a test asks for it.
        var books = new Books(postgres, options ?? new VenueOptions { JournalFolder = "", ReconcileEvery = TimeSpan.FromDays(1) }, clock ?? TimeProvider.System);
        await books.Fixture.OpenAsync();
        await books.Fixture.ListAsync();
        await books.TradeAsync();
        return books;
    }

    /// <summary>Orders of both users, some of which trade, some rest, some are cancelled.</summary>
    public async Task TradeAsync(int orders = 200)
    {
        var sent = Enumerable.Range(0, orders).Select(i =>
            Fixture.Do(VenueFixture.Limit(1 + i % 2, i % 4 < 2 ? Side.Buy : Side.Sell, 1 + i % 7, 1_500_000 + i * 37 % 11 * 100)));
        foreach (var result in await Task.WhenAll(sent))
            if (result.SubjectId % 5 == 0) await Fixture.Do(Command.From(0, new CancelOrder { OrderId = result.SubjectId }));
        var transfer = new TransferCash { FromAccountId = 3, ToAccountId = 4, Amount = 1_000, Memo = Text64.From("lunch") };
        await Fixture.Do(Command.From(1, transfer));
        await Fixture.Do(Command.From(1, new ScheduleTransfer { Transfer = transfer, RunAt = long.MaxValue }));
        await CatchUpAsync();
    }

    public Task CatchUpAsync() => Fixture.Venue.WaitForHistoryAsync(Fixture.Venue.Sequence, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public ReconciliationResult Reconcile() => Fixture.Venue.Reconcile() ?? throw new InvalidOperationException("SQL has nothing yet.");

    /// <summary>Changes SQL behind everyone's back; at least one row must be hit, or the test would prove nothing.</summary>
    public async Task PlantAsync(string sql)
    {
        await using DbConnection connection = _postgres is null
            ? new SqliteConnection($"Data Source={Path.Combine(Fixture.Folder, "store.db")};Pooling=False")
            : new NpgsqlConnection(_postgres);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the tests' own.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.True(await command.ExecuteNonQueryAsync() > 0, $"nothing was planted by {sql}");
    }

    public ValueTask DisposeAsync() => Fixture.DisposeAsync();

    /// <summary>What was logged as an error or a piece of news.</summary>
    public sealed class RecordedLog : ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue((logLevel, formatter(state, exception)));
    }
}
