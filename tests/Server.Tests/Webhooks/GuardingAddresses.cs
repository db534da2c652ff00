using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MyTradeX.Server.Features.Webhooks;
using MyTradeX.Server.Tests.Host;
using Xunit;

namespace MyTradeX.Server.Tests.Webhooks;

/// <summary>Where a stranger's word may send the server.</summary>
public sealed class GuardingAddresses
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::7f00:1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void is_never_to_its_own_networks(string address) => Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("11.0.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("192.169.0.1")]
    [InlineData("223.255.255.255")]
    [InlineData("2606:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    public void may_be_out_to_the_internet(string address) => Assert.True(PublicAddresses.IsPublic(IPAddress.Parse(address)));
}

/// <summary>A server that serves in earnest.</summary>
public sealed class GuardingAServer : IAsyncLifetime
{
    readonly WebhookServer _server = new("Development", "--Webhooks:AllowPrivateAddresses", "false");

    public ValueTask InitializeAsync() => _server.InitializeAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("https://")]
    [InlineData("/hooks")]
    [InlineData("https://user:pw@example.com/")]
    [InlineData("https://example.com/#a")]
    [InlineData("https://localhost/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    public async Task refuses_addresses_that_cannot_be_right(string url)
    {
        using var owner = await _server.SignedInAsync();

        var error = await (await WebhookServer.CreateAsync(owner, new { url, events = new[] { "order.filled" } })).ErrorAsync(HttpStatusCode.BadRequest, "VALIDATION_ERROR");

        Assert.Equal("url", (string?)error["details"]!["field"]);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("1.1.1.1", "10.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    public async Task does_not_go_where_a_public_name_leads_home(params string[] addresses)
    {
        await using var receiver = await Receiver.AnsweringAsync(200);
        using var client = new WebhookClient(new() { AllowPrivateAddresses = false }, Environment) { Resolve = (_, _) => Task.FromResult(addresses.Select(IPAddress.Parse).ToArray()) };

        var refusal = await Assert.ThrowsAsync<AddressRefusedException>(() => PostAsync(client, $"http://public.example:{new Uri(receiver.Url).Port}/"));

        Assert.Contains("public.example leads to", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(receiver.Got);
    }

    [Fact]
    public async Task looks_a_name_up_once_and_goes_where_it_has_looked()
    {
        await using var receiver = await Receiver.AnsweringAsync(200);
        var lookups = 0;
        using var client = new WebhookClient(new() { AllowPrivateAddresses = true }, Environment)
        {
            Resolve = (_, _) => Task.FromResult(new[] { Interlocked.Increment(ref lookups) == 1 ? IPAddress.Loopback : IPAddress.Parse("192.0.2.1") }),
        };

        var answer = await PostAsync(client, $"http://elsewhere.example:{new Uri(receiver.Url).Port}/");

        Assert.Equal((200, 1), (answer.Status, lookups));
    }

    IHostEnvironment Environment => _server.Services.GetRequiredService<IHostEnvironment>();

    static Task<WebhookAnswer> PostAsync(WebhookClient client, string url) => client.PostAsync(new(url), "{}", [], DateTimeOffset.UtcNow, TestContext.Current.CancellationToken);
}
