namespace MyTradeX.Core;

/// <summary>Where an open order waits.</summary>
enum OrderPlace : byte
{
    /// <summary>Nowhere: it is arriving.</summary>
    Arriving = 0,
    /// <summary>In the book.</summary>
    Book = 1,
    /// <summary>Among the stops.</summary>
    Stops = 2,
}
