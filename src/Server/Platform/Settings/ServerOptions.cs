using System.ComponentModel.DataAnnotations;

namespace MyTradeX.Server.Platform.Settings;

/// <summary>Section <c>Server</c>: where the server keeps its data and how much it takes in.</summary>
internal sealed class ServerOptions
{
    /// <summary>Folder of journal, database and keys; created when missing. Relative to where the server was started.</summary>
    [Required(ErrorMessage = "must name a folder")]
    public string DataDir { get; init; } = "data";

    /// <summary>Folder of the web terminal as its build left it, relative to the program. Where it holds no <c>index.html</c>, the plain front page is at <c>/</c>.</summary>
    [Required(ErrorMessage = "must name a folder")]
    public string TerminalFolder { get; init; } = "wwwroot/terminal";

    /// <summary>Largest JSON body, in bytes.</summary>
    [Range(1_024, 64 * 1_024 * 1_024)]
    public int BodyBytesMax { get; init; } = 1_024 * 1_024;

    /// <summary>Seconds within which a request's headers must have arrived.</summary>
    [Range(1, 300)]
    public int HeadersTimeoutSeconds { get; init; } = 15;

    /// <summary>Seconds an idle connection is kept.</summary>
    [Range(1, 3_600)]
    public int KeepAliveSeconds { get; init; } = 130;

    /// <summary>Most connections at once, and as many WebSockets beside them; each costs memory, and a limit keeps one sender from taking it all.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsMax { get; init; } = 20_000;

    /// <summary>Addresses of gateways whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed. Nobody's unless listed.</summary>
    public string[] TrustedProxies { get; init; } = [];
}

/// <summary>Section <c>Demo</c>: the demo market.</summary>
internal sealed class DemoOptions
{
    /// <summary>Whether simulated participants trade. Absent: in Development only.</summary>
    public bool? Enabled { get; init; }

    /// <summary>Begins the random numbers: the same seed gives the same market.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Seconds of market in a second of the clock.</summary>
    [Range(0.01, 1_000)]
    public double Speed { get; init; } = 1;

    /// <summary>Minutes of the past that are played at start, as far as the venue has not lived through them.</summary>
    [Range(0, 1_440)]
    public int PastMinutes { get; init; } = 60;

    /// <summary>Whether it is on in an environment.</summary>
    public bool IsEnabledIn(IHostEnvironment environment) => Enabled ?? environment.IsDevelopment();
}
