using MyTradeX.Core;

namespace MyTradeX.Cli.Replay;

/// <summary>Reads a LOBSTER message file: time, type, order id, size, price, direction; further columns are ignored.</summary>
internal static class LobsterMessages
{
    const int Columns = 6;
    const int TimeDecimals = 9;

    public static List<LobsterEvent> Read(string path)
    {
        using var rows = new LobsterRows(path);
        var events = new List<LobsterEvent>();
        while (rows.ReadLine() is { } line)
            events.Add(Parse(rows, line));
        return events;
    }

    static LobsterEvent Parse(LobsterRows rows, string line)
    {
        var fields = line.AsSpan();
        Span<Range> ranges = stackalloc Range[Columns + 1];
        if (fields.Split(ranges, ',') < Columns) throw rows.Fault($"a message has {Columns} columns");
        var type = rows.Number(fields[ranges[1]]);
        if (type is < 1 or > 7) throw rows.Fault($"{type} is no message type from 1 to 7");
        var e = new LobsterEvent(
            Time(rows, fields[ranges[0]]), (LobsterEventType)type,
            rows.Number(fields[ranges[2]]), rows.Number(fields[ranges[3]]), rows.Number(fields[ranges[4]]),
            rows.Number(fields[ranges[5]]) switch
            {
                1 => Side.Buy,
                -1 => Side.Sell,
                // A halt has no side; the file writes -1 or 0 there.
                _ when type == (long)LobsterEventType.Halt => Side.Sell,
                var other => throw rows.Fault($"direction {other} is neither 1 nor -1"),
            });
        if (e.Type <= LobsterEventType.Execution && (e.Size <= 0 || e.Price <= 0))
            throw rows.Fault($"size {e.Size} and price {e.Price} must be above zero");
        return e;
    }

    // Seconds after midnight with up to nine decimals; read digit by digit, since no binary fraction holds them.
    static long Time(LobsterRows rows, ReadOnlySpan<char> field)
    {
        var point = field.IndexOf('.');
        var whole = rows.Number(point < 0 ? field : field[..point]);
        var nanoseconds = 0L;
        var decimals = point < 0 ? [] : field[(point + 1)..];
        if (decimals.Length > TimeDecimals) decimals = decimals[..TimeDecimals];
        foreach (var digit in decimals)
        {
            if (!char.IsAsciiDigit(digit)) throw rows.Fault($"'{field}' is no time in seconds");
            nanoseconds = nanoseconds * 10 + (digit - '0');
        }
        for (var place = decimals.Length; place < TimeDecimals; place++) nanoseconds *= 10;
        return whole * 1_000_000_000 + nanoseconds;
    }
}
