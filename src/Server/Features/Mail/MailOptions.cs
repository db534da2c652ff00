using System.ComponentModel.DataAnnotations;
using System.Net.Mail;
using MyTradeX.Server.Platform.Settings;

namespace MyTradeX.Server.Features.Mail;

/// <summary>Section <c>Mail</c>: how mail leaves, and in whose name.</summary>
internal sealed class MailOptions : IValidatableObject
{
    /// <summary>The SMTP server. Absent: in Development mails go to the mailbox at <c>/dev/mailbox</c>, elsewhere none are sent.</summary>
    public string? Host { get; init; }

    /// <summary>Its port.</summary>
    [Range(1, 65_535)]
    public int Port { get; init; } = 587;

    /// <summary>Whether to insist on TLS by STARTTLS before anything is told. Off only for a server on this machine.</summary>
    public bool StartTls { get; init; } = true;

    /// <summary>Who to sign in as; absent: not at all.</summary>
    public string? User { get; init; }

    /// <summary>Their password.</summary>
    [Secret]
    public string? Password { get; init; }

    /// <summary>In whose name mails are sent: <c>name@example.com</c> or <c>Name &lt;name@example.com&gt;</c>.</summary>
    public string From { get; init; } = "MyTradeX <no-reply@localhost>";

    /// <summary>Where users reach this venue; links in mails begin with it.</summary>
    public Uri PublicUrl { get; init; } = new("http://localhost:3001");

    /// <summary>A folder with templates of your own, by the names of the built-in ones; what is not in it is as built in.</summary>
    public string? TemplatesDir { get; init; }

    /// <summary>Seconds after which a server that does not take a mail is given up for this try.</summary>
    [Range(1, 600)]
    public int TimeoutSeconds { get; init; } = 30;

    /// <summary>Whether mails go no further than a mailbox in memory.</summary>
    public bool IsLocalIn(IHostEnvironment environment) => Host is null && environment.IsDevelopment();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!MailAddress.TryCreate(From, out _))
            yield return new("must be an address such as MyTradeX <no-reply@example.com>", [nameof(From)]);
        if (!PublicUrl.IsAbsoluteUri || PublicUrl.Scheme is not ("http" or "https") || PublicUrl.Query.Length > 0 || PublicUrl.Fragment.Length > 0)
            yield return new("must be an address such as https://venue.example.com", [nameof(PublicUrl)]);
        if (User is not null != Password is not null)
            yield return new("must come with the other of User and Password", [User is null ? nameof(User) : nameof(Password)]);
        if (Password is not null && !StartTls)
            yield return new("must be true where there is a password: it would go over the wire in the clear", [nameof(StartTls)]);
        if (TemplatesDir is not null && !Directory.Exists(TemplatesDir))
            yield return new("must be a folder that is there", [nameof(TemplatesDir)]);
    }
}
