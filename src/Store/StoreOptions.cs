using Microsoft.Data.Sqlite;
using Npgsql;

namespace MyTradeX.Store;

/// <summary>Where the SQL side of the venue lives: one SQLite file, or a PostgreSQL database.</summary>
public sealed record StoreOptions
{
    private StoreOptions(string? sqlitePath, string? postgresConnectionString)
    {
        SqlitePath = sqlitePath;
        PostgresConnectionString = postgresConnectionString;
    }

    /// <summary>Path of the SQLite file, or null when PostgreSQL is used.</summary>
    public string? SqlitePath { get; }

    /// <summary>Npgsql connection string, or null when SQLite is used. May hold a password: never print it.</summary>
    public string? PostgresConnectionString { get; }

    /// <summary>The embedded database: one file, created with its folder when it is not there.</summary>
    /// <param name="path">Path of the file.</param>
    public static StoreOptions Sqlite(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new StoreOptions(path, null);
    }

    /// <summary>A PostgreSQL database. Pool settings the string does not name get the values of <see cref="PostgresPool"/>.</summary>
    /// <param name="connectionString">Npgsql keywords, for example <c>Host=db;Database=mytradex;Username=app;Password=…</c>.</param>
    public static StoreOptions Postgres(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return new StoreOptions(null, connectionString);
    }

    /// <summary>Reads a configured connection string: <c>Data Source=…</c> is SQLite, <c>Host=…</c> is PostgreSQL.</summary>
    /// <exception cref="ArgumentException">The string is neither.</exception>
    public static StoreOptions Parse(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        try
        {
            var keywords = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = connectionString };
            if (keywords.ContainsKey("Host") || keywords.ContainsKey("Server"))
            {
                _ = new NpgsqlConnectionStringBuilder(connectionString);
                return Postgres(connectionString);
            }

            return Sqlite(new SqliteConnectionStringBuilder(connectionString).DataSource);
        }
        catch (ArgumentException fault)
        {
            // The inner message names the keyword at fault, never its value, so no password can leak from here.
            throw new ArgumentException(
                "ConnectionStrings:Store is neither SQLite (\"Data Source=<file>\") nor PostgreSQL (\"Host=…;Database=…\"): " + fault.Message,
                nameof(connectionString),
                fault);
        }
    }

    /// <summary>Says which database this is, without secrets.</summary>
    public override string ToString()
    {
        if (SqlitePath is not null)
            return $"SQLite {SqlitePath}";
        var parts = new NpgsqlConnectionStringBuilder(PostgresConnectionString);
        return $"PostgreSQL {parts.Host}:{parts.Port}/{parts.Database}";
    }
}
