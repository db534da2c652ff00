namespace MyTradeX.Protocols.SocketIO;

/// <summary>Whom a broadcast is for: rooms – every socket's own id counts as one – or everybody, but not those in the rooms excepted.</summary>
/// <param name="Rooms">Rooms; none means everybody.</param>
/// <param name="Except">Rooms whose sockets do not get it.</param>
sealed record BroadcastTarget(string[] Rooms, string[] Except)
{
    public static BroadcastTarget Everybody { get; } = new([], []);

    public bool Includes(string id, string[] roomsOfSocket) =>
        (Rooms.Length == 0 || Rooms.Contains(id) || Rooms.Any(roomsOfSocket.Contains)) && !Except.Contains(id) && !Except.Any(roomsOfSocket.Contains);
}
