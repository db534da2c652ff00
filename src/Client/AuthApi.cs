using MyTradeX.Contracts.Identity;

namespace MyTradeX.Client;

/// <summary>Signing in and out.</summary>
public sealed class AuthApi
{
    readonly ApiTransport _transport;
    readonly SessionKeeper _session;

    internal AuthApi(ApiTransport transport, SessionKeeper session) => (_transport, _session) = (transport, session);

    /// <summary>Registers and signs in.</summary>
    public Task<Session> RegisterAsync(RegisterRequest request, CancellationToken cancellation = default) =>
        OpenAsync("auth/register", request, cancellation);

    /// <summary>Signs in; the client's requests carry the session from then on.</summary>
    public Task<Session> LoginAsync(string email, string password, CancellationToken cancellation = default) =>
        OpenAsync("auth/login", new LoginRequest(email, password), cancellation);

    /// <summary>Renews the session now rather than when the server asks for it.</summary>
    public async Task<bool> RefreshAsync() =>
        _session.Current is { } session && await _session.RenewAsync(session.AccessToken, _transport.RefreshAsync);

    /// <summary>Ends the session on the server and here.</summary>
    public async Task LogoutAsync(CancellationToken cancellation = default)
    {
        try
        {
            await _transport.AuthAsync<object>("auth/logout", new RefreshRequest(_session.Current?.RefreshToken), isSignedIn: true, cancellation);
        }
        finally
        {
            _session.Clear();
        }
    }

    /// <summary>Who is signed in, and what they may do.</summary>
    public Task<Me> MeAsync(CancellationToken cancellation = default) => _transport.GetAsync<Me>("auth/me", cancellation);

    async Task<Session> OpenAsync(string path, object request, CancellationToken cancellation)
    {
        var session = await _transport.AuthAsync<Session>(path, request, isSignedIn: false, cancellation)
            ?? throw new InvalidDataException("The server opened a session without data.");
        if ((session.AccessToken ?? session.Token) is not null) _session.Set(session);
        return session;
    }
}
