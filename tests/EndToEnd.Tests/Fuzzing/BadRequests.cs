using System.Collections.Concurrent;
using MyTradeX.EndToEnd.Tests.Api;
using Xunit;

namespace MyTradeX.EndToEnd.Tests.Fuzzing;

/// <summary>
/// Every operation of the server's own OpenAPI documents, asked in every wrong way we know. MYTRADEX_FUZZ sets how many requests are
/// drawn (6,000 unless set; 0 for all there are), MYTRADEX_SEED which.
/// </summary>
public sealed class BadRequests(FuzzedVenue venue) : IClassFixture<FuzzedVenue>
{
    const int Senders = 16;
    const int ShownFaultsMax = 25;

    static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("MYTRADEX_FUZZ") ?? "6000");
    static readonly int Seed = int.Parse(Environment.GetEnvironmentVariable("MYTRADEX_SEED") ?? "1");

    [Fact]
    public async Task are_answered_as_documented_and_never_with_a_failure()
    {
        var cases = Draw();
        var faults = new ConcurrentDictionary<string, string>();
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            using var connection = new WireConnection(venue.Server.Http.BaseAddress!);
            while (Interlocked.Increment(ref next) is var index && index < cases.Count && faults.Count < ShownFaultsMax)
                await RunAsync(cases[index], connection, faults);
        })));

        TestContext.Current.SendDiagnosticMessage($"seed {Seed}: {cases.Count} bad requests to {venue.V1.Operations.Count} operations");
        Assert.True(faults.IsEmpty, $"seed {Seed}\n\n{string.Join("\n\n", faults.Values)}");
        await venue.RequireAliveAsync();
    }

    async Task RunAsync(Case bad, WireConnection connection, ConcurrentDictionary<string, string> faults)
    {
        var draft = await venue.DraftAsync(bad.Operation, bad.Sender);
        bad.Mutation.Apply(draft);
        var request = draft.ToWire();
        var (fault, answer) = ("", default(WireAnswer));
        try
        {
            answer = await connection.SendAsync(request);
            fault = AnswerCheck.FirstFault(bad.Document, draft, answer);
            await venue.RepairAsync(draft, answer.Status);
        }
        catch (Exception unanswered) when (unanswered is IOException or OperationCanceledException or System.Net.Sockets.SocketException)
        {
            connection.Close();
            fault = $"no answer ({unanswered.Message})";
        }
        // One of a kind is enough to look into.
        if (fault is not null) faults.TryAdd($"{bad.Operation.Id} {fault}", $"{bad.Operation}, {bad.Sender}, {bad.Mutation.What}: {fault}\n{request}\n{answer}");
    }

    List<Case> Draw()
    {
        var cases = new List<Case>();
        foreach (var document in (ApiDocument[])[venue.V1, venue.V2])
            foreach (var operation in document.Operations)
                foreach (var mutation in Mutations.Of(operation, document))
                    foreach (var sender in Enum.GetValues<Sender>())
                        cases.Add(new(document, operation, mutation, sender));
        var drawn = cases.ToArray();
        new Random(Seed).Shuffle(drawn);
        return [.. Count == 0 ? drawn : drawn.Take(Count)];
    }

    sealed record Case(ApiDocument Document, Operation Operation, Mutation Mutation, Sender Sender);
}
