using System.IO.Compression;
using MyTradeX.Cli.Replay;
using MyTradeX.Core;
using Xunit;

namespace MyTradeX.Cli.Tests.Replay;

public sealed class ReadingLobsterFiles : IDisposable
{
    readonly HandMadeFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void a_message_is_read_to_the_nanosecond()
    {
        var e = Assert.Single(LobsterMessages.Read(_files.File("m.csv", "34200.004241176,1,16113575,18,5853300,1")!));

        Assert.Equal(new LobsterEvent(34_200_004_241_176, LobsterEventType.Entry, 16_113_575, 18, 5_853_300, Side.Buy), e);
    }

    [Theory]
    [InlineData("34200,1,1,1,1,-1", 34_200_000_000_000)]
    [InlineData("34200.5,1,1,1,1,-1", 34_200_500_000_000)]
    [InlineData("34200.1234567899,1,1,1,1,-1", 34_200_123_456_789)]
    public void times_may_have_any_number_of_decimals(string row, long expected) =>
        Assert.Equal(expected, LobsterMessages.Read(_files.File("m.csv", row)!)[0].TimeNs);

    [Fact]
    public void a_gzip_file_reads_like_a_plain_one()
    {
        using (var zip = new GZipStream(File.Create(_files.PathOf("m.csv.gz")), CompressionMode.Compress))
            zip.Write("34200.1,3,9,5,1000000,-1\n"u8);

        var e = Assert.Single(LobsterMessages.Read(_files.PathOf("m.csv.gz")));

        Assert.Equal((LobsterEventType.Deletion, 9L, Side.Sell), (e.Type, e.OrderId, e.Side));
    }

    [Theory]
    [InlineData("34200.1,1,9,5,1000000", "6 columns")]
    [InlineData("34200.1,8,9,5,1000000,1", "8 is no message type")]
    [InlineData("34200.1,1,9,x,1000000,1", "'x' is not a whole number")]
    [InlineData("34200.1,1,9,5,1000000,0", "direction 0")]
    [InlineData("34200.1,1,9,0,1000000,1", "must be above zero")]
    [InlineData("34200.a,1,9,5,1000000,1", "no time")]
    public void a_malformed_row_is_named_with_file_and_line(string row, string reason)
    {
        var path = _files.File("m.csv", $"34200.1,1,1,1,1,1\n{row}")!;

        var fault = Assert.Throws<LobsterFormatException>(() => LobsterMessages.Read(path));

        Assert.StartsWith("m.csv, line 2: ", fault.Message);
        Assert.Contains(reason, fault.Message);
    }

    [Fact]
    public void an_opening_row_that_lacks_the_first_event_is_refused()
    {
        var fault = Assert.Throws<LobsterFormatException>(() =>
            _files.Replay("34200.1,1,11,100,1000000,1", levels: "9999999999,0,1000000,99"));

        Assert.Contains("first event", fault.Message);
    }

    [Fact]
    public void siblings_are_found_by_lobsters_naming()
    {
        var message = _files.File("ABC_2020-02-03_34200_57600_message_10.csv", "1,1,1,1,1,1")!;
        var orderbook = _files.File("ABC_2020-02-03_34200_57600_orderbook_10.csv", "1,1,1,1");
        var bbo = _files.File("ABC_2020-02-03_34200_57600_bbo.csv", "1,1,1,1");
        _files.File("XYZ_2020-02-03_34200_57600_orderbook_10.csv", "1,1,1,1");

        var files = LobsterFiles.Locate(message);

        Assert.Equal((orderbook, bbo, 10, "ABC", new DateOnly(2020, 2, 3)), (files.Orderbook, files.Bbo, files.Levels, files.Symbol, files.Date));
    }

    [Fact]
    public void what_is_named_wins_over_what_is_found()
    {
        var message = _files.File("ABC_2020-02-03_34200_57600_message_10.csv", "1,1,1,1,1,1")!;
        _files.File("ABC_2020-02-03_34200_57600_bbo.csv", "1,1,1,1");

        Assert.Equal("mine.csv", LobsterFiles.Locate(message, bbo: "mine.csv").Bbo);
    }
}
