using System.Reflection;
using MyTradeX.Core;

namespace MyTradeX.Venue.Tests.Reconciliation;

/// <summary>Changes one number deep inside an exchange, as a bug or a broken memory would: no command could.</summary>
static class Tampering
{
    const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Adds to the number at a path such as <c>Accounts._accounts[2].State.Balance</c>, which begins at the exchange's state.</summary>
    public static Exchange AddTo(Exchange exchange, string path, int amount)
    {
        Change(exchange, ["_state", .. path.Replace("[", ".[", StringComparison.Ordinal).Split('.')], amount);
        return exchange;
    }

    static object Change(object owner, ReadOnlySpan<string> path, int amount)
    {
        if (path.IsEmpty) return owner switch { long number => (object)(number + amount), int number => number + amount, _ => throw new ArgumentException($"{owner} is no number", nameof(owner)) };
        var step = path[0];
        if (step.StartsWith('['))
        {
            var index = int.Parse(step.AsSpan(1, step.Length - 2));
            var items = (System.Collections.IList)owner;
            items[index] = Change(items[index]!, path[1..], amount);
            return owner;
        }
        if (owner.GetType().GetField(step, Any) is { } field)
        {
            var changed = Change(field.GetValue(owner)!, path[1..], amount);
            if (field.FieldType.IsValueType) field.SetValue(owner, changed);
            return owner;
        }
        // Parts of the state that are objects are changed in place.
        Change(owner.GetType().GetProperty(step, Any)!.GetValue(owner)!, path[1..], amount);
        return owner;
    }
}
