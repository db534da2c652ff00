namespace MyTradeX.Venue.Demo;

/// <summary>
/// Who trades in the demo market. Their user ids begin at 2^40: SQL counts real users from 1 by ones, so a real user would have to be the
/// million-millionth to meet them, and a JavaScript number still carries them exactly.
/// </summary>
static class DemoParticipants
{
    /// <summary>The first user id of the range. Real users are below.</summary>
    public const long FirstUserId = 1L << 40;

    /// <summary>Market makers who share the levels of a book behind the best.</summary>
    public const int DepthMakers = 3;

    /// <summary>The market maker at the best prices.</summary>
    public const int TouchMaker = DepthMakers;

    /// <summary>All market makers.</summary>
    public const int Makers = DepthMakers + 1;

    /// <summary>Those who take.</summary>
    public const int Takers = 4;

    /// <summary>All of them.</summary>
    public const int Count = Makers + Takers;

    /// <summary>A participant's user id.</summary>
    public static long UserOf(int participant) => FirstUserId + participant;

    /// <summary>A participant's name.</summary>
    public static string NameOf(int participant) => participant switch
    {
        < DepthMakers => $"Demo depth maker {participant + 1}",
        TouchMaker => "Demo market maker",
        _ => $"Demo taker {participant - Makers + 1}",
    };
}
