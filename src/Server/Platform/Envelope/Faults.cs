using System.Net.Mail;
using MyTradeX.Contracts;

namespace MyTradeX.Server.Platform.Envelope;

/// <summary>
/// Everything wrong with a request, gathered so that the sender hears of all of it at once. One fault a field: the first one told.
/// Checks give the value back, made ready for use, or a default where it was at fault; ask <see cref="ThrowIfAny"/> before using any.
/// </summary>
internal sealed class Faults
{
    readonly List<FieldFault> _all = [];

    public bool Any => _all.Count > 0;

    public bool Has(string field)
    {
        foreach (var fault in _all)
        {
            if (fault.Field == field)
                return true;
        }
        return false;
    }

    public void Add(string field, string reason)
    {
        if (!Has(field))
            _all.Add(new(field, reason));
    }

    /// <summary>Adds the fault unless the condition holds.</summary>
    public bool Require(bool holds, string field, string reason)
    {
        if (!holds)
            Add(field, reason);
        return holds;
    }

    /// <summary>Text that must be there, trimmed, with a length within bounds and no control characters.</summary>
    public string Text(string? value, string field, int lengthMax, int lengthMin = 1)
    {
        if (value is null)
        {
            Add(field, "is required");
            return "";
        }
        return OptionalText(value, field, lengthMax, lengthMin) ?? "";
    }

    /// <summary>As <see cref="Text"/>, where absence is fine.</summary>
    public string? OptionalText(string? value, string field, int lengthMax, int lengthMin = 1)
    {
        var text = value?.Trim();
        if (text is null)
            return null;
        if (text.Length < lengthMin)
            Add(field, lengthMin == 1 ? "must not be empty" : $"must have at least {lengthMin} characters");
        else if (text.Length > lengthMax)
            Add(field, $"must have at most {lengthMax} characters");
        else if (text.AsSpan().IndexOfAnyInRange('\0', '\u001f') >= 0 || text.Contains('\u007f'))
            Add(field, "must not contain control characters");
        return text;
    }

    /// <summary>An email address.</summary>
    public string Email(string? value, string field = "email")
    {
        // 254 is the longest path SMTP carries (RFC 5321 §4.5.3.1.3, less its angle brackets).
        var email = Text(value, field, lengthMax: 254);
        if (!Has(field) && !(MailAddress.TryCreate(email, out var parsed) && parsed.Address == email && parsed.Host.Contains('.')))
            Add(field, "must be an email address such as name@example.com");
        return email;
    }

    /// <summary>A new password.</summary>
    public string Password(string? value, string field = "password")
    {
        // Length is what counts (NIST SP 800-63B §5.1.1.2); the upper bound keeps hashing cheap to refuse.
        if (value is null)
            Add(field, "is required");
        else if (value.Length < 8)
            Add(field, "must have at least 8 characters");
        else if (value.Length > 128)
            Add(field, "must have at most 128 characters");
        return value ?? "";
    }

    /// <summary>Refuses the request if anything is wrong with it.</summary>
    /// <exception cref="ApiException">With every fault.</exception>
    public void ThrowIfAny()
    {
        if (Any)
            throw new ApiException(AsRefusal());
    }

    Refusal AsRefusal()
    {
        var first = _all[0];
        return _all.Count == 1
            ? Refusal.Field(first.Field, first.Reason)
            : new(ErrorCode.ValidationError, $"{_all.Count} fields are at fault: {string.Join("; ", _all.Take(5).Select(fault => $"{fault.Field} {fault.Reason}"))}.",
                new() { Field = first.Field, Reason = first.Reason, Errors = _all });
    }
}
