using Xunit;

namespace MyTradeX.Venue.Tests;

/// <summary>Looks again until something holds, and fails when it has not within half a minute.</summary>
static class Eventually
{
    public static Task IsTrue(Func<bool> condition) => IsTrue(() => Task.FromResult(condition()));

    public static async Task IsTrue(Func<Task<bool>> condition)
    {
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(30);
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It has not come to hold within half a minute.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
