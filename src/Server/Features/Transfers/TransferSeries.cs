using MyTradeX.Core;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Venue;

namespace MyTradeX.Server.Features.Transfers;

/// <summary>
/// Has the next transfer of a series scheduled when one has had its time. The exchange remembers which are waiting for that and takes the next of each once, so nothing is
/// lost or doubled whenever this stops, here or on another server. Times that passed while no server ran are left out.
/// </summary>
internal sealed partial class TransferSeries(VenueHost host, TimeProvider clock, ILogger<TransferSeries> log) : BackgroundService
{
    // No series is due more than once a day, so nobody waits for this.
    static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await GoOnAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    async Task GoOnAsync()
    {
        var (ended, time) = host.Venue.Read(0, (exchange, _) =>
        {
            if (exchange.UnfollowedTransferCount == 0)
                return ([], 0);
            var found = new List<TransferState>();
            exchange.CopyUnfollowedTransfers(found);
            return (found, exchange.Time);
        });
        foreach (var transfer in ended)
        {
            try
            {
                var command = Next(in transfer, time);
                var result = await host.Venue.SubmitAsync(in command);
                if (!result.IsAccepted && result.Code is not (RejectCode.TransferNotFound or RejectCode.InvalidCommand))
                    Refused(transfer.Id, result.Code);
            }
            catch (TimeZoneNotFoundException unknown)
            {
                // Remembered until a server with that zone's data runs; the others go on.
                Postponed(unknown, transfer.Id);
            }
            catch (VenueUnavailableException unavailable)
            {
                // It is remembered, and tried again at the next look.
                Postponed(unavailable, transfer.Id);
                return;
            }
        }
    }

    /// <summary>The next of a series, or the end of one that has none.</summary>
    Command Next(in TransferState transfer, long time)
    {
        // Not before now, nor before the exchange's time should this clock be behind it, and not the one that has just been.
        var after = Micros.ToInstant(Math.Max(Math.Max(transfer.RunAt, time), Micros.Now(clock)));
        return Recurrence.Parse(transfer.Recurrence.ToString()).After(after) is { } next
            ? Command.From(0, new ScheduleTransfer { Follows = transfer.Id, RunAt = Micros.From(next) })
            : Command.From(0, new CancelTransfer { TransferId = transfer.Id, Reason = Text64.From("the series is over") });
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "the transfer after transfer-{Transfer} could not be scheduled: {Reason}")]
    partial void Refused(long transfer, RejectCode reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "the transfer after transfer-{Transfer} could not be scheduled yet")]
    partial void Postponed(Exception exception, long transfer);
}
