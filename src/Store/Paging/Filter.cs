using Dapper;

namespace MyTradeX.Store;

/// <summary>The conditions of one query, joined by AND, with their parameters. Text from outside only ever enters as a parameter.</summary>
internal sealed class Filter
{
    private readonly List<string> _conditions = [];
    private readonly Dictionary<string, object?> _values = [];

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

    public Filter Copy()
    {
        var copy = new Filter();
        copy._conditions.AddRange(_conditions);
        foreach (var (parameter, value) in _values)
            copy._values[parameter] = value;
        return copy;
    }

    public string Sql => _conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", _conditions);

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
