using System.Net;
using MyTradeX.Cli.Sessions;
using MyTradeX.Client;
using Xunit;
using static MyTradeX.Cli.Tests.Client.CallingTheServer;
using static MyTradeX.Cli.Tests.ScriptedServer;

namespace MyTradeX.Cli.Tests.Client;

public sealed class KeepingASession
{
    [Fact]
    public async Task signing_in_gives_later_requests_their_token()
    {
        await using var server = await StartAsync(request => request.Line == "POST /api/v1/auth/login" ? Answer.Ok(Samples.Session("fresh", "refresh")) : Answer.Ok(Samples.Me()));
        using var client = new MyTradeXClient(new MyTradeXClientOptions { BaseAddress = server.Address });

        await client.Auth.LoginAsync("user@example.com", "password123");
        var me = await client.Auth.MeAsync();

        Assert.Equal("John Doe", me.Name);
        Assert.Equal([null, "fresh"], server.Requests.Select(request => request.Token));
        Assert.Equal("""{"email":"user@example.com","password":"password123"}""", server.Requests.First().Body);
    }

    [Fact]
    public async Task an_expired_token_is_renewed_once_for_all_who_wait_and_their_requests_are_sent_again()
    {
        await using var server = await StartAsync(request =>
            request.Line == "POST /api/v1/auth/refresh" ? Answer.Ok(Samples.Session("access-2", "refresh-2"))
            : request.Token == "access-2" ? Answer.Ok(Samples.Order())
            : Answer.Refusal(HttpStatusCode.Unauthorized, "UNAUTHORIZED", "expired"));
        using var client = Connect(server);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => client.Orders.GetAsync($"order-{number}")));

        var refresh = Assert.Single(server.Requests, request => request.Line == "POST /api/v1/auth/refresh");
        Assert.Equal("""{"refreshToken":"refresh-1"}""", refresh.Body);
        Assert.Equal(("access-2", "refresh-2"), (client.Session!.AccessToken, client.Session.RefreshToken));
    }

    [Fact]
    public async Task a_refused_renewal_ends_the_session()
    {
        await using var server = await StartAsync(_ => Answer.Refusal(HttpStatusCode.Unauthorized, "UNAUTHORIZED", "revoked"));
        using var client = Connect(server);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => client.Auth.MeAsync());

        Assert.Equal("UNAUTHORIZED", refusal.Code);
        Assert.Null(client.Session);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task a_token_refused_again_after_its_renewal_is_not_renewed_for_ever()
    {
        await using var server = await StartAsync(request => request.Line == "POST /api/v1/auth/refresh"
            ? Answer.Ok(Samples.Session("access-2", "refresh-2"))
            : Answer.Refusal(HttpStatusCode.Unauthorized, "UNAUTHORIZED", "no"));
        using var client = Connect(server);

        await Assert.ThrowsAsync<ApiException>(() => client.Auth.MeAsync());

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task signing_out_ends_the_session_here_even_when_the_server_is_silent()
    {
        await using var server = await StartAsync(_ => Answer.Broken);
        using var client = Connect(server, maxRetries: 0);

        await Assert.ThrowsAsync<ApiUnreachableException>(() => client.Auth.LogoutAsync());

        Assert.Null(client.Session);
    }

    [Fact]
    public async Task programs_that_share_a_stored_session_spend_its_refresh_token_once()
    {
        await using var server = await StartAsync(request =>
            request.Line == "POST /api/v1/auth/refresh" ? Answer.Ok(Samples.Session("access-2", "refresh-2"))
            : request.Token == "access-2" ? Answer.Ok(Samples.Me())
            : Answer.Refusal(HttpStatusCode.Unauthorized, "UNAUTHORIZED", "expired"));
        var folder = Directory.CreateTempSubdirectory("mytradex-session-");
        try
        {
            new FileSessionStore(folder.FullName, server.Address).Save(new("access-1", "refresh-1", DateTimeOffset.MaxValue));
            var clients = Enumerable.Range(0, 5).Select(_ => new MyTradeXClient(new MyTradeXClientOptions
            {
                BaseAddress = server.Address,
                SessionStore = new FileSessionStore(folder.FullName, server.Address),
            })).ToList();

            await Task.WhenAll(clients.Select(client => client.Auth.MeAsync()));

            Assert.Single(server.Requests, request => request.Line == "POST /api/v1/auth/refresh");
            clients.ForEach(client => client.Dispose());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

public sealed class StoringASession : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mytradex-session-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void it_comes_back_as_it_was_for_its_server_alone()
    {
        var session = new SessionTokens("a", "r", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var folder = Path.Combine(_folder.FullName, "new");
        new FileSessionStore(folder, new("http://one:1")).Save(session);

        Assert.Equal(session, new FileSessionStore(folder, new("http://one:1")).Load());
        Assert.Null(new FileSessionStore(folder, new("http://two:1")).Load());
    }

    [Fact]
    public void nobody_else_may_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps access rights another way");
        var folder = Path.Combine(_folder.FullName, "new");
        new FileSessionStore(folder, new("http://one:1")).Save(new("a", "r", default));

#pragma warning disable CA1416 // skipped on Windows above
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Assert.Single(Directory.GetFiles(folder))));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
#pragma warning restore CA1416
    }

    [Fact]
    public void forgetting_it_leaves_nothing()
    {
        var store = new FileSessionStore(_folder.FullName, new("http://one:1"));
        store.Save(new("a", "r", default));
        store.Save(null);

        Assert.Null(store.Load());
        Assert.Empty(_folder.GetFiles());
    }
}
