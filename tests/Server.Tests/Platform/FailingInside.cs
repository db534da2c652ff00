using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Server.Tests.Platform;

public sealed class FailingInside
{
    const string Secret = "what only we should know";

    [Fact]
    public async Task outside_development_tells_nothing_of_the_inside()
    {
        var (context, body) = await FailAsync("Production", new InvalidOperationException(Secret));
        Assert.Equal(500, context.Response.StatusCode);
        Assert.Equal("INTERNAL_SERVER_ERROR", (string?)body["error"]!["code"]);
        Assert.DoesNotContain(Secret, body.ToJsonString());
        Assert.Null(body["error"]!["details"]);
    }

    [Fact]
    public async Task in_development_shows_the_stack()
    {
        var (_, body) = await FailAsync("Development", new InvalidOperationException(Secret));
        Assert.Contains(Secret, (string)body["error"]!["details"]!["exception"]!);
    }

    [Fact]
    public async Task a_database_that_does_not_answer_is_503_with_a_time_to_try_again()
    {
        var (context, body) = await FailAsync("Production", new StoreUnavailableException(Secret));
        Assert.Equal(503, context.Response.StatusCode);
        Assert.Equal("1", context.Response.Headers.RetryAfter);
        Assert.Equal("SERVICE_UNAVAILABLE", (string?)body["error"]!["code"]);
        Assert.DoesNotContain(Secret, body.ToJsonString());
    }

    [Fact]
    public async Task keeps_the_headers_that_speak_of_the_request_and_drops_those_of_the_lost_body()
    {
        var (context, _) = await FailAsync("Production", new InvalidOperationException(Secret), response =>
        {
            response.Headers["X-Request-ID"] = "req-1";
            response.Headers.ContentSecurityPolicy = "default-src 'none'";
            response.Headers.ContentEncoding = "gzip";
        });
        Assert.Equal("req-1", context.Response.Headers["X-Request-ID"]);
        Assert.Equal("default-src 'none'", context.Response.Headers.ContentSecurityPolicy);
        Assert.Equal(0, context.Response.Headers.ContentEncoding.Count);
    }

    static async Task<(HttpContext Context, JsonNode Body)> FailAsync(string environment, Exception failure, Action<HttpResponse>? before = null)
    {
        var context = new DefaultHttpContext { RequestServices = new ServiceCollection().AddSingleton(TimeProvider.System).BuildServiceProvider() };
        context.Features.Set(new RequestInfo { Id = "req-1" });
        using var written = new MemoryStream();
        context.Response.Body = written;
        var errors = new Errors(inner =>
        {
            before?.Invoke(inner.Response);
            throw failure;
        }, new Surroundings { EnvironmentName = environment }, NullLogger<Errors>.Instance);
        await errors.InvokeAsync(context);
        return (context, JsonNode.Parse(written.ToArray())!);
    }

    sealed class Surroundings : IHostEnvironment
    {
        public required string EnvironmentName { get; set; }
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
