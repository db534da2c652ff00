using System.Text.RegularExpressions;

namespace MyTradeX.Cli.Replay;

/// <summary>The files of one replay. What was not named is looked for beside the message file, by LOBSTER's naming.</summary>
/// <param name="Messages">The message file.</param>
/// <param name="Orderbook">Levels after each event, or null. May end before the messages do.</param>
/// <param name="Bbo">Best ask and bid after each event, or null.</param>
/// <param name="Opening">One row in the orderbook file's form: the book before the first event; or null.</param>
/// <param name="Levels">Levels a side that the messages cover, by the file's name; null when the name does not say.</param>
/// <param name="Symbol">Ticker by the file's name.</param>
/// <param name="Date">Day by the file's name.</param>
internal sealed partial record LobsterFiles(
    string Messages, string? Orderbook, string? Bbo, string? Opening, int? Levels, string Symbol, DateOnly Date)
{
    // TICKER_YYYY-MM-DD_START_END_message_LEVELS.csv
    [GeneratedRegex(@"^(?<stem>(?<ticker>[A-Za-z0-9.\-]+)_(?<date>\d{4}-\d\d-\d\d)_(?<start>\d+))_(?<end>\d+)_message(_(?<levels>\d+))?\.csv(\.gz)?$")]
    private static partial Regex MessageName();

    // The day of a file whose name does not tell it.
    static DateOnly Epoch => new(1970, 1, 1);

    public static LobsterFiles Locate(string messages, string? orderbook = null, string? bbo = null, string? opening = null)
    {
        var name = MessageName().Match(Path.GetFileName(messages));
        if (!name.Success)
            return new(messages, orderbook, bbo, opening, null, "LOBSTER", Epoch);

        var folder = Path.GetDirectoryName(Path.GetFullPath(messages))!;
        var stem = name.Groups["stem"].Value;
        var span = $"{stem}_{name.Groups["end"].Value}";
        return new(
            messages,
            orderbook ?? Sibling(folder, $"{span}_orderbook_*.csv*") ?? Sibling(folder, $"{stem}_*_orderbook_*.csv*"),
            bbo ?? Sibling(folder, $"{span}_bbo.csv*"),
            opening,
            int.TryParse(name.Groups["levels"].Value, out var levels) ? levels : null,
            name.Groups["ticker"].Value.ToUpperInvariant(),
            DateOnly.TryParse(name.Groups["date"].Value, out var date) ? date : Epoch);
    }

    static string? Sibling(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal).FirstOrDefault();
}
