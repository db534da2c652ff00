using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Server.Platform.Docs;

/// <summary>The OpenAPI 3.1 documents of both versions, and the page at <c>/docs</c> to try them.</summary>
internal static class ApiDocuments
{
    public static void AddApiDocuments(this WebApplicationBuilder builder)
    {
        // The document generator asks these options how records look on the wire.
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            var wire = WireJson.Options;
            json.SerializerOptions.DefaultIgnoreCondition = wire.DefaultIgnoreCondition;
            json.SerializerOptions.TypeInfoResolver = new DefaultJsonTypeInfoResolver();
            // Numeric strings are taken too, which the documents say once, in words.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            foreach (var converter in wire.Converters)
                json.SerializerOptions.Converters.Add(converter);
        });
        foreach (var version in new[] { 1, 2 })
            AddDocument(builder.Services, version);
    }

    public static void MapApiDocuments(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapGet("/docs/errors", () => TypedResults.Content(ErrorPage.Html, "text/html; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/docs"), docs => docs.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "MyTradeX API";
            page.SwaggerEndpoint("/openapi/v1.json", "v1");
            page.SwaggerEndpoint("/openapi/v2.json", "v2");
        }));
    }

    static void AddDocument(IServiceCollection services, int version) => services.AddOpenApi($"v{version}", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) ?? false;
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // Types with converters of ours, whose JSON the generator cannot see.
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            var orNull = type == context.JsonTypeInfo.Type ? default : JsonSchemaType.Null;
            if (type == typeof(decimal))
                (schema.Type, schema.Format) = (JsonSchemaType.Number | orNull, null);
            else if (type == typeof(DateTimeOffset))
                (schema.Type, schema.Format) = (JsonSchemaType.String | orNull, "date-time");
            else if (typeof(IEnumerable<BookLevelDto>).IsAssignableFrom(type))
                schema.Items = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Number }, MinItems = 2, MaxItems = 2, Description = "Price and quantity",
                };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(new OperationForm(version));
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "MyTradeX API",
                Version = $"v{version}",
                Description = "A trading venue. Numbers are exact decimals, and numeric strings are taken where numbers are. "
                    + (version == 1 ? "Every answer comes in one envelope." : "Answers are `{data, meta}`; refusals are RFC 9457 problems."),
            };
            document.Servers = [new() { Url = "/" }];
            Envelopes.AddTo(document, version);
            document.Components!.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = "The `token` of `POST /auth/login`" },
            };
            var paths = new OpenApiPaths();
            foreach (var (path, item) in document.Paths)
                paths[$"/api/v{version}{path["/api".Length..]}"] = item;
            document.Paths = paths;
            return Task.CompletedTask;
        });
    });
}
