using System.Net;
using MyTradeX.Client;
using MyTradeX.Contracts.Trading;
using Xunit;
using static MyTradeX.Cli.Tests.Client.CallingTheServer;
using static MyTradeX.Cli.Tests.ScriptedServer;

namespace MyTradeX.Cli.Tests.Client;

public sealed class RepeatingRequests
{
    static readonly PlaceOrderRequest _order = new("AAPL", OrderSide.Buy, OrderType.Limit, 10, 150.25m);

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task a_write_is_repeated_with_the_same_key_and_request_id(HttpStatusCode trouble)
    {
        var tries = 0;
        await using var server = await StartAsync(_ => ++tries < 3 ? Answer.Refusal(trouble, "TROUBLE", "not now") : Answer.Ok(Samples.Order()));
        using var client = Connect(server);

        await client.Orders.PlaceAsync(_order);

        Assert.Equal(3, server.Requests.Count);
        Assert.Single(server.Requests.Select(request => request.Header("Idempotency-Key")).Distinct());
        Assert.Single(server.Requests.Select(request => request.Header("X-Request-ID")).Distinct());
        Assert.NotEmpty(server.Requests.First().Header("Idempotency-Key")!);
    }

    [Fact]
    public async Task two_writes_have_two_keys_and_a_given_key_is_kept()
    {
        await using var server = await StartAsync(_ => Answer.Ok(Samples.Order()));
        using var client = Connect(server);

        await client.Orders.PlaceAsync(_order);
        await client.Orders.PlaceAsync(_order);
        await client.Orders.PlaceAsync(_order, "mine");

        var keys = server.Requests.Select(request => request.Header("Idempotency-Key")).ToList();
        Assert.Equal(3, keys.Distinct().Count());
        Assert.Equal("mine", keys[2]);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Conflict)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    public async Task a_refusal_that_will_not_change_is_not_asked_again(HttpStatusCode refusal)
    {
        await using var server = await StartAsync(_ => Answer.Refusal(refusal, "NO", "no"));
        using var client = Connect(server);

        await Assert.ThrowsAsync<ApiException>(() => client.Orders.PlaceAsync(_order));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task a_broken_connection_is_tried_again()
    {
        var tries = 0;
        await using var server = await StartAsync(_ => ++tries == 1 ? Answer.Broken : Answer.Ok(Samples.Order()));
        using var client = Connect(server);

        Assert.Equal("order-7", (await client.Orders.PlaceAsync(_order)).Data.Id);
    }

    [Fact]
    public async Task silence_after_all_tries_says_that_the_outcome_of_a_write_is_unknown()
    {
        await using var server = await StartAsync(_ => Answer.Broken);
        using var client = Connect(server, maxRetries: 1);

        var write = await Assert.ThrowsAsync<ApiUnreachableException>(() => client.Orders.PlaceAsync(_order));
        var read = await Assert.ThrowsAsync<ApiUnreachableException>(() => client.Orders.GetAsync("order-1"));

        Assert.True(write.IsOutcomeUnknown);
        Assert.False(read.IsOutcomeUnknown);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task an_attempt_that_takes_too_long_is_given_up()
    {
        var never = new TaskCompletionSource();
        await using var server = await StartAsync(_ => new(200) { Wait = never.Task });
        using var client = Connect(server, maxRetries: 0, attemptTimeout: TimeSpan.FromMilliseconds(50));

        var silence = await Assert.ThrowsAsync<ApiUnreachableException>(() => client.Orders.PlaceAsync(_order));

        Assert.True(silence.IsOutcomeUnknown);
        never.SetResult();
    }

    [Fact]
    public async Task where_nobody_listens_nothing_was_done()
    {
        var server = await StartAsync(_ => Answer.Broken);
        using var client = Connect(server, maxRetries: 1);
        await server.DisposeAsync();

        var silence = await Assert.ThrowsAsync<ApiUnreachableException>(() => client.Orders.PlaceAsync(_order));

        Assert.False(silence.IsOutcomeUnknown);
    }

    [Fact]
    public async Task a_login_whose_outcome_is_unknown_is_not_repeated()
    {
        await using var server = await StartAsync(_ => Answer.Refusal(HttpStatusCode.InternalServerError, "INTERNAL_SERVER_ERROR", "oops"));
        using var client = Connect(server);

        await Assert.ThrowsAsync<ApiException>(() => client.Auth.LoginAsync("user@example.com", "x"));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task a_wait_longer_than_the_limit_is_told_rather_than_waited_for()
    {
        await using var server = await StartAsync(_ => Answer.Refusal(HttpStatusCode.TooManyRequests, "RATE_LIMIT_EXCEEDED", "slow down").With("Retry-After", "3600"));
        using var client = Connect(server);

        var refusal = await Assert.ThrowsAsync<ApiException>(() => client.Orders.GetAsync("order-1"));

        Assert.Equal(TimeSpan.FromHours(1), refusal.RetryAfter);
        Assert.Single(server.Requests);
    }
}

public sealed class PausingBetweenAttempts
{
    [Theory]
    [InlineData(0, 0.0, 100)]
    [InlineData(0, 1.0, 200)]
    [InlineData(1, 1.0, 400)]
    [InlineData(3, 1.0, 1_600)]
    [InlineData(9, 1.0, 10_000)]
    public void pauses_double_up_to_the_cap_and_are_spread(int retries, double jitter, int expectedMs) =>
        Assert.Equal(TimeSpan.FromMilliseconds(expectedMs), new Backoff(new() { MaxRetries = 10, Jitter = () => jitter }).Next(retries, null));

    [Fact]
    public void the_servers_wish_is_a_lower_bound() =>
        Assert.Equal(TimeSpan.FromSeconds(5), new Backoff(new() { Jitter = () => 0 }).Next(0, TimeSpan.FromSeconds(5)));

    [Fact]
    public void there_is_an_end() => Assert.Null(new Backoff(new() { MaxRetries = 2 }).Next(2, null));
}
