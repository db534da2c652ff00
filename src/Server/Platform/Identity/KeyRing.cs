using System.Security.Cryptography;
using System.Text;
using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Platform.Identity;

/// <summary>
/// Signing keys, one a purpose, all derived from one secret: the configured one, or 32 random bytes made at the first start and kept in
/// the data folder, readable by the server's user alone. A hosted service so that a damaged key stops the start, not the first request.
/// </summary>
internal sealed class KeyRing(ServerOptions server, AuthOptions auth) : IHostedService
{
    const int KeyBytes = 32;

    readonly byte[] _secret = auth.SigningKey is { } configured ? Encoding.UTF8.GetBytes(configured) : ReadOrCreate(Path.Combine(server.DataDir, "keys"));

    /// <summary>The key for one purpose, 32 bytes; the same at every start.</summary>
    public byte[] Derive(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, KeyBytes, info: Encoding.UTF8.GetBytes("mytradex " + purpose));

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    static byte[] ReadOrCreate(string folder)
    {
        var path = Path.Combine(folder, "signing.key");
        if (!File.Exists(path))
            Create(folder, path);
        var secret = File.ReadAllBytes(path);
        return secret.Length == KeyBytes
            ? secret
            : throw new InvalidDataException($"{path} has {secret.Length} bytes instead of {KeyBytes}. Restore it from a backup; deleting it makes a new one and ends every session.");
    }

    static void Create(string folder, string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Written beside and renamed, so that no start ever reads half a key.
        var fresh = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, path, overwrite: false);
    }
}
