using Dapper;

namespace MyTradeX.Store;

/// <summary>The conditions of one query, joined by AND, with their parameters. Text from outside only ever enters as a parameter.</summary>
internal sealed class Filter
{
    private readonly List<string> _conditions = [];
    private readonly Dictionary<string, object?> _values = [];
    private readonly List<string> _alternatives = [];
    private string? _from;
    private string? _to;

    public Filter Where(string condition)
    {
        _conditions.Add(condition);
        return this;
    }

    public Filter Where(string condition, string parameter, object value)
    {
        _values[parameter] = value;
        return Where(condition);
    }

    public Filter Set(string parameter, object value)
    {
        _values[parameter] = value;
        return this;
    }

    /// <summary>Adds nothing when the value is null.</summary>
    public Filter WhereGiven(string condition, string parameter, object? value) =>
        value is null ? this : Where(condition, parameter, value);

    /// <summary>Keeps to a range of the column that the list is in order of, its end not included. Null leaves that end open.</summary>
    public Filter Within(string column, long? from, long? to)
    {
        if (from is { } first)
            (_from, _values["from"]) = ($"{column} >= @from", first);
        if (to is { } end)
            (_to, _values["to"]) = ($"{column} < @to", end);
        return this;
    }

    /// <summary>
    /// Leaves where the search begins to a cursor that lies below the range's end (or above its beginning). The end is still checked row by row, but
    /// the plus keeps it from the database, which would else begin there and walk all the way to the cursor, further from page to page.
    /// </summary>
    public Filter BegunAtCursor(bool below)
    {
        if (below)
            _to = Checked(_to);
        else
            _from = Checked(_from);
        return this;

        static string? Checked(string? end) => end is null ? null : "+" + end;
    }

    /// <summary>
    /// Asks for rows that meet at least one of these conditions. Each is looked up by its own index in list order and the
    /// results are merged, where a plain OR (or IN) would sort, or walk through, everything that matches the rest.
    /// </summary>
    public Filter WhereAny(params IEnumerable<string> alternatives)
    {
        _alternatives.AddRange(alternatives);
        return this;
    }

    /// <summary>The alternatives, each as a condition of its own; empty when there are none.</summary>
    public IReadOnlyList<string> Alternatives => _alternatives;

    public Filter Copy()
    {
        var copy = new Filter { _from = _from, _to = _to };
        copy._conditions.AddRange(_conditions);
        copy._alternatives.AddRange(_alternatives);
        foreach (var (parameter, value) in _values)
            copy._values[parameter] = value;
        return copy;
    }

    /// <summary>The WHERE clause for one of the alternatives.</summary>
    public string SqlFor(string alternative) => "WHERE " + string.Join(" AND ", [alternative, .. Conditions]);

    /// <summary>The WHERE clause, alternatives and all.</summary>
    public string Sql => _alternatives.Count > 0 ? SqlFor($"({string.Join(" OR ", _alternatives)})")
        : Conditions.Any() ? "WHERE " + string.Join(" AND ", Conditions)
        : "";

    private IEnumerable<string> Conditions => _conditions.Concat(new[] { _from, _to }.OfType<string>());

    public DynamicParameters Parameters
    {
        get
        {
            var parameters = new DynamicParameters();
            foreach (var (parameter, value) in _values)
                parameters.Add(parameter, value);
            return parameters;
        }
    }

    /// <summary>A LIKE pattern that finds the text anywhere, each of its characters meaning itself. Goes with <c>ESCAPE '\'</c>.</summary>
    public static string Containing(string text) => "%" + text
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal) + "%";
}
