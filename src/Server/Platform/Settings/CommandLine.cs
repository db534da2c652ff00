namespace MyTradeX.Server.Platform.Settings;

/// <summary>The server's command line: short names for the settings people type most.</summary>
internal sealed record CommandLine(string[] HostArguments, bool PrintsConfiguration, bool PrintsHelp, string? Unknown)
{
    public const string Help = """
        mytradex server

          --urls <addresses>          where to listen, separated by ';' (default http://localhost:3001)
          --data-dir <folder>         journal, database and keys (default ./data; environment MYTRADEX_DATA_DIR)
          --demo true|false           the demo market (default: in Development only)
          --environment <name>        Development or Production (default Production; environment ASPNETCORE_ENVIRONMENT)
          --admin-email <email>       creates the first administrator, if there is none
          --admin-password <text>       (environment MYTRADEX_ADMIN_EMAIL, MYTRADEX_ADMIN_PASSWORD: a command line can be seen by others)
          --print-config              prints the effective configuration, secrets masked, and exits
          --<Section>:<Setting> <value>   any other setting; also as environment <Section>__<Setting>
        """;

    static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--data-dir"] = "Server:DataDir",
        ["--demo"] = "Demo:Enabled",
        ["--admin-email"] = "Auth:AdminEmail",
        ["--admin-password"] = "Auth:AdminPassword",
    };

    static readonly Dictionary<string, string> Variables = new()
    {
        ["MYTRADEX_DATA_DIR"] = "Server:DataDir",
        ["MYTRADEX_ADMIN_EMAIL"] = "Auth:AdminEmail",
        ["MYTRADEX_ADMIN_PASSWORD"] = "Auth:AdminPassword",
    };

    // The host's own.
    static readonly string[] HostNames = ["--urls", "--environment", "--http_ports", "--https_ports", "--contentRoot", "--applicationName"];

    public static CommandLine Parse(string[] args)
    {
        var rest = args.Where(arg => arg is not ("--print-config" or "--help" or "-h")).ToArray();
        var unknown = rest.Select(arg => arg.Split('=')[0])
            .FirstOrDefault(arg => arg.StartsWith('-') && !arg.Contains(':') && !Names.ContainsKey(arg) && !HostNames.Contains(arg, StringComparer.OrdinalIgnoreCase));
        return new(rest, args.Contains("--print-config"), args.Contains("--help") || args.Contains("-h"), unknown);
    }

    /// <summary>Our short environment names, then the command line, above everything the host has read.</summary>
    public void AddTo(ConfigurationManager configuration)
    {
        configuration.AddInMemoryCollection(Variables
            .Select(pair => KeyValuePair.Create(pair.Value, Environment.GetEnvironmentVariable(pair.Key)))
            .Where(pair => !string.IsNullOrEmpty(pair.Value)));
        configuration.AddCommandLine(HostArguments, Names);
    }
}
