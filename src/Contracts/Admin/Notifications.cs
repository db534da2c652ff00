namespace MyTradeX.Contracts.Admin;

/// <summary>Mails a user.</summary>
/// <param name="UserId"><c>user-12</c>.</param>
/// <param name="Title">The mail's subject, 1–200 characters.</param>
/// <param name="Message">What it says, 1–10,000 characters; lines are kept.</param>
/// <param name="RunAt">Not before; absent: now.</param>
public sealed record NotificationRequest(string? UserId, string? Title, string? Message, DateTimeOffset? RunAt = null);
