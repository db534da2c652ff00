using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Server.Features.MarketData;
using MyTradeX.Server.Realtime;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Server.Tests.MarketData;
using Xunit;

namespace MyTradeX.Server.Tests.Realtime;

/// <summary>Against the rules of AsyncAPI 3.0 as far as this document uses it.</summary>
public sealed partial class ReadingTheAsyncApiDocument(TestServer server) : IClassFixture<TestServer>
{
    static readonly Dictionary<string, string[]> Members = new()
    {
        ["root"] = ["asyncapi", "info", "defaultContentType", "servers", "channels", "operations", "components"],
        ["server"] = ["host", "protocol", "variables", "security"],
        ["channel"] = ["address", "title", "summary", "description", "servers", "messages", "parameters", "bindings"],
        ["operation"] = ["action", "channel", "summary", "messages", "reply", "bindings"],
        ["message"] = ["name", "summary", "payload", "examples"],
    };

    [Fact]
    public async Task every_part_has_what_the_specification_asks_for_and_nothing_else()
    {
        var document = await DocumentAsync();

        OnlyHas("root", document);
        Assert.Equal("3.0.0", (string?)document["asyncapi"]);
        Assert.NotNull(document["info"]!["title"]);
        Assert.NotNull(document["info"]!["version"]);
        Assert.All(Entries(document["servers"]), at => Assert.True(OnlyHas("server", at.Value) && at.Value["host"] is not null && at.Value["protocol"] is not null, at.Key));
        foreach (var (key, channel) in Entries(document["channels"]))
        {
            OnlyHas("channel", channel);
            var inAddress = Braces().Matches((string)channel["address"]!).Select(match => match.Groups[1].Value);
            Assert.Equal(inAddress, Entries(channel["parameters"]).Select(parameter => parameter.Key));
            Assert.NotEmpty(Entries(channel["messages"]));
            Assert.All(Entries(channel["messages"]), message => Assert.StartsWith("#/components/messages/", (string?)message.Value["$ref"]));
            Assert.Matches(Key(), key);
        }
        foreach (var (key, operation) in Entries(document["operations"]))
        {
            OnlyHas("operation", operation);
            Assert.Matches(Key(), key);
            Assert.Contains((string)operation["action"]!, (string[])["send", "receive"]);
            var channel = (string)operation["channel"]!["$ref"]!;
            Assert.NotEmpty(operation["messages"]!.AsArray());
            // An operation's messages are its channel's, not the components'.
            Assert.All(operation["messages"]!.AsArray(), message => Assert.StartsWith(channel + "/messages/", (string?)message!["$ref"]));
            if (operation["reply"] is { } reply)
                Assert.All(reply["messages"]!.AsArray(), message => Assert.StartsWith((string)reply["channel"]!["$ref"]! + "/messages/", (string?)message!["$ref"]));
        }
        Assert.All(Entries(document["components"]!["messages"]), at => Assert.True(OnlyHas("message", at.Value) && Key().IsMatch(at.Key) && at.Value["payload"] is not null, at.Key));
    }

    [Fact]
    public async Task every_reference_leads_somewhere_and_every_message_and_schema_is_used()
    {
        var document = await DocumentAsync();
        var references = References(document).ToList();

        Assert.All(references, reference => Assert.True(Follow(document, reference) is not null, reference));
        foreach (var part in (string[])["messages", "schemas"])
            Assert.All(Entries(document["components"]![part]), at => Assert.Contains($"#/components/{part}/{at.Key}", references));
    }

    [Fact]
    public async Task every_topic_and_each_of_its_events_is_in_it_and_goes_through_every_door()
    {
        var document = await DocumentAsync();
        var families = server.Services.GetServices<ITopicFamily>().ToList();
        Assert.NotEmpty(families);

        foreach (var family in families)
        {
            var address = family.Scope == TopicScope.Instrument ? family.Name + ":{symbol}" : family.Name;
            var events = family.Doc.Events.Select(told => told.Name).Append("gap").Order();
            Assert.Equal(events, NamesIn(document, address).Order());
            foreach (var door in (string[])["/ws", "/api/v1/stream", "/socket.io/"])
                Assert.Empty(events.Except(NamesIn(document, door)));
        }
    }

    [Fact]
    public async Task every_example_has_the_members_that_its_schema_asks_for_and_no_others()
    {
        var document = await DocumentAsync();
        foreach (var (key, message) in Entries(document["components"]!["messages"]))
            foreach (var example in message["examples"]?.AsArray() ?? [])
                Assert.True(Fits(document, message["payload"]!, example!["payload"]), $"{key}: {example.ToJsonString()}");
    }

    [Fact]
    public async Task every_client_message_is_in_it_and_is_answered_as_it_says()
    {
        var market = new TestMarket(server);
        var ((client, _), (_, otherId)) = (await market.TraderAsync(), await market.TraderAsync());
        var document = await DocumentAsync();
        var told = NamesIn(document, "/ws").ToList();
        using var socket = await SocketClient.OpenAsync(server.Address, client);
        Assert.NotEmpty(ClientMessages.All);

        foreach (var message in ClientMessages.All)
        {
            Assert.Contains(message.Type, told);
            if (message.Type is "authenticate" or "direct_message" or "broadcast")
                continue;
            await socket.SendAsync(message.Type == "subscribe" ? message.Example with { Topics = ["orders"] } : message.Example);
            Assert.Contains(message.Reply!, told);
            await socket.NextAsync(message.Reply!);
        }
        await socket.SendAsync(new { type = "authenticate", token = client.DefaultRequestHeaders.Authorization!.Parameter });
        await socket.NextAsync("authenticated");
        await socket.SendAsync(new { type = "direct_message", userId = $"user-{otherId}", payload = new { } });
        Assert.Equal("USER_NOT_FOUND", (string?)(await socket.NextAsync("error"))["code"]);
        await socket.SendAsync(new { type = "broadcast", roomId = "nobody-there", payload = new { } });
        Assert.Equal("FORBIDDEN", (string?)(await socket.NextAsync("error"))["code"]);
        await socket.SendAsync(new { type = "no such" });
        var refused = (string)(await socket.NextAsync("error"))["error"]!;
        Assert.Equal(ClientMessages.All.Select(message => message.Type), refused[(refused.IndexOf("are ", StringComparison.Ordinal) + 4)..^1].Split(", "));
    }

    [Fact]
    public async Task the_checksums_of_its_books_are_right()
    {
        var examples = (await DocumentAsync())["components"]!["messages"]!;

        Assert.Equal(Crc32.Of(Encoding.ASCII.GetBytes("150.2:1000|150.15:1500|150.3:800|150.35:1200|")), Checksum("orderbookSnapshot"));
        Assert.Equal(Crc32.Of(Encoding.ASCII.GetBytes("150.2:900|150.15:1500|150.1:2000|150.3:800|")), Checksum("orderbookUpdate"));

        uint Checksum(string key) => (uint)examples[key]!["examples"]![0]!["payload"]!["payload"]!["checksum"]!;
    }

    async Task<JsonNode> DocumentAsync()
    {
        using var client = server.Client();
        return await (await client.GetAsync("/asyncapi/v1.json", TestContext.Current.CancellationToken)).JsonAsync();
    }

    static bool OnlyHas(string part, JsonNode node)
    {
        Assert.Empty(node.AsObject().Select(member => member.Key).Except(Members[part]));
        return true;
    }

    // Names, types of objects, constants and required members: what an example gets wrong when a record changes.
    static bool Fits(JsonNode document, JsonNode schema, JsonNode? value)
    {
        if (schema is JsonValue)
            return true;
        if ((string?)schema["$ref"] is { } reference)
            return Fits(document, Follow(document, reference)!, value);
        if (schema["allOf"] is JsonArray all)
            return all.All(one => Fits(document, one!, value));
        if (schema["const"] is { } only && !JsonNode.DeepEquals(only, value))
            return false;
        if ((string?)schema["type"] is { } type && type != TypeOf(value) && !(type == "number" && TypeOf(value) == "integer"))
            return false;
        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value)))
            return false;
        return value switch
        {
            JsonObject members => (schema["required"]?.AsArray() ?? []).All(name => members.ContainsKey((string)name!))
                && members.All(member => schema["properties"]?[member.Key] is { } of ? Fits(document, of, member.Value) : schema["properties"] is null || schema["type"] is null),
            JsonArray items when schema["items"] is JsonObject of => items.All(item => Fits(document, of, item)),
            _ => true,
        };
    }

    static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        System.Text.Json.JsonValueKind.Object => "object",
        System.Text.Json.JsonValueKind.Array => "array",
        System.Text.Json.JsonValueKind.String => "string",
        System.Text.Json.JsonValueKind.Number => value.ToJsonString().Contains('.') ? "number" : "integer",
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
        _ => "null",
    };

    static IEnumerable<string> NamesIn(JsonNode document, string address) =>
        Entries(Entries(document["channels"]).Single(channel => (string?)channel.Value["address"] == address).Value["messages"]).Select(message => (string)Follow(document, (string)message.Value["$ref"]!)!["name"]!);

    static JsonNode? Follow(JsonNode document, string reference) => reference.Split('/').Skip(1).Aggregate<string, JsonNode?>(document, (at, step) => at?[step]);

    static IEnumerable<KeyValuePair<string, JsonNode>> Entries(JsonNode? node) => (node?.AsObject() ?? []).Select(member => KeyValuePair.Create(member.Key, member.Value!));

    static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Braces();

    [GeneratedRegex(@"^[\w-]+\z")]
    private static partial Regex Key();
}
