using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>The server's clock goes forward and back while it trades.</summary>
public sealed class AJumpingClock
{
    [Fact]
    public async Task takes_no_time_back_and_expires_day_orders_when_their_day_ends()
    {
        if (FakeClock.Library is null && Environment.GetEnvironmentVariable("CI") != "true") Assert.Skip("libfaketime is not installed (Debian: apt-get install faketime)");

        var report = await ShortDrill.RunAsync(tools => ClockDrill.RunAsync(tools, jumps: 4));

        Assert.True(report.Passed, report.Verdict);
    }
}
