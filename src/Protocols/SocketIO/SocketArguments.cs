using System.Text.Json;

namespace MyTradeX.Protocols.SocketIO;

/// <summary>What a client sent with an event or an acknowledgement: JSON, with bytes where the client had bytes. May be kept.</summary>
public class SocketArguments
{
    readonly JsonElement _array;
    readonly int _skip;
    readonly ReadOnlyMemory<byte>[] _attachments;
    readonly JsonSerializerOptions _json;

    internal SocketArguments(JsonElement array, int skip, ReadOnlyMemory<byte>[] attachments, JsonSerializerOptions json)
    {
        _array = array;
        _skip = skip;
        _attachments = attachments;
        _json = json;
    }

    /// <summary>How many there are.</summary>
    public int Count => _array.GetArrayLength() - _skip;

    /// <summary>An argument as it came; bytes are objects <c>{"_placeholder":true,"num":n}</c> here.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such argument.</exception>
    public JsonElement this[int index] => index >= 0 && index < Count ? _array[index + _skip] : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} arguments.");

    /// <summary>An argument as a type, by <see cref="SocketIOOptions.JsonSerializerOptions"/>; members of type <c>byte[]</c> or <c>ReadOnlyMemory&lt;byte&gt;</c> take the client's bytes.</summary>
    /// <exception cref="JsonException">It is missing or cannot be read so. Let out of an event's handler it is noted at debug level and nothing else: the client made the mistake.</exception>
    public T? Get<T>(int index) => index < Count ? BinaryJson.Read<T>(this[index], _json, _attachments) : throw new JsonException($"Argument {index} is missing.");

    /// <summary>An argument as a type; false when it is missing, null or something else.</summary>
    public bool TryGet<T>(int index, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? value)
    {
        value = default;
        if (index < 0 || index >= Count) return false;
        try
        {
            value = Get<T>(index);
        }
        catch (JsonException)
        {
            // That it cannot be read so is the answer.
            return false;
        }
        return value is not null;
    }

    /// <summary>An argument that is bytes.</summary>
    /// <exception cref="JsonException">It is missing or something else.</exception>
    public ReadOnlyMemory<byte> GetBinary(int index) => Get<ReadOnlyMemory<byte>>(index);

    /// <summary>All arguments in a form that can be sent on, bytes included.</summary>
    public object?[] ToArray()
    {
        var values = new object?[Count];
        for (var i = 0; i < values.Length; i++) values[i] = _attachments.Length == 0 ? this[i] : new BinaryJson.Forwarded(this[i], _attachments);
        return values;
    }
}
