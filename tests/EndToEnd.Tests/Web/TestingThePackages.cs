using Xunit;

namespace MyTradeX.EndToEnd.Tests.Web;

/// <summary>What the browser's packages are tested with by themselves.</summary>
public sealed class TestingThePackages
{
    [Fact]
    public async Task passes_every_test_of_theirs()
    {
        WebWorkspace.Require();
        await WebWorkspace.BuildAsync();

        await WebWorkspace.NpmAsync("test");
    }

    [Fact]
    public async Task finds_no_fault_of_types_or_style()
    {
        WebWorkspace.Require();
        await WebWorkspace.BuildAsync();

        await WebWorkspace.NpmAsync("run", "check");
    }
}
