using MyTradeX.Contracts;
using MyTradeX.Contracts.Admin;
using MyTradeX.Contracts.Identity;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Features.Jobs;

/// <summary><c>/admin/jobs</c>, and how a feature brings its kinds of job.</summary>
internal static class JobEndpoints
{
    static readonly JobDto Example = new()
    {
        Id = "job-12", Kind = "mail", Status = JobStatus.Failed, Attempts = 3, Interruptions = 0, RunAt = new(2024, 1, 15, 10, 30, 6, TimeSpan.Zero),
        CreatedAt = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero), StartedAt = new(2024, 1, 15, 10, 30, 6, TimeSpan.Zero), FinishedAt = new(2024, 1, 15, 10, 30, 6, TimeSpan.Zero),
        Error = "System.Net.Mail.SmtpException: Failure sending mail.", Payload = new() { ["template"] = "WELCOME", ["to"] = "user@example.com" },
    };

    // The example is shared by several operations, and JSON has one parent.
    static JobDto ExampleWith(JobStatus status) => Example with { Status = status, FinishedAt = null, Payload = Example.Payload!.DeepClone().AsObject() };

    /// <summary>The queue's worker and its view. The kinds come with their features.</summary>
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.AddSettings<JobsOptions>("Jobs");
        builder.Services.AddSingleton<JobMetrics>();
        builder.Services.AddSingleton<JobWorker>();
        builder.Services.AddHostedService(services => services.GetRequiredService<JobWorker>());
        builder.Services.AddSingleton<JobService>();
        builder.Services.AddHealthChecks().AddCheck<JobsHealth>("jobs");
    }

    /// <summary>Has a kind of job done by a handler.</summary>
    public static void AddJob<TPayload, THandler>(this IServiceCollection services, JobKind<TPayload> kind) where TPayload : class where THandler : class, IJobHandler<TPayload>
    {
        services.AddSingleton<THandler>();
        services.AddSingleton(provider =>
        {
            var handler = provider.GetRequiredService<THandler>();
            return new JobWork(kind.Name, kind.Policy, (payload, run, cancellation) => handler.RunAsync(JobKind<TPayload>.Read(payload), run, cancellation));
        });
    }

    public static void MapJobs(this RouteGroupBuilder api)
    {
        var jobs = api.MapGroup("/admin/jobs").WithTags("Admin");

        jobs.MapGet("", (QueryReader query, HttpRequest request, JobService service, CancellationToken cancellation) => service.ListAsync(query, request.Query, cancellation))
            .Requires(Permission.ManageSystem)
            .Described("listJobs", "Lists the work behind the scenes",
                "Administrators only; newest first. `status=FAILED` is the list of dead letters. Finished jobs are kept by number: `Jobs:CompletedKept` and `Jobs:FailedKept` of each kind.")
            .Query("status", "Only jobs in this state.", JobStatus.Failed)
            .Query("kind", "Only jobs of this kind.", "mail")
            .AnswersList(Example);

        jobs.MapGet("/{id}", async (string id, JobService service, CancellationToken cancellation) => Api.Ok(await service.GetAsync(id, cancellation), LinksOf(id)))
            .Requires(Permission.ManageSystem)
            .Described("getJob", "Shows a job", "Administrators only.")
            .Path("id", "The job's id.", "job-12")
            .Answers(StatusCodes.Status200OK, Example)
            .Refuses(ErrorCode.JobNotFound);

        jobs.MapPost("/{id}/retry", async (string id, JobService service, CancellationToken cancellation) => Api.Ok(await service.RetryAsync(id, cancellation), LinksOf(id)))
            .Requires(Permission.ManageSystem)
            .Described("retryJob", "Runs a job again", "Administrators only. Whatever it came to, it is due now and has all its tries before it.")
            .Path("id", "The job's id.", "job-12")
            .Answers(StatusCodes.Status200OK, ExampleWith(JobStatus.Queued))
            .Refuses(ErrorCode.JobNotFound, ErrorCode.JobStateConflict);

        jobs.MapPost("/{id}/cancel", async (string id, JobService service, CancellationToken cancellation) => Api.Ok(await service.CancelAsync(id, cancellation), LinksOf(id)))
            .Requires(Permission.ManageSystem)
            .Described("cancelJob", "Cancels a job",
                "Administrators only. A waiting one is never run; a running one is broken off, and what it has done by then is done.")
            .Path("id", "The job's id.", "job-12")
            .Answers(StatusCodes.Status200OK, ExampleWith(JobStatus.Cancelled))
            .Refuses(ErrorCode.JobNotFound, ErrorCode.JobStateConflict);
    }

    static Links LinksOf(string id) => new() { ["self"] = $"/admin/jobs/{id}", ["retry"] = $"/admin/jobs/{id}/retry", ["cancel"] = $"/admin/jobs/{id}/cancel" };
}
