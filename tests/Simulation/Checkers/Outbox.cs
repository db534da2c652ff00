using System.Globalization;
using MyTradeX.Core;
using MyTradeX.Simulation.Clients;
using MyTradeX.Store;
using MyTradeX.Venue;
using MyTradeX.Venue.Projection;

namespace MyTradeX.Simulation.Checkers;

/// <summary>
/// Who must be told what, worked out from the observer's events, against what SQL has: announcements that wait, and messages that were made of
/// the others.
/// </summary>
sealed class Outbox(History history)
{
    // Never went down, and has everybody for its audience.
    readonly ProjectionMapper _mapper = new(new Audience(Enumerable.Range(1, Workload.Users).Select(user => (long)user)));
    readonly ProjectionBatch _batch = new();
    readonly Dictionary<long, long> _owners = [];
    readonly HashSet<long> _closed = [];
    readonly Dictionary<(long Sequence, long Idx, long User), AnnouncementRow> _implied = [];
    int _blocks;

    /// <summary>
    /// Every listener has been told, or will be by what waits, each thing that the log says happened to them up to SQL's checkpoint: none is
    /// missing, none there twice, and none is of something that did not happen. Returns how many wait.
    /// </summary>
    public int Check(Database database, IReadOnlyCollection<Listener> listeners)
    {
        Learn();
        var (reached, waiting, messages, jobs) = database.ReadAsync(
            async session => (
                await session.FirstAsync<long>("SELECT sequence FROM projection_checkpoint WHERE id = 1"),
                await session.ListAsync<AnnouncementRow>("SELECT * FROM announcements"),
                await session.ListAsync<WebhookDeliveryRow>("SELECT * FROM webhook_deliveries ORDER BY id"),
                await session.ListAsync<string>($"SELECT payload FROM jobs WHERE kind = '{StoreRelay.JobKind}' ORDER BY id")),
            default).GetAwaiter().GetResult();

        var byId = listeners.ToDictionary(listener => listener.Id);
        var users = listeners.Select(listener => listener.UserId).ToHashSet();
        var waits = new HashSet<(long, long, long)>();
        foreach (var one in waiting)
        {
            var key = (one.Sequence, one.Idx, one.UserId);
            BrokenPromiseException.Unless(_implied.TryGetValue(key, out var implied) && implied == one, $"An announcement waits of what did not happen: {one}");
            BrokenPromiseException.Unless(one.Sequence <= reached, $"SQL stands at sequence {reached} and announces what comes later: {one}");
            BrokenPromiseException.Unless(users.Contains(one.UserId), $"An announcement waits for user {one.UserId}, who does not listen.");
            waits.Add(key);
        }

        var told = new HashSet<(long, long, long Listener)>();
        foreach (var message in messages)
        {
            BrokenPromiseException.Unless(byId.TryGetValue(message.WebhookId, out var listener), $"A message was made to webhook {message.WebhookId}, which nobody made.");
            var name = message.MessageId.Split('_');
            var (sequence, idx) = (long.Parse(name[1], CultureInfo.InvariantCulture), long.Parse(name[2], CultureInfo.InvariantCulture));
            BrokenPromiseException.Unless(
                _implied.TryGetValue((sequence, idx, listener!.UserId), out var implied) && (implied.EventType, implied.Payload) == (message.EventType, message.Body) && sequence <= reached,
                $"User {listener.UserId} was told what did not happen: {message}");
            BrokenPromiseException.Unless(listener.Events.Contains(message.EventType), $"Webhook {listener.Id} was told {message.EventType}, which it is not for.");
            BrokenPromiseException.Unless(sequence > listener.After, $"Webhook {listener.Id}, made after sequence {listener.After}, was told of sequence {sequence}.");
            BrokenPromiseException.Unless(told.Add((sequence, idx, listener.Id)), $"Webhook {listener.Id} was told twice: {message.MessageId}");
        }
        BrokenPromiseException.Unless(
            jobs.SequenceEqual(messages.Select(message => StoreRelay.JobOf(message.Id).Payload)), $"There are {messages.Count} messages, and {jobs.Count} jobs to deliver them.");

        foreach (var (key, one) in _implied)
        {
            if (one.Sequence > reached) continue;
            foreach (var listener in listeners)
            {
                if (listener.UserId != one.UserId || !listener.Events.Contains(one.EventType)) continue;
                var (isTold, isWaiting) = (told.Contains((one.Sequence, one.Idx, listener.Id)), waits.Contains(key));
                BrokenPromiseException.Unless(!isTold || !isWaiting, $"Webhook {listener.Id} was told what still waits to be: {one}");
                BrokenPromiseException.Unless(isTold || isWaiting || one.Sequence <= listener.SureAfter, $"Webhook {listener.Id}, of whoever is told all after {listener.SureAfter}, was not told: {one}");
            }
        }
        return waiting.Count;
    }

    void Learn()
    {
        for (; _blocks < history.Events.Count; _blocks++)
        {
            var block = history.Events[_blocks];
            var expected = new List<(long, long, string)>();
            foreach (var e in block)
                foreach (var (user, type) in MeaningsOf(e))
                    if (user is > 0 and <= Workload.Users) expected.Add((e.Header.Index, user, type));
            _mapper.Map(block, _batch);
            _mapper.Finish(_batch);
            BrokenPromiseException.Unless(
                expected.Order().SequenceEqual(_batch.Announcements.Select(one => (one.Idx, one.UserId, one.EventType)).Order()),
                $"Of sequence {block.LastSequence} the projection tells {string.Join(", ", _batch.Announcements)}, which is not what it means: {string.Join(", ", expected)}");
            foreach (var one in _batch.Announcements) _implied.Add((one.Sequence, one.Idx, one.UserId), one);
            _batch.Clear();
        }
    }

    /// <summary>What an event means to users, as docs/webhooks.md has it.</summary>
    IEnumerable<(long User, string Type)> MeaningsOf(ExchangeEvent e)
    {
        switch (e.Kind)
        {
            case EventKind.OrderUpdated:
                var order = e.As<OrderUpdated>().Order;
                if (order.Status is OrderStatus.Filled or OrderStatus.Cancelled or OrderStatus.Expired) return [(order.UserId, $"order.{order.Status.ToString().ToLowerInvariant()}")];
                return order.Change switch
                {
                    OrderChange.Accepted => [(order.UserId, "order.accepted")],
                    OrderChange.Traded => [(order.UserId, "order.partially_filled")],
                    _ => [],
                };
            case EventKind.AccountChanged:
                var account = e.As<AccountChanged>().Account;
                if (_owners.TryAdd(account.Id, account.OwnerId)) return [(account.OwnerId, "account.opened")];
                return account.IsClosed && _closed.Add(account.Id) ? [(account.OwnerId, "account.closed")] : [];
            case EventKind.LedgerPosted:
                var line = e.As<LedgerPosted>();
                return line.Kind == PostingKind.Deposit ? [(_owners[line.AccountId], "deposit.completed")] : [];
            case EventKind.TransferChanged:
                var transfer = e.As<TransferChanged>().Transfer;
                var (from, to, type) = (_owners[transfer.FromAccountId], _owners[transfer.ToAccountId], $"transfer.{transfer.Status.ToString().ToLowerInvariant()}");
                return transfer.Status == TransferStatus.Completed && from != to ? [(from, type), (to, type)] : [(from, type)];
            default: return [];
        }
    }
}
