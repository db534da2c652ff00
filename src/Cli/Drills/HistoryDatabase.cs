using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace MyTradeX.Cli.Drills;

/// <summary>A server's history as rows, whatever database keeps it.</summary>
internal sealed class HistoryDatabase
{
    readonly Func<DbConnection> _connect;

    HistoryDatabase(Func<DbConnection> connect) => _connect = connect;

    /// <summary>One file, which is only read.</summary>
    public static HistoryDatabase Sqlite(string file) => new(() => new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False"));

    /// <summary>A database of a PostgreSQL server.</summary>
    public static HistoryDatabase Postgres(string connectionString) => new(() => new NpgsqlConnection($"{connectionString};Pooling=false"));

    /// <summary>What a query finds, one text a row, as it is read.</summary>
    public IEnumerable<string> Rows(string query)
    {
        using var connection = _connect();
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Queries are this folder's own constants.
        command.CommandText = query;
#pragma warning restore CA2100
        command.CommandTimeout = 0;
        using var reader = command.ExecuteReader();
        var values = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(values);
            // SQLite keeps truth values as 0 and 1.
            yield return string.Join('|', values.Select(value => value is bool truth ? truth ? 1L : 0L : value));
        }
    }
}
