using System.Text;

namespace MyTradeX.Core.Tests.Scenarios;

/// <summary>Commands, results and books drawn as text, so that a failure can be read.</summary>
static class CommandText
{
    public static string Draw(IEnumerable<Command> commands)
    {
        var text = new StringBuilder();
        var number = 0;
        foreach (var command in commands) text.Append($"{++number,4}  ").AppendLine(Draw(command));
        return text.ToString();
    }

    public static string Draw(in Command command)
    {
        var header = command.Header;
        var text = new StringBuilder($"{Clock(header.Time)} user {header.UserId}: {header.Kind}");
        text.Append(header.Kind switch
        {
            CommandKind.CreateCurrency => $" {command.CreateCurrency.Code} scale {command.CreateCurrency.Scale}",
            CommandKind.CreateInstrument => Draw(command.CreateInstrument),
            CommandKind.UpdateInstrument => $" instrument {command.UpdateInstrument.InstrumentId}{Draw(command.UpdateInstrument.Rules)}",
            CommandKind.SetHalt => $" instrument {command.SetHalt.InstrumentId} {(command.SetHalt.Halted ? "halt" : "resume")}",
            CommandKind.OpenAccount => $" owner {command.OpenAccount.OwnerId} currency {command.OpenAccount.CurrencyId} {command.OpenAccount.Type}",
            CommandKind.Deposit => $" account {command.Deposit.AccountId} amount {command.Deposit.Amount}",
            CommandKind.DeliverPosition => Draw(command.DeliverPosition),
            CommandKind.PlaceOrder => Draw(command.PlaceOrder),
            CommandKind.AmendOrder => $" #{command.AmendOrder.OrderId} quantity {command.AmendOrder.Quantity} price {command.AmendOrder.Price} stop {command.AmendOrder.StopPrice}",
            CommandKind.CancelOrder => $" #{command.CancelOrder.OrderId}",
            CommandKind.CancelAllOrders => $" account {command.CancelAllOrders.AccountId} instrument {command.CancelAllOrders.InstrumentId}",
            CommandKind.SetKillSwitch => $" owner {command.SetKillSwitch.OwnerId} {(command.SetKillSwitch.Engaged ? "engage" : "lift")}",
            CommandKind.TransferCash => Draw(command.TransferCash),
            CommandKind.ScheduleTransfer => $"{Draw(command.ScheduleTransfer.Transfer)} at {Clock(command.ScheduleTransfer.RunAt)} follows {command.ScheduleTransfer.Follows} '{command.ScheduleTransfer.Recurrence}'",
            CommandKind.CancelTransfer => $" transfer {command.CancelTransfer.TransferId}",
            CommandKind.CloseAccount => $" account {command.CloseAccount.AccountId}",
            CommandKind.RenameAccount => $" account {command.RenameAccount.AccountId} '{command.RenameAccount.Name}'",
            _ => "",
        });
        if (header.RequestKey != 0) text.Append($" [key {header.RequestKey} fingerprint {header.RequestFingerprint}]");
        if (header.Number != 0) text.Append($" [{header.Producer}/{header.Epoch}/{header.Number}]");
        return text.ToString();
    }

    public static string Draw(in CommandResult result)
    {
        var text = new StringBuilder($"{result.Code} sequence {result.Sequence} subject {result.SubjectId}");
        if (result.Field != CommandField.None) text.Append($" field {result.Field}");
        if (result.Repeated) text.Append(" repeated");
        if (result.Count != 0) text.Append($" count {result.Count}");
        if ((result.Observed | result.Limit | result.Suggested) != 0)
            text.Append($" observed {result.Observed} limit {result.Limit} suggested {result.Suggested}");
        if (result.Order.Id != 0) text.Append($" order {Draw(result.Order)}");
        return text.ToString();
    }

    public static string Draw(in OrderState order) =>
        $"#{order.Id} {order.Change} {order.Status} {order.Side} {order.Filled}/{order.Quantity}{Prices(order.Price, order.StopPrice)}";

    public static string Clock(long time) => DateTimeOffset.UnixEpoch.AddTicks(time * 10).ToString("MM-dd HH:mm:ss.ffffff");

    static string Draw(in PlaceOrder order)
    {
        var text = new StringBuilder(
            $" {order.Side} {order.Quantity}{Prices(order.Price, order.StopPrice)} {order.Type} {order.TimeInForce} {order.SelfTradePrevention} account {order.AccountId} instrument {order.InstrumentId}");
        if (order.Instructions != ExecutionInstructions.None) text.Append($" {order.Instructions}");
        if (!order.ClientOrderId.IsEmpty) text.Append($" id '{order.ClientOrderId}'");
        return text.ToString();
    }

    static string Prices(long price, long stopPrice) => $"{(price != 0 ? $" @ {price}" : "")}{(stopPrice != 0 ? $" stop {stopPrice}" : "")}";

    static string Draw(in TransferCash transfer) =>
        $" from {transfer.FromAccountId} to {transfer.ToAccountId} amount {transfer.Amount} limits {transfer.AmountLimit}/{transfer.DayLimit}";

    static string Draw(in DeliverPosition delivery) =>
        $" account {delivery.AccountId} instrument {delivery.InstrumentId} quantity {delivery.Quantity} unit cost {delivery.UnitCost}";

    static string Draw(in CreateInstrument listing) =>
        $" {listing.Symbol} currency {listing.CurrencyId} scales {listing.PriceScale}/{listing.QuantityScale} reference {listing.ReferencePrice}{Draw(listing.Rules)}";

    static string Draw(in InstrumentRules rules) =>
        $" tick {rules.TickSize} lot {rules.LotSize} band {rules.BandBps} fees {rules.MakerFeePpm}/{rules.TakerFeePpm} session {rules.SessionOpenMinute}-{rules.SessionCloseMinute}";
}
