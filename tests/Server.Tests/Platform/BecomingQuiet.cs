using MyTradeX.Server.Platform.Runtime;
using Xunit;

namespace MyTradeX.Server.Tests.Platform;

public sealed class BecomingQuiet
{
    readonly QuietHeap _heap = new();
    long _allocated;

    [Fact]
    public void a_heap_is_due_once_when_little_is_allocated_after_much()
    {
        Assert.DoesNotContain(true, Pass(QuietHeap.Window, 0));
        Assert.DoesNotContain(true, Pass(20, 1 + (QuietHeap.Busy / QuietHeap.Window)));

        // The busy seconds leave the window one by one.
        Assert.Equal([false, false, false, false, true], Pass(5, 0));
        Assert.DoesNotContain(true, Pass(20, 0));
    }

    [Fact]
    public void one_burst_in_a_second_is_enough()
    {
        Pass(QuietHeap.Window, 0);
        Pass(1, QuietHeap.Busy);

        Assert.Single(Pass(20, 0), isDue => isDue);
    }

    [Theory]
    [InlineData(QuietHeap.Busy / QuietHeap.Window - 1, 0)]
    [InlineData(QuietHeap.Quiet / QuietHeap.Window - 1, QuietHeap.Quiet / QuietHeap.Window - 1)]
    public void what_was_never_busy_is_never_due(long first, long then)
    {
        Assert.DoesNotContain(true, Pass(20, first));
        Assert.DoesNotContain(true, Pass(20, then));
    }

    [Fact]
    public void it_waits_while_there_is_something_to_do()
    {
        Pass(20, QuietHeap.Busy);

        Assert.DoesNotContain(true, Pass(20, 1 + (QuietHeap.Quiet / QuietHeap.Window)));
        Assert.Single(Pass(20, 0), isDue => isDue);
    }

    [Fact]
    public void the_next_busy_time_makes_it_due_again()
    {
        Pass(20, QuietHeap.Busy);
        Pass(20, 0);
        Pass(20, QuietHeap.Busy);

        Assert.Single(Pass(20, 0), isDue => isDue);
    }

    /// <summary>Seconds in each of which so much is allocated, and whether it is due after each.</summary>
    List<bool> Pass(int seconds, long bytes) => [.. Enumerable.Range(0, seconds).Select(_ => _heap.IsDue(_allocated += bytes))];
}
