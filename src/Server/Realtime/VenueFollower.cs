using MyTradeX.Core;
using MyTradeX.Server.Platform.Trading;
using MyTradeX.Venue;

namespace MyTradeX.Server.Realtime;

/// <summary>The hub's one thread: reads what the exchange tells and lets every feature publish what concerns its topics.</summary>
internal sealed partial class VenueFollower(VenueHost venue, IServiceProvider services, ILogger<VenueFollower> log) : IHostedService
{
    /// <summary>Events worked off before states that changed are published: some milliseconds' worth at the most.</summary>
    const long BytesAtOnce = 256 * 1024;

    readonly List<EventBlock> _blocks = [];
    Thread? _thread;
    volatile bool _isStopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var events = venue.Venue.Events.Subscribe();
        // Features take the venue, which is open only now.
        var families = services.GetServices<ITopicFamily>().ToArray();
        _thread = new Thread(() => Run(events, families)) { Name = "realtime hub", IsBackground = true };
        _thread.Start();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        return _thread is { } thread ? Task.Run(thread.Join, cancellationToken) : Task.CompletedTask;
    }

    void Run(EventSubscription events, ITopicFamily[] families)
    {
        while (!_isStopping && events.Take(_blocks, BytesAtOnce, TimeSpan.FromMilliseconds(100)))
        {
            foreach (var block in _blocks)
                foreach (var e in block)
                    foreach (var family in families)
                        Follow(family, in e);
            foreach (var family in families)
                Flush(family);
            _blocks.Clear();
        }
    }

#pragma warning disable CA1031 // Trading and the other topics go on whatever one does; what it could not tell is lost to its followers, so it must be seen.
    void Follow(ITopicFamily family, in ExchangeEvent e)
    {
        try
        {
            family.Follow(in e);
        }
        catch (Exception failure)
        {
            LogFailed(failure, family.Name);
        }
    }

    void Flush(ITopicFamily family)
    {
        try
        {
            family.Flush();
        }
        catch (Exception failure)
        {
            LogFailed(failure, family.Name);
        }
    }
#pragma warning restore CA1031

    [LoggerMessage(Level = LogLevel.Error, Message = "An event could not be published to its {Topics} topic.")]
    partial void LogFailed(Exception failure, string topics);
}
