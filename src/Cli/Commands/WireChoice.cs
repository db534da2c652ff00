using System.CommandLine;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Cli.Commands;

/// <summary>Options that take one of the wire's words, in any letter case.</summary>
internal static class WireChoice
{
    public static Option<T?> Of<T>(string name, string description) where T : struct, Enum
    {
        var words = string.Join('|', WireName.All<T>());
        var option = new Option<T?>(name)
        {
            Description = description,
            HelpName = words,
            CustomParser = result =>
            {
                if (WireName.TryParse<T>(result.Tokens[0].Value, out var value)) return value;
                result.AddError($"{name} takes {words}, not '{result.Tokens[0].Value}'.");
                return null;
            },
        };
        option.CompletionSources.Add([.. WireName.All<T>()]);
        return option;
    }
}
