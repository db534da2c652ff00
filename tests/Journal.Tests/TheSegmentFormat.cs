using MyTradeX.Journal.Format;

namespace MyTradeX.Journal.Tests;

/// <summary>Bytes written down once, by hand where possible: a change here breaks every journal in the world.</summary>
public sealed class TheSegmentFormat
{
    readonly SimulatedDisk _disk = new(1);

    [Fact]
    public void has_this_header()
    {
        _disk.OpenLog().Dispose();
        var file = _disk.Contents("00000000000000000000.segment");
        Assert.Equal(
            "4d54584a524e4c00" // MTXJRNL
            + "01000000" + "c9cca4bc" // version, checksum
            + "00112233445566778899aabbccddeeff" // log id
            + "0000000000000000" + "00f0000000000000" // first position, capacity 61,440
            + "00000000000000000000000000000000",
            Convert.ToHexStringLower(file.AsSpan(0, 64)));
        Assert.Equal(64 * 1024, file.Length);
        Assert.DoesNotContain(file[64..], octet => octet != 0);
    }

    [Fact]
    public void has_these_records()
    {
        using var log = _disk.OpenLog();
        log.Append("one"u8);
        log.Append("three"u8);
        log.Commit();
        log.Append("four"u8);
        log.Commit();
        var file = _disk.Contents("00000000000000000000.segment");
        Assert.Equal(
            "20257858" + "03000000" + "00000000" + "6f6e6500" // crc, length, at the start of its batch, "one" padded
            + "861eb907" + "05000000" + "10000000" + "7468726565000000" // 16 bytes into its batch
            + "999813c6" + "04000000" + "00000000" + "666f7572", // starts the next batch
            Convert.ToHexStringLower(file.AsSpan(Support.Header, 52)));
        Assert.DoesNotContain(file[(Support.Header + 52)..], octet => octet != 0);
        Assert.Equal(52, log.End.Value);
    }

    [Theory]
    [InlineData("123456789", 0xE3069283u)] // the check value of the CRC catalogue
    [InlineData("", 0u)]
    [InlineData("a", 0xC1D04330u)]
    public void checks_with_castagnolis_polynomial(string text, uint checksum) =>
        Assert.Equal(checksum, Crc32C.Of(System.Text.Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void checks_long_input_as_byte_by_byte()
    {
        var bytes = Support.Payload(7, 1003);
        var register = Crc32C.Initial;
        foreach (var octet in bytes)
            register = Crc32C.Update(register, [octet]);
        Assert.Equal(~register, Crc32C.Of(bytes));
    }
}
