using System.Runtime.CompilerServices;

namespace MyTradeX.Core.Tests.Golden;

/// <summary>Text that strangers rely on, kept beside the tests. MYTRADEX_GOLDEN=write renews it, for a change that is meant.</summary>
static class GoldenFile
{
    public static void Matches(string name, string text, [CallerFilePath] string caller = "")
    {
        if (Environment.GetEnvironmentVariable("MYTRADEX_GOLDEN") == "write") File.WriteAllText(Path.Combine(Path.GetDirectoryName(caller)!, name), text);
        else Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", name)), text);
    }
}
