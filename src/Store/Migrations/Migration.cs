using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace MyTradeX.Store;

/// <summary>One numbered step of the schema, embedded as <c>NNNN_what_it_does.sql</c>. Never edited after it has shipped.</summary>
internal sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>SHA-256 of the text as it is in the repository, before the dialect's words are filled in.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>Every step this program knows, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Load();

    private static List<Migration> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        var steps = new List<Migration>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            // A checkout may rewrite line ends; the checksum must not notice.
            var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
            var name = Path.GetFileNameWithoutExtension(resource);
            steps.Add(new Migration(int.Parse(name.AsSpan(0, 4), NumberStyles.None), name[5..], sql));
        }

        return steps;
    }
}
