using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Realtime;

/// <summary>Ends live connections whose token has expired or whose user or session has been ended, lets the others know that they are alive, and forgets old events.</summary>
internal sealed class SessionWatch(IServiceProvider services, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    static readonly Refusal
        Expired = new(ErrorCode.Unauthorized, "The access token has expired; connect again with a new one."),
        Ended = new(ErrorCode.Unauthorized, "The session has ended; sign in again.");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var (hub, directory) = (services.GetRequiredService<RealtimeHub>(), services.GetRequiredService<SessionDirectory>());
        using var timer = new PeriodicTimer(Period, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            hub.Topics.Sweep();
            foreach (var session in hub.Sessions)
            {
                if (session.ClosedBecause is not null)
                    continue;
                if (session.SignedIn.ExpiresAt <= clock.GetUtcNow())
                    session.Close(Expired);
                else if (session.IsBeatDue(clock.GetUtcNow()))
                    session.Beat();
                else if (await directory.FindAsync(session.SignedIn.Claims, stoppingToken) is null)
                    session.Close(Ended);
            }
        }
    }
}
