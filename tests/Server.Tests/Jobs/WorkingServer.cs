using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using MyTradeX.Server.Features.Jobs;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Tests.Host;
using MyTradeX.Store;
using Xunit;

namespace MyTradeX.Server.Tests.Jobs;

/// <summary>What a job of the tests is told to do.</summary>
public sealed record Errand(string Do);

/// <summary>A server with a kind of job whose tries a test ends as it likes.</summary>
public sealed class WorkingServer : TestServer
{
    /// <summary>Waits for one thing take no longer, or a test fails.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(20);

    internal static readonly JobKind<Errand> Kind = new("test");

    readonly Channel<Try> _tries = Channel.CreateUnbounded<Try>();

    // What moves the clock is seen at the next look.
    public WorkingServer() : this([]) { }

    internal WorkingServer(params string[] settings) : base("Development", ["--Jobs:PollMs", "20", "--Logging:LogLevel:MyTradeX.Server.Features.Jobs", "None", .. settings]) { }

    internal JobStore Store => Services.GetRequiredService<JobStore>();

    protected override void Adjust(IServiceCollection services)
    {
        services.AddSingleton(_tries);
        services.AddJob<Errand, Handler>(Kind);
    }

    internal async Task<long> EnqueueAsync(string what = "x", DateTimeOffset? runAt = null, string? key = null) =>
        (await Store.EnqueueAsync(Kind.Job(new(what), runAt, key), Micros.Now(Clock), TestContext.Current.CancellationToken)).Id;

    /// <summary>The next try that begins.</summary>
    internal async Task<Try> NextTryAsync() => await _tries.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Long);

    internal bool HasTry => _tries.Reader.TryPeek(out _);

    /// <summary>The job once it is in a state.</summary>
    internal async Task<JobRow> UntilAsync(long id, string status)
    {
        using var limit = new CancellationTokenSource(Long);
        while (true)
        {
            var job = (await Store.GetAsync(id, limit.Token))!;
            if (job.Status == status)
                return job;
            await Task.Yield();
        }
    }

    internal static string PathOf(long id) => $"/api/v1/admin/jobs/{Ids.Job(id)}";

    /// <summary>One try, which lasts until the test ends it.</summary>
    internal sealed record Try(Errand Payload, JobRun Run, TaskCompletionSource Outcome, CancellationToken Cancellation)
    {
        public void Succeed() => Outcome.SetResult();

        public void Fail(Exception fault) => Outcome.SetException(fault);
    }

    internal sealed class Handler(Channel<Try> tries) : IJobHandler<Errand>
    {
        public Task RunAsync(Errand payload, JobRun run, CancellationToken cancellation)
        {
            var outcome = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            tries.Writer.TryWrite(new(payload, run, outcome, cancellation));
            return outcome.Task.WaitAsync(cancellation);
        }
    }
}
