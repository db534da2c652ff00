using System.Runtime.ExceptionServices;
using MyTradeX.Core.Tests.Reference;
using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Properties;

/// <summary>Runs random streams, and cuts a failing one down to the commands that matter.</summary>
static class Streams
{
    /// <summary>How many streams a property tries; MYTRADEX_PROPERTY_RUNS asks for more.</summary>
    static int Runs(int usual) => int.TryParse(Environment.GetEnvironmentVariable("MYTRADEX_PROPERTY_RUNS"), out var runs) ? runs : usual;

    /// <summary>Where the seeds begin; MYTRADEX_PROPERTY_SEED asks for one in particular.</summary>
    static int FirstSeed => int.TryParse(Environment.GetEnvironmentVariable("MYTRADEX_PROPERTY_SEED"), out var seed) ? seed : 1;

    /// <summary>Tries a property with one seed after the other, on all processors; the first failure is told.</summary>
    public static void ForEachSeed(int usualRuns, Action<int> property)
    {
        try
        {
            Parallel.For(FirstSeed, FirstSeed + Runs(usualRuns), seed =>
            {
                try
                {
                    property(seed);
                }
                catch (Exception failure)
                {
                    throw new InvalidOperationException($"MYTRADEX_PROPERTY_SEED={seed} MYTRADEX_PROPERTY_RUNS=1 repeats this: {failure.Message}", failure);
                }
            });
        }
        catch (AggregateException failures)
        {
            ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
    }

    /// <summary>The random commands of a seed.</summary>
    public static List<Command> Commands(int seed, int length)
    {
        var flow = new RandomFlow(seed);
        var world = new NaiveExchange();
        var commands = new List<Command>();
        while (commands.Count < length)
        {
            commands.Add(flow.Next(world));
            world.Apply(commands[^1], out _);
        }
        return commands;
    }

    /// <summary>Plays random commands into a duel and returns them.</summary>
    public static List<Command> Play(int seed, int length, Duel duel)
    {
        var flow = new RandomFlow(seed);
        var sent = new List<Command>();
        try
        {
            while (sent.Count < length)
            {
                sent.Add(flow.Next(duel.Reference));
                duel.Apply(sent[^1]);
            }
            duel.CompareStates();
        }
        catch (Exception failure)
        {
            Fail(seed, sent, failure);
        }
        return sent;
    }

    static void Fail(int seed, List<Command> commands, Exception failure)
    {
        var shortest = Shrink(commands, sample => FaultOf(sample) is { } fault && Kind(fault) == Kind(failure));
        Assert.Fail($"""
            Seed {seed}: {failure.Message}

            The shortest stream that still fails, after {commands.Count} commands cut down to {shortest.Count}:
            {CommandText.Draw(shortest)}
            {Tell(FaultOf(shortest)!)}
            """);
    }

    /// <summary>What kind of failure it is: its first line without its numbers. A cut stream must fail in the same way.</summary>
    static string Kind(Exception failure) => string.Concat(failure.Message.TakeWhile(letter => letter != '\n').Where(letter => !char.IsAsciiDigit(letter)));

    static string Tell(Exception failure) => failure is DisagreementException ? failure.Message : failure.ToString();

    static Exception? FaultOf(IEnumerable<Command> commands)
    {
        var duel = new Duel();
        try
        {
            foreach (var command in commands) duel.Apply(command);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    /// <summary>Leaves out commands, in halves, quarters and at last one by one, as long as the rest still fails.</summary>
    static List<Command> Shrink(List<Command> commands, Func<List<Command>, bool> fails)
    {
        for (var piece = commands.Count / 2; piece >= 1; piece = piece == 1 && Removed(piece) ? 1 : piece / 2)
        {
            if (piece > 1) Removed(piece);
        }
        return commands;

        bool Removed(int piece)
        {
            var any = false;
            for (var start = Math.Max(0, commands.Count - piece); start >= 0; start -= piece)
            {
                var rest = commands.Where((_, index) => index < start || index >= start + piece).ToList();
                if (rest.Count == commands.Count || !fails(rest)) continue;
                commands = rest;
                any = true;
            }
            return any;
        }
    }
}
