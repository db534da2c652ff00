using MyTradeX.Core;
using MyTradeX.Venue.Reconciliation;
using Xunit;

namespace MyTradeX.Venue.Tests.Reconciliation;

public sealed class AuditingAState
{
    [Fact]
    public void finds_nothing_in_a_state_that_came_about_by_commands()
    {
        var findings = new Findings();
        StateAudit.Run(Traded(), findings);
        Assert.Empty(findings.Kept);
        Assert.True(findings.Compared[AuditCheck.Holds] > 4);
        Assert.True(findings.Compared[AuditCheck.Books] > 1);
    }

    [Theory]
    [InlineData("Accounts._accounts[2].State.Balance", AuditCheck.Conservation)]
    [InlineData("Accounts._accounts[2].State.Held", AuditCheck.Holds)]
    [InlineData("Accounts._accounts[2].State.OpenOrders", AuditCheck.Orders)]
    [InlineData("Currencies[0].Issued", AuditCheck.Conservation)]
    [InlineData("Positions._positions[1].State.Quantity", AuditCheck.Conservation)]
    [InlineData("Positions._positions[2].State.Held", AuditCheck.Holds)]
    [InlineData("Instruments[0].State.Issued", AuditCheck.Conservation)]
    [InlineData("Orders._records[0].HeldCash", AuditCheck.Holds)]
    [InlineData("Orders._records[0].State.Quantity", AuditCheck.Books)]
    [InlineData("Orders._records[0].State.Price", AuditCheck.Books)]
    [InlineData("Orders._records[0].State.AccountId", AuditCheck.Orders)]
    [InlineData("Orders._records[0].State.Filled", AuditCheck.Books)]
    public void finds_one_number_that_lies(string number, AuditCheck check)
    {
        var findings = new Findings();
        StateAudit.Run(Tampering.AddTo(Traded(), number, 1), findings);
        Assert.Contains(findings.Kept, finding => finding.Check == check);
    }

    [Theory]
    [InlineData("Accounts._accounts[2].State.Balance")]
    [InlineData("Positions._positions[1].State.Quantity")]
    [InlineData("Orders._records[0].State.Filled")]
    [InlineData("Instruments[0].State.BookSequence")]
    public void its_events_tell_another_story_than_a_state_that_was_changed_in_secret(string number)
    {
        var findings = new Findings();
        var exchange = new Exchange();
        var audit = new EventAudit(exchange, findings);
        Trade(exchange, audit);
        audit.Compare();
        Assert.Empty(findings.Kept);

        Tampering.AddTo(exchange, number, 1);
        audit.Compare();

        Assert.Contains(findings.Kept, finding => finding.Check == AuditCheck.Events);
    }

    static Exchange Traded()
    {
        var exchange = new Exchange();
        Trade(exchange, null);
        return exchange;
    }

    /// <summary>Order 1 rests as a buy that is partly filled, order 3 as a sell; the first slot of the slab is order 1's.</summary>
    static void Trade(Exchange exchange, EventAudit? audit)
    {
        Apply(Command.From(0, new CreateCurrency { Code = Text16.From("USD"), Scale = 6 }));
        Apply(Command.From(0, new CreateInstrument { Symbol = Text16.From("AAPL"), CurrencyId = 1, PriceScale = 4, Rules = new InstrumentRules { TickSize = 100, LotSize = 1, TakerFeePpm = 200 } }));
        for (var user = 1L; user <= 2; user++)
        {
            Apply(Command.From(0, new OpenAccount { OwnerId = user, CurrencyId = 1, Type = AccountType.Trading }));
            Apply(Command.From(0, new Deposit { AccountId = user + 2, Amount = 1_000_000_000_000 }));
            Apply(Command.From(0, new DeliverPosition { AccountId = user + 2, InstrumentId = 1, Quantity = 10_000, UnitCost = 1_500_000 }));
        }
        Apply(VenueFixture.Limit(1, Side.Buy, 10, 1_500_000));
        Apply(VenueFixture.Limit(2, Side.Sell, 4, 1_500_000));
        Apply(VenueFixture.Limit(2, Side.Sell, 5, 1_510_000));

        void Apply(Command command)
        {
            exchange.Events.Clear();
            exchange.Apply(in command, out var result);
            Assert.True(result.IsAccepted);
            audit?.Take(exchange.Events);
        }
    }
}
