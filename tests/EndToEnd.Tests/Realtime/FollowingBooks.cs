using System.Collections.Concurrent;
using System.Text.Json;
using MyTradeX.Contracts.Trading;
using MyTradeX.Contracts.Wire;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Realtime;

/// <summary>Books built from snapshot and changes while the demo market trades a hundred times as fast as a market does, and asked for beside that.</summary>
public sealed class FollowingBooks
{
    /// <summary>Different states of each book that are asked for.</summary>
    const int Asked = 200;
    static readonly TimeSpan Long = TimeSpan.FromSeconds(40);
    static readonly string[] Symbols = ["AAPL", "NVDA"];
    static readonly string[] Topics = [.. Symbols.Select(symbol => "orderbook:" + symbol)];

    [Fact]
    public async Task gives_the_book_that_the_server_answers_at_every_sequence_asked()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        over.CancelAfter(Long);
        var folder = Directory.CreateTempSubdirectory("mytradex-books-");
        try
        {
            await using var server = new ServerProcess(folder.FullName, ["--demo", "true", "--Demo:Speed", "100", "--Demo:PastMinutes", "1"]);
            await server.StartAsync(cancellation: over.Token);
            var token = await server.LoginAsync("admin@example.com");
            using var http = new User(token, "").Http(server);

            var (socket, stream) = (new WebSocketStream(http.BaseAddress!, token, Topics), new EventStream(http, string.Join(',', Topics), Cuts.None));
            var ends = new ConcurrentDictionary<string, long>();
            var reading = Task.WhenAll(socket.ReadUntilAsync(new Follower(ends).IsThrough, over.Token), stream.ReadUntilAsync(new Follower(ends).IsThrough, over.Token));
            await Task.WhenAny(Task.WhenAll(socket.Opened, stream.Opened), reading);
            var answers = Symbols.ToDictionary(symbol => symbol, _ => new Dictionary<long, OrderBookDto>());
            while (!reading.IsCompleted && answers.Values.Any(asked => asked.Count < Asked))
                foreach (var symbol in Symbols)
                {
                    over.Token.ThrowIfCancellationRequested();
                    var book = (await server.SendAsync(HttpMethod.Get, $"orderbook/{symbol}?depth=1000", token: token)).Expect(200).Deserialize<OrderBookDto>(WireJson.Options)!;
                    answers[symbol].TryAdd(book.Sequence, book);
                }
            foreach (var (symbol, asked) in answers)
                ends[symbol] = asked.Keys.Max();
            await reading;

            foreach (var symbol in Symbols)
            {
                RequireSame("/ws", symbol, socket.Seen, answers[symbol]);
                RequireSame("/stream", symbol, stream.Seen, answers[symbol]);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static void RequireSame(string door, string symbol, List<SeenEvent> seen, Dictionary<long, OrderBookDto> asked)
    {
        var (book, messages, compared, levels) = (new BuiltBook(), 0, 0, 0);
        foreach (var e in seen.Where(e => e.Topic == "orderbook:" + symbol))
        {
            messages++;
            book.Apply(e);
            levels = Math.Max(levels, book.Levels);
            if (asked.TryGetValue(book.Sequence, out var answered))
            {
                book.RequireSame(answered);
                compared++;
            }
        }
        TestContext.Current.SendDiagnosticMessage($"{door} {symbol}: {messages} messages through {book.Sequence}, {compared} of {asked.Count} sequences asked compared, {levels} levels at most");
        // A message may stand for several changes, and an answer lie between them: that one nobody was told of.
        Assert.True(compared > Asked / 2, $"{door}: only {compared} of {asked.Count} sequences asked could be compared");
    }

    /// <summary>One reader's way to the last sequences asked, once they are known.</summary>
    sealed class Follower(ConcurrentDictionary<string, long> ends)
    {
        readonly Dictionary<string, long> _reached = [];

        public bool IsThrough(SeenEvent e)
        {
            if (e.Topic.StartsWith("orderbook:", StringComparison.Ordinal))
                _reached[e.Topic["orderbook:".Length..]] = e.Sequence;
            return Symbols.All(symbol => ends.TryGetValue(symbol, out var end) && _reached.GetValueOrDefault(symbol) >= end);
        }
    }
}
