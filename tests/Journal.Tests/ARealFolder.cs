namespace MyTradeX.Journal.Tests;

public sealed class ARealFolder : IDisposable
{
    readonly TemporaryFolder _folder = new();
    readonly FileDisk _disk;

    public ARealFolder() => _disk = new FileDisk(Path.Combine(_folder.Path, "deep", "journal"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void is_made_when_needed_and_holds_the_log_across_restarts_and_rolls()
    {
        var options = new FileLogOptions { SegmentBytes = 128 * 1024, MaxRecordBytes = 64 * 1024 };
        for (var life = 0; life < 3; life++)
        {
            using var log = FileCommandLog.Open(_disk, options, out var report);
            Assert.Equal((life == 0, life * 2000L), (report.Created, report.Records));
            for (var i = 0; i < 2000; i += 100)
                log.Commit((life * 2000) + i, 100);
            Assert.Equal(Support.Range(0, (life + 1) * 2000), log.Numbers());
        }

        Assert.True(JournalVerifier.Verify(_disk).IsSound);
    }

    [Fact]
    public void is_locked_for_one_writer_and_free_again_afterwards()
    {
        using (FileCommandLog.Open(_disk, new FileLogOptions(), out _))
        {
            var error = Assert.Throws<JournalInUseException>(() => FileCommandLog.Open(_disk, new FileLogOptions(), out _));
            Assert.Contains(_disk.Name, error.Message);
        }

        FileCommandLog.Open(_disk, new FileLogOptions(), out _).Dispose();
    }

    [Fact]
    public void is_free_again_after_an_open_that_was_refused()
    {
        FileCommandLog.Open(_disk, new FileLogOptions(), out _).Dispose();
        var segment = Path.Combine(_disk.Name, $"{0:D20}.segment");
        var bytes = File.ReadAllBytes(segment);
        File.WriteAllBytes(segment, bytes[..^1]);
        Assert.Throws<JournalDamagedException>(() => FileCommandLog.Open(_disk, new FileLogOptions(), out _));
        File.WriteAllBytes(segment, bytes);
        FileCommandLog.Open(_disk, new FileLogOptions(), out _).Dispose();
    }

    [Fact]
    public void has_no_files_before_it_exists()
    {
        Assert.Empty(_disk.List());
        Assert.False(Directory.Exists(_disk.Name));
    }
}
