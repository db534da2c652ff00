using MyTradeX.Core.Tests.Scenarios;

namespace MyTradeX.Core.Tests.Properties;

public class Previews
{
    [Fact]
    public void change_nothing_and_tell_what_placing_then_does() => Streams.ForEachSeed(150, seed =>
    {
        var exchange = new Exchange();
        foreach (var command in Streams.Commands(seed, 250))
        {
            exchange.Events.Clear();
            // What is remembered and what a day's end does come before the order itself: they are not the preview's.
            if (command.Header.Kind != CommandKind.PlaceOrder || command.Header.RequestKey != 0 || command.Header.Time >= exchange.NextDeadline)
            {
                exchange.Apply(command, out _);
                continue;
            }
            var before = exchange.StateHash();
            exchange.Preview(command.Header.UserId, command.PlaceOrder, command.Header.Time, out var preview);
            Assert.Equal(before, exchange.StateHash());
            Assert.True(exchange.Events.IsEmpty);
            exchange.Apply(command, out var result);
            if (result.Sequence != 0) Compare(preview, result, exchange.Events, $"Seed {seed}: {CommandText.Draw(command)}");
        }
    });

    static void Compare(in OrderPreview preview, in CommandResult result, EventBuffer events, string what)
    {
        var expected = (preview.Refusal.Code, preview.Refusal.Field, preview.Refusal.Observed, preview.Refusal.Limit, preview.Refusal.Suggested, preview.Refusal.Repeated);
        Assert.True(expected == (result.Code, result.Field, result.Observed, result.Limit, result.Suggested, result.Repeated), what);
        if (!result.IsAccepted || result.Repeated) return;

        var (filled, notional, fee, rests) = (0L, 0L, 0L, false);
        foreach (var told in events)
        {
            if (told.Kind == EventKind.OrderUpdated)
            {
                ref readonly var order = ref told.As<OrderUpdated>().Order;
                // With the first stop it sets off, the order's own story is over.
                if (order.Change == OrderChange.Triggered && order.Id != result.SubjectId) break;
                if (order.Id == result.SubjectId) rests = order.IsOpen;
            }
            else if (told.Kind == EventKind.TradeExecuted)
            {
                ref readonly var trade = ref told.As<TradeExecuted>();
                var (taker, paid) = trade.TakerSide == Side.Buy ? (trade.BuyOrderId, trade.BuyFee) : (trade.SellOrderId, trade.SellFee);
                Assert.Equal(result.SubjectId, taker);
                (filled, notional, fee) = (filled + trade.Quantity, notional + trade.Notional, fee + paid);
            }
        }
        Assert.True((preview.FillQuantity, preview.FillNotional, preview.FillFee) == (filled, notional, fee), $"{what}\n{preview.FillQuantity} were to trade, {filled} did.");
        var resting = rests ? result.Order.Quantity - filled : 0;
        Assert.True(preview.RestingQuantity == resting, $"{what}\n{preview.RestingQuantity} were to stay, {resting} did.");
    }
}
