using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Wire;
using MyTradeX.Server.Platform.Idempotency;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;

namespace MyTradeX.Server.Platform.Docs;

/// <summary>Gives each operation of a document its version's form: the envelope around data, every refusal, parameters, security and examples.</summary>
internal sealed class OperationForm(int version) : IOpenApiOperationTransformer
{
    const string Json = "application/json", ProblemJson = "application/problem+json";
    const string ExampleTime = "2024-01-15T10:30:00.000Z", ExampleRequestId = "req-abc-123";

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isAnonymous = metadata.OfType<IAllowAnonymous>().Any();
        var file = metadata.OfType<FileDoc>().LastOrDefault();
        var takesBody = file is not null || metadata.OfType<IAcceptsMetadata>().Any();
        var isUnsafe = !SessionCookies.IsSafe(context.Description.HttpMethod ?? "GET");

        await AddParametersAsync(operation, context, metadata, isUnsafe && !isAnonymous && !metadata.OfType<SecretAnswer>().Any(), cancellationToken);
        if (operation.RequestBody?.Content?.TryGetValue(Json, out var body) == true && metadata.OfType<BodyDoc>().LastOrDefault() is { } bodyDoc)
            body.Example = Node(bodyDoc.Example);
        if (file is not null)
            operation.RequestBody = Form(file);
        operation.Responses ??= [];
        foreach (var answer in metadata.OfType<AnswerDoc>())
            operation.Responses[$"{answer.Status}"] = Success(answer, operation.Responses.GetValueOrDefault($"{answer.Status}"), context.Document!);
        foreach (var stream in metadata.OfType<StreamDoc>())
            operation.Responses["200"] = new OpenApiResponse
            {
                Description = "OK",
                Content = new Dictionary<string, OpenApiMediaType> { [stream.ContentType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = stream.Example } },
            };
        if (metadata.OfType<BytesDoc>().LastOrDefault() is { } bytes)
            (operation.Responses["200"], operation.Responses["206"]) = (Bytes(bytes, "The whole file"), Bytes(bytes, "The range asked for"));
        if (metadata.OfType<LinesDoc>().Any())
            AddLines(operation, metadata.OfType<AnswerDoc>().Last());
        foreach (var text in metadata.OfType<TextDoc>())
            operation.Responses["200"].Content![text.ContentType] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String }, Example = text.Example };
        foreach (var refusals in Refusals(metadata, isAnonymous, takesBody, isUnsafe, operation).GroupBy(code => code.HttpStatus).OrderBy(group => group.Key))
            operation.Responses[$"{refusals.Key}"] = Refused([.. refusals.OrderBy(code => code.Precedence)], Telling(refusals, metadata), context.Document!);
        if (!isAnonymous)
            operation.Security = [new() { [new OpenApiSecuritySchemeReference("bearer", context.Document)] = [] }];
    }

    static OpenApiRequestBody Form(FileDoc file) => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["multipart/form-data"] = new()
            {
                Schema = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Properties = new Dictionary<string, IOpenApiSchema> { [file.PartName] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = file.Description } },
                    Required = new HashSet<string> { file.PartName },
                },
                Example = new JsonObject { [file.PartName] = "(bytes)" },
            },
        },
    };

    static OpenApiResponse Bytes(BytesDoc bytes, string description) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType> { ["*/*"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" }, Example = bytes.Example } },
    };

    static void AddLines(OpenApiOperation operation, AnswerDoc list)
    {
        operation.Description += $" With `Accept: {LineRequest.ContentType}` the whole list that fits the filters is streamed, or its first `limit` entries: one JSON object a line, each as in `data`. "
            + "`page` and `cursor` are then refused. A failure on the way is told by a last line `{\"error\":{…}}` and a cut connection; the answer's proper end is the list's.";
        var lines = ((Array)list.Example!).Cast<object>().Select(entry => Node(entry).ToJsonString() + "\n");
        operation.Responses!["200"].Content![LineRequest.ContentType] = new()
        {
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "One entry of the list a line." }, Example = string.Concat(lines),
        };
    }

    static HashSet<ErrorCode> Refusals(IList<object> metadata, bool isAnonymous, bool takesBody, bool isUnsafe, OpenApiOperation operation)
    {
        // Any request may ask for a version that does not exist, come too often, or meet a server that cannot answer.
        var codes = new HashSet<ErrorCode>
        {
            ErrorCode.UnsupportedApiVersion, ErrorCode.RateLimitExceeded, ErrorCode.InternalServerError, ErrorCode.ServiceUnavailable,
        };
        codes.UnionWith(metadata.OfType<RefusalsDoc>().SelectMany(doc => doc.Codes));
        if (takesBody)
            codes.UnionWith([ErrorCode.ValidationError, ErrorCode.PayloadTooLarge, ErrorCode.UnsupportedMediaType]);
        if (operation.Parameters is { Count: > 0 })
            codes.Add(ErrorCode.ValidationError);
        if (!isAnonymous)
            codes.UnionWith([ErrorCode.Unauthorized, ErrorCode.PayloadTooLarge]);
        if (metadata.OfType<RequiredPermission>().Any() || (isUnsafe && !isAnonymous))
            codes.Add(ErrorCode.Forbidden);
        if (isUnsafe && !isAnonymous)
            codes.UnionWith([ErrorCode.IdempotencyConflict, ErrorCode.ValidationError]);
        return codes;
    }

    static async Task AddParametersAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata, bool takesKey, CancellationToken cancellation)
    {
        operation.Parameters ??= [];
        foreach (var doc in metadata.OfType<ParameterDoc>())
        {
            if (operation.Parameters.OfType<OpenApiParameter>().FirstOrDefault(known => known.Name == doc.Name) is { } known)
            {
                known.Description = doc.Description;
                known.Example = Node(doc.Example);
                continue;
            }
            if (doc.InPath)
                continue;
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = doc.Name,
                In = ParameterLocation.Query,
                Required = doc.IsRequired,
                Description = doc.Description,
                Schema = await context.GetOrCreateSchemaAsync(doc.Type, null, cancellation),
                Example = Node(doc.Example),
            });
        }
        if (takesKey)
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Description = metadata.OfType<JournalIdempotency>().Any()
                    ? "Makes a retry safe, across restarts too: the same key gives the same outcome."
                    : "Makes a retry safe: for a day, the same key gives the first answer again.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 255 },
                Example = "5f0c7a1e-2b7d-4f7e-9a53-9f6f8f0f1a11",
            });
    }

    OpenApiResponse Success(AnswerDoc answer, IOpenApiResponse? described, OpenApiDocument document)
    {
        var response = new OpenApiResponse { Description = answer.Status switch { 201 => "Created", 202 => "Accepted", 204 => "Done; there is nothing to say", _ => "OK" } };
        if (answer.Status == StatusCodes.Status201Created)
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Location"] = new OpenApiHeader { Description = "Address of the new resource", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            };
        if (answer.Status == StatusCodes.Status204NoContent)
            return response;
        var data = described?.Content?.TryGetValue(Json, out var media) == true ? media.Schema : null;
        response.Content = new Dictionary<string, OpenApiMediaType>
        {
            [Json] = new() { Schema = Envelopes.Around(data, answer.IsList, version, document), Example = ExampleOf(answer) },
        };
        return response;
    }

    JsonObject ExampleOf(AnswerDoc answer)
    {
        var example = new JsonObject();
        if (version == 1)
            example["success"] = true;
        if (answer.Example is not null)
            example["data"] = Node(answer.Example);
        var about = version == 1 ? example : new JsonObject();
        if (answer.Message is not null)
            about["message"] = answer.Message;
        if (answer.IsList)
            about["pagination"] = Node(new Pagination { Page = 1, Size = 20, Total = 100, TotalPages = 5, HasNext = true, HasPrevious = false, NextCursor = "q83v…", HasMore = true });
        about["timestamp"] = ExampleTime;
        about["requestId"] = ExampleRequestId;
        if (version == 2)
            example["meta"] = about;
        return example;
    }

    // The example worth showing: the endpoint's own refusal before those that any endpoint has.
    static ErrorCode Telling(IEnumerable<ErrorCode> codes, IList<object> metadata)
    {
        var own = metadata.OfType<RefusalsDoc>().SelectMany(doc => doc.Codes).ToList();
        return codes.MinBy(code => (own.Contains(code) ? 0 : 1, code == ErrorCode.UnsupportedApiVersion, code.Precedence))!;
    }

    OpenApiResponse Refused(ErrorCode[] codes, ErrorCode telling, OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = string.Join("\n", codes.Select(code => $"- `{code.Name}`: {code.Meaning}")),
            Content = new Dictionary<string, OpenApiMediaType>(),
        };
        if (codes.Any(code => code.HttpStatus is 429 or 503))
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader { Description = "Seconds to wait", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
            };
        if (version == 1)
            response.Content[Json] = new()
            {
                Schema = new OpenApiSchemaReference(Envelopes.ErrorName, document),
                Example = new JsonObject
                {
                    ["success"] = false,
                    ["error"] = Node(new ApiError(telling.Name, telling.Meaning)),
                    ["timestamp"] = ExampleTime,
                    ["requestId"] = ExampleRequestId,
                },
            };
        response.Content[ProblemJson] = new()
        {
            Schema = new OpenApiSchemaReference(Envelopes.ProblemName, document),
            Example = new JsonObject
            {
                ["type"] = $"/docs/errors#{telling.Name}",
                ["title"] = telling.Meaning,
                ["status"] = telling.HttpStatus,
                ["code"] = telling.Name,
                ["timestamp"] = ExampleTime,
                ["requestId"] = ExampleRequestId,
            },
        };
        return response;
    }

    static JsonNode Node(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), WireJson.Options)!;
}
