using System.Text;

namespace MyTradeX.Core.Tests.Golden;

/// <summary>The bytes of commands as journals hold them. A journal written today must be read by every later version.</summary>
public class JournaledCommands
{
    [Fact]
    public void have_the_bytes_they_always_had()
    {
        var text = new StringBuilder();
        foreach (var command in Samples())
        {
            var bytes = new byte[CommandCodec.MaxBytes];
            var length = CommandCodec.Encode(command, bytes);
            text.Append(command.Header.Kind).Append(' ').Append(Convert.ToHexString(bytes, 0, length)).Append('\n');
        }
        GoldenFile.Matches("commands.txt", text.ToString());
    }

    [Fact]
    public void have_a_sample_of_every_kind() =>
        Assert.Equal(Enum.GetValues<CommandKind>(), Samples().Select(command => command.Header.Kind));

    [Fact]
    public void lose_their_zero_bytes_at_the_end_and_read_the_same()
    {
        var command = Command.From(0, new CancelAllOrders { AccountId = 3 });
        var bytes = new byte[CommandCodec.MaxBytes];
        var length = CommandCodec.Encode(command, bytes);
        Assert.Equal(56 + 1, length);
        CommandCodec.Decode(bytes.AsSpan(0, length), out var read);
        Assert.Equal(command.CancelAllOrders, read.CancelAllOrders);
    }

    [Fact]
    public void are_refused_when_a_later_version_wrote_more_than_this_one_knows()
    {
        var bytes = new byte[56 + 8 + 1];
        bytes[0] = (byte)CommandKind.CancelOrder;
        bytes[^1] = 1;
        Assert.Throws<InvalidDataException>(() => CommandCodec.Decode(bytes, out _));
        bytes[0] = 200;
        Assert.Throws<InvalidDataException>(() => CommandCodec.Decode(bytes, out _));
        Assert.Throws<InvalidDataException>(() => CommandCodec.Decode([], out _));
    }

    static IEnumerable<Command> Samples()
    {
        var rules = new InstrumentRules
        {
            TickSize = 5, LotSize = 10, BandBps = 1_000, MakerFeePpm = 100, TakerFeePpm = 250, SessionOpenMinute = 540, SessionCloseMinute = 1_050,
        };
        var transfer = new TransferCash { FromAccountId = 3, ToAccountId = 4, Amount = 250_000, AmountLimit = 100_000_000_000, DayLimit = 500_000_000_000, Memo = Text64.From("lunch") };
        IEnumerable<Command> plain =
        [
            Command.StartEpoch(),
            Command.AdvanceTime(),
            Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 6 }),
            Command.From(0, new CreateInstrument
            {
                Symbol = Text16.From("ACME"), CurrencyId = 1, PriceScale = 4, QuantityScale = 2, Rules = rules, ReferencePrice = 1_234_567, Name = Text64.From("Acme Corporation"),
            }),
            Command.From(0, new UpdateInstrument { InstrumentId = 1, Rules = rules, Name = Text64.From("Acme") }),
            Command.From(0, new SetHalt { InstrumentId = 1, Halted = true }),
            Command.From(7, new OpenAccount { OwnerId = 7, CurrencyId = 1, Type = AccountType.Trading, Marks = AccountMarks.Synthetic, Name = Text64.From("Trading") }),
            Command.From(0, new Deposit { AccountId = 3, Amount = 1_000_000 }),
            Command.From(0, new DeliverPosition { AccountId = 3, InstrumentId = 1, Quantity = 500, UnitCost = 1_234_565 }),
            Command.From(7, new PlaceOrder
            {
                AccountId = 3, InstrumentId = 1, Side = Side.Sell, Type = OrderType.StopLimit, TimeInForce = TimeInForce.Gtc, SelfTradePrevention = SelfTradePrevention.CancelBoth,
                Instructions = ExecutionInstructions.PostOnly, Price = 1_234_500, StopPrice = 1_234_000, Quantity = 250, ClientOrderId = Text64.From("order-1"),
            }),
            Command.From(7, new AmendOrder { OrderId = 258, Price = 1_234_400, StopPrice = 1_233_900, Quantity = 260 }),
            Command.From(7, new CancelOrder { OrderId = 258 }),
            Command.From(7, new CancelAllOrders { AccountId = 3, InstrumentId = 1 }),
            Command.From(0, new SetKillSwitch { OwnerId = 7, Engaged = true }),
            Command.From(7, transfer),
            Command.From(7, new ScheduleTransfer { Transfer = transfer, RunAt = 1_767_700_000_000_000, Follows = 11, Recurrence = Text64.From("MONTHLY;31;Europe/Berlin") }),
            Command.From(7, new CancelTransfer { TransferId = 12, Reason = Text64.From("changed my mind") }),
            Command.From(7, new CloseAccount { AccountId = 3, Reason = Text64.From("no longer needed") }),
            Command.From(7, new RenameAccount { AccountId = 3, Name = Text64.From("Holidays") }),
        ];
        var number = 0UL;
        foreach (var sample in plain)
        {
            var command = sample;
            command.Header.Producer = 2;
            command.Header.Epoch = 3;
            command.Header.Number = ++number;
            command.Header.Time = 1_767_607_200_000_000;
            command.Header.RequestKey = new UInt128(0x0102030405060708, 0x090A0B0C0D0E0F10);
            command.Header.RequestFingerprint = 0x1112131415161718;
            yield return command;
        }
    }
}
