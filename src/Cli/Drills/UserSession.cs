using System.Text.Json.Nodes;

namespace MyTradeX.Cli.Drills;

/// <summary>One user at one server, over plain HTTP: no retries, so that every answer and every silence is seen.</summary>
internal sealed class UserSession(ServerProcess server, string email)
{
    /// <summary>Everyone's.</summary>
    public const string Password = "a long Passw0rd";

    const int PageSize = 100;

    string _token = "";
    string _refreshToken = "";

    /// <summary>Whether a refused token is met by signing in again. Else it is a broken promise like any other refusal that was not asked for.</summary>
    public bool SignsInAgain { get; init; }

    /// <summary>How often it had to sign in again.</summary>
    public int SignedInAgain { get; private set; }

    public async Task RegisterAsync(string name) =>
        (await server.SendAsync(HttpMethod.Post, "auth/register", new { email, password = Password, name, firstName = name, lastName = "Tester" })).Expect(201);

    public async Task SignInAsync()
    {
        var session = (await server.SendAsync(HttpMethod.Post, "auth/login", new { email, password = Password })).Expect(200);
        (_token, _refreshToken) = (session["token"]!.GetValue<string>(), session["refreshToken"]!.GetValue<string>());
    }

    /// <summary>Trades the refresh token for a new session.</summary>
    public async Task RefreshAsync()
    {
        var session = (await server.SendAsync(HttpMethod.Post, "auth/refresh", new { refreshToken = _refreshToken })).Expect(200);
        (_token, _refreshToken) = (session["token"]!.GetValue<string>(), session["refreshToken"]!.GetValue<string>());
    }

    /// <summary>Ends the session.</summary>
    public async Task SignOutAsync()
    {
        var answer = await server.SendAsync(HttpMethod.Post, "auth/logout", new { refreshToken = _refreshToken }, _token);
        BrokenPromiseException.Unless(answer.Status is 200 or 204, () => $"signing out answered {answer.Status}: {answer.Body?.ToJsonString()}");
    }

    /// <summary>Whether the server takes the access token as it is.</summary>
    public async Task<bool> IsSignedInAsync()
    {
        var answer = await server.SendAsync(HttpMethod.Get, "auth/me", token: _token);
        if (answer.Status != 401) answer.Expect(200);
        return answer.Status == 200;
    }

    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, params (string, string)[] headers)
    {
        var answer = await server.SendAsync(method, path, body, _token, headers);
        if (answer.Status != 401 || !SignsInAgain) return answer;
        SignedInAgain++;
        await SignInAsync();
        return await server.SendAsync(method, path, body, _token, headers);
    }

    public async Task<JsonNode> GetAsync(string path) => (await SendAsync(HttpMethod.Get, path)).Expect(200);

    /// <summary>All of the user's orders that pass a filter, page by page.</summary>
    public async Task<List<JsonNode>> OrdersAsync(string filter = "")
    {
        var orders = new List<JsonNode>();
        string? cursor = "";
        while (cursor is not null)
        {
            var answer = await SendAsync(HttpMethod.Get, $"orders?limit={PageSize}&cursor={Uri.EscapeDataString(cursor)}{filter}");
            orders.AddRange(answer.Expect(200).AsArray().Select(order => order!));
            cursor = answer.Body!["pagination"]!["nextCursor"]?.GetValue<string>();
        }
        return orders;
    }

    /// <summary>The user's money and shares now.</summary>
    public async Task<Books> BooksAsync(string accountId)
    {
        var account = await GetAsync($"accounts/{accountId}");
        var summary = await GetAsync("portfolio/summary");
        var positions = (await GetAsync("portfolio/positions")).AsArray();
        var open = await OrdersAsync("&status=NEW,PARTIAL");
        return new(
            account["balance"]!.GetValue<decimal>(), account["held"]!.GetValue<decimal>(), summary["totalFees"]!.GetValue<decimal>(),
            positions.Sum(position => position!["quantity"]!.GetValue<decimal>()),
            open.Where(order => order["side"]!.GetValue<string>() == "BUY").Sum(order => order["price"]!.GetValue<decimal>() * order["remainingQuantity"]!.GetValue<decimal>()));
    }
}

/// <summary>What a user has.</summary>
/// <param name="Balance">Cash in the account.</param>
/// <param name="Held">Cash of it that open orders hold.</param>
/// <param name="Fees">Fees paid in all.</param>
/// <param name="Shares">Shares in all.</param>
/// <param name="OpenBuys">Value of what is open to buy, at its limits.</param>
internal readonly record struct Books(decimal Balance, decimal Held, decimal Fees, decimal Shares, decimal OpenBuys);
