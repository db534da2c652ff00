using System.Text.Json.Nodes;

namespace MyTradeX.Cli.Drills;

/// <summary>
/// The server's clock jumps while users trade: over minutes, hours and days, forwards and back, with restarts in between. The venue's time never goes
/// back, DAY orders expire when their day ends and not before, tokens end and begin as they say, and no order is lost.
/// </summary>
internal static class ClockDrill
{
    // The server's defaults. No jump ends within a minute of where a token does.
    static readonly TimeSpan _tokenLife = TimeSpan.FromHours(1);
    static readonly TimeSpan _tokenSkew = TimeSpan.FromSeconds(5);

    static readonly TimeSpan _seen = TimeSpan.FromSeconds(10);
    static readonly TimeSpan _lookAgain = TimeSpan.FromMilliseconds(50);

    public static Task<DrillReport> RunAsync(DrillTools tools, int jumps) => Drill.RunAsync($"drill clock --jumps {jumps}", tools, async figures =>
    {
        using var clock = new FakeClock();
        var environment = KillDrill.Settings(jumps);
        foreach (var (name, value) in clock.Environment) environment[name] = value;
        await using var venue = await DrilledVenue.OpenAsync(
            tools.Setup with { Environment = environment, Habits = new(PlacesDayOrders: true, SignsInAgain: true) }, tools.Cancellation);
        var run = new Run(venue, clock, new Random(tools.Seed), tools);
        for (var jump = 1; jump <= jumps; jump++) await run.JumpAsync($"{jump,3}/{jumps}");
        await venue.VerifyAsync();
        await run.TellAsync(figures);
        await venue.VerifyDataAsync();
        return new(true, $"{jumps:N0} jumps of the clock: no time went back, no number was left out, every DAY order expired in its time, none was lost (seed {tools.Seed})");
    });

    sealed class Run(DrilledVenue venue, FakeClock clock, Random random, DrillTools tools)
    {
        // Someone who never signs in again by itself.
        readonly UserSession _visitor = venue.Traders[0].SessionAt(venue.Server);
        int _jumps, _forwards, _backwards, _restarts, _tokensEnded;
        TimeSpan _farthest;

        public async Task JumpAsync(string count)
        {
            await venue.StormForAsync(Moment(), tools.Cancellation);
            // However slow the machine is, there is an order whose day may end.
            await venue.Traders[0].PlaceAsync(venue.Traders[0].NextDayOrder());
            await _visitor.SignInAsync();
            var signedInAt = clock.Now;
            var by = Draw();
            await JumpUnderLoadAsync(by);
            await CheckTokensAsync(signedInAt);
            await CheckDaysAsync();
            await venue.VerifyAsync(all: false);
            var restarted = random.Next(3) == 0 ? await RestartAsync() : "";
            if (by > TimeSpan.Zero) _forwards++;
            else _backwards++;
            if (clock.Ahead.Duration() > _farthest) _farthest = clock.Ahead.Duration();
            tools.Say($"{count} the clock went {(by > TimeSpan.Zero ? "forward" : "back")} {by.Duration():d\\.hh\\:mm\\:ss}{restarted}; {venue.Acknowledged:N0} orders acknowledged, all there");
        }

        public async Task TellAsync(Dictionary<string, string> figures)
        {
            var expired = 0;
            foreach (var trader in venue.Traders)
                expired += (await trader.Session.OrdersAsync("&status=EXPIRED")).Count(order => order["reason"]!.GetValue<string>() == "SESSION_CLOSED");
            BrokenPromiseException.Unless(expired > 0, () => "no DAY order expired, although days ended");
            figures["Jumps"] = $"{_forwards:N0} forward, {_backwards:N0} back, at most {_farthest:d\\.hh\\:mm\\:ss} off the real time; {_restarts:N0} restarts after SIGKILL between them";
            figures["Orders"] = $"{venue.Acknowledged:N0} acknowledged by {venue.Traders.Count} users; {expired:N0} of them expired with their day";
            figures["Tokens"] = $"{_tokensEnded:N0} of the jumps ended them, as they had to; signing in and refreshing worked each time";
            figures["Journal"] = "times never go back, commands are numbered without a gap";
        }

        // Orders are under way while the clock jumps, until the server has seen it.
        async Task JumpUnderLoadAsync(TimeSpan by)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(tools.Cancellation);
            var storm = venue.StormAsync(over.Token);
            try
            {
                clock.Jump(by);
                while (((await ServerTimeAsync()) - clock.Now).Duration() > _seen) await Task.Delay(_lookAgain, tools.Cancellation);
                await Task.Delay(Moment(), tools.Cancellation);
            }
            finally
            {
                await over.CancelAsync();
                await storm;
            }
        }

        async Task<DateTimeOffset> ServerTimeAsync()
        {
            using var answer = await venue.Server.Http.GetAsync("health", tools.Cancellation);
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(tools.Cancellation))!["timestamp"]!.GetValue<DateTimeOffset>();
        }

        TimeSpan Moment() => TimeSpan.FromMilliseconds(random.Next(200, 800));

        // Four kinds in turn, so that even a short drill has a day that ends, a token that does, and a clock gone back.
        TimeSpan Draw()
        {
            var sign = random.Next(2) == 0 ? 1 : -1;
            return (_jumps++ % 4) switch
            {
                0 => TimeSpan.FromSeconds(random.Next(86_400, 200_000)),
                1 => -TimeSpan.FromSeconds(random.Next(4_000, 20_000)),
                2 => sign * TimeSpan.FromSeconds(random.Next(60, 1_800)),
                _ => sign * TimeSpan.FromSeconds(random.Next(20_000, 86_400)),
            };
        }

        // A token says from when to when it is good; the session behind it lasts for weeks and renews it.
        async Task CheckTokensAsync(DateTimeOffset signedInAt)
        {
            var age = clock.Now - signedInAt;
            var isGood = age >= -_tokenSkew && age < _tokenLife + _tokenSkew;
            BrokenPromiseException.UnlessSame($"whether a token issued {age} ago is good", isGood, await _visitor.IsSignedInAsync());
            if (!isGood) _tokensEnded++;
            await _visitor.RefreshAsync();
            BrokenPromiseException.Unless(await _visitor.IsSignedInAsync(), () => "a token just refreshed is not good");
        }

        // An order placed now tells the venue's time, which a clock gone back does not take along.
        async Task CheckDaysAsync()
        {
            var now = await VenueTimeAsync();
            foreach (var trader in venue.Traders)
            {
                foreach (var order in await trader.Session.OrdersAsync("&status=NEW,PARTIAL"))
                {
                    if (order["timeInForce"]!.GetValue<string>() != "DAY") continue;
                    var accepted = order["createdAt"]!.GetValue<DateTimeOffset>();
                    BrokenPromiseException.Unless(
                        OrderCheck.EndOfDay(accepted) > now, () => $"{order["id"]}, a DAY order accepted at {accepted:O}, is still open at {now:O}");
                }
            }
        }

        async Task<DateTimeOffset> VenueTimeAsync()
        {
            while (true)
            {
                var order = venue.Traders[0].NextOrder();
                await venue.Traders[0].PlaceAsync(order);
                if (order.Acknowledged is not null) return order.AcceptedAt;
            }
        }

        // The clock may come back from a restart behind, never ahead: what was unanswered is repeated, and the venue knows requests for a day.
        async Task<string> RestartAsync()
        {
            await KillDrill.UnderLoadAsync(venue, random, tools.Cancellation);
            var back = random.Next(2) == 0 ? TimeSpan.FromSeconds(random.Next(60, 20_000)) : TimeSpan.Zero;
            clock.Jump(-back);
            await venue.Server.StartAsync(cancellation: tools.Cancellation);
            await venue.VerifyAsync(all: false);
            _restarts++;
            return back == TimeSpan.Zero ? ", then SIGKILL and a restart" : $", then SIGKILL and a restart with the clock {back:hh\\:mm\\:ss} back";
        }
    }
}
