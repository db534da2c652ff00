using System.Text;
using MyTradeX.EndToEnd.Tests.Api;

namespace MyTradeX.EndToEnd.Tests.Fuzzing;

/// <summary>One way of spoiling a request.</summary>
public sealed record Mutation(string What, Action<Draft> Apply);

/// <summary>Every way we know of spoiling an operation's requests.</summary>
public static class Mutations
{
    /// <summary>The server's limit for a body, unless configured.</summary>
    const int BodyMax = 1_024 * 1_024;

    static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "X"];

    static readonly string[] OtherVersions = ["v0", "v3", "v01", "v99999999999999999999", "v-1", "v", "V1", "v1.0", "v1%20"];

    public static IEnumerable<Mutation> Of(Operation operation, ApiDocument document) =>
    [
        new("nothing", _ => { }),
        .. OfPath(operation), .. OfQuery(operation), .. OfMethod(operation, document), .. OfIdentity(operation), .. OfHeaders(operation),
        .. operation.TakesBody ? OfMembers(operation).Concat(OfBody()) : [],
    ];

    static IEnumerable<Mutation> OfPath(Operation operation)
    {
        foreach (var parameter in operation.InPath)
        {
            foreach (var text in Junk.Texts) yield return new($"path {parameter.Name}={text}", draft => draft.PathValues[parameter.Name] = text);
            foreach (var text in Junk.NotHttpTexts)
                yield return new($"path {parameter.Name}={text}", draft => (draft.PathValues[parameter.Name], draft.IsHttp, draft.ReachesOperation) = (text, false, false));
        }
        foreach (var version in OtherVersions)
            yield return new($"version {version}", draft =>
            {
                draft.ReachesOperation = false;
                draft.Prefix = "/api/" + version;
            });
        foreach (var suffix in (string[])["/", "/x", "//", "%20", ".json", ";x=1"])
            yield return new($"path ends {suffix}", draft => (draft.Suffix, draft.ReachesOperation) = (suffix, false));
    }

    static IEnumerable<Mutation> OfQuery(Operation operation)
    {
        foreach (var parameter in operation.InQuery)
        {
            // One that asks for what has not happened yet waits, and is then told to come again.
            var waits = parameter.Name == "minSequence";
            foreach (var text in Junk.Texts) yield return Put($"query {parameter.Name}={text}", parameter.Name, text, waits);
            foreach (var text in Junk.NotHttpTexts)
                yield return new($"query {parameter.Name}={text}", draft =>
                {
                    draft.Query.Add((parameter.Name, text));
                    (draft.IsHttp, draft.MayBeUnavailable) = (false, waits);
                });
            yield return Put($"query {parameter.Name} without a value", parameter.Name, null, waits);
            yield return Put($"query {parameter.Name} empty", parameter.Name, "", waits);
            yield return new($"query {parameter.Name} twice", draft => draft.Query.AddRange([(parameter.Name, "1"), (parameter.Name, "2")]));
            if (parameter.Example is { } example)
                yield return Put($"query {parameter.Name} as in its example", parameter.Name, Uri.EscapeDataString(example.ToString()), waits);
        }
        foreach (var name in (string[])["version", "limit", "unknown", "%00", "%ff", "", "a[b]", "page", "cursor"])
            yield return new($"query {name}=junk", draft =>
            {
                draft.Query.Add((name, "%F0%9F%98%80x"));
                draft.IsHttp = false;
            });
        yield return new("a thousand query parameters", draft => draft.Query.AddRange(Enumerable.Range(0, 1_000).Select(i => ($"a{i}", (string?)"1"))));
    }

    static Mutation Put(string what, string name, string? value, bool waits) => new(what, draft =>
    {
        draft.Query.RemoveAll(known => known.Name == name);
        draft.Query.Add((name, value));
        draft.MayBeUnavailable |= waits;
    });

    static IEnumerable<Mutation> OfMethod(Operation operation, ApiDocument document)
    {
        var known = document.MethodsOf(operation.Path).ToHashSet();
        foreach (var method in Methods)
        {
            if (known.Contains(method)) continue;
            yield return new($"method {method}", draft => (draft.Method, draft.ReachesOperation, draft.Expected) = (method, false, 405));
        }
    }

    static IEnumerable<Mutation> OfIdentity(Operation operation)
    {
        int? refused = operation.IsAnonymous ? null : 401;
        foreach (var token in Junk.Tokens)
            yield return new($"Authorization: {token}", draft =>
            {
                draft.SetHeader("Authorization", token);
                draft.Expected = refused;
            });
        yield return new("a token with another's signature", draft =>
        {
            if (draft.Headers.Find(header => header.Name == "Authorization").Value is not { } token) return;
            draft.SetHeader("Authorization", token[..^4] + (token.EndsWith("AAAA") ? "BBBB" : "AAAA"));
            draft.Expected = refused;
        });
        foreach (var name in (string[])["mtx_access", "mtx_refresh", "mtx_csrf", "x"])
            yield return new($"cookie {name}", draft =>
            {
                draft.SetHeader("Authorization", null);
                draft.SetHeader("Cookie", $"{name}=x.y.z; {name}=😀; =; ;");
                draft.Expected = refused;
            });
    }

    static IEnumerable<Mutation> OfHeaders(Operation operation)
    {
        foreach (var accept in Junk.Accepts) yield return Header("Accept", accept);
        foreach (var text in Junk.HeaderTexts)
        {
            yield return Header("X-Request-ID", text);
            yield return Header("Idempotency-Key", text);
            foreach (var name in (string[])["X-Client-Timestamp", "If-None-Match", "Range", "Content-Encoding", "Accept-Encoding", "Origin", "X-Forwarded-For", "X-HTTP-Method-Override", "Expect", "Upgrade", "Prefer", "traceparent", "X-CSRF-Token", "Accept-Language"])
                yield return Header(name, text);
        }
        yield return Header("If-None-Match", "*");
        yield return Header("Origin", "https://evil.example");
        yield return Header("Range", "bytes=0-0");
        yield return Header("traceparent", "00-ffffffffffffffffffffffffffffffff-ffffffffffffffff-ff");
        yield return Header("Content-Encoding", "gzip");
        yield return new("the same header twice", draft => draft.Headers.AddRange([("Idempotency-Key", "one"), ("Idempotency-Key", "two"), ("X-Request-ID", "a"), ("X-Request-ID", "b")]));
        yield return new("40 kB of headers", draft =>
        {
            draft.Headers.AddRange(Enumerable.Range(0, 40).Select(i => ($"X-Long-{i}", new string('h', 1_000))));
            draft.IsHttp = false;
        });
        if (operation.TakesBody || !operation.IsSafe) yield break;
        yield return new("a body where none is looked for", draft => (draft.RawBody, draft.ContentType) = ("{\"a\":1}"u8.ToArray(), "application/json"));
    }

    static Mutation Header(string name, string value) => new($"{name}: {value}", draft =>
    {
        draft.SetHeader(name, value);
        // A header's value may hold no control characters (RFC 9110 §5.5), and some names speak to the HTTP server itself.
        draft.IsHttp = !value.Any(char.IsControl) && name is not ("Expect" or "Upgrade");
    });

    static IEnumerable<Mutation> OfMembers(Operation operation)
    {
        foreach (var member in operation.BodyMembers)
        {
            foreach (var json in Junk.Values) yield return new($"{member} = {Shown(json)}", draft => draft.SetMember(member, json));
            yield return new($"no {member}", draft => draft.SetMember(member, null));
            yield return new($"{member} twice", draft => draft.Members.Add(draft.Members.Find(known => known.Name == member) is { Json: { } json } ? (member, json) : (member, "1")));
            yield return new($"{member} in other letters too", draft => draft.Members.Add((member.ToUpperInvariant(), "1")));
        }
        foreach (var name in (string[])["unknown", "__proto__", "$type", "id", "userId", "role", "😀", "a\0b"])
            yield return new($"extra member {name}", draft => draft.Members.Add((name, "{\"a\":[1,null]}")));
    }

    static IEnumerable<Mutation> OfBody()
    {
        foreach (var body in Junk.Bodies) yield return new($"body {Shown(Encoding.Latin1.GetString(body))}", draft => draft.RawBody = body);
        foreach (var type in Junk.MediaTypes)
            yield return new($"Content-Type: {type}", draft => draft.ContentType = type);
        yield return new("no Content-Type", draft => draft.ContentType = null);
        foreach (var type in (string[])["text/plain", "application/xml", "multipart/form-data; boundary=x"])
            yield return new($"Content-Type: {type} is refused", draft => (draft.ContentType, draft.Expected) = (type, 415));
        yield return new("a body in chunks", draft => draft.Chunked = true);
        foreach (var chunked in (bool[])[false, true])
            yield return new($"an oversized body{(chunked ? " in chunks" : "")}", draft => (draft.RawBody, draft.Chunked, draft.IsOversized) = (Oversized, chunked, true));
    }

    static readonly byte[] Oversized = Encoding.UTF8.GetBytes($"{{\"name\":\"{new string('x', BodyMax)}\"}}");

    static string Shown(string text) => text.Length <= 60 ? text : $"{text[..60]}… ({text.Length} characters)";
}
