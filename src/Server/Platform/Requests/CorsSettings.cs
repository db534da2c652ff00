using System.ComponentModel.DataAnnotations;

namespace MyTradeX.Server.Platform.Requests;

/// <summary>Section <c>Cors</c>: which other sites' pages may call the API with the user's credentials.</summary>
internal sealed class CorsSettings : IValidatableObject
{
    /// <summary>Exact origins, such as <c>https://app.example.com</c>. Nobody unless listed; <c>*</c> is refused, since credentials are allowed.</summary>
    public string[] AllowedOrigins { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AllowedOrigins
        .Where(origin => !IsOrigin(origin))
        .Select(origin => new ValidationResult($"must list exact origins such as https://app.example.com; '{origin}' is not one", [nameof(AllowedOrigins)]));

    /// <summary>Whether a page of an origin may use the cookies of a session where the browser itself does not ask: WebSockets. Ours may, and those listed.</summary>
    /// <param name="origin">What the browser says.</param>
    /// <param name="isSecure">Whether the request came over TLS.</param>
    /// <param name="host">The request's own host.</param>
    public bool Trusts(string origin, bool isSecure, string host) => origin == $"{(isSecure ? "https" : "http")}://{host}" || AllowedOrigins.Contains(origin, StringComparer.Ordinal);

    static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && text == uri.GetLeftPart(UriPartial.Authority);
}
