using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Webhooks;

/// <summary>Makes what happened in the exchange into messages to those who want to be told. What it does not come to, the next start does.</summary>
internal sealed partial class WebhookRelay(VenueHost host, WebhookStore store, IServiceProvider services, TimeProvider clock, ILogger<WebhookRelay> log) : BackgroundService
{
    const int AtOnce = 200;

    // Half of it is what a message waits on average; history itself gathers as long.
    static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Made here: what it asks for is there once the venue is open.
        var bodies = services.GetRequiredService<WebhookBodies>();
        using var timer = new PeriodicTimer(Every);
        using var ending = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                while (!host.Venue.Audience.IsEmpty && await store.RelayAsync(AtOnce, bodies.BodyOf, WebhookMessages.JobOf, Micros.Now(clock), stoppingToken) == AtOnce)
                {
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // Nothing is lost: the announcements are there until they have been handed on.
                Postponed(fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "handing on what happened to webhooks failed; it is tried again")]
    partial void Postponed(Exception exception);
}
