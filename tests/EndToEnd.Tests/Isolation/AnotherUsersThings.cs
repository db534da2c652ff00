using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MyTradeX.EndToEnd.Tests.Api;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Isolation;

/// <summary>
/// One user makes everything that can be made; others walk every operation of the API document with that user's ids wherever an id fits.
/// A new operation is walked without being named here; a new kind of id fails the walk until it is told whose to try.
/// </summary>
public sealed class AnotherUsersThings(TwoUsers users) : IClassFixture<TwoUsers>
{
    /// <summary>What only administrators may do.</summary>
    static readonly string[] ForAdministrators = ["cancelJob", "createInstrument", "createUser", "deleteUser", "getJob", "getReconciliation", "getStateHash", "haltInstrument", "listJobs", "listStripeEvents", "listUsers", "resumeInstrument", "retryJob", "sendNotification", "updateInstrument"];

    /// <summary>What a user must be a trader for.</summary>
    static readonly string[] ForTraders =
    [
        "amendOrder", "cancelOrder", "cancelOrders", "cancelTransfer", "closeAccount", "createTransfer", "createWebhook", "deleteWebhook", "deliverPosition", "deposit", "getAccount", "getBalance", "getKillSwitch", "getOrder",
        "getPortfolioSummary", "getStatement", "getTransfer", "getTransferStatus", "getWebhook", "getWebhookDelivery", "listAccounts", "listOrders", "listPositions", "listTransactions", "listTransferHistory", "listTransfers",
        "listWebhookDeliveries", "listWebhooks", "openAccount", "placeOrder", "previewOrder", "redeliverWebhook", "rotateWebhookSecret", "scheduleTransfer", "setKillSwitch", "testWebhook", "updateAccount", "updateWebhook",
        "validateTransfer",
    ];

    /// <summary>Ids that anybody may name, of their own things or not: what one calls an order, and whom one pays.</summary>
    static readonly string[] AnybodysToName = ["clientOrderId", "toAccountId"];

    /// <summary>Where an id in the path is a public thing's.</summary>
    static readonly string[] PublicNames = ["symbol", "month"];

    [Theory]
    [InlineData("TRADER")]
    [InlineData("USER")]
    [InlineData("MODERATOR")]
    public async Task are_neither_shown_nor_changed(string role)
    {
        var before = await users.StateOfOwnerAsync();
        foreach (var operation in users.Document.Operations)
            foreach (var attempt in AttemptsOn(operation, role))
            {
                var answer = await users.SendAsync(attempt, role);
                var what = $"{role} {attempt.Method} {attempt.Path} {attempt.Body?.ToJsonString()} → {answer.Status} {answer.Body?.ToJsonString()}";
                if (attempt.NamesOwnersThing) Assert.True(answer.Status is 403 or 404 || (attempt.Method == "GET" && IsEmptyList(answer)), what);
                Assert.True(answer.Status < 500, what);
                foreach (var secret in users.OwnersSecrets.Where(secret => !attempt.Mentions(secret)))
                    Assert.False(Regex.IsMatch(answer.Body?.ToJsonString() ?? "", $@"(?<![\w-]){Regex.Escape(secret)}(?![\w-])"), $"tells {secret}: {what}");
            }
        Assert.Equal(before, await users.StateOfOwnerAsync());
    }

    [Fact]
    public async Task are_all_shown_to_their_owner()
    {
        var state = await users.StateOfOwnerAsync();

        foreach (var secret in users.OwnersSecrets) Assert.Contains(secret, state, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TRADER")]
    [InlineData("USER")]
    [InlineData("MODERATOR")]
    public async Task need_the_role_that_the_operation_asks_for(string role)
    {
        var forbidden = new List<string>();
        foreach (var operation in users.Document.Operations.Where(operation => operation.Id != "logout"))
        {
            var answer = await users.SendAsync(users.OwnUse(operation, role), role);
            if (answer.Status == 403) forbidden.Add(operation.Id);
        }

        Assert.Equal(role == "TRADER" ? ForAdministrators : [.. ForAdministrators.Concat(ForTraders).Order(StringComparer.Ordinal)], forbidden.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task need_a_sign_in()
    {
        foreach (var operation in users.Document.Operations.Where(operation => !operation.IsAnonymous))
            foreach (var attempt in AttemptsOn(operation, "TRADER"))
                Assert.Equal((operation.Id, 401), (operation.Id, (await users.SendAsync(attempt, null)).Status));
    }

    [Theory]
    [InlineData("TRADER")]
    [InlineData("USER")]
    public async Task stay_ones_own_when_another_sends_the_same_keys(string role)
    {
        // Keys and order ids belong to their sender: a stranger's repetition is a new request, not a look at the first one's answer.
        var placed = await users.SendAsync(new("POST", "orders", users.OwnersOrder), role, ("Idempotency-Key", TwoUsers.OwnersKey));

        Assert.False(placed.Replayed);
        Assert.DoesNotContain(users.OwnersOrderId, placed.Body!.ToJsonString(), StringComparison.Ordinal);
        if (role == "TRADER") Assert.NotEqual(users.OwnersOrderId, placed.Expect(201)["id"]!.GetValue<string>());
    }

    // Once with the owner's id in each place that takes one, and once without: lists, and what names nobody.
    IEnumerable<Attempt> AttemptsOn(Operation operation, string role)
    {
        if (operation.Id == "logout") yield break;
        var own = users.OwnUse(operation, role);
        yield return own;
        foreach (var parameter in operation.InPath.Where(parameter => !PublicNames.Contains(parameter.Name)))
            foreach (var id in users.OwnersIdsFor(operation, parameter.Name))
                yield return users.OwnUse(operation, role, (parameter.Name, id)) with { NamesOwnersThing = true };
        foreach (var parameter in operation.InQuery.Where(parameter => IsId(parameter.Name)))
            yield return own with { Path = $"{own.Path}{(own.Path.Contains('?') ? '&' : '?')}{parameter.Name}={users.OwnersIdsFor(operation, parameter.Name)[0]}", NamesOwnersThing = parameter.Name != "clientOrderId" };
        foreach (var member in operation.BodyMembers.Where(member => IsId(member) && !AnybodysToName.Contains(member)))
        {
            var body = own.Body!.DeepClone().AsObject();
            body[member] = users.OwnersIdsFor(operation, member)[0];
            yield return own with { Body = body, NamesOwnersThing = true };
        }
    }

    // A filter that fits nothing of one's own, as one for what does not exist.
    static bool IsEmptyList(Answer answer) => answer is { Status: 200, Body: { } body } && body["data"] is JsonArray { Count: 0 };

    static bool IsId(string name) => name.EndsWith("Id", StringComparison.Ordinal);
}

/// <summary>A request below <c>/api/v1/</c>.</summary>
public sealed record Attempt(string Method, string Path, JsonObject? Body)
{
    /// <summary>Whether it names something of the owner's, so that only 403, 404 or an empty list will do.</summary>
    public bool NamesOwnersThing { get; init; }

    public bool Mentions(string text) => Path.Contains(text, StringComparison.Ordinal) || (Body?.ToJsonString().Contains(text, StringComparison.Ordinal) ?? false);
}
