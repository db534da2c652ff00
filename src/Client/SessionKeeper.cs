using System.Net;
using MyTradeX.Contracts.Identity;

namespace MyTradeX.Client;

/// <summary>Holds the session and renews it. However many requests find the access token expired at once, one refresh serves them all.</summary>
sealed class SessionKeeper(MyTradeXClientOptions options)
{
    readonly Lock _gate = new();
    SessionTokens? _session = options.SessionStore.Load();
    Task<bool>? _refresh;

    public SessionTokens? Current
    {
        get
        {
            lock (_gate) return _session;
        }
    }

    /// <summary>Takes over what a login or refresh gave. A refresh token that was not renewed is kept.</summary>
    public void Set(Session session)
    {
        var token = session.AccessToken ?? session.Token
            ?? throw new InvalidDataException("The server opened a session without a token.");
        Keep(new(token, session.RefreshToken ?? Current?.RefreshToken, options.TimeProvider.GetUtcNow().AddSeconds(session.ExpiresIn)));
    }

    public void Clear() => Keep(null);

    /// <summary>Makes sure that another access token than the refused one is there. False when the session has ended.</summary>
    public Task<bool> RenewAsync(string refused, Func<string, Task<Session>> refresh)
    {
        lock (_gate)
        {
            if (_session is not { } session) return Task.FromResult(false);
            if (session.AccessToken != refused) return Task.FromResult(true);
            return _refresh ??= Task.Run(() => RefreshAsync(refused, refresh));
        }
    }

    async Task<bool> RefreshAsync(string refused, Func<string, Task<Session>> refresh)
    {
        try
        {
            using var turn = await options.SessionStore.LockAsync();
            var session = options.SessionStore.Load();
            if (session is not null && session.AccessToken != refused)
            {
                lock (_gate) _session = session;
                return true;
            }
            if (session?.RefreshToken is not { } token) return false;
            Set(await refresh(token));
            return true;
        }
        catch (ApiException refusal) when (refusal.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            Clear();
            return false;
        }
        finally
        {
            lock (_gate) _refresh = null;
        }
    }

    void Keep(SessionTokens? session)
    {
        lock (_gate) _session = session;
        options.SessionStore.Save(session);
    }
}
