using MyTradeX.Store;

namespace MyTradeX.Server.Features.Files;

/// <summary>
/// Finds and removes what should not be there, before the server listens and then daily: unfinished files of a process that was killed, files that no row names
/// (their user was deleted, or the process was killed between the two), rows whose file is not there (a backup that was taken while the file was deleted), and pictures
/// that their user's profile shows no longer.
/// </summary>
internal sealed partial class FileSweep(FileStore files, FileVault vault, TimeProvider clock, ILogger<FileSweep> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromDays(1);
    const int RowsAtATime = 1_000;

    /// <exception cref="InvalidDataException">There are rows, but no folder: it was forgotten in moving, or is not mounted.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(vault.Folder))
        {
            // All rows would go, for want of a folder that may come back.
            if (await files.WalkAsync(0, 1, cancellationToken) is { Count: > 0 })
                throw new InvalidDataException($"The database has files, but their folder {vault.Folder} is not there. Put it back, or make an empty one to give them all up.");
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(vault.Folder);
            else
                Directory.CreateDirectory(vault.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        await RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Cleans up once.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var unnamed = vault.List().ToHashSet(StringComparer.Ordinal);
        long last = 0;
        while (await files.WalkAsync(last, RowsAtATime, cancellation) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                var isThere = unnamed.Remove(row.DiskName) || vault.Has(row.DiskName);
                if (row.Purpose == FileRow.Avatar && row.UserAvatar != AvatarService.AddressOf(row.UserId, row.Id))
                    await ForgetAsync(row, "picture", cancellation);
                else if (!isThere)
                    await ForgetAsync(row, "row", cancellation);
            }
            last = rows[^1].Id;
        }
        foreach (var name in unnamed)
        {
            // In this order: who is no longer at work on it has written its row by now, or never will.
            if (!vault.IsUnderWay(name) && !await files.IsNamedAsync(name, cancellation))
                Drop(name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await TryAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    async Task TryAsync(CancellationToken cancellation)
    {
        try
        {
            await RunAsync(cancellation);
        }
        catch (Exception failure) when (failure is StoreUnavailableException or IOException or UnauthorizedAccessException)
        {
            // Nothing waits for this; the next round does it.
            Postponed(failure);
        }
    }

    async Task ForgetAsync(FileOnDisk row, string what, CancellationToken cancellation)
    {
        // Its owner may have been faster.
        if (!await files.DeleteAsync(row.Id, cancellation))
            return;
        RowRemoved(row.Id, row.UserId, what);
        FileMetrics.Cleaned(what);
        if (what == "picture")
            vault.Delete(row.DiskName);
    }

    void Drop(string name)
    {
        vault.Delete(name);
        var what = name.EndsWith(FileVault.Unfinished, StringComparison.Ordinal) ? "unfinished" : "unnamed";
        FileRemoved(what, name);
        FileMetrics.Cleaned(what);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "removed file-{Id} of user-{User}: a {What} that leads nowhere")]
    partial void RowRemoved(long id, long user, string what);

    [LoggerMessage(Level = LogLevel.Information, Message = "removed the {What} file {Name}, which belongs to nobody")]
    partial void FileRemoved(string what, string name);

    [LoggerMessage(Level = LogLevel.Warning, Message = "cleaning up files was postponed")]
    partial void Postponed(Exception exception);
}
