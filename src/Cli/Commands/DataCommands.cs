using System.CommandLine;
using MyTradeX.Cli.DataFolders;
using MyTradeX.Cli.Terminal;
using MyTradeX.Store;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MyTradeX.Cli.Commands;

/// <summary>mytradex verify: checks a data folder offline.</summary>
internal static class VerifyCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var folder = new Argument<string>("data-dir") { Description = "The data folder of a server that is not running, or a backup." };
        var deep = new Option<bool>("--deep") { Description = "Compare SQL with the journal row by row as well." };
        var at = new Option<long?>("--at") { Description = "Print the state hash at this sequence, to compare it with another machine's.", HelpName = "sequence" };
        var store = new Option<string?>("--store") { Description = "Connection string of the database, when it is not in the folder.", HelpName = "connection" };
        var command = new ToolCommand("verify", """
            Check a data folder.

            Every record and snapshot of the journal by its checksum, the whole journal through the exchange core, and the database.
            With --deep every row of the database that the journal reaches back to, and the books within themselves.

            Examples:
              mytradex verify ./data
              mytradex verify ./backup --json
              mytradex verify ./data --deep
              mytradex verify ./backup --deep --at 1250000
            """)
        { folder, deep, at, store };
        command.Does(environment, async (context, _) =>
        {
            var data = DataFolder.Existing(context.Value(folder));
            var options = new DataVerifierOptions(context.Value(deep), context.Value(at), StoreNamed(context.Value(store)));
            var found = await context.Screen.ProgressAsync($"Verifying {data.Path}", progress => DataVerifier.VerifyAsync(data, progress, options));
            context.Screen.Show(found, VerificationTable.Draw);
            return found.Sound ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    static StoreOptions? StoreNamed(string? connection)
    {
        if (connection is null) return null;
        try
        {
            return StoreOptions.Parse(connection);
        }
        catch (ArgumentException)
        {
            throw new CommandFailedException(ExitCode.Usage, new(
                "BAD_CONNECTION", "The connection string is neither SQLite's nor PostgreSQL's.", "Write \"Data Source=<file>\" or \"Host=…;Database=…\"."));
        }
    }
}

/// <summary>mytradex backup: copies a data folder, also while its server trades.</summary>
internal static class BackupCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var folder = new Argument<string>("data-dir") { Description = "A server's data folder; the server may be running." };
        var target = new Argument<string>("target") { Description = "A new or empty folder." };
        var command = new ToolCommand("backup", """
            Copy a data folder while trading goes on, and verify the copy.

            A PostgreSQL database is not in the folder: back it up first, with its own tools.

            Example:
              mytradex backup ./data /backups/2026-01-31
            """)
        { folder, target };
        command.Does(environment, async (context, _) =>
        {
            var source = DataFolder.Existing(context.Value(folder));
            var copy = DataFolder.Empty(context.Value(target));
            await context.Screen.ProgressAsync($"Copying {source.Path}", async progress =>
            {
                await DataBackup.BackUpAsync(source, copy, progress);
                return true;
            });
            var found = await context.Screen.ProgressAsync($"Verifying {copy.Path}", progress => DataVerifier.VerifyAsync(copy, progress));
            context.Screen.Show(found, VerificationTable.Draw);
            return found.Sound ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}

/// <summary>mytradex restore: makes a data folder out of a backup.</summary>
internal static class RestoreCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var backup = new Argument<string>("backup") { Description = "A folder that backup has written." };
        var folder = new Argument<string>("data-dir") { Description = "A new or empty folder; start the server with it afterwards." };
        var command = new ToolCommand("restore", """
            Make a data folder out of a backup, and verify it. Nothing is ever overwritten.

            Example:
              mytradex restore /backups/2026-01-31 ./data
            """)
        { backup, folder };
        command.Does(environment, async (context, _) =>
        {
            var source = DataFolder.Existing(context.Value(backup));
            var target = DataFolder.Empty(context.Value(folder));
            context.Screen.Progress($"Copying {source.Path}", progress =>
            {
                DataBackup.Restore(source, target, progress);
                return true;
            });
            var found = await context.Screen.ProgressAsync($"Verifying {target.Path}", progress => DataVerifier.VerifyAsync(target, progress));
            context.Screen.Show(found, VerificationTable.Draw);
            return found.Sound ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }
}

/// <summary>How a verification looks on the screen.</summary>
internal static class VerificationTable
{
    const int DifferencesShown = 20;

    public static IRenderable Draw(DataVerification found)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        table.AddRow("Folder", Markup.Escape(found.Folder));
        table.AddRow("Journal", $"{found.Records:N0} records in {found.Segments:N0} segments" + (found.TornTailBytes > 0 ? $", {found.TornTailBytes:N0} bytes of a torn tail that the next start cuts off" : ""));
        table.AddRow("Replayed", $"{found.Replayed:N0} commands, from sequence {found.ReplayedFrom:N0} to {found.Sequence:N0}");
        table.AddRow("Snapshots", $"{found.SnapshotsConfirmed:N0} of {found.Snapshots:N0} confirmed by the replay");
        table.AddRow("State", found.StateHash ?? "not reached");
        if (found.HashAt is { } at) table.AddRow($"State at {at.Sequence:N0}", at.StateHash);
        table.AddRow("History", found.HistorySequence is { } history ? $"up to sequence {history:N0}" : "no database in this folder");
        if (found.Compared is { } compared) table.AddRow("Compared", string.Join(", ", compared.Select(rule => $"{rule.Value:N0} {rule.Key}")));
        if (found.LetGo is > 0 and { } letGo) table.AddRow("Let go", $"{letGo:N0} old rows by retention");
        var rows = new List<IRenderable> { table };
        var differences = found.FirstDifferences ?? [];
        rows.AddRange(differences.Take(DifferencesShown).Select(difference => new Markup($"[red]DIFFERENCE[/] {Markup.Escape(difference)}")));
        if (found.Differences > DifferencesShown) rows.Add(new Markup($"… {found.Differences:N0} differences in all; --json has the first {differences.Count}."));
        rows.AddRange(found.Faults.Select(fault => new Markup($"[red]FAULT[/] {Markup.Escape(fault)}")));
        rows.Add(new Markup(found.Sound ? "[green]Sound.[/]" : $"[red]{found.Faults.Count} faults, {found.Differences:N0} differences.[/]"));
        return new Rows(rows);
    }
}
