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

    static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && text == uri.GetLeftPart(UriPartial.Authority);
}
