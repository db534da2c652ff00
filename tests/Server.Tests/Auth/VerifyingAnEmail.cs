using System.Net;
using System.Net.Http.Json;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Mail;
using Xunit;

namespace MyTradeX.Server.Tests.Auth;

public sealed class VerifyingAnEmail(MailedServer server) : IClassFixture<MailedServer>
{
    const string Subject = "Confirm your email";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task registering_sends_a_welcome_and_a_token_that_proves_the_address_once()
    {
        var (client, session, email) = await server.NewUserAsync();
        Assert.False((bool)session["user"]!["emailVerified"]!);
        await server.MailToAsync(email, "Welcome");
        var token = MailedServer.TokenIn(await server.MailToAsync(email, Subject));

        Assert.Equal(HttpStatusCode.OK, (await VerifyAsync(token)).StatusCode);

        Assert.True(await IsVerifiedAsync(client));
        await (await VerifyAsync(token)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task a_new_address_must_be_proven_anew_and_the_old_token_proves_nothing()
    {
        var (client, session, email) = await server.NewUserAsync();
        var first = MailedServer.TokenIn(await server.MailToAsync(email, Subject));
        var other = $"other-{Guid.NewGuid():n}@example.com";
        var path = $"/api/v1/users/{session["user"]!["id"]}";

        Assert.Equal(HttpStatusCode.OK, (await client.PatchAsJsonAsync(path, new { email = other, currentPassword = "password123" }, Cancellation)).StatusCode);
        await (await VerifyAsync(first)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await VerifyAsync(MailedServer.TokenIn(await server.MailToAsync(other, Subject)));
        Assert.True(await IsVerifiedAsync(client));

        var third = $"third-{Guid.NewGuid():n}@example.com";
        Assert.Equal(HttpStatusCode.OK, (await client.PutAsJsonAsync(path, new { name = "New User", email = third, currentPassword = "password123" }, Cancellation)).StatusCode);
        Assert.False(await IsVerifiedAsync(client));
        await server.MailToAsync(third, Subject);
    }

    [Fact]
    public async Task a_change_of_anything_else_leaves_it_proven_and_sends_nothing()
    {
        var (client, session, email) = await server.NewUserAsync();
        await VerifyAsync(MailedServer.TokenIn(await server.MailToAsync(email, Subject)));

        Assert.Equal(HttpStatusCode.OK, (await client.PatchAsJsonAsync($"/api/v1/users/{session["user"]!["id"]}", new { name = "Other Name", email = email.ToUpperInvariant() }, Cancellation)).StatusCode);

        Assert.True(await IsVerifiedAsync(client));
        Assert.Single(server.MailsTo(email, Subject));
    }

    [Fact]
    public async Task another_token_is_sent_on_request_after_a_minute_until_it_is_proven()
    {
        var (client, _, email) = await server.NewUserAsync();
        await server.MailToAsync(email, Subject);
        Assert.Equal(HttpStatusCode.Accepted, (await ResendAsync(client)).StatusCode);
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Accepted, (await ResendAsync(client)).StatusCode);
        var second = await server.MailToAsync(email, Subject, count: 2);
        Assert.Equal(2, server.MailsTo(email, Subject).Count);

        await VerifyAsync(MailedServer.TokenIn(second));
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal(HttpStatusCode.Accepted, (await ResendAsync(client)).StatusCode);
        await server.MailToAsync(email, "Welcome");
        Assert.Equal(2, server.MailsTo(email, Subject).Count);
    }

    [Fact]
    public async Task a_token_runs_out_after_two_days()
    {
        var (client, _, email) = await server.NewUserAsync();
        var token = MailedServer.TokenIn(await server.MailToAsync(email, Subject));
        server.Clock.Advance(TimeSpan.FromHours(48));
        await (await VerifyAsync(token)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        _ = client;
    }

    async Task<HttpResponseMessage> VerifyAsync(string token)
    {
        using var client = server.Client();
        return await client.PostAsJsonAsync("/api/v1/auth/verify-email", new { token }, Cancellation);
    }

    static Task<HttpResponseMessage> ResendAsync(HttpClient client) => client.PostAsync("/api/v1/auth/verify-email/resend", null, Cancellation);

    static async Task<bool> IsVerifiedAsync(HttpClient client) => (bool)(await (await client.GetAsync("/api/v1/auth/me", Cancellation)).DataAsync())["emailVerified"]!;
}
