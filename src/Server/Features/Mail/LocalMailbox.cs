namespace MyTradeX.Server.Features.Mail;

/// <summary>A mailbox in memory that takes every mail, for developers. Keeps the last 100.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class LocalMailbox : IMailTransport
{
    public const int Kept = 100;

    readonly LinkedList<(long Number, ComposedMail Mail)> _mails = [];
    long _count;

    public Task SendAsync(ComposedMail mail, CancellationToken cancellation)
    {
        lock (_mails)
        {
            // As a mail program does with what comes twice.
            if (_mails.Any(known => known.Mail.MessageId == mail.MessageId))
                return Task.CompletedTask;
            _mails.AddFirst((++_count, mail));
            if (_mails.Count > Kept)
                _mails.RemoveLast();
        }
        return Task.CompletedTask;
    }

    /// <summary>What is in it, the newest first.</summary>
    public IReadOnlyList<(long Number, ComposedMail Mail)> List()
    {
        lock (_mails)
            return [.. _mails];
    }

    public ComposedMail? Find(long number)
    {
        lock (_mails)
            return _mails.FirstOrDefault(kept => kept.Number == number).Mail;
    }
}
