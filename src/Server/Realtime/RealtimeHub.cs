using System.Collections.Concurrent;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Trading;

namespace MyTradeX.Server.Realtime;

/// <summary>All who listen. Doors open sessions on it; it knows neither what the events say nor how they travel.</summary>
internal sealed class RealtimeHub
{
    readonly ConcurrentDictionary<RealtimeSession, byte> _sessions = [];
    readonly ConcurrentDictionary<long, int> _sessionsOfUser = [];
    readonly Dictionary<string, ITopicFamily> _families;
    readonly Listings _listings;

    public RealtimeHub(RealtimeTopics topics, IEnumerable<ITopicFamily> families, Listings listings, RealtimeOptions options)
    {
        _families = families.ToDictionary(family => family.Name, StringComparer.OrdinalIgnoreCase);
        (Topics, _listings, Options) = (topics, listings, options);
    }

    public static Refusal TooSlow { get; } = new(ErrorCode.ServiceUnavailable, "The connection reads too slowly; connect again and go on from the last event you had.") { RetryAfterSeconds = 1 };

    public RealtimeOptions Options { get; }

    public RealtimeTopics Topics { get; }

    public IEnumerable<RealtimeSession> Sessions => _sessions.Select(pair => pair.Key);

    public int SessionCount => _sessions.Count;

    /// <summary>Opens a session.</summary>
    /// <param name="signedIn">Whose.</param>
    /// <param name="position">The last event the client had, or null.</param>
    /// <param name="taker">Woken when there is something to take after there was nothing.</param>
    /// <exception cref="ApiException"><c>RATE_LIMIT_EXCEEDED</c> when the user has too many.</exception>
    public RealtimeSession Open(SignedIn signedIn, long? position, IWakeable taker)
    {
        var user = signedIn.Caller.UserId;
        if (_sessionsOfUser.AddOrUpdate(user, 1, (_, count) => count + 1) > Options.ConnectionsPerUser)
        {
            Release(user);
            throw new ApiException(new Refusal(ErrorCode.RateLimitExceeded, $"More than {Options.ConnectionsPerUser} live connections; close some.", new() { Limit = Options.ConnectionsPerUser }) { RetryAfterSeconds = 1 });
        }
        var session = new RealtimeSession(this, signedIn, Math.Min(position ?? long.MaxValue, Topics.LastId), taker);
        _sessions[session] = 0;
        return session;
    }

    /// <summary>Finds what a name stands for.</summary>
    /// <returns>The refusal when it stands for nothing.</returns>
    public Refusal? Resolve(string name, Caller caller, out TopicAddress address)
    {
        address = default;
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        var kind = colon < 0 ? name : name[..colon];
        if (!_families.TryGetValue(kind, out var family) || (colon >= 0) != (family.Scope == TopicScope.Instrument))
            return Unknown(name);
        if (family.Scope != TopicScope.Instrument)
        {
            address = new(family, family.Scope == TopicScope.User ? caller.UserId : 0, family.Name);
            return null;
        }
        if (_listings.Find(name[(colon + 1)..]) is not { } instrument)
            return new(ErrorCode.InstrumentNotFound, $"There is no instrument {Shown(name[(colon + 1)..])}; GET /instruments lists them.", new() { Field = "topics", Reason = "names no instrument", Observed = Shown(name) });
        address = new(family, instrument.Id, $"{family.Name}:{instrument.Symbol}");
        return null;
    }

    public void Ended(RealtimeSession session)
    {
        if (_sessions.TryRemove(session, out _))
            Release(session.Caller.UserId);
    }

    void Release(long user)
    {
        if (_sessionsOfUser.AddOrUpdate(user, 0, (_, count) => count - 1) == 0)
            _sessionsOfUser.TryRemove(new KeyValuePair<long, int>(user, 0));
    }

    Refusal Unknown(string name) => new(ErrorCode.ValidationError,
        $"There is no topic {Shown(name)}; topics are {string.Join(", ", _families.Values.Select(family => family.Scope == TopicScope.Instrument ? family.Name + ":SYMBOL" : family.Name))}.",
        new() { Field = "topics", Reason = "names no topic", Observed = Shown(name) });

    static string Shown(string text) => text.Length <= 64 ? text : text[..64] + "…";
}
