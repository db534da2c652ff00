namespace MyTradeX.Simulation.Mutants;

/// <summary>The tests of the checkers: each bug must be found within a few seeds.</summary>
public sealed class AVenueWithABug
{
    const int SeedsMax = 150;

    static readonly Mutant[] All =
    [
        new ASyncLeftOut(), new AFolderSyncLeftOut(), new ASnapshotNamedUnsynced(), new ASqlSyncLeftOut(), new ATornTailAccepted(),
        new AnAnswerBeforeDurability(), new AnUnknownOutcomeTakenForDone(), new ARefusalOfWhatWasWritten(), new ADuplicateTakenTwice(),
        new ATrimTooEarly(), new AReplayWithoutTheLastRecord(), new ALostPosting(), new ACheckpointOutsideItsTransaction(),
        new AnAnnouncementAfterItsTransaction(), new ARelayThatForgetsToDelete(), new ARelayThatDeletesFirst(), new ARelayThatDeletesAfterwards(),
    ];

    public static TheoryData<string> Names { get; } = [.. All.Select(mutant => mutant.GetType().Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void is_found_out(string name)
    {
        var mutant = All.Single(one => one.GetType().Name == name);
        for (var seed = 1; seed <= SeedsMax; seed++)
        {
            try
            {
                Run.Of(seed, mutant);
            }
            catch (BrokenPromiseException found)
            {
                TestContext.Current.TestOutputHelper?.WriteLine($"{mutant.Name}: seed {seed}: {found.Message.Split('\n')[0]}");
                return;
            }
        }
        Assert.Fail($"{SeedsMax} seeds have not found that {mutant.Name}.");
    }
}
