using System.Diagnostics;
using System.Diagnostics.Metrics;
using MyTradeX.Contracts;

namespace MyTradeX.Server.Platform.Observability;

/// <summary>What the server counts and traces beyond what ASP.NET Core does by itself.</summary>
internal static class ServerMetrics
{
    /// <summary>The name of our meter and activity source; telemetry subscribes to it.</summary>
    public const string Name = "MyTradeX.Server";

    /// <summary>Spans of our own.</summary>
    public static readonly ActivitySource Activities = new(Name);

    static readonly Meter Meter = new(Name);
    static readonly Counter<long> Refusals = Meter.CreateCounter<long>("mytradex.refusals", "{refusal}", "Requests answered with an error code");
    static readonly Counter<long> SignIns = Meter.CreateCounter<long>("mytradex.sign_ins", "{attempt}", "Attempts to sign in, by outcome");

    public static void Refused(ErrorCode code) => Refusals.Add(1, new KeyValuePair<string, object?>("code", code.Name));

    public static void SignIn(string outcome) => SignIns.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
