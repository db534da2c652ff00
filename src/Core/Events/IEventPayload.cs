namespace MyTradeX.Core;

/// <summary>A payload that names its own kind, so that writing and reading agree by type.</summary>
public interface IEventPayload
{
    /// <summary>The kind that announces this payload.</summary>
    static abstract EventKind Kind { get; }
}
