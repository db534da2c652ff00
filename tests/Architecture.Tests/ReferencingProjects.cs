using System.Xml.Linq;
using Xunit;

namespace MyTradeX.Architecture.Tests;

/// <summary>The house's arrows: which project may know which. A new arrow is a decision, made here and in a decision record.</summary>
public sealed class ReferencingProjects
{
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Core"] = [],
        ["Journal"] = [],
        ["Store"] = [],
        ["Contracts"] = [],
        ["Venue"] = ["Core", "Journal", "Store"],
        ["Client"] = ["Contracts"],
        ["Cli"] = ["Client", "Contracts", "Venue"],
        ["Protocols/SocketIO"] = ["Protocols/WebSockets"],
        ["Server"] = ["Venue", "Contracts", "Protocols/*"],
    };

    [Fact]
    public void follows_the_allowed_arrows_alone()
    {
        List<string> wrong = [];
        foreach (var project in Projects())
        {
            var from = NameOf(project);
            var allowed = Allowed.GetValueOrDefault(from) ?? (from.StartsWith("Protocols/", StringComparison.Ordinal) ? [] : null);
            if (allowed is null)
            {
                wrong.Add($"{from} is not a project of the house");
                continue;
            }
            wrong.AddRange(
                from to in ReferencesOf(project)
                where !allowed.Contains(to) && !(to.StartsWith("Protocols/", StringComparison.Ordinal) && allowed.Contains("Protocols/*"))
                select $"{from} → {to}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    public void the_core_uses_no_packages_at_run_time()
    {
        var packages = XDocument.Load(Path.Combine(Source, "Core", "Core.csproj")).Descendants("PackageReference")
            .Where(package => (string?)package.Attribute("PrivateAssets") != "all")
            .Select(package => (string?)package.Attribute("Include"));
        Assert.Empty(packages);
    }

    [Fact]
    public void every_project_is_in_the_solution()
    {
        var root = Path.GetDirectoryName(Source)!;
        var listed = XDocument.Load(Path.Combine(root, "MyTradeX.slnx")).Descendants("Project").Select(project => (string)project.Attribute("Path")!);
        Assert.Empty(Projects().Select(project => Path.GetRelativePath(root, project).Replace('\\', '/')).Except(listed));
    }

    static string Source { get; } = FindSource();

    static IEnumerable<string> Projects() => Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories);

    static IEnumerable<string> ReferencesOf(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference => NameOf(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, ((string)reference.Attribute("Include")!).Replace('\\', '/')))));

    static string NameOf(string project) => Path.GetRelativePath(Source, Path.GetDirectoryName(project)!).Replace('\\', '/');

    static string FindSource()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "MyTradeX.slnx")))
                return Path.Combine(at.FullName, "src");
        }
        throw new DirectoryNotFoundException("No folder above the tests holds MyTradeX.slnx.");
    }
}
