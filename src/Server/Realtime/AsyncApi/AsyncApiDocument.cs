using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Identity;

namespace MyTradeX.Server.Realtime;

/// <summary>The AsyncAPI 3 document: every topic with its events, and every door with what goes through it. Made from what the server has.</summary>
internal sealed class AsyncApiDocument
{
    const string Http = "http", WebSocket = "websocket", EventName = "Event", MetaName = "SocketIOMeta";

    readonly JsonObject _messages = [], _channels = [], _operations = [];
    readonly WireSchemas _schemas;

    public AsyncApiDocument(IEnumerable<ITopicFamily> families, IOptions<JsonOptions> json)
    {
        _schemas = new(json.Value.SerializerOptions);
        _schemas.Add(EventName, Event());
        _schemas.Add(MetaName, Meta());
        var topics = families.ToList();
        foreach (var family in topics)
            AddTopics(family);
        AddWebSocket(topics);
        AddStream(topics);
        AddPoll();
        AddSocketIO(topics);
        Json = JsonSerializer.SerializeToUtf8Bytes(Whole(), WireJson.Options);
    }

    /// <summary>The document.</summary>
    public byte[] Json { get; }

    void AddTopics(ITopicFamily family)
    {
        var channel = KeyOf(family.Name);
        var messages = new JsonObject();
        foreach (var told in (EventDoc[])[.. family.Doc.Events, ServerMessages.Gap])
            messages[KeyOf(told.Name)] = AddMessage(told);
        var described = new JsonObject
        {
            ["address"] = family.Scope == TopicScope.Instrument ? family.Name + ":{symbol}" : family.Name,
            ["title"] = $"Topic {family.Name}",
            ["summary"] = family.Doc.Summary,
            ["description"] = $"{WhoseOf(family.Scope)} {FateOf(family.Delivery)} Followed through any of the doors.",
            ["messages"] = messages,
        };
        if (family.Scope == TopicScope.Instrument)
            described["parameters"] = new JsonObject { ["symbol"] = new JsonObject { ["description"] = "The instrument, in any letter case.", ["examples"] = new JsonArray("AAPL") } };
        _channels[channel] = described;
        AddOperation($"tell{Capital(channel)}", "send", channel, family.Doc.Summary, messages.Select(message => message.Key));
    }

    void AddWebSocket(List<ITopicFamily> topics)
    {
        const string door = "webSocket";
        var messages = new JsonObject();
        foreach (var told in (EventDoc[])[.. EventsOf(topics), ServerMessages.Connected, ServerMessages.Heartbeat, .. ServerMessages.OfWebSocket])
            messages[KeyOf(told.Name)] = AddMessage(told);
        AddDoor(door, "/ws", WebSocket, "A plain WebSocket with JSON messages: topics, rooms, direct messages.",
            "The access token goes into the query or the header. A bad one, or one that ends, is answered by close 1008 with the reason; a reader who is too slow by 1013.", messages, new()
            {
                ["ws"] = new JsonObject { ["method"] = "GET", ["query"] = QuerySchema([(TokenInQuery.Name, "The access token.")], []), ["bindingVersion"] = "0.1.0" },
            });
        AddOperation($"{door}Tell", "send", door, "Tells what happens in the topics and rooms that the client follows.", messages.Select(message => message.Key));
        _schemas.Of(typeof(ClientMessage));
        foreach (var message in ClientMessages.All)
        {
            var key = $"client{Capital(KeyOf(message.Type))}";
            _messages[key] = Message(message.Type, message.Summary, AllOf(_schemas.Of(typeof(ClientMessage)), ("type", Const(message.Type))), Node(message.Example));
            messages[key] = new JsonObject { ["$ref"] = $"#/components/messages/{key}" };
            var operation = AddOperation($"{door}{Capital(KeyOf(message.Type))}", "receive", door, message.Summary, [key]);
            var replies = new JsonArray(MessageOf(door, "error"));
            if (message.Reply is { } reply)
                replies.Insert(0, MessageOf(door, KeyOf(reply)));
            operation["reply"] = new JsonObject { ["channel"] = ChannelOf(door), ["messages"] = replies };
        }
    }

    void AddStream(List<ITopicFamily> topics)
    {
        const string door = "stream";
        var messages = new JsonObject();
        foreach (var told in (EventDoc[])[.. EventsOf(topics), ServerMessages.Connected, ServerMessages.Heartbeat, ServerMessages.Closed])
            messages[KeyOf(told.Name)] = AddMessage(told);
        AddDoor(door, "/api/v1/stream", Http, "Server-sent events, for a browser's EventSource or curl.",
            "`id` is the event's cursor, `event` its type, `data` the message as it stands here. `Last-Event-ID` goes on after an event.", messages, null);
        AddOperation($"{door}Tell", "send", door, "Tells what happens in the topics asked for.", messages.Select(message => message.Key))["bindings"] = HttpGet(
            [("topics", "What to follow, separated by commas."), ("lastEventId", "As the header `Last-Event-ID`."), (TokenInQuery.Name, "The access token, for clients that cannot send headers.")], ["topics"]);
    }

    void AddPoll()
    {
        const string door = "poll", answer = "pollAnswer";
        var payload = new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray("success", "data", "timestamp", "requestId"),
            ["properties"] = new JsonObject
            {
                ["success"] = Const(true), ["data"] = _schemas.Of(typeof(PollDto)),
                ["timestamp"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" }, ["requestId"] = new JsonObject { ["type"] = "string" },
            },
        };
        _messages[answer] = Message(answer, "The events since the cursor, in the REST envelope.", payload, null);
        AddDoor(door, "/api/v1/poll", Http, "Long polling, for where nothing else comes through.",
            "The first call answers at once with the topics' states; each further one, with the `cursor` of the answer before, when something has happened or the time is up.", new()
            {
                [answer] = new JsonObject { ["$ref"] = $"#/components/messages/{answer}" },
            }, null);
        AddOperation($"{door}Tell", "send", door, "Answers with what has happened.", [answer])["bindings"] = HttpGet(
            [("topics", "What to follow, separated by commas; the same on every call."), ("cursor", "`data.cursor` of the answer before."), ("timeout", "Longest wait in seconds.")], ["topics"]);
    }

    void AddSocketIO(List<ITopicFamily> topics)
    {
        const string door = "socketIO";
        var messages = new JsonObject();
        foreach (var told in EventsOf(topics))
        {
            var key = door + Capital(KeyOf(told.Name));
            var arguments = new JsonObject { ["type"] = "array", ["items"] = new JsonArray(_schemas.Of(told.Example.GetType()), WireSchemas.Reference(MetaName), new JsonObject { ["type"] = "string", ["description"] = "The cursor" }) };
            _messages[key] = Message(told.Name, told.Summary, arguments, null);
            messages[key] = new JsonObject { ["$ref"] = $"#/components/messages/{key}" };
        }
        AddDoor(door, "/socket.io/", WebSocket, "Socket.IO (protocol 5 on Engine.IO 4), by polling and WebSocket.",
            "`auth: {token}`. An event's arguments are its data, where it belongs, and its cursor, which the protocol's own clients bring back after a cut. `alerts` is followed without asking.", messages, null);
        AddOperation($"{door}Tell", "send", door, "Tells what happens in the topics that the client follows.", messages.Select(message => message.Key).ToList());
        var ack = Message("ack", "`{success: true}`, or `{success: false, error}`.", new JsonObject
        {
            ["type"] = "object", ["required"] = new JsonArray("success"), ["properties"] = new JsonObject { ["success"] = new JsonObject { ["type"] = "boolean" }, ["error"] = new JsonObject { ["type"] = "object" } },
        }, new JsonObject { ["success"] = true });
        _messages[door + "Ack"] = ack;
        messages[door + "Ack"] = new JsonObject { ["$ref"] = $"#/components/messages/{door}Ack" };
        foreach (var (name, summary, example) in ClientMessages.OfSocketIO)
        {
            var key = $"{door}Client{Capital(KeyOf(name))}";
            _messages[key] = Message(name, summary, new JsonObject { ["description"] = "The event's argument." }, Node(example));
            messages[key] = new JsonObject { ["$ref"] = $"#/components/messages/{key}" };
            AddOperation($"{door}{Capital(KeyOf(name))}", "receive", door, summary, [key])["reply"] = new JsonObject { ["channel"] = ChannelOf(door), ["messages"] = new JsonArray(MessageOf(door, door + "Ack")) };
        }
    }

    /// <summary>Adds an event in the form that every door but Socket.IO gives it, and returns a reference to it.</summary>
    JsonObject AddMessage(EventDoc told)
    {
        var key = KeyOf(told.Name);
        if (!_messages.ContainsKey(key))
        {
            var envelope = new JsonObject { ["type"] = told.Name, ["timestamp"] = "2024-01-15T10:30:00.000Z", ["payload"] = Node(told.Example) };
            _messages[key] = Message(told.Name, told.Summary, AllOf(WireSchemas.Reference(EventName), ("type", Const(told.Name)), ("payload", _schemas.Of(told.Example.GetType()))), envelope);
        }
        return new() { ["$ref"] = $"#/components/messages/{key}" };
    }

    JsonObject Whole() => new()
    {
        ["asyncapi"] = "3.0.0",
        ["info"] = new JsonObject
        {
            ["title"] = "MyTradeX realtime",
            ["version"] = "v1",
            ["description"] = "Topics of one hub, through four doors. Every event carries its topic's sequence, which has no gaps: one that follows another without a number between them misses nothing. "
                + "The REST side, the lists as newline-delimited JSON included, is in `/openapi/v1.json`.",
        },
        ["defaultContentType"] = "application/json",
        ["servers"] = new JsonObject { [Http] = Server("http"), [WebSocket] = Server("ws") },
        ["channels"] = _channels,
        ["operations"] = _operations,
        ["components"] = new JsonObject
        {
            ["schemas"] = _schemas.All,
            ["messages"] = _messages,
            ["securitySchemes"] = new JsonObject
            {
                ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT", ["description"] = "The `token` of `POST /auth/login`" },
                [TokenInQuery.Name] = new JsonObject { ["type"] = "httpApiKey", ["in"] = "query", ["name"] = TokenInQuery.Name, ["description"] = "The same, for clients that cannot send headers" },
            },
        },
    };

    static JsonObject Server(string protocol) => new()
    {
        ["host"] = "{host}",
        ["protocol"] = protocol,
        ["variables"] = new JsonObject { ["host"] = new JsonObject { ["default"] = "localhost:3001", ["description"] = "Host and port" } },
        ["security"] = new JsonArray(new JsonObject { ["$ref"] = "#/components/securitySchemes/bearer" }, new JsonObject { ["$ref"] = $"#/components/securitySchemes/{TokenInQuery.Name}" }),
    };

    void AddDoor(string key, string address, string server, string summary, string description, JsonObject messages, JsonObject? bindings)
    {
        _channels[key] = new JsonObject
        {
            ["address"] = address, ["title"] = $"Door {address}", ["summary"] = summary, ["description"] = description, ["servers"] = new JsonArray(new JsonObject { ["$ref"] = $"#/servers/{server}" }), ["messages"] = messages,
        };
        if (bindings is not null)
            _channels[key]!["bindings"] = bindings;
    }

    JsonObject AddOperation(string key, string action, string channel, string summary, IEnumerable<string> messages)
    {
        var operation = new JsonObject { ["action"] = action, ["channel"] = ChannelOf(channel), ["summary"] = summary, ["messages"] = new JsonArray([.. messages.Select(message => MessageOf(channel, message))]) };
        _operations[key] = operation;
        return operation;
    }

    // The envelope's members, of which an answer or a greeting has only some.
    static JsonObject Event() => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray("type", "timestamp", "payload"),
        ["properties"] = new JsonObject
        {
            ["type"] = Text("What kind of event it is."),
            ["topic"] = Text("The topic, for example `market:AAPL`; absent outside topics."),
            ["firstSequence"] = new JsonObject { ["type"] = "integer", ["description"] = "The first of the topic's numbers that it stands for; absent when it is one alone." },
            ["sequence"] = new JsonObject { ["type"] = "integer", ["description"] = "The last of them." },
            ["cursor"] = Text("To go on after this event; absent where there is nothing to resume."),
            ["timestamp"] = new JsonObject { ["type"] = "string", ["format"] = "date-time", ["description"] = "When it was told." },
            ["payload"] = new JsonObject { ["description"] = "What REST would show." },
        },
    };

    static JsonObject Meta() => new()
    {
        ["type"] = "object",
        ["description"] = "Where an event belongs: the second argument of its handler.",
        ["required"] = new JsonArray("topic", "firstSequence", "sequence", "timestamp"),
        ["properties"] = new JsonObject
        {
            ["topic"] = Text("For example `market:AAPL`."), ["firstSequence"] = new JsonObject { ["type"] = "integer" }, ["sequence"] = new JsonObject { ["type"] = "integer" },
            ["timestamp"] = new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        },
    };

    static JsonObject Message(string name, string summary, JsonNode payload, JsonNode? example)
    {
        var message = new JsonObject { ["name"] = name, ["summary"] = summary, ["payload"] = payload };
        if (example is not null)
            message["examples"] = new JsonArray(new JsonObject { ["payload"] = example });
        return message;
    }

    static JsonObject AllOf(JsonNode schema, params (string Name, JsonNode Schema)[] members) => new()
    {
        ["allOf"] = new JsonArray(schema, new JsonObject { ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema))) }),
    };

    static JsonObject HttpGet((string Name, string Description)[] parameters, string[] required) =>
        new() { [Http] = new JsonObject { ["method"] = "GET", ["query"] = QuerySchema(parameters, required), ["bindingVersion"] = "0.3.0" } };

    static JsonObject QuerySchema((string Name, string Description)[] parameters, string[] required)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject(parameters.Select(parameter => KeyValuePair.Create(parameter.Name, (JsonNode?)Text(parameter.Description)))) };
        if (required.Length > 0)
            schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        return schema;
    }

    static IEnumerable<EventDoc> EventsOf(IEnumerable<ITopicFamily> topics) => topics.SelectMany(family => family.Doc.Events).Append(ServerMessages.Gap);

    static string WhoseOf(TopicScope scope) => scope switch
    {
        TopicScope.Instrument => "One topic an instrument, for every signed-in user.",
        TopicScope.User => "The user's own.",
        _ => "For every signed-in user.",
    };

    static string FateOf(Delivery delivery) => delivery switch
    {
        Delivery.Latest => "A reader who does not keep up is told the newest state only.",
        Delivery.Diffs => "A reader who does not keep up is told the whole state instead of the changes.",
        Delivery.Tape => "A reader who does not keep up is told of a `gap`.",
        _ => "Nothing is passed over: a reader who does not keep up is closed, and can resume.",
    };

    static JsonObject ChannelOf(string channel) => new() { ["$ref"] = $"#/channels/{channel}" };

    static JsonObject MessageOf(string channel, string message) => new() { ["$ref"] = $"#/channels/{channel}/messages/{message}" };

    static JsonObject Const(JsonNode value) => new() { ["const"] = value };

    static JsonObject Text(string description) => new() { ["type"] = "string", ["description"] = description };

    static JsonNode Node(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), WireJson.Options)!;

    // market:update → marketUpdate, join_room → joinRoom: keys have letters and digits alone.
    static string KeyOf(string name) => string.Concat(name.Split(':', '_').Select((word, i) => i == 0 ? word : Capital(word)));

    static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}

internal static class AsyncApiDocumentExtensions
{
    /// <summary>Maps <c>/asyncapi/v1.json</c>.</summary>
    public static void MapAsyncApi(this WebApplication app) => app
        .MapGet("/asyncapi/v1.json", (AsyncApiDocument document) => TypedResults.Bytes(document.Json, "application/json; charset=utf-8"))
        .AllowAnonymous()
        .ExcludeFromDescription();
}
