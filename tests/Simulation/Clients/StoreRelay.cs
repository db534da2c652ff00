using System.Globalization;
using MyTradeX.Store;

namespace MyTradeX.Simulation.Clients;

/// <summary>Hands on announcements: the store's way, or a mutant's.</summary>
interface IRelay
{
    /// <summary>Makes messages of the oldest announcements, up to a number. Returns how many there were.</summary>
    int Relay(Database database, int max);
}

/// <summary>The product's own. A message's body is the announcement's payload, its job's payload the delivery's id.</summary>
sealed class StoreRelay : IRelay
{
    public const string JobKind = "webhook";

    public static readonly StoreRelay Instance = new();

    public static NewJob JobOf(long delivery) => new(JobKind, delivery.ToString(CultureInfo.InvariantCulture));

    public int Relay(Database database, int max) => new WebhookStore(database).RelayAsync(max, told => told.Payload, JobOf, now: 0).GetAwaiter().GetResult();
}
