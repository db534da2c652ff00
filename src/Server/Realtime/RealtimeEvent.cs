using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MyTradeX.Contracts.Wire;

namespace MyTradeX.Server.Realtime;

/// <summary>
/// Something that happened in a topic. Never changes, and is shared by all who hear of it: its data is serialised once, and each door's
/// bytes are made once, however many listen.
/// </summary>
internal sealed class RealtimeEvent
{
    readonly object?[] _forms = new object?[EventForms.Count];

    public RealtimeEvent(long id, string topic, string name, long firstSequence, long sequence, ReadOnlyMemory<byte> data, DateTimeOffset time)
    {
        (Id, Topic, Name, FirstSequence, Sequence, Data, Time) = (id, topic, name, firstSequence, sequence, data, time);
    }

    /// <summary>Place among all events of the hub, rising; what a client sends back to go on from here.</summary>
    public long Id { get; }

    /// <summary>The topic's name as its subscribers know it.</summary>
    public string Topic { get; }

    /// <summary>For example <c>market:update</c>.</summary>
    public string Name { get; }

    /// <summary>The first of the topic's sequence numbers that the event stands for; without gaps it follows the event before.</summary>
    public long FirstSequence { get; }

    /// <summary>The last of them.</summary>
    public long Sequence { get; }

    /// <summary>What happened, as JSON.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>When it was told.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>About how much memory it takes, with its forms.</summary>
    public int Bytes => 200 + (3 * Data.Length);

    /// <summary>The event as one door writes it; made at the first asking.</summary>
    public TForm As<TForm>(EventForm<TForm> form) where TForm : class
    {
        // Two askers may both make it; either will do.
        if (_forms[form.Index] is TForm made)
            return made;
        var fresh = form.Make(this);
        _forms[form.Index] = fresh;
        return fresh;
    }

    /// <summary>Data as JSON, with the wire's own rules.</summary>
    public static ReadOnlyMemory<byte> ToJson<T>(T data)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, new() { Encoder = WireJson.Options.Encoder, SkipValidation = true });
        JsonSerializer.Serialize(writer, data, (JsonTypeInfo<T>)WireJson.Options.GetTypeInfo(typeof(T)));
        return buffer.WrittenMemory;
    }
}
