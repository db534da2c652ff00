using MyTradeX.Store;

namespace MyTradeX.Server.Platform.Data;

/// <summary>Brings the schema up to date before anything else starts, then now and then deletes what has run out.</summary>
internal sealed partial class StoreKeeping(
    Database database, StoreOptions options, RefreshTokenStore tokens, MailTokenStore mailTokens, IdempotencyStore keys, WebhookStore webhooks, TimeProvider clock, ILogger<StoreKeeping> log)
    : BackgroundService, IHostedLifecycleService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    // How long an idempotency key gives its answer again; a day is what payment APIs promise.
    static readonly TimeSpan KeysKept = TimeSpan.FromHours(24);
    // A spent refresh token is kept a while past its end, so that its reuse is still told from a made-up one.
    static readonly TimeSpan TokensKept = TimeSpan.FromDays(1);

    // What was delivered to webhooks is looked at when something went wrong, which is noticed sooner than this.
    static readonly TimeSpan DeliveriesKept = TimeSpan.FromDays(30);

    public async Task StartingAsync(CancellationToken cancellationToken) => Migrated(options, await database.MigrateAsync(cancellationToken));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        // The end of the host ends the timer, and with it this; a host that fails to start must not add a failure of ours to its own.
        using var ending = stoppingToken.Register(timer.Dispose);
        while (await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            try
            {
                var now = clock.GetUtcNow();
                while (await tokens.PurgeExpiredAsync(Micros.From(now - TokensKept), cancellation: stoppingToken) > 0) { }
                while (await mailTokens.PurgeExpiredAsync(Micros.From(now), cancellation: stoppingToken) > 0) { }
                while (await keys.PurgeAsync(Micros.From(now - KeysKept), cancellation: stoppingToken) > 0) { }
                while (await webhooks.PurgeAsync(Micros.From(now - DeliveriesKept), cancellation: stoppingToken) > 0) { }
            }
            catch (StoreUnavailableException unavailable)
            {
                // Nothing waits for this; the next round does it.
                PurgePostponed(unavailable);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Information, Message = "the store is {Store}, schema version {Version}")]
    partial void Migrated(StoreOptions store, int version);

    [LoggerMessage(Level = LogLevel.Warning, Message = "deleting expired rows was postponed")]
    partial void PurgePostponed(Exception exception);
}
