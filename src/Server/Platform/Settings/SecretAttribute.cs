namespace MyTradeX.Server.Platform.Settings;

/// <summary>Marks a setting that is never printed or logged.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute
{
    public const string Mask = "••••••";
}
