namespace MyTradeX.Cli;

/// <summary>What the process says when it ends. Listed in docs/cli.md.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>Refused by the server, or a check found a fault.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense; nothing was done.</summary>
    public const int Usage = 2;

    /// <summary>The server did not answer. The message says whether the outcome is unknown.</summary>
    public const int Unreachable = 3;

    /// <summary>Nobody is signed in, or the session has ended.</summary>
    public const int NotSignedIn = 4;

    /// <summary>This machine lacks what it takes; nothing was done.</summary>
    public const int Impossible = 5;

    /// <summary>Stopped by Ctrl+C, as shells count it.</summary>
    public const int Interrupted = 130;
}
