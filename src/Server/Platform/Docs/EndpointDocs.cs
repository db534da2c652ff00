using MyTradeX.Contracts;

namespace MyTradeX.Server.Platform.Docs;

/// <summary>One documented success.</summary>
internal sealed record AnswerDoc(int Status, object? Example, bool IsList, string? Message = null);

/// <summary>A success that is a stream of something other than the envelope.</summary>
internal sealed record StreamDoc(string ContentType, string Example);

/// <summary>That a list is also to be had whole, one entry a line.</summary>
internal sealed record LinesDoc;

/// <summary>Marks an answer that is also to be had as text of some form.</summary>
internal sealed record TextDoc(string ContentType, string Example);

/// <summary>A success that is a file's bytes, all or some of them.</summary>
internal sealed record BytesDoc(string Example);

/// <summary>A form with one file in it.</summary>
internal sealed record FileDoc(string PartName, string Description);

/// <summary>The codes an endpoint may refuse with, beyond those that any endpoint of its kind may.</summary>
internal sealed record RefusalsDoc(ErrorCode[] Codes);

/// <summary>An example body.</summary>
internal sealed record BodyDoc(object Example);

/// <summary>A query parameter, or words for one in the path.</summary>
internal sealed record ParameterDoc(string Name, string Description, Type Type, object Example, bool InPath = false, bool IsRequired = false);

/// <summary>What an endpoint tells the OpenAPI documents. An endpoint without a summary, an answer and examples fails a test.</summary>
internal static class EndpointDocs
{
    /// <param name="id">The operation's id, from which clients are generated: a verb and a noun in camelCase.</param>
    /// <param name="summary">One line.</param>
    /// <param name="description">What the line leaves open.</param>
    public static RouteHandlerBuilder Described(this RouteHandlerBuilder endpoint, string id, string summary, string description = "") =>
        endpoint.WithName(id).WithSummary(summary).WithDescription(description);

    public static RouteHandlerBuilder Answers<T>(this RouteHandlerBuilder endpoint, int status, T example) =>
        endpoint.WithMetadata(new AnswerDoc(status, example, IsList: false), Produces(status, typeof(T)));

    /// <summary>A 200 with a page of these.</summary>
    public static RouteHandlerBuilder AnswersList<T>(this RouteHandlerBuilder endpoint, params T[] example) =>
        endpoint.WithMetadata(new AnswerDoc(StatusCodes.Status200OK, example, IsList: true), Produces(StatusCodes.Status200OK, typeof(T[])))
            .Query("page", "Number of the page, from 1. Not together with `cursor`.", 1)
            .Query("size", "Entries a page, 1–100; `limit` is an alias.", 20)
            .Query("cursor", "Empty for the first page, then `pagination.nextCursor` or `prevCursor` of an answer to the same query.", "");

    /// <summary>A list that is also to be had whole, by <c>Accept: application/x-ndjson</c>.</summary>
    public static RouteHandlerBuilder AlsoLines(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new LinesDoc());

    /// <summary>A 200 that is also to be had as text of some form.</summary>
    public static RouteHandlerBuilder AlsoText(this RouteHandlerBuilder endpoint, string contentType, string example) => endpoint.WithMetadata(new TextDoc(contentType, example));

    /// <summary>A success without a payload: 204, or another with a sentence.</summary>
    public static RouteHandlerBuilder AnswersEmpty(this RouteHandlerBuilder endpoint, int status = StatusCodes.Status204NoContent, string? message = null) =>
        endpoint.WithMetadata(new AnswerDoc(status, null, IsList: false, message), Produces(status, typeof(void)));

    /// <summary>A 200 that goes on for as long as the client listens.</summary>
    public static RouteHandlerBuilder AnswersStream(this RouteHandlerBuilder endpoint, string contentType, string example) =>
        endpoint.WithMetadata(new StreamDoc(contentType, example), new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), [contentType]));

    /// <summary>A 200 with a file's bytes, of whatever type it is, and a 206 with some of them.</summary>
    public static RouteHandlerBuilder AnswersBytes(this RouteHandlerBuilder endpoint, string example) => endpoint.WithMetadata(new BytesDoc(example));

    /// <summary>A <c>multipart/form-data</c> body with one file.</summary>
    public static RouteHandlerBuilder TakesFile(this RouteHandlerBuilder endpoint, string partName, string description) => endpoint.WithMetadata(new FileDoc(partName, description));

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params ErrorCode[] codes) =>
        endpoint.WithMetadata(new RefusalsDoc(codes));

    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, object example) => endpoint.WithMetadata(new BodyDoc(example));

    public static RouteHandlerBuilder Query<T>(this RouteHandlerBuilder endpoint, string name, string description, T example) where T : notnull =>
        endpoint.WithMetadata(new ParameterDoc(name, description, typeof(T), example));

    /// <summary>A query parameter without which there is no answer.</summary>
    public static RouteHandlerBuilder RequiredQuery<T>(this RouteHandlerBuilder endpoint, string name, string description, T example) where T : notnull =>
        endpoint.WithMetadata(new ParameterDoc(name, description, typeof(T), example, IsRequired: true));

    public static RouteHandlerBuilder Path(this RouteHandlerBuilder endpoint, string name, string description, string example) =>
        endpoint.WithMetadata(new ParameterDoc(name, description, typeof(string), example, InPath: true));

    static ProducesResponseTypeMetadata Produces(int status, Type type) => new(status, type, type == typeof(void) ? [] : ["application/json"]);
}
