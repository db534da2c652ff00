using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MyTradeX.Contracts;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Paging;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Server.Tests.Paging;

/// <summary>A list without end, whose reader is the test: what is not taken out of the pipe has not been read.</summary>
public sealed class ReadingAListSlowly(TestServer server) : IClassFixture<TestServer>, IDisposable
{
    const int PipeBytes = 64 * 1024;

    // {"number":1} and the line's end.
    const int LineBytesMin = 13;

    readonly Pipe _pipe = new(new(pauseWriterThreshold: PipeBytes, resumeWriterThreshold: PipeBytes / 2, useSynchronizationContext: false));
    readonly CancellationTokenSource _aborted = new();
    int _rowsRead;
    int _reads;

    public void Dispose() => _aborted.Dispose();

    [Fact]
    public async Task holds_back_the_walk_and_nothing_is_gathered()
    {
        var context = await ContextAsync();
        var walk = Walk(null).ExecuteAsync(context);

        for (var taken = 0; taken < 200; taken++)
        {
            var read = await _pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
            var before = Volatile.Read(ref _rowsRead);
            Assert.False(walk.IsCompleted);
            // Ahead of the reader are at most what the pipe holds and the rows of one read.
            Assert.InRange(before, 0, (((taken * 16 * 1024) + PipeBytes) / LineBytesMin) + (2 * LineStream<long, long, Entry>.RowsAtOnce));
            _pipe.Reader.AdvanceTo(read.Buffer.GetPosition(Math.Min(read.Buffer.Length, 16 * 1024)));
        }

        await _aborted.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => walk);
    }

    [Fact]
    public async Task ends_the_walk_when_the_reader_goes_away()
    {
        var walk = Walk(null).ExecuteAsync(await ContextAsync());
        await _pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);

        await _pipe.Reader.CompleteAsync();

        await walk.WaitAsync(TestContext.Current.CancellationToken);
        Assert.InRange(_reads, 1, 10);
    }

    [Fact]
    public async Task reads_no_more_than_the_limit()
    {
        var walk = Walk(limit: 1_203).ExecuteAsync(await ContextAsync());

        var text = await DrainAsync(walk);

        Assert.Equal((1_203, 3, 1_203), (text.Split('\n').Length - 1, _reads, _rowsRead));
    }

    [Fact]
    public async Task is_told_of_a_failure_on_the_way_by_a_last_line_and_the_cut()
    {
        var context = await ContextAsync();
        var broken = new LineStream<long, long, Entry>(null, (place, size) => place is null ? ReadAsync(place, size) : throw new StoreUnavailableException("gone", new IOException()), number => new(number));
        var errors = ActivatorUtilities.CreateInstance<Errors>(server.Services, new RequestDelegate(broken.ExecuteAsync));

        var walk = errors.InvokeAsync(context);
        var text = await DrainAsync(walk, fails: true);

        await Assert.ThrowsAsync<StoreUnavailableException>(() => walk);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(LineStream<long, long, Entry>.RowsAtOnce + 1, lines.Length);
        Assert.Equal("SERVICE_UNAVAILABLE", (string?)JsonNode.Parse(lines[^1])!["error"]!["code"]);
    }

    [Fact]
    public async Task sees_the_last_line_and_then_no_proper_end_over_a_real_connection()
    {
        var user = (await ContextAsync()).User;
        var broken = new LineStream<long, long, Entry>(null, (place, size) => place is null ? ReadAsync(place, size) : throw new StoreUnavailableException("gone", new IOException()), number => new(number));
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Run(context =>
        {
            (context.RequestServices, context.User) = (server.Services, user);
            context.Features.Set(new MyTradeX.Server.Platform.Requests.RequestInfo { Id = "req-test" });
            return ActivatorUtilities.CreateInstance<Errors>(server.Services, new RequestDelegate(broken.ExecuteAsync)).InvokeAsync(context);
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient();

        using var answer = await client.GetAsync(app.Urls.First(), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var lines = new List<string>();
        var cut = await Assert.ThrowsAsync<HttpIOException>(async () =>
        {
            while (await reader.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
                lines.Add(line);
        });

        Assert.Equal(HttpRequestError.ResponseEnded, cut.HttpRequestError);
        Assert.Equal(LineStream<long, long, Entry>.RowsAtOnce + 1, lines.Count);
        Assert.Equal("SERVICE_UNAVAILABLE", (string?)JsonNode.Parse(lines[^1])!["error"]!["code"]);
    }

    [Fact]
    public async Task is_told_when_the_session_ends_meanwhile()
    {
        var (client, session, _) = await server.NewUserAsync();
        var context = await ContextAsync((string)session["token"]!);
        var errors = ActivatorUtilities.CreateInstance<Errors>(server.Services, new RequestDelegate(Walk(null).ExecuteAsync));
        var walk = errors.InvokeAsync(context);
        _pipe.Reader.AdvanceTo((await _pipe.Reader.ReadAsync(TestContext.Current.CancellationToken)).Buffer.Start);
        Assert.True((await client.PostAsync("/api/v1/auth/logout", Answers.Json("{}"), TestContext.Current.CancellationToken)).IsSuccessStatusCode);

        var text = await DrainAsync(walk, fails: true);

        await Assert.ThrowsAsync<ApiException>(() => walk);
        Assert.Equal("UNAUTHORIZED", (string?)JsonNode.Parse(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!["error"]!["code"]);
    }

    [Fact]
    public async Task counts_against_the_whole_lists_that_a_user_may_have_at_a_time()
    {
        var (_, session, _) = await server.NewUserAsync();
        var streams = server.Services.GetRequiredService<LineStreams>();
        var caller = (await ContextAsync((string)session["token"]!)).User is var user ? SignedIn.Of(user)!.Caller : null!;
        var seats = Enumerable.Range(0, 4).Select(_ => streams.Take(caller)).ToList();

        Assert.Equal(ErrorCode.RateLimitExceeded, Assert.Throws<ApiException>(() => streams.Take(caller)).Refusal.Code);

        seats[0].Dispose();
        streams.Take(caller).Dispose();
    }

    LineStream<long, long, Entry> Walk(long? limit) => new(limit, ReadAsync, number => new(number));

    Task<CursorPage<long, long>> ReadAsync(Cursor<long>? place, int size)
    {
        _reads++;
        Volatile.Write(ref _rowsRead, _rowsRead + size);
        var first = (place?.Key ?? 0) + 1;
        return Task.FromResult(new CursorPage<long, long>([.. Enumerable.Range(0, size).Select(i => first + i)], new Cursor<long>(first + size - 1), null));
    }

    async Task<HttpContext> ContextAsync(string? token = null)
    {
        if (token is null)
        {
            var (_, session, _) = await server.NewUserAsync();
            token = (string)session["token"]!;
        }
        var signedIn = await server.Services.GetRequiredService<SignedInTokens>().OpenAsync(token, TestContext.Current.CancellationToken);
        var context = new DefaultHttpContext { RequestServices = server.Services, RequestAborted = _aborted.Token, User = new CallerPrincipal(signedIn!.Caller, signedIn.Claims) };
        context.Features.Set<IHttpResponseBodyFeature>(new PipeBody(_pipe.Writer, context));
        context.Features.Set<IHttpResponseFeature>(new StartedResponse());
        context.Features.Set(new MyTradeX.Server.Platform.Requests.RequestInfo { Id = "req-test" });
        return context;
    }

    async Task<string> DrainAsync(Task walk, bool fails = false)
    {
        var text = new StringBuilder();
        _ = walk.ContinueWith(_ => _pipe.Writer.Complete(), TaskScheduler.Default);
        while (true)
        {
            var read = await _pipe.Reader.ReadAsync(TestContext.Current.CancellationToken);
            text.Append(Encoding.UTF8.GetString(read.Buffer));
            _pipe.Reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
                break;
        }
        if (!fails)
            await walk;
        return text.ToString();
    }

    sealed record Entry(long Number);

    /// <summary>A response whose body is a pipe.</summary>
    sealed class PipeBody(PipeWriter writer, HttpContext context) : IHttpResponseBodyFeature
    {
        public Stream Stream => writer.AsStream();

        public PipeWriter Writer => writer;

        public Task CompleteAsync() => Task.CompletedTask;

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken = default)
        {
            ((StartedResponse)context.Features.Get<IHttpResponseFeature>()!).IsStarted = true;
            return Task.CompletedTask;
        }
    }

    sealed class StartedResponse : HttpResponseFeature
    {
        public bool IsStarted { get; set; }

        public override bool HasStarted => IsStarted;
    }
}
