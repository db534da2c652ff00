using System.Reflection;
using System.Text;

namespace MyTradeX.Venue.Reconciliation;

/// <summary>Says in which columns two rows differ, with both values.</summary>
static class RowDifference
{
    /// <summary>The differing columns, or null when the rows are equal.</summary>
    public static string? Of<TRow>(TRow expected, TRow actual) where TRow : class
    {
        if (expected.Equals(actual)) return null;
        var text = new StringBuilder();
        foreach (var column in typeof(TRow).GetProperties(BindingFlags.Instance | BindingFlags.Public))
        {
            var (should, has) = (column.GetValue(expected), column.GetValue(actual));
            if (Equals(should, has)) continue;
            if (text.Length > 0) text.Append("; ");
            text.Append($"{column.Name} is {has ?? "null"} in SQL and {should ?? "null"} by the journal");
        }
        return text.ToString();
    }
}
