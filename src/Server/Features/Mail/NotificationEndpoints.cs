using MyTradeX.Contracts;
using MyTradeX.Contracts.Admin;
using MyTradeX.Contracts.Identity;
using MyTradeX.Server.Features.Jobs;
using MyTradeX.Server.Features.Users;
using MyTradeX.Server.Platform.Data;
using MyTradeX.Server.Platform.Docs;
using MyTradeX.Server.Platform.Envelope;
using MyTradeX.Server.Platform.Identity;
using MyTradeX.Server.Platform.Requests;
using MyTradeX.Store;

namespace MyTradeX.Server.Features.Mail;

/// <summary><c>/admin/notifications</c>: mail from the administrators to a user.</summary>
internal static class NotificationEndpoints
{
    const int TitleMax = 200, MessageMax = 10_000;

    public static void MapNotifications(this RouteGroupBuilder api) =>
        api.MapPost("/admin/notifications", SendAsync)
            .WithTags("Admin")
            .Requires(Permission.ManageSystem)
            .Described("sendNotification", "Mails a user", "Administrators only. The answer is the job that sends it: now, or not before `runAt`. Until then it can be cancelled.")
            .Takes(new NotificationRequest("user-123", "Maintenance on Sunday", "The market is closed from 06:00 to 07:00 UTC.\nOpen orders stay where they are."))
            .Answers(StatusCodes.Status201Created, new JobDto
            {
                Id = "job-13", Kind = "mail", Status = JobStatus.Queued, Attempts = 0, Interruptions = 0,
                RunAt = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero), CreatedAt = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero),
                Payload = new() { ["template"] = "NOTIFICATION", ["to"] = "user@example.com" },
            })
            .Refuses(ErrorCode.UserNotFound, ErrorCode.ServiceUnavailable);

    static async Task<IResult> SendAsync(Body<NotificationRequest> body, UserService users, Mails mails, JobStore jobs, TimeProvider clock, CancellationToken cancellation)
    {
        var (request, faults) = (body.Value, body.Faults);
        var userId = faults.Text(request.UserId, "userId", lengthMax: 40);
        var title = faults.Text(request.Title, "title", TitleMax);
        // A message has lines; what other control characters are in it, no mail program shows.
        var message = request.Message?.Trim().ReplaceLineEndings("\n") ?? "";
        faults.Require(message.Length is > 0 and <= MessageMax, "message", $"must have 1 to {MessageMax} characters");
        faults.ThrowIfAny();
        var user = await users.GetAsync(Ids.TryParse(userId, "user", out var number) ? number : throw new ApiException(ErrorCode.UserNotFound, "There is no such user."), cancellation);
        var job = mails.Notification(user.Email, user.Name, title, message, request.RunAt)
            ?? throw new ApiException(ErrorCode.ServiceUnavailable, "This venue sends no mail: Mail:Host is not set.");
        var sent = JobService.Show(await jobs.EnqueueAsync(job, Micros.Now(clock), cancellation));
        return Api.Created($"/admin/jobs/{sent.Id}", sent);
    }
}
