using MyTradeX.Store;
using Npgsql;

namespace MyTradeX.Cli.Drills;

/// <summary>A database of the drill's own on the user's PostgreSQL server, dropped at the end. The databases that are there stay untouched.</summary>
internal sealed class PostgresScratch : IAsyncDisposable
{
    readonly string _server;
    readonly string _name;

    PostgresScratch(string server, string name)
    {
        (_server, _name) = (server, name);
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>How to reach it.</summary>
    public string ConnectionString { get; }

    /// <summary>What the server keeps in it.</summary>
    public StoreOptions Store => StoreOptions.Postgres(ConnectionString);

    /// <summary>Makes a new, empty database. The user that connects must be allowed to.</summary>
    /// <exception cref="DrillImpossibleException">The server cannot be reached, or refuses.</exception>
    public static async Task<PostgresScratch> CreateAsync(string server, CancellationToken cancellation)
    {
        var scratch = new PostgresScratch(server, $"mytradex_drill_{Guid.NewGuid():N}");
        try
        {
            await scratch.ExecuteAsync($"CREATE DATABASE {scratch._name}", cancellation);
        }
        catch (NpgsqlException refused)
        {
            throw new DrillImpossibleException($"no database of its own can be made for the drill: {refused.Message}");
        }
        return scratch;
    }

    public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE {_name} WITH (FORCE)", CancellationToken.None);

    async Task ExecuteAsync(string statement, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection($"{_server};Pooling=false");
        await connection.OpenAsync(cancellation);
#pragma warning disable CA2100 // The name in it is made up here.
        await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
