using MyTradeX.Journal.Disks;
using MyTradeX.Journal.Format;

namespace MyTradeX.Journal;

/// <summary>
/// Makes segment files ahead of use: really filled with zeros and synced, so that a commit into one changes no metadata and costs
/// a single flush of its own pages. (Reserving the space without writing it gains nothing: the first write to each block
/// then changes the block map, which the next sync has to store.)
/// </summary>
sealed class SegmentPreparer(IDisk disk, FileLogOptions options) : IDisposable
{
    // Small enough that a commit on another file never queues behind much of it in the disk.
    const int ChunkBytes = 1024 * 1024;

    // A new log must be ready at once, also on a slow disk; the segments then grow fourfold up to their full size,
    // so that each gives the background time enough to fill the next.
    const int FirstFileBytes = 4 * 1024 * 1024;

    static readonly byte[] Zeros = new byte[ChunkBytes];

    Task<Prepared>? _next;
    volatile bool _stopping;

    /// <summary>A file of zeros named <see cref="SegmentFile.Next"/>.</summary>
    internal sealed record Prepared(IDiskFile File, long Capacity);

    /// <summary>Starts on the segment after one of this capacity.</summary>
    public void Begin(long currentCapacity)
    {
        var fileBytes = Math.Min(options.SegmentBytes, Math.Max(FirstFileBytes, (currentCapacity + SegmentHeader.Bytes) * 4));
        if (options.PrepareInBackground)
        {
            _next = Task.Factory.StartNew(() => Make(fileBytes), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            return;
        }

        try
        {
            _next = Task.FromResult(Make(fileBytes));
        }
        catch (IOException error)
        {
            _next = Task.FromException<Prepared>(error);
        }
    }

    /// <summary>
    /// The prepared segment, waiting for it if need be. When it failed or is too small, a small one is made here and now: after
    /// a full disk there may be room for that already.
    /// </summary>
    /// <exception cref="IOException">There is no room for that either.</exception>
    public Prepared Take(long minimumCapacity)
    {
        var preparing = _next;
        _next = null;
        if (preparing is not null)
        {
            // Waits for the end of the task whichever it is; a failure shows again, if it lasts, in the attempt below.
            Task.WaitAny(preparing);
            if (preparing.IsCompletedSuccessfully)
            {
                if (preparing.Result.Capacity >= minimumCapacity)
                    return preparing.Result;
                preparing.Result.File.Dispose();
            }
            else if (preparing.Exception?.InnerException is not IOException)
            {
                preparing.GetAwaiter().GetResult();
            }
        }

        const int page = 4096;
        var needed = SegmentHeader.Bytes + ((minimumCapacity + page - 1) / page * page);
        return Make(Math.Max(needed, Math.Min(FirstFileBytes, options.SegmentBytes)));
    }

    public void Dispose()
    {
        _stopping = true;
        if (_next is not { } preparing)
            return;
        Task.WaitAny(preparing);
        _ = preparing.Exception;
        if (!preparing.IsCompletedSuccessfully)
            return;
        preparing.Result.File.Dispose();
        disk.Delete(SegmentFile.Next);
    }

    Prepared Make(long fileBytes)
    {
        var file = disk.Create(SegmentFile.Next);
        try
        {
            for (long at = 0; at < fileBytes;)
            {
                if (_stopping)
                    throw new IOException("The log is being closed.");
                var chunk = (int)Math.Min(ChunkBytes, fileBytes - at);
                file.Write(at, Zeros.AsSpan(0, chunk));
                file.Sync();
                at += chunk;
            }

            return new Prepared(file, fileBytes - SegmentHeader.Bytes);
        }
        catch (IOException)
        {
            // Gives back what it took: a full disk needs every byte.
            file.Dispose();
            disk.Delete(SegmentFile.Next);
            throw;
        }
    }
}
