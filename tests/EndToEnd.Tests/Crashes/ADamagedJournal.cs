using Xunit;

namespace MyTradeX.EndToEnd.Tests.Crashes;

/// <summary>A stopped server's journal with one byte flipped, anywhere but at its end.</summary>
public sealed class ADamagedJournal
{
    const int Flips = 5;
    // The longest record is shorter, so that what lies this far before the end is never the last one.
    const int TailBytes = 1_024;

    [Fact]
    public async Task is_refused_with_file_and_offset_and_left_as_it_is()
    {
        var random = new Random(ShortDrill.Seed);
        using var folder = new DrillFolder();
        await using var venue = await ShortDrill.OpenAsync(folder);
        for (var i = 0; i < 50; i++) await venue.Traders[i % venue.Traders.Count].PlaceAsync(venue.Traders[i % venue.Traders.Count].NextOrder());
        await venue.Server.StopAsync();
        var journal = Path.Combine(venue.Server.DataFolder, "journal");
        var segment = Directory.GetFiles(journal, "*.segment").Order(StringComparer.Ordinal).First();
        var written = Array.FindLastIndex(await File.ReadAllBytesAsync(segment, TestContext.Current.CancellationToken), value => value != 0);
        Assert.True(written > 2 * TailBytes, "there is too little in the journal to damage");

        for (var flip = 0; flip < Flips; flip++)
        {
            var offset = flip == 0 ? 0 : random.Next(written - TailBytes);
            Flip(segment, offset, 0x10);
            var before = Contents(journal);
            var saidBefore = venue.Server.Output.Length;

            Assert.NotEqual(0, await venue.Server.StartAndFailAsync());
            Assert.Contains($"damaged in {Path.GetFileName(segment)} at offset ", venue.Server.Output[saidBefore..], StringComparison.Ordinal);
            Assert.Equal(before, Contents(journal));
            Flip(segment, offset, 0x10);
        }

        await venue.Server.StartAsync();
        await venue.VerifyAsync();
    }

    static void Flip(string file, int offset, byte bits)
    {
        using var stream = new FileStream(file, FileMode.Open);
        stream.Position = offset;
        var value = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(value ^ bits));
    }

    static Dictionary<string, string> Contents(string folder) =>
        Directory.GetFiles(folder).ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
}
