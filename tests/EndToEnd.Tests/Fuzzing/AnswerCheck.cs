using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MyTradeX.Contracts;
using MyTradeX.EndToEnd.Tests.Api;

namespace MyTradeX.EndToEnd.Tests.Fuzzing;

/// <summary>What is true of every answer, whatever was asked.</summary>
public static partial class AnswerCheck
{
    /// <summary>What is wrong with the answer, as a sentence, or null.</summary>
    public static string? FirstFault(ApiDocument document, Draft draft, WireAnswer answer)
    {
        // The HTTP server refused what is not HTTP before anyone could say more.
        if (!draft.IsHttp && answer.Status is 400 or 404 or 414 or 431 or 417 && answer.Body.Length == 0) return null;
        if (answer.Status >= 500 && !(draft.MayBeUnavailable && answer.Status == 503 && answer.Header("Retry-After") is not null)) return "a server's failure";
        if (draft.Expected is { } expected && draft.IsHttp && answer.Status != expected) return $"{expected} was expected";
        if (draft.IsOversized && answer.Status is not (413 or 401 or 403 or 404)) return "an oversized body was not refused";
        if (draft.ReachesOperation && answer.Status is not 304 && !draft.Operation.Answers.ContainsKey(answer.Status)) return $"{answer.Status} is not a documented answer";
        if (FaultOfRequestId(draft, answer) is { } ofRequestId) return ofRequestId;
        if (draft.Method == "HEAD" || answer.Status is 204 or 304) return answer.Body.Length == 0 ? null : "a body where there can be none";

        if (draft.Operation.GivesFile && answer.Status is 200 or 206) return answer.Body.Length > 0 && answer.Header("ETag") is not null ? null : "a file without bytes or tag";

        JsonNode? body;
        try
        {
            var text = new UTF8Encoding(false, true).GetString(answer.Body);
            if (answer.Status == 200 && answer.Header("Content-Type") == "application/x-ndjson") return FaultOfLines(document, draft, text);
            body = JsonNode.Parse(text);
        }
        catch (Exception unreadable) when (unreadable is JsonException or DecoderFallbackException)
        {
            return $"no JSON: {unreadable.Message}";
        }
        return answer.Status < 400 ? FaultOfSuccess(document, draft, answer, body) : FaultOfRefusal(document, draft, answer, body);
    }

    static string? FaultOfSuccess(ApiDocument document, Draft draft, WireAnswer answer, JsonNode? body)
    {
        if (answer.Header("Content-Type") != "application/json; charset=utf-8") return "not JSON by its Content-Type";
        var requestId = (body?["meta"] ?? body)?["requestId"]?.GetValue<string>();
        if (requestId != answer.Header("X-Request-ID")) return "the request id differs from the header's";
        return draft is { ReachesOperation: true, Prefix: null } && draft.Operation.Answers[answer.Status]["content"]?["application/json"]?["schema"] is JsonObject schema
            ? document.FirstFault(schema, body)
            : null;
    }

    static string? FaultOfLines(ApiDocument document, Draft draft, string text)
    {
        if (draft.Operation.Answers[200]["content"]!["application/x-ndjson"] is null) return "lines where none are documented";
        if (text.Length > 0 && !text.EndsWith('\n')) return "a line without an end";
        // Lines have the form of the envelope's entries.
        var entry = document.Resolve(draft.Operation.Answers[200]["content"]!["application/json"]!["schema"]!.AsObject())["properties"]!["data"]!["items"]!.AsObject();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => document.FirstFault(entry, JsonNode.Parse(line))).FirstOrDefault(fault => fault is not null);
    }

    static string? FaultOfRefusal(ApiDocument document, Draft draft, WireAnswer answer, JsonNode? body)
    {
        var isProblem = answer.Header("Content-Type") == "application/problem+json; charset=utf-8";
        if (!isProblem && answer.Header("Content-Type") != "application/json; charset=utf-8") return "neither envelope nor problem by its Content-Type";
        if (draft.Prefix is null && draft.IsHttp && draft.Operation.Version == 2 && !isProblem) return "version 2 refuses with problems";
        var schema = new JsonObject { ["$ref"] = isProblem ? "#/components/schemas/Problem" : "#/components/schemas/ErrorEnvelope" };
        if (document.Version == 2 && !isProblem) return null; // another version's form, which this document does not have
        if (document.FirstFault(schema, body) is { } fault) return fault;

        var code = ErrorCode.Find((isProblem ? body!["code"] : body!["error"]!["code"])!.GetValue<string>());
        if (code is null) return "the code is not in the registry";
        if (code.HttpStatus != answer.Status) return $"{code} belongs to {code.HttpStatus}";
        if (body!["requestId"]!.GetValue<string>() != answer.Header("X-Request-ID")) return "the request id differs from the header's";
        if (draft.ReachesOperation && !draft.Operation.Answers[answer.Status]["description"]!.GetValue<string>().Contains($"`{code}`")) return $"{code} is not among the documented codes";
        return null;
    }

    static string? FaultOfRequestId(Draft draft, WireAnswer answer)
    {
        var sent = draft.Headers.Where(header => header.Name == "X-Request-ID").Select(header => header.Value).ToList();
        if (answer.Header("X-Request-ID") is not { } got) return "no X-Request-ID";
        if (sent is [var only] && WellFormed().IsMatch(only)) return got == only ? null : $"the request id {only} came back as {got}";
        return got.StartsWith("req-", StringComparison.Ordinal) ? null : $"the ill-formed request id came back as {got}";
    }

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,128}\z")]
    private static partial Regex WellFormed();
}
