namespace MyTradeX.Cli.Terminal;

/// <summary>What the tool stands in: its streams and the user's configuration folder.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Errors and progress.</param>
/// <param name="In">Where a password is read from when nobody types.</param>
/// <param name="ConfigFolder">Folder of the stored sessions.</param>
/// <param name="IsInteractive">Whether a person watches the output.</param>
/// <param name="Variable">Environment variables.</param>
internal sealed record CliEnvironment(
    TextWriter Out, TextWriter Error, TextReader In, string ConfigFolder, bool IsInteractive, Func<string, string?> Variable)
{
    /// <summary>The real one.</summary>
    public static CliEnvironment OfProcess() => new(
        Console.Out, Console.Error, Console.In,
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "mytradex"),
        !Console.IsOutputRedirected && !Console.IsErrorRedirected,
        Environment.GetEnvironmentVariable);
}
