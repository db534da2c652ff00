using System.Net;
using System.Text;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Webhooks;

/// <summary>What comes to the address where Stripe delivers.</summary>
public sealed class ReceivingFromStripe(StripeServer server) : IClassFixture<StripeServer>
{
    const string Body = """{"id":"evt_x","type":"x","created":1700000000,"data":{"object":{}}}""";

    [Fact]
    public async Task a_delivery_signed_with_either_secret_is_taken_and_worked_on()
    {
        foreach (var secret in (string[])[StripeServer.Secret, StripeServer.SecretBefore])
        {
            var id = StripeServer.NewId("evt");
            var body = StripeServer.Event(id, "charge.updated", new { });

            var answer = await (await server.DeliverAsync(body, server.Sign(body, secret))).DataAsync();

            Assert.Equal("""{"received":true}""", answer.ToJsonString());
            Assert.Contains("does nothing about it", (await server.SettledAsync(id)).Outcome, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task one_genuine_signature_among_several_is_enough()
    {
        var time = server.Clock.GetUtcNow().ToUnixTimeSeconds();
        var hex = StripeServer.Hex(Encoding.UTF8.GetBytes(Body), StripeServer.Secret, time);

        var response = await server.DeliverAsync(Body, $"t={time},v0=abc,v1={new string('0', 64)},v1={hex},v1=short");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("", "is missing")]
    [InlineData("nonsense", "must have a time")]
    [InlineData("t=1", "must have a time")]
    [InlineData("v1=00", "must have a time")]
    [InlineData("t=soon,v1=00", "not a number")]
    [InlineData("t=1700000000,v1=00", "does not fit")]
    public async Task a_signature_that_proves_nothing_is_refused(string signature, string reason)
    {
        var error = await (await server.DeliverAsync(Body, signature)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal("Stripe-Signature", (string?)error["details"]!["field"]);
        Assert.Contains(reason, (string)error["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_body_that_was_changed_and_a_secret_of_anothers_are_refused()
    {
        await (await server.DeliverAsync(Body + " ", server.Sign(Body))).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
        await (await server.DeliverAsync(Body, server.Sign(Body, "whsec_other"))).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");
    }

    [Theory]
    [InlineData(295, HttpStatusCode.OK)]
    [InlineData(310, HttpStatusCode.BadRequest)]
    [InlineData(-295, HttpStatusCode.OK)]
    [InlineData(-310, HttpStatusCode.BadRequest)]
    public async Task the_time_of_signing_lies_within_five_minutes_either_way(int secondsAgo, HttpStatusCode expected) =>
        Assert.Equal(expected, (await server.DeliverAsync(Body, server.Sign(Body, ago: TimeSpan.FromSeconds(secondsAgo)))).StatusCode);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"evt_1\"")]
    [InlineData("{\"id\":\"evt_1\",\"type\":\"x\",\"created\":1700000000}")]
    [InlineData("{\"id\":1,\"type\":\"x\",\"created\":1700000000,\"data\":{\"object\":{}}}")]
    [InlineData("{\"id\":\"evt_1\",\"type\":\"x\",\"created\":1e300,\"data\":{\"object\":{}}}")]
    [InlineData("{\"id\":\"evt_1\\u0000\",\"type\":\"x\",\"created\":1,\"data\":{\"object\":{}}}")]
    [InlineData("{\"id\":\"\\ud800\",\"type\":\"x\",\"created\":1,\"data\":{\"object\":{}}}")]
    public async Task what_is_signed_but_no_event_is_refused(string body) =>
        await (await server.DeliverAsync(body)).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

    [Fact]
    public async Task a_body_of_more_than_256_kilobytes_is_refused() =>
        await (await server.DeliverAsync(new string(' ', 256 * 1024) + Body)).ErrorAsync(HttpStatusCode.RequestEntityTooLarge, "PAYLOAD_TOO_LARGE");

    [Fact]
    public async Task administrators_see_what_came_of_it_and_nobody_else_does()
    {
        var stored = await server.SettleAsync("invoice.created", new { });
        using var admin = await server.AdminAsync();
        using var user = await server.SignedInAsync();

        var events = await (await admin.GetAsync("/api/v1/admin/stripe-events?type=invoice.created&status=PROCESSED", TestContext.Current.CancellationToken)).DataAsync();

        Assert.Equal(stored.StripeId, (string?)Assert.Single(events.AsArray())!["id"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await user.GetAsync("/api/v1/admin/stripe-events", TestContext.Current.CancellationToken)).StatusCode);
    }
}

/// <summary>A server without a secret.</summary>
public sealed class ReceivingFromStripeUnprepared(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task nothing_is_taken_and_the_answer_names_the_setting()
    {
        using var client = server.Client();

        var response = await client.PostAsync("/api/v1/webhooks/stripe", Answers.Json("{}"), TestContext.Current.CancellationToken);

        Assert.Contains("Stripe:WebhookSecret", (string)(await response.ErrorAsync(HttpStatusCode.ServiceUnavailable, "SERVICE_UNAVAILABLE"))["message"]!, StringComparison.Ordinal);
    }
}
