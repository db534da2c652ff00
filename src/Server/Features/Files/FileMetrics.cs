using System.Diagnostics.Metrics;
using MyTradeX.Server.Platform.Observability;

namespace MyTradeX.Server.Features.Files;

/// <summary>What is counted of files.</summary>
internal static class FileMetrics
{
    static readonly Meter Meter = new(ServerMetrics.Name);
    static readonly Counter<long> Bytes = Meter.CreateCounter<long>("mytradex.files.uploaded", "By", "Bytes of files taken in and kept");
    static readonly Counter<long> Swept = Meter.CreateCounter<long>("mytradex.files.cleaned", "{file}", "Leftovers found and removed, by what they were: unnamed and unfinished files, rows without a file, forgotten pictures");

    public static void Uploaded(long bytes) => Bytes.Add(bytes);

    public static void Cleaned(string what) => Swept.Add(1, new KeyValuePair<string, object?>("what", what));
}
