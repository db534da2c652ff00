namespace MyTradeX.Simulation;

public sealed class AVenueUnderFaults
{
    [Fact]
    public void keeps_every_promise()
    {
        var (first, count) = Seeds.Choose(usual: 250);
        var (commands, answers, operations) = (0L, 0L, 0L);
        var (tally, gate) = (new Tally(), new Lock());
        var started = DateTime.UtcNow;
        Seeds.Play(first, count, seed =>
        {
            var run = Run.Of(seed);
            var size = run.Size;
            lock (gate) tally.Add(run.Tally);
            Interlocked.Add(ref commands, size.Commands);
            Interlocked.Add(ref answers, size.Answers);
            Interlocked.Add(ref operations, size.Operations);
        });
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{count} seeds from {first}: {commands:N0} commands, {answers:N0} answers, {operations:N0} disk operations, {(DateTime.UtcNow - started).TotalMilliseconds / count:F1} ms a seed");
        TestContext.Current.TestOutputHelper?.WriteLine(tally.ToString());
        if (count < 100) return;
        foreach (var what in Enum.GetValues<Happening>()) Assert.True(tally[what] > 0, $"In {count} seeds there was no {what}.");
    }
}
