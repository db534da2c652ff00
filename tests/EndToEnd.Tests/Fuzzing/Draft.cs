using System.Text;
using System.Text.Json.Nodes;
using MyTradeX.EndToEnd.Tests.Api;

namespace MyTradeX.EndToEnd.Tests.Fuzzing;

/// <summary>Who sends a request.</summary>
public enum Sender
{
    Admin,
    Trader,
    Nobody,
}

/// <summary>A request in the making: an operation's own example, which a mutation then spoils.</summary>
public sealed class Draft(Operation operation, Sender sender)
{
    public const string RequestIdSent = "fuzz.Request_id-1";

    public Operation Operation { get; } = operation;

    public Sender Sender { get; } = sender;

    public string Method { get; set; } = operation.Method;

    /// <summary>What stands for each <c>{name}</c> of the path, as it goes into the request line.</summary>
    public Dictionary<string, string> PathValues { get; } = [];

    /// <summary>Name and value as they go into the request line; a null value leaves out the equals sign too.</summary>
    public List<(string Name, string? Value)> Query { get; } = [.. operation.InQuery.Where(parameter => parameter.Required).Select(parameter => (parameter.Name, (string?)$"{parameter.Example}"))];

    public List<(string Name, string Value)> Headers { get; } = [("X-Request-ID", RequestIdSent)];

    /// <summary>Names and raw JSON of the body's members.</summary>
    public List<(string Name, string Json)> Members { get; } = [];

    public string? ContentType { get; set; } = operation.TakesBody ? "application/json" : null;

    /// <summary>Sent in place of <see cref="Members"/>.</summary>
    public byte[]? RawBody { get; set; }

    public bool Chunked { get; set; }

    /// <summary>Put in place of <c>/api/v1</c>.</summary>
    public string? Prefix { get; set; }

    /// <summary>Put at the path's end.</summary>
    public string Suffix { get; set; } = "";

    /// <summary>Whether the request still reaches the operation, so that the answer must be one that it documents.</summary>
    public bool ReachesOperation { get; set; } = true;

    /// <summary>Whether the HTTP server underneath may refuse it, in its own bare form, before the venue sees it.</summary>
    public bool IsHttp { get; set; } = true;

    /// <summary>The only status that will do, when there is just one.</summary>
    public int? Expected { get; set; }

    /// <summary>Whether the body is larger than the server takes.</summary>
    public bool IsOversized { get; set; }

    /// <summary>Whether the documented 503 will do: the request asks for what is not there yet.</summary>
    public bool MayBeUnavailable { get; set; }

    /// <summary>Makes a header from the body as it is sent in the end; null where nothing is signed.</summary>
    public Func<byte[], (string Name, string Value)>? Sign { get; set; }

    public void SetHeader(string name, string? value)
    {
        Headers.RemoveAll(header => header.Name == name);
        if (value is not null) Headers.Add((name, value));
    }

    public void SetMember(string name, string? json)
    {
        Members.RemoveAll(member => member.Name == name);
        if (json is not null) Members.Add((name, json));
    }

    public WireRequest ToWire()
    {
        var target = new StringBuilder(PathValues.Aggregate(Operation.Path, (path, value) => path.Replace($"{{{value.Key}}}", value.Value)) + Suffix);
        if (Prefix is not null) target.Remove(0, $"/api/v{Operation.Version}".Length).Insert(0, Prefix);
        for (var i = 0; i < Query.Count; i++) target.Append(i == 0 ? '?' : '&').Append(Query[i].Name).Append(Query[i].Value is { } value ? "=" + value : "");
        var body = RawBody ?? (Operation.TakesBody ? Encoding.UTF8.GetBytes($"{{{string.Join(',', Members.Select(member => $"{Quoted(member.Name)}:{member.Json}"))}}}") : null);
        var headers = Headers.ToList();
        if (ContentType is not null) headers.Add(("Content-Type", ContentType));
        if (Sign is not null && body is not null) headers.Add(Sign(body));
        return new(Method, target.ToString(), headers, body, Chunked);
    }

    static string Quoted(string name) => JsonValue.Create(name).ToJsonString();
}
