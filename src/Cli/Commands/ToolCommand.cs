using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace MyTradeX.Cli.Commands;

/// <summary>A command whose help has more than its first paragraph: the rest, examples mostly, follows the list of options.</summary>
/// <param name="name">Its name.</param>
/// <param name="help">What it does; after an empty line, more about it.</param>
internal sealed class ToolCommand(string name, string help) : Command(name, HelpText.Summary(help))
{
    /// <summary>What follows the list of options.</summary>
    public string More { get; } = HelpText.More(help);
}

/// <summary>Splits help into what stands in lists and what stands alone.</summary>
internal static class HelpText
{
    const string Break = "\n\n";

    public static string Summary(string help) => At(help) is var at and >= 0 ? help[..at] : help;

    public static string More(string help) => At(help) is var at and >= 0 ? help[(at + Break.Length)..] : "";

    static int At(string help) => help.IndexOf(Break, StringComparison.Ordinal);
}

/// <summary>The usual help, followed by what the command has to say beyond it.</summary>
internal sealed class HelpWithExamples(HelpAction usual, string ofRoot) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var exit = usual.Invoke(parseResult);
        var more = parseResult.CommandResult.Command switch
        {
            RootCommand => ofRoot,
            ToolCommand command => command.More,
            _ => "",
        };
        if (more.Length > 0) parseResult.InvocationConfiguration.Output.WriteLine(more);
        return exit;
    }
}
