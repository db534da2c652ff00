using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MyTradeX.Contracts;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Cli.Tests;

/// <summary>A real HTTP server that speaks the contract's shapes and answers as a test scripts it. Remembers what it was asked.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly Func<Request, Answer> _script;

    ScriptedServer(Func<Request, Answer> script)
    {
        _script = script;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public static async Task<ScriptedServer> StartAsync(Func<Request, Answer> script)
    {
        var server = new ScriptedServer(script);
        await server._app.StartAsync();
        return server;
    }

    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public ConcurrentQueue<Request> Requests { get; } = new();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var request = new Request(
            $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}",
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        Requests.Enqueue(request);
        var answer = _script(request);
        if (answer.Wait is { } wait) await wait;
        if (answer.Breaks)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        if (answer.Body is { } body)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body);
        }
    }

    public sealed record Request(string Line, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public string? Header(string name) => Headers.GetValueOrDefault(name);

        public string? Token => Header("Authorization")?["Bearer ".Length..];
    }

    public sealed record Answer(int Status, string? Body = null)
    {
        public Dictionary<string, string> Headers { get; init; } = [];
        public bool Breaks { get; init; }
        public Task? Wait { get; init; }

        public static Answer Ok<T>(T data, Pagination? pagination = null, int status = 200) => new(status, JsonSerializer.Serialize(
            new ApiResponse<T> { Success = true, Data = data, Pagination = pagination, RequestId = "req-1" }, WireJson.Options));

        public static Answer Refusal(HttpStatusCode status, string code, string message, ErrorDetails? details = null) => new((int)status, JsonSerializer.Serialize(
            new ApiResponse<string> { Error = new(code, message, details), RequestId = "req-2" }, WireJson.Options));

        public static Answer Broken => new(0) { Breaks = true };

        public Answer With(string header, string value)
        {
            Headers[header] = value;
            return this;
        }
    }
}
