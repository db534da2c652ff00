namespace MyTradeX.Server.Features.Auth;

/// <summary>Answers that must not tell whether a user exists are given at whole steps of time, so that the time spent on an existing user's record does not show.</summary>
internal static class AnswerSteps
{
    static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    /// <summary>Waits for the next whole step since a request was begun.</summary>
    /// <param name="started">The clock's timestamp of its beginning.</param>
    public static Task WaitAsync(TimeProvider clock, long started, CancellationToken cancellation)
    {
        var elapsed = clock.GetElapsedTime(started);
        return Task.Delay(Step * Math.Ceiling((elapsed + TimeSpan.FromTicks(1)) / Step) - elapsed, clock, cancellation);
    }
}
