using MyTradeX.Core;

namespace MyTradeX.Venue.Demo;

/// <summary>A stream of commands to a venue with a bounded number of them on the way, so that the queue is never empty and never full.</summary>
sealed class PastWindow(Venue venue, CancellationToken cancellation)
{
    const int OnTheWayMax = 8_192;

    static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(20);

    readonly Queue<Task<CommandResult>> _onTheWay = new();

    /// <summary>Commands sent so far.</summary>
    public int Sent { get; private set; }

    /// <summary>Sends a command, after earlier ones have come home when too many are on the way.</summary>
    public async ValueTask SendAsync(Command command)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_onTheWay.Count >= OnTheWayMax)
            while (_onTheWay.Count > OnTheWayMax / 2) await _onTheWay.Dequeue();
        _onTheWay.Enqueue(await SubmitAsync(command));
        Sent++;
    }

    /// <summary>Waits until all are home.</summary>
    public async Task DrainAsync()
    {
        while (_onTheWay.TryDequeue(out var task)) await task;
    }

    // Given back wrapped, or awaiting it would await the command itself.
    async ValueTask<Task<CommandResult>> SubmitAsync(Command command)
    {
        while (true)
        {
            try
            {
                return venue.SubmitAsync(in command);
            }
            catch (VenueUnavailableException unavailable) when (unavailable.RetryAfter <= TimeSpan.FromSeconds(1) && venue.Status.StoppedBecause is null)
            {
                // Refused at the door because others are ahead (a full queue, SQL behind): nothing of it was done.
                await Task.Delay(RetryDelay, cancellation);
            }
        }
    }
}
