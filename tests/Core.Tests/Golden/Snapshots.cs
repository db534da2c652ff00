using System.Text;
using MyTradeX.Core.Tests.Properties;

namespace MyTradeX.Core.Tests.Golden;

public class Snapshots
{
    [Fact]
    public void begin_with_the_name_and_version_of_their_format()
    {
        var snapshot = Replays.SnapshotOf(new Exchange());
        Assert.Equal("MTXSNS1\0", Encoding.ASCII.GetString(snapshot, 0, 8));
        Assert.Equal(2, BitConverter.ToInt32(snapshot, 8));
    }

    [Fact]
    public void end_with_the_digest_that_names_the_state()
    {
        var exchange = new Exchange();
        var snapshot = Replays.SnapshotOf(exchange);
        Assert.Equal(exchange.StateHash(), BitConverter.ToUInt128(snapshot, snapshot.Length - 16));
    }
}
