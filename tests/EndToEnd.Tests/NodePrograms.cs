using Xunit;

namespace MyTradeX.EndToEnd.Tests;

/// <summary>Programs for Node that lie beside the tests, with packages that <c>npm ci</c> brings.</summary>
static class NodePrograms
{
    static readonly bool _nodeIsThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));

    /// <summary>The folder of a suite's programs.</summary>
    /// <param name="suite">The folder of the suite, such as <c>Mail</c>.</param>
    public static string FolderOf(string suite)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "MyTradeX.slnx"))) root = root.Parent ?? throw new DirectoryNotFoundException("No folder above the tests holds MyTradeX.slnx.");
        return Path.Combine(root.FullName, "tests", "EndToEnd.Tests", suite, "node");
    }

    /// <summary>Skips the test where Node or the package is missing; where everything must run, that fails.</summary>
    public static void Require(string suite, string package) => RequireIn(FolderOf(suite), package, $"npm ci in tests/EndToEnd.Tests/{suite}/node");

    /// <summary>The same for a package of any folder.</summary>
    /// <param name="folder">Where its <c>node_modules</c> is.</param>
    /// <param name="package">The package.</param>
    /// <param name="remedy">What brings it there.</param>
    public static void RequireIn(string folder, string package, string remedy)
    {
        if (_nodeIsThere && Directory.Exists(Path.Combine(folder, "node_modules", package))) return;
        var missing = $"Node or the package {package} is missing (Debian: apt-get install nodejs npm; then {remedy})";
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail(missing);
        Assert.Skip(missing);
    }
}
