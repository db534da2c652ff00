namespace MyTradeX.Cli.Drills;

/// <summary>
/// The wall clock of a process started with <see cref="Environment"/>, moved while it runs: libfaketime, which reads how far it is off from a
/// file. Time that only counts how long something takes runs on as it is.
/// </summary>
internal sealed class FakeClock : IDisposable
{
    static readonly string[] _folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib"];

    readonly string _file = Path.GetTempFileName();

    /// <summary>A clock that is right.</summary>
    /// <exception cref="DrillImpossibleException">libfaketime is not installed.</exception>
    public FakeClock()
    {
        var library = Library;
        if (library is null)
        {
            Dispose();
            throw new DrillImpossibleException("libfaketime is not installed (Debian: apt-get install faketime)");
        }
        Environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = library,
            ["FAKETIME_TIMESTAMP_FILE"] = _file,
            // Reading the file at each look at the clock would make the server slow; once a second is often enough.
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
        Write();
    }

    /// <summary>Where libfaketime is; null when it is not installed.</summary>
    public static string? Library { get; } = OperatingSystem.IsLinux() ? Find() : null;

    /// <summary>What a process that shall live by this clock is started with.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>How far it is ahead of the real one.</summary>
    public TimeSpan Ahead { get; private set; }

    /// <summary>What it shows.</summary>
    public DateTimeOffset Now => DateTimeOffset.UtcNow + Ahead;

    /// <summary>Moves it; the process sees it within about a second.</summary>
    public void Jump(TimeSpan by)
    {
        Ahead += by;
        Write();
    }

    public void Dispose() => File.Delete(_file);

    // Renamed into place, so that nobody reads half of it.
    void Write()
    {
        var beside = $"{_file}.new";
        File.WriteAllText(beside, $"{(Ahead < TimeSpan.Zero ? '-' : '+')}{(long)Ahead.Duration().TotalSeconds}\n");
        File.Move(beside, _file, overwrite: true);
    }

    // The build for programs with threads; one level down for the distributions that have a folder per machine type.
    static string? Find() =>
        _folders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder).Prepend(folder))
            .Select(folder => Path.Combine(folder, "faketime", "libfaketimeMT.so.1"))
            .FirstOrDefault(File.Exists);
}
