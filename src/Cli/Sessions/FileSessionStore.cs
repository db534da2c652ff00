using System.Text.Json;
using MyTradeX.Client;

namespace MyTradeX.Cli.Sessions;

/// <summary>
/// Keeps the session of one server in a file that only its user may read. Several runs of the tool may share it: a refresh token works once,
/// so renewing it is done under a lock file.
/// </summary>
internal sealed class FileSessionStore(string folder, Uri server) : ISessionStore
{
    const UnixFileMode OnlyUser = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    static readonly TimeSpan _lockPatience = TimeSpan.FromSeconds(30);
    static readonly TimeSpan _lockLook = TimeSpan.FromMilliseconds(50);

    // One file a server, so that signing in to one leaves the others alone.
    readonly string _path = Path.Combine(folder, $"session-{server.Host}-{server.Port}.json");

    public SessionTokens? Load()
    {
        try
        {
            return File.Exists(_path) ? JsonSerializer.Deserialize<SessionTokens>(File.ReadAllText(_path)) : null;
        }
        catch (JsonException)
        {
            throw new IOException($"The session file {_path} cannot be read; delete it and sign in again.");
        }
    }

    public void Save(SessionTokens? session)
    {
        if (session is null)
        {
            File.Delete(_path);
            return;
        }
        CreateFolder();
        // Written beside and renamed, so that another run never reads half a file.
        var beside = $"{_path}.{Environment.ProcessId}";
        using (var file = new FileStream(beside, Options(FileMode.Create)))
            JsonSerializer.Serialize(file, session);
        File.Move(beside, _path, overwrite: true);
    }

    public async Task<IDisposable> LockAsync()
    {
        CreateFolder();
        for (var waited = TimeSpan.Zero; ; waited += _lockLook)
        {
            try
            {
                // The operating system lets go of it when the process ends, however it ends.
                return new FileStream($"{_path}.lock", Options(FileMode.OpenOrCreate));
            }
            catch (IOException) when (waited < _lockPatience)
            {
                await Task.Delay(_lockLook);
            }
        }
    }

    static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OnlyUser;
        return options;
    }

    void CreateFolder()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, OnlyUser | UnixFileMode.UserExecute);
    }
}
