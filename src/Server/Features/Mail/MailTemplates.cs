using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace MyTradeX.Server.Features.Mail;

/// <summary>
/// The words of the mails: for each a text file, whose first line is the subject, and an HTML file that is set into <c>layout.html</c>. <c>{{name}}</c> stands
/// for a value; in HTML it is escaped, and nowhere can it begin a new header. Every file is checked when the server starts.
/// </summary>
internal sealed partial class MailTemplates
{
    const string SubjectMark = "Subject: ", Content = "{{content}}";

    /// <summary>What every template may use.</summary>
    static readonly string[] Everywhere = ["name", "email", "url", "subject"];

    /// <summary>What a template may use besides, and which sender has to bring it.</summary>
    static readonly Dictionary<MailTemplate, string[]> Own = new()
    {
        [MailTemplate.Welcome] = [],
        [MailTemplate.PasswordReset] = ["link", "token", "minutes"],
        [MailTemplate.EmailVerification] = ["link", "token", "hours"],
        [MailTemplate.Notification] = ["title", "message"],
    };

    readonly Dictionary<MailTemplate, (string Subject, string Text, string Html)> _parts = [];

    /// <exception cref="InvalidDataException">A file is not as it must be; the message names it.</exception>
    public MailTemplates(MailOptions options)
    {
        var layout = Read(options.TemplatesDir, "layout.html");
        if (!layout.Contains(Content, StringComparison.Ordinal))
            throw new InvalidDataException($"The mail template layout.html lacks {Content}, where a mail's own part belongs.");
        foreach (var template in Enum.GetValues<MailTemplate>())
        {
            var name = FileOf(template);
            var text = Read(options.TemplatesDir, name + ".txt");
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            if (end < 0 || !text.StartsWith(SubjectMark, StringComparison.Ordinal))
                throw new InvalidDataException($"The mail template {name}.txt must begin with a line '{SubjectMark}…'.");
            var parts = (text[SubjectMark.Length..end], text[end..].TrimStart('\n'), layout.Replace(Content, Read(options.TemplatesDir, name + ".html"), StringComparison.Ordinal));
            Check(name + ".txt", template, parts.Item1 + parts.Item2);
            Check(name + ".html", template, parts.Item3);
            _parts[template] = parts;
        }
    }

    /// <summary>Subject, text and HTML with their values.</summary>
    public (string Subject, string Text, string Html) Fill(MailTemplate template, IReadOnlyDictionary<string, string> values)
    {
        var (subject, text, html) = _parts[template];
        var line = OneLine(Fill(subject, values, OneLine));
        var all = new Dictionary<string, string>(values) { ["subject"] = line };
        return (line, Fill(text, all, value => value), Fill(html, all, WebUtility.HtmlEncode!));
    }

    /// <summary><c>password-reset</c> for <see cref="MailTemplate.PasswordReset"/>.</summary>
    public static string FileOf(MailTemplate template) => WordStart().Replace(template.ToString(), "-$0").TrimStart('-').ToLowerInvariant();

    static string Fill(string template, IReadOnlyDictionary<string, string> values, Func<string, string> escape) =>
        Placeholder().Replace(template, match => escape(values[match.Groups[1].Value]));

    static void Check(string file, MailTemplate template, string text)
    {
        string[] known = [.. Everywhere, .. Own[template]];
        if (Placeholder().Matches(text).FirstOrDefault(match => !known.Contains(match.Groups[1].Value)) is { } unknown)
            throw new InvalidDataException($"The mail template {file} has {unknown.Value}; there are {string.Join(", ", known.Select(name => $"{{{{{name}}}}}"))}.");
    }

    // A line break in a subject would begin a header of the sender's choice.
    static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var character in text)
            line.Append(char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character);
        return line.ToString().Trim();
    }

    static string Read(string? folder, string file)
    {
        if (folder is not null && Path.Combine(folder, file) is var own && File.Exists(own))
            return File.ReadAllText(own).ReplaceLineEndings("\n");
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("mail/" + file)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[A-Z]")]
    private static partial Regex WordStart();
}
