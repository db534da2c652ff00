namespace MyTradeX.Bench.FanOut.Measures;

/// <summary>The server's doors beside the servers in Node, in turn, so that a machine that changes its speed changes it for all.</summary>
static class Comparison
{
    const int Port = 4700, Seconds = 2, WarmingSeconds = 20;

    /// <summary>Messages that may wait for the same connection when they are to be gathered.</summary>
    const int Window = 256;

    /// <summary>Deliveries a second at which delays are measured: about half of what a server in Node can do.</summary>
    const int Offered = 100_000;

    public static async Task RunAsync(int rounds, int subscribers)
    {
        var contenders = await Contender.StartAllAsync(Port);
        try
        {
            await CompareAsync(contenders, subscribers, rounds);
        }
        finally
        {
            foreach (var publisher in contenders.Select(contender => contender.Publisher).Distinct())
                publisher.Dispose();
        }
    }

    static async Task CompareAsync(Contender[] contenders, int subscribers, int rounds)
    {
        var results = contenders.ToDictionary(contender => contender, _ => new Results());
        // A busy processor compiles what is hot for good only after some ten seconds.
        foreach (var contender in contenders)
            await contender.FloodAsync(subscribers, window: 1, contender.Speech.Topic is null ? Seconds : WarmingSeconds);
        for (var round = 0; round < rounds; round++)
            foreach (var contender in contenders)
            {
                var one = contender.Speech.Topic is null ? 0 : await contender.FloodAsync(subscribers, window: 1, Seconds);
                var many = await contender.FloodAsync(subscribers, Window, Seconds);
                var delays = await contender.PacedAsync(subscribers, Offered / subscribers, Seconds);
                results[contender].Add(one, many, delays.Quantile(0.5), delays.Quantile(0.99));
            }
        Console.WriteLine($"\n{subscribers} subscribers, {rounds} rounds; messages delivered a second, and delay at {Offered:N0} a second\n");
        Console.WriteLine("| server | one write a message | gathered | delay p50 ms | p99 ms |\n|---|---|---|---|---|");
        foreach (var (contender, result) in results)
            Console.WriteLine($"| {contender.Name} | {(result.OneByOne > 0 ? $"{result.OneByOne:N0}" : "")} | {result.Gathered:N0} | {result.Median:0.00} | {result.Late:0.00} |");
        for (var i = 0; i < contenders.Length; i += 2)
        {
            var (ours, theirs) = (results[contenders[i]], results[contenders[i + 1]]);
            Console.WriteLine($"| {contenders[i].Name} : {contenders[i + 1].Name} | {ours.OneByOne / theirs.Gathered:0.00} | {ours.Gathered / theirs.Gathered:0.00} | {ours.Median / theirs.Median:0.00} | {ours.Late / theirs.Late:0.00} |");
        }
    }

    /// <summary>The figures of every round; each is told by its median.</summary>
    sealed class Results
    {
        readonly List<double> _one = [], _many = [], _median = [], _late = [];

        public double OneByOne => Middle(_one);

        public double Gathered => Middle(_many);

        public double Median => Middle(_median);

        public double Late => Middle(_late);

        public void Add(double one, double many, double median, double late)
        {
            _one.Add(one);
            _many.Add(many);
            _median.Add(median);
            _late.Add(late);
        }

        static double Middle(List<double> figures) => figures.Order().ElementAt(figures.Count / 2);
    }
}
