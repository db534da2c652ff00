using System.Globalization;
using System.Text.Json.Nodes;

namespace MyTradeX.Cli.Drills;

/// <summary>
/// A user who trades at random and writes down every request and every answer. After a crash the notes are compared with what the
/// server says: nothing acknowledged may be missing or changed back, nothing may be there that was not sent.
/// </summary>
internal sealed class Trader(ServerProcess server, string name, int seed, TraderHabits habits)
{
    public const string Symbol = "TEST";

    const int CancelsAmong = 20;
    const int FillsLookedInto = 5;
    static readonly TimeSpan _pauseWhenUnavailable = TimeSpan.FromMilliseconds(20);

    readonly Random _random = new(seed);
    readonly List<SentOrder> _sent = [];
    readonly Dictionary<string, SentOrder> _byClientOrderId = [];
    readonly Lock _gate = new();
    readonly UserSession _session = new(server, $"{name}@example.com") { SignsInAgain = habits.SignsInAgain };
    int _compared;
    DateTimeOffset _comparedUntil = DateTimeOffset.UnixEpoch;

    /// <summary>The name to sign in with.</summary>
    public string Email { get; } = $"{name}@example.com";

    public string AccountId { get; private set; } = "";

    /// <summary>The trader at this server.</summary>
    public UserSession Session => _session;

    /// <summary>Orders acknowledged so far.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Orders whose fate was unknown and that were sent again.</summary>
    public int Unknown { get; private set; }

    /// <summary>Whether the server has answered 503.</summary>
    public bool WasUnavailable { get; private set; }

    /// <summary>The trader at another server, which has a copy of this one's data.</summary>
    public UserSession SessionAt(ServerProcess other) => new(other, Email);

    public async Task RegisterAsync(decimal cash, int shares)
    {
        await _session.RegisterAsync(name);
        await _session.SignInAsync();
        AccountId = (await _session.GetAsync("accounts")).AsArray()[0]!["id"]!.GetValue<string>();
        (await _session.SendAsync(HttpMethod.Post, $"accounts/{AccountId}/deposits", new { amount = cash })).Expect(201);
        (await _session.SendAsync(HttpMethod.Post, $"accounts/{AccountId}/positions", new { symbol = Symbol, quantity = shares, unitCost = 100m })).Expect(201);
    }

    /// <summary>Trades until the server ends or time is up. A server that is silent without having been told to end breaks its promise.</summary>
    public async Task TradeAsync(CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                if (_random.Next(10) < 7) await PlaceAsync(NextOrder());
                else await CancelSomeAsync();
            }
        }
        catch (Exception silence) when (silence is HttpRequestException or TaskCanceledException or IOException)
        {
            // Whatever was under way has an unknown fate, and the notes say so.
            BrokenPromiseException.Unless(server.IsEnding, () => $"no answer although nobody ended the server: {silence.Message}\n{server.Output}");
        }
    }

    /// <summary>
    /// After a restart: the session still stands, and what had an unknown fate is repeated, which must give one order. Then notes are compared with
    /// the server: all of them, or those since all of them were.
    /// </summary>
    public async Task VerifyAsync(bool all = true)
    {
        if (!habits.SignsInAgain) BrokenPromiseException.Unless(await _session.IsSignedInAsync(), () => $"the session of {name}, whose sign-in was acknowledged, is gone");
        await _session.SignInAsync();
        foreach (var order in _sent.Where(order => order.IsUnknown).ToList()) await RepeatUnknownAsync(order);

        var listed = await _session.OrdersAsync(all ? "" : string.Create(CultureInfo.InvariantCulture, $"&from={_comparedUntil.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fff}Z"));
        var there = HoldAgainst(listed);
        foreach (var order in all ? _sent : _sent.Skip(_compared))
            BrokenPromiseException.Unless(
                order.Acknowledged is null || there.Contains(order.ClientOrderId), () => $"{order.ClientOrderId}, acknowledged as {order.Id} at {order.AcceptedAt:O}, is not there");
        foreach (var filled in listed.Where(order => order["filledQuantity"]!.GetValue<decimal>() > 0).Take(FillsLookedInto))
            OrderCheck.CompareFills(await _session.GetAsync($"orders/{filled["id"]!.GetValue<string>()}"));
        if (!all) return;
        _compared = _sent.Count;
        _comparedUntil = _sent.FindLast(order => order.Acknowledged is not null)?.AcceptedAt ?? _comparedUntil;
        CheckOrder();
    }

    /// <summary>What is known at this moment of all that was acknowledged; others may be trading meanwhile.</summary>
    public IReadOnlyList<SentOrder> Mark()
    {
        lock (_gate) return [.. _sent.Where(order => order.Acknowledged is not null).Select(order => order.Copy())];
    }

    /// <summary>Signs in to a server with a copy of the data as it was after a mark: what was acknowledged by then is there, and nothing that was never sent.</summary>
    public async Task VerifyCopyAsync(UserSession session, IReadOnlyList<SentOrder> mark)
    {
        await session.SignInAsync();
        var listed = (await session.OrdersAsync()).ToDictionary(order => order["clientOrderId"]!.GetValue<string>());
        foreach (var order in mark)
        {
            BrokenPromiseException.Unless(listed.TryGetValue(order.ClientOrderId, out var now), () => $"{order.ClientOrderId}, acknowledged as {order.Id} before the copy was begun, is not in it");
            // A cancel may have come between the mark and the copy.
            order.CancelUnknown = true;
            OrderCheck.Compare(order, now!);
        }
        lock (_gate)
        {
            foreach (var id in listed.Keys)
                BrokenPromiseException.Unless(_byClientOrderId.ContainsKey(id), () => $"the copy has {id}, which was never sent");
        }
    }

    /// <summary>Makes up an order and notes it down as sent.</summary>
    public SentOrder NextOrder() => Sent(
        _random.Next(2) == 0 ? "BUY" : "SELL", _random.Next(1, 20), 100m + _random.Next(-20, 21) * 0.01m,
        _random.Next(6) == 0 ? "IOC" : habits.PlacesDayOrders && _random.Next(2) == 0 ? "DAY" : "GTC");

    /// <summary>An order for the day, so far below the market that it rests until its day ends.</summary>
    public SentOrder NextDayOrder() => Sent("BUY", 1, 90m, "DAY");

    SentOrder Sent(string side, int quantity, decimal price, string timeInForce)
    {
        lock (_gate)
        {
            var id = $"{name}-{_sent.Count + 1}";
            var request = new JsonObject
            {
                ["symbol"] = Symbol,
                ["side"] = side,
                ["orderType"] = "LIMIT",
                ["quantity"] = quantity,
                ["price"] = price,
                ["timeInForce"] = timeInForce,
                ["clientOrderId"] = id,
            };
            var order = new SentOrder(id, request, _random.Next(2) == 0 ? $"key-{id}" : null);
            _sent.Add(order);
            _byClientOrderId.Add(id, order);
            return order;
        }
    }

    /// <summary>The very same request once more.</summary>
    public Task<Answer> RepeatAsync(SentOrder order) => _session.SendAsync(HttpMethod.Post, "orders", order.Request, Headers(order));

    /// <summary>Sends an order and notes the answer down.</summary>
    public async Task PlaceAsync(SentOrder order)
    {
        var answer = await RepeatAsync(order);
        WasUnavailable |= answer.Status == 503;
        if (answer.Status == 201) Note(order, answer);
        else if (answer.Status == 422) order.Refused = answer.ErrorCode;
        else if (answer.Status == 503) await Task.Delay(_pauseWhenUnavailable);
        else throw new BrokenPromiseException($"placing answered {answer.Status}: {answer.Body?.ToJsonString()}");
    }

    void Note(SentOrder order, Answer answer)
    {
        lock (_gate)
        {
            order.Acknowledged = answer.Body!["data"]!;
            if (!answer.Replayed) order.Sequence = order.Acknowledged["sequence"]!.GetValue<long>();
            Acknowledged++;
        }
    }

    async Task RepeatUnknownAsync(SentOrder order)
    {
        Unknown++;
        await PlaceAsync(order);
        // Asked once more, it must be the very same order.
        var again = await RepeatAsync(order);
        if (order.Acknowledged is not null) BrokenPromiseException.UnlessSame($"the id of {order.ClientOrderId}, sent twice,", order.Id, again.Expect(201)["id"]!.GetValue<string>());
    }

    HashSet<string> HoldAgainst(List<JsonNode> listed)
    {
        var there = new HashSet<string>();
        foreach (var now in listed)
        {
            var id = now["clientOrderId"]!.GetValue<string>();
            BrokenPromiseException.Unless(there.Add(id), () => $"{id} is there twice");
            BrokenPromiseException.Unless(
                _byClientOrderId.TryGetValue(id, out var order) && order.Acknowledged is not null, () => $"{id} is there, and was {(order is null ? "never sent" : "refused")}");
            OrderCheck.Compare(order!, now);
        }
        return there;
    }

    // Each order has a place of its own in the journal, and the venue's time goes up with it.
    void CheckOrder()
    {
        SentOrder? last = null;
        foreach (var order in _sent.Where(order => order.Sequence is not null).OrderBy(order => order.Sequence))
        {
            if (last is not null)
            {
                BrokenPromiseException.Unless(order.Sequence > last.Sequence, () => $"{last.Id} and {order.Id} were both placed at sequence {order.Sequence}");
                BrokenPromiseException.Unless(order.AcceptedAt >= last.AcceptedAt, () => $"{order.Id} at sequence {order.Sequence} is from {order.AcceptedAt:O}, and {last.Id} before it from {last.AcceptedAt:O}");
            }
            last = order;
        }
    }

    async Task CancelSomeAsync()
    {
        var open = new List<SentOrder>();
        for (var i = _sent.Count - 1; i >= 0 && open.Count < CancelsAmong; i--)
            if (_sent[i] is { Acknowledged: not null, CancelAcknowledged: false, CancelUnknown: false } order) open.Add(order);
        if (open.Count == 0) return;
        var one = open[_random.Next(open.Count)];
        one.CancelUnknown = true;
        var answer = await _session.SendAsync(HttpMethod.Delete, $"orders/{one.Id}");
        WasUnavailable |= answer.Status == 503;
        if (answer.Status == 200) one.CancelAcknowledged = true;
        else if (answer.Status is not (409 or 503)) throw new BrokenPromiseException($"cancelling answered {answer.Status}: {answer.Body?.ToJsonString()}");
        if (answer.Status == 409) one.CancelUnknown = false;
    }

    static (string, string)[] Headers(SentOrder order) => order.IdempotencyKey is { } key ? [("Idempotency-Key", key)] : [];
}

/// <summary>How a trader trades.</summary>
/// <param name="PlacesDayOrders">Whether some orders are for the day.</param>
/// <param name="SignsInAgain">Whether a refused token is met by signing in again: where clocks jump, tokens end.</param>
internal sealed record TraderHabits(bool PlacesDayOrders = false, bool SignsInAgain = false);
