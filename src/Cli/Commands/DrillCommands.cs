using System.CommandLine;
using MyTradeX.Cli.Drills;
using MyTradeX.Cli.Terminal;

namespace MyTradeX.Cli.Commands;

/// <summary>mytradex drill: a server of one's own is hurt, and held to its promises. By itself it is killed; its subcommands do other things to it.</summary>
internal static class DrillCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var options = new DrillOptions();
        var kills = Counted("--kills", "How often the server is killed.", 100, 1_000_000);
        var minutes = new Option<double?>("--minutes") { Description = "No kill is begun after so long." };
        minutes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double?>() is not (null or > 0)) result.AddError("--minutes must be above 0.");
        });
        var postgres = new Option<string?>("--postgres") { Description = "Keep history in PostgreSQL: a connection string of a user who may create databases. The drill makes one of its own and drops it.", HelpName = "connection" };
        var command = new ToolCommand("drill", """
            Hurt a server of your own and see that it keeps its promises.

            Without a subcommand: users trade, the server is killed by SIGKILL at random moments - amid orders, amid recovery, the instant after an answer -
            and started again. Then every acknowledged order must be there, once, with its fills; what went unanswered is repeated and has one effect; cash
            and shares add up; the database equals one rebuilt from the journal; and verify finds the data sound.

            The server is this installation's, on a free port and a temporary data folder. A server that already runs is never touched. Moments and orders
            follow from the seed, which is printed; how the machine runs its threads does not.

            Examples:
              mytradex drill
              mytradex drill --kills 20 --seed 7
              mytradex drill soak --minutes 20
              mytradex drill disk

            Ends with 0 when every promise was kept, 1 with a finding (the data folder stays), 5 when this machine lacks what the drill needs.
            """)
        { kills, minutes, postgres, options.Seed, options.DataDir, options.Program };
        command.Add(Soak(environment, options));
        command.Add(Disk(environment, options));
        command.Add(Clock(environment, options));
        command.Add(Backup(environment, options));
        command.Drills(environment, options, (context, tools) => KillDrill.RunAsync(
            tools, context.Value(kills), context.Value(minutes) is { } limit ? TimeSpan.FromMinutes(limit) : null, context.Value(postgres)));
        return command;
    }

    static ToolCommand Soak(CliEnvironment environment, DrillOptions options)
    {
        var minutes = new Option<double>("--minutes") { Description = "How long.", DefaultValueFactory = _ => 20 };
        minutes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 10_080)) result.AddError("--minutes must be above 0 and at most 10,080, a week.");
        });
        var command = new ToolCommand("soak", """
            Full load for a long time: do memory, handles and threads stay flat?

            Looks at the server once a minute. A data folder grows by some gigabytes in twenty minutes, since history is kept.

            Example:
              mytradex drill soak --minutes 60 --data-dir ./soak
            """)
        { minutes };
        command.Drills(environment, options, (context, tools) => SoakDrill.RunAsync(tools, TimeSpan.FromMinutes(context.Value(minutes))));
        return command;
    }

    static ToolCommand Disk(CliEnvironment environment, DrillOptions options)
    {
        var command = new ToolCommand("disk", """
            Disks that fill up, and one that goes read-only, while users trade.

            Mounts small file systems of its own, which takes Linux and root.
            """);
        command.Drills(environment, options, (_, tools) => DiskDrill.RunAsync(tools));
        return command;
    }

    static ToolCommand Clock(CliEnvironment environment, DrillOptions options)
    {
        var jumps = Counted("--jumps", "How often the clock jumps.", 20, 100_000);
        var command = new ToolCommand("clock", """
            A clock that jumps forward and back by minutes, hours and days while users trade.

            Moves the clock of the drilled server alone, by libfaketime (Debian: apt-get install faketime).
            """)
        { jumps };
        command.Drills(environment, options, (context, tools) => ClockDrill.RunAsync(tools, context.Value(jumps)));
        return command;
    }

    static ToolCommand Backup(CliEnvironment environment, DrillOptions options)
    {
        var backups = Counted("--backups", "How many are taken.", 10, 100_000);
        var command = new ToolCommand("backup", """
            Backups taken under load, each restored, started and held against what was acknowledged before it began.
            """)
        { backups };
        command.Drills(environment, options, (context, tools) => BackupDrill.RunAsync(tools, context.Value(backups)));
        return command;
    }

    static Option<int> Counted(string name, string description, int usual, int most)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is var count && (count < 1 || count > most)) result.AddError($"{name} must be between 1 and {most:N0}.");
        });
        return option;
    }

    static void Drills(this Command command, CliEnvironment environment, DrillOptions options, Func<CommandContext, DrillTools, Task<DrillReport>> drill) =>
        command.Does(environment, async (context, cancellation) =>
        {
            if (context.Value(GlobalOptions.Server) is not null)
                throw new CommandFailedException(ExitCode.Usage, new("USAGE", "A drill never touches a running server, so --server is of no use here.", "Name the server's program with --server-program <path>."));
            using var folder = new DrillFolder(context.Value(options.DataDir));
            var seed = context.Value(options.Seed) ?? Random.Shared.Next(1, 1_000_000);
            var program = ServerProgram.Find(context.Value(options.Program));
            context.Screen.Say($"seed {seed}, server {program}, data {folder.Path}");
            try
            {
                var report = await drill(context, new(seed, folder, program, context.Screen.Say, cancellation));
                cancellation.ThrowIfCancellationRequested();
                context.Screen.Show(report, shown => shown.Draw());
                return report.Passed ? ExitCode.Ok : ExitCode.Failed;
            }
            catch (DrillImpossibleException impossible)
            {
                throw new CommandFailedException(ExitCode.Impossible, new("DRILL_SKIPPED", $"Skipped: {impossible.Message}."));
            }
        });

    /// <summary>What every drill takes.</summary>
    sealed class DrillOptions
    {
        public Option<int?> Seed { get; } = new("--seed") { Description = "Begins the random numbers; made up and printed unless given.", Recursive = true };

        public Option<string?> DataDir { get; } = new("--data-dir") { Description = "An empty or new folder for the server's data, which stays there; else a temporary one.", HelpName = "folder", Recursive = true };

        public Option<string?> Program { get; } = new("--server-program") { Description = "The server's program or its folder; else the one beside this tool.", HelpName = "path", Recursive = true };
    }
}
