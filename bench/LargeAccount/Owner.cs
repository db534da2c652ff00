using System.Diagnostics;
using System.Text.Json.Nodes;

namespace MyTradeX.Bench.LargeAccount;

/// <summary>An account and what was done in it.</summary>
/// <param name="Id">As the API names it.</param>
/// <param name="Lines">Lines of its ledger.</param>
sealed record FilledAccount(string Id, int Lines);

/// <summary>Somebody with accounts of several lengths, and somebody else, with whom they exchange money.</summary>
sealed class Owner
{
    /// <summary>One line in so many is a deposit.</summary>
    public const int DepositEvery = 100;

    const int Connections = 32;
    const string Password = "a long Passw0rd";

    readonly RunningServer _server;
    readonly string _admin;
    string _other = "", _otherAccount = "";

    Owner(RunningServer server, string admin) => (_server, _admin) = (server, admin);

    public string Token { get; private set; } = "";

    public static async Task<Owner> OpenAsync(RunningServer server)
    {
        var admin = await LoginAsync(server, "admin@example.com", "password123");
        var owner = new Owner(server, admin) { Token = await SignUpAsync(server, admin, "ann") };
        owner._other = await SignUpAsync(server, admin, "bob");
        owner._otherAccount = (string)(await server.AskAsync(HttpMethod.Get, "accounts", owner._other))["data"]![0]!["id"]!;
        await owner.DepositAsync(owner._otherAccount, 1_000_000m);
        return owner;
    }

    /// <summary>Opens an account and has money come and go in it until its ledger has so many lines.</summary>
    public async Task<FilledAccount> FillAsync(int lines)
    {
        var account = (string)(await _server.AskAsync(HttpMethod.Post, "accounts", Token, new { name = $"{lines:N0} lines" }))["data"]!["id"]!;
        await DepositAsync(account, 1_000_000m);
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(1, lines - 1), new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (i, _) =>
        {
            // From one cent to twenty dollars, and as likely as not with cents.
            var amount = ((i * 37 % 1_999) + 1) / 100m;
            if (i % DepositEvery == 0)
                await DepositAsync(account, amount);
            else
                await (i % 3 == 0 ? SendAsync(_other, _otherAccount, account, amount) : SendAsync(Token, account, _otherAccount, amount));
        });
        Console.WriteLine($"{lines:N0} lines in {account}, {(lines - 1) / Stopwatch.GetElapsedTime(began).TotalSeconds:N0} a second");
        return new(account, lines);
    }

    Task<JsonNode> DepositAsync(string account, decimal amount) => _server.AskAsync(HttpMethod.Post, $"accounts/{account}/deposits", _admin, new { amount });

    Task<JsonNode> SendAsync(string token, string from, string to, decimal amount) => _server.AskAsync(HttpMethod.Post, "transfers", token, new { fromAccountId = from, toAccountId = to, amount, memo = "as agreed" });

    static async Task<string> SignUpAsync(RunningServer server, string admin, string name)
    {
        var email = $"{name}@example.com";
        await server.AskAsync(HttpMethod.Post, "users", admin, new { email, password = Password, name, role = "TRADER" });
        return await LoginAsync(server, email, Password);
    }

    static async Task<string> LoginAsync(RunningServer server, string email, string password) =>
        (string)(await server.AskAsync(HttpMethod.Post, "auth/login", null, new { email, password }))["data"]!["token"]!;
}
