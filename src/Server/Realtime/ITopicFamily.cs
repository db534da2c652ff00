using MyTradeX.Core;

namespace MyTradeX.Server.Realtime;

/// <summary>Whom a family's topics belong to.</summary>
internal enum TopicScope
{
    /// <summary>One topic an instrument, for every signed-in user: <c>name:SYMBOL</c>.</summary>
    Instrument,

    /// <summary>One topic a user, for that user alone: <c>name</c>.</summary>
    User,

    /// <summary>One topic for every signed-in user: <c>name</c>.</summary>
    Everyone,
}

/// <summary>
/// A kind of topic, brought by the feature that knows it. Follows the venue's events on the hub's one thread and publishes what concerns
/// topics that somebody has asked for.
/// </summary>
internal interface ITopicFamily
{
    /// <summary>What names of its topics begin with.</summary>
    string Name { get; }

    TopicScope Scope { get; }

    Delivery Delivery { get; }

    /// <summary>What the AsyncAPI document says of them.</summary>
    TopicDoc Doc { get; }

    /// <summary>Takes note of an event, or publishes it at once.</summary>
    void Follow(in ExchangeEvent e);

    /// <summary>The events at hand are through: publishes what was only noted.</summary>
    void Flush()
    {
    }

    /// <summary>Held while a topic's state changes and is published, so that a state read under it and the events that follow fit together.</summary>
    Lock StateGate { get; }

    /// <summary>The sequence that a topic has by itself and goes on from, or null when the hub is to count. Called under <see cref="StateGate"/>.</summary>
    long? SequenceOf(long key) => null;

    /// <summary>The state that a new subscriber begins with, or null when there is none but what follows. Called under <see cref="StateGate"/>.</summary>
    TopicState? StateOf(Topic topic) => null;
}

/// <summary>A topic's whole state.</summary>
/// <param name="Event">Name of the event that tells it.</param>
/// <param name="Sequence">The last sequence number that it contains.</param>
/// <param name="Data">As JSON.</param>
internal readonly record struct TopicState(string Event, long Sequence, ReadOnlyMemory<byte> Data);
