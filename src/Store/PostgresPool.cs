using Npgsql;

namespace MyTradeX.Store;

/// <summary>
/// The pool settings of the platform's integration guide, used wherever the connection string says nothing else:
/// at most 20 connections, at least 5, idle ones closed after 30 s, 2 s to connect or to get one from the pool.
/// The guide also retires a connection after 7,500 uses; Npgsql counts time instead of uses, so a connection is
/// retired after one hour (<c>Connection Lifetime=3600</c>), which serves the same end: no connection lives for ever,
/// and load moves to new replicas.
/// </summary>
public static class PostgresPool
{
    /// <summary>Most connections open at once.</summary>
    public const int MaximumSize = 20;

    /// <summary>Connections kept open when idle.</summary>
    public const int MinimumSize = 5;

    /// <summary>Seconds after which an idle connection above the minimum is closed.</summary>
    public const int IdleSeconds = 30;

    /// <summary>Seconds to wait for a new or pooled connection.</summary>
    public const int ConnectSeconds = 2;

    /// <summary>Seconds after which a connection is retired.</summary>
    public const int LifetimeSeconds = 3600;

    internal static string WithDefaults(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        void Default(string keyword, object value)
        {
            if (!given.ContainsKey(keyword) || !IsNamed(connectionString, keyword))
                given[keyword] = value;
        }

        Default("Maximum Pool Size", MaximumSize);
        Default("Minimum Pool Size", Math.Min(MinimumSize, given.MaxPoolSize));
        Default("Connection Idle Lifetime", IdleSeconds);
        Default("Timeout", ConnectSeconds);
        Default("Connection Lifetime", LifetimeSeconds);
        Default("Application Name", "mytradex");
        // Our statements are few and their text is fixed, so the server plans each once per connection.
        Default("Max Auto Prepare", 128);
        Default("Auto Prepare Min Usages", 3);
        return given.ConnectionString;
    }

    // Npgsql answers "contains" for every keyword it knows; what matters here is whether the operator wrote it,
    // under whichever of its spellings. Setting it on an empty builder tells the canonical name.
    private static bool IsNamed(string connectionString, string keyword)
    {
        var written = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (string name in written.Keys)
        {
            var canonical = new NpgsqlConnectionStringBuilder { [name] = written[name] };
            if (canonical.Keys.Cast<string>().Contains(keyword, StringComparer.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
