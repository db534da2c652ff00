using System.CommandLine;
using MyTradeX.Cli.DataFolders;
using MyTradeX.Cli.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MyTradeX.Cli.Commands;

/// <summary>mytradex verify: checks a data folder offline.</summary>
internal static class VerifyCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var folder = new Argument<string>("data-dir") { Description = "The data folder of a server that is not running, or a backup." };
        var command = new ToolCommand("verify", """
            Check a data folder.

            Every record and snapshot of the journal by its checksum, the whole journal through the exchange core, and the database.

            Examples:
              mytradex verify ./data
              mytradex verify ./backup --json
            """)
        { folder };
        command.Does(environment, async (context, _) =>
        {
            var data = DataFolder.Existing(context.Value(folder));
            var found = await context.Screen.ProgressAsync($"Verifying {data.Path}", progress => DataVerifier.VerifyAsync(data, progress));
            context.Screen.Show(found, VerificationTable.Draw);
            return found.Sound ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
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
    public static IRenderable Draw(DataVerification found)
    {
        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("", "");
        table.AddRow("Folder", Markup.Escape(found.Folder));
        table.AddRow("Journal", $"{found.Records:N0} records in {found.Segments:N0} segments" + (found.TornTailBytes > 0 ? $", {found.TornTailBytes:N0} bytes of a torn tail that the next start cuts off" : ""));
        table.AddRow("Replayed", $"{found.Replayed:N0} commands, from sequence {found.ReplayedFrom:N0} to {found.Sequence:N0}");
        table.AddRow("Snapshots", $"{found.SnapshotsConfirmed:N0} of {found.Snapshots:N0} confirmed by the replay");
        table.AddRow("State", found.StateHash ?? "not reached");
        table.AddRow("History", found.HistorySequence is { } history ? $"whole, up to sequence {history:N0}" : "no database in this folder");
        var rows = new List<IRenderable> { table };
        rows.AddRange(found.Faults.Select(fault => new Markup($"[red]FAULT[/] {Markup.Escape(fault)}")));
        rows.Add(new Markup(found.Sound ? "[green]Sound.[/]" : $"[red]{found.Faults.Count} faults.[/]"));
        return new Rows(rows);
    }
}
