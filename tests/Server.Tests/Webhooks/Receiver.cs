using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace MyTradeX.Server.Tests.Webhooks;

/// <summary>A request as a receiver got it.</summary>
internal sealed record Received(string Id, string Timestamp, string Signature, string Body, string Path);

/// <summary>A user's own server, which answers as a test says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly SemaphoreSlim _came = new(0);

    Receiver(Func<HttpContext, int, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var headers = context.Request.Headers;
            Got.Enqueue(new(headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(), headers["webhook-signature"].ToString(), await reader.ReadToEndAsync(), context.Request.Path));
            _came.Release();
            await answer(context, Got.Count);
        });
    }

    public ConcurrentQueue<Received> Got { get; } = [];

    public string Url => _app.Urls.First() + "/hooks";

    /// <param name="answer">Answers a request, which is the how-manieth.</param>
    public static async Task<Receiver> StartAsync(Func<HttpContext, int, Task> answer)
    {
        var receiver = new Receiver(answer);
        await receiver._app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    public static Task<Receiver> AnsweringAsync(int status, string body = "") => StartAsync((context, _) =>
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(body);
    });

    /// <summary>Waits for one more request.</summary>
    public async Task NextAsync() => Assert.True(await _came.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _came.Dispose();
    }
}
