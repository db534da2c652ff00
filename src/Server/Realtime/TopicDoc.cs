namespace MyTradeX.Server.Realtime;

/// <summary>What the AsyncAPI document says of a family's topics.</summary>
/// <param name="Summary">What there is to hear, in a sentence.</param>
/// <param name="Events">Every kind of event that its topics tell, <c>gap</c> apart.</param>
internal sealed record TopicDoc(string Summary, params IReadOnlyList<EventDoc> Events);

/// <summary>One kind of event.</summary>
/// <param name="Name">For example <c>market:update</c>.</param>
/// <param name="Summary">When it is told and what it means, in a sentence.</param>
/// <param name="Example">A payload; its type is that of all.</param>
internal sealed record EventDoc(string Name, string Summary, object Example);
