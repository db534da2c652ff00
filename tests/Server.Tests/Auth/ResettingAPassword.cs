using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.Mail;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Server.Tests.Auth;

public sealed class ResettingAPassword(MailedServer server) : IClassFixture<MailedServer>
{
    const string Subject = "Set a new password";

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task a_mailed_token_sets_it_and_ends_every_session()
    {
        var (client, session, email) = await server.NewUserAsync();
        var token = await AskAsync(email);

        var answer = await ConfirmAsync(token, "a new password");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/v1/auth/me", Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsJsonAsync("/api/v1/auth/refresh", new { refreshToken = (string?)session["refreshToken"] }, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(email, "password123")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(email, "a new password")).StatusCode);
    }

    [Fact]
    public async Task a_token_works_once_for_an_hour()
    {
        var (_, _, email) = await server.NewUserAsync();
        var token = await AskAsync(email);
        await (await ConfirmAsync(token, "short")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        server.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(HttpStatusCode.OK, (await ConfirmAsync(token, "a new password")).StatusCode);
        var again = await (await ConfirmAsync(token, "another password")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal("token", (string?)again["details"]!["field"]);

        var late = await AskAsync(email, count: 2);
        server.Clock.Advance(TimeSpan.FromMinutes(61));
        await (await ConfirmAsync(late, "another password")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(email, "a new password")).StatusCode);
    }

    [Fact]
    public async Task lifts_a_lock()
    {
        var (_, _, email) = await server.NewUserAsync();
        for (var i = 0; i < 5; i++)
            await LoginAsync(email, "wrong password");
        Assert.Equal(HttpStatusCode.Unauthorized, (await LoginAsync(email, "password123")).StatusCode);

        await ConfirmAsync(await AskAsync(email), "a new password");

        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(email, "a new password")).StatusCode);
    }

    [Fact]
    public async Task the_answer_does_not_tell_whether_a_user_exists()
    {
        var (_, _, email) = await server.NewUserAsync();
        var answers = new List<string>();
        var times = new List<double>();
        foreach (var asked in new[] { email, $"nobody-{Guid.NewGuid():n}@example.com", "not an address" })
        {
            var watch = Stopwatch.StartNew();
            var answer = await RequestAsync(asked);
            times.Add(watch.Elapsed.TotalMilliseconds);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            var json = (await answer.JsonAsync()).AsObject();
            json.Remove("timestamp");
            json.Remove("requestId");
            answers.Add(json.ToJsonString());
        }

        Assert.Single(answers.Distinct());
        Assert.All(times, time => Assert.True(time >= 249, $"{time} ms is no whole step"));
    }

    [Fact]
    public async Task asking_again_and_again_sends_one_mail_a_minute()
    {
        var (_, _, email) = await server.NewUserAsync();
        await AskAsync(email);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Accepted, (await RequestAsync(email)).StatusCode);
        server.Clock.Advance(TimeSpan.FromSeconds(61));
        await AskAsync(email, count: 2);

        Assert.Equal(2, server.MailsTo(email, Subject).Count);
    }

    [Fact]
    public async Task no_table_holds_the_token()
    {
        var (_, _, email) = await server.NewUserAsync();
        var token = await AskAsync(email);

        var jobs = await server.Services.GetRequiredService<JobStore>().ListAsync(new(), 1, 1_000, Cancellation);

        Assert.Contains(jobs.Items, job => job.Payload.Contains(email, StringComparison.Ordinal) && job.Payload.Contains("PASSWORD_RESET", StringComparison.Ordinal));
        Assert.DoesNotContain(jobs.Items, job => job.Payload.Contains(token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task a_made_up_token_is_refused(string token) =>
        await (await ConfirmAsync(token, "a new password")).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

    [Fact]
    public async Task counts_against_the_limit_of_sign_in()
    {
        await using var strict = new MailedServer("--RateLimits:SignInRequests", "3");
        await strict.InitializeAsync();
        using var client = strict.Client();
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsJsonAsync("/api/v1/auth/password-reset", new { email = "x@example.com" }, Cancellation)).StatusCode);
        foreach (var path in new[] { "password-reset", "password-reset/confirm", "verify-email" })
            await (await client.PostAsJsonAsync($"/api/v1/auth/{path}", new { email = "x@example.com" }, Cancellation)).ErrorAsync(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED");
    }

    async Task<string> AskAsync(string email, int count = 1)
    {
        Assert.Equal(HttpStatusCode.Accepted, (await RequestAsync(email.ToUpperInvariant())).StatusCode);
        return MailedServer.TokenIn(await server.MailToAsync(email, Subject, count));
    }

    async Task<HttpResponseMessage> RequestAsync(string email)
    {
        using var client = server.Client();
        return await client.PostAsJsonAsync("/api/v1/auth/password-reset", new { email }, Cancellation);
    }

    async Task<HttpResponseMessage> ConfirmAsync(string token, string password)
    {
        using var client = server.Client();
        return await client.PostAsJsonAsync("/api/v1/auth/password-reset/confirm", new { token, password }, Cancellation);
    }

    async Task<HttpResponseMessage> LoginAsync(string email, string password)
    {
        using var client = server.Client();
        return await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password }, Cancellation);
    }
}
