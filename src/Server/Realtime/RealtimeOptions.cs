using System.ComponentModel.DataAnnotations;

namespace MyTradeX.Server.Realtime;

/// <summary>Section <c>Realtime</c>: what pushing to clients may cost.</summary>
internal sealed class RealtimeOptions
{
    /// <summary>Live connections of one user, over all transports; a second tab needs one more, a runaway reconnect loop hundreds.</summary>
    [Range(1, 100_000)]
    public int ConnectionsPerUser { get; init; } = 50;

    /// <summary>Topics of one connection; a screen full of markets needs a few for each.</summary>
    [Range(1, 10_000)]
    public int TopicsPerConnection { get; init; } = 200;

    /// <summary>Seconds for which events are kept for clients that come back; in busy topics fewer.</summary>
    [Range(1, 3_600)]
    public int KeepSeconds { get; init; } = 120;

    /// <summary>Seconds between heartbeats, which carry every topic's last sequence.</summary>
    [Range(1, 300)]
    public int HeartbeatSeconds { get; init; } = 15;

    /// <summary>Longest time in seconds that a long poll waits.</summary>
    [Range(1, 120)]
    public int PollSeconds { get; init; } = 25;
}
