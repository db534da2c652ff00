using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>One command: a header and the payload that the header's kind names. A plain block of bytes, so journaling it is a copy.</summary>
[StructLayout(LayoutKind.Explicit, Pack = 1)]
[SuppressMessage("Performance", "CA1815", Justification = "Never compared; its payloads are.")]
public struct Command
{
    const int PayloadOffset = 56;

    /// <summary>The header.</summary>
    [FieldOffset(0)] public CommandHeader Header;
    /// <summary>Payload of <see cref="CommandKind.CreateCurrency"/>.</summary>
    [FieldOffset(PayloadOffset)] public CreateCurrency CreateCurrency;
    /// <summary>Payload of <see cref="CommandKind.CreateInstrument"/>.</summary>
    [FieldOffset(PayloadOffset)] public CreateInstrument CreateInstrument;
    /// <summary>Payload of <see cref="CommandKind.UpdateInstrument"/>.</summary>
    [FieldOffset(PayloadOffset)] public UpdateInstrument UpdateInstrument;
    /// <summary>Payload of <see cref="CommandKind.SetHalt"/>.</summary>
    [FieldOffset(PayloadOffset)] public SetHalt SetHalt;
    /// <summary>Payload of <see cref="CommandKind.OpenAccount"/>.</summary>
    [FieldOffset(PayloadOffset)] public OpenAccount OpenAccount;
    /// <summary>Payload of <see cref="CommandKind.Deposit"/>.</summary>
    [FieldOffset(PayloadOffset)] public Deposit Deposit;
    /// <summary>Payload of <see cref="CommandKind.DeliverPosition"/>.</summary>
    [FieldOffset(PayloadOffset)] public DeliverPosition DeliverPosition;
    /// <summary>Payload of <see cref="CommandKind.PlaceOrder"/>.</summary>
    [FieldOffset(PayloadOffset)] public PlaceOrder PlaceOrder;
    /// <summary>Payload of <see cref="CommandKind.AmendOrder"/>.</summary>
    [FieldOffset(PayloadOffset)] public AmendOrder AmendOrder;
    /// <summary>Payload of <see cref="CommandKind.CancelOrder"/>.</summary>
    [FieldOffset(PayloadOffset)] public CancelOrder CancelOrder;
    /// <summary>Payload of <see cref="CommandKind.CancelAllOrders"/>.</summary>
    [FieldOffset(PayloadOffset)] public CancelAllOrders CancelAllOrders;
    /// <summary>Payload of <see cref="CommandKind.SetKillSwitch"/>.</summary>
    [FieldOffset(PayloadOffset)] public SetKillSwitch SetKillSwitch;
    /// <summary>Payload of <see cref="CommandKind.TransferCash"/>.</summary>
    [FieldOffset(PayloadOffset)] public TransferCash TransferCash;
    /// <summary>Payload of <see cref="CommandKind.ScheduleTransfer"/>.</summary>
    [FieldOffset(PayloadOffset)] public ScheduleTransfer ScheduleTransfer;
    /// <summary>Payload of <see cref="CommandKind.CancelTransfer"/>.</summary>
    [FieldOffset(PayloadOffset)] public CancelTransfer CancelTransfer;
    /// <summary>Payload of <see cref="CommandKind.CloseAccount"/>.</summary>
    [FieldOffset(PayloadOffset)] public CloseAccount CloseAccount;
    /// <summary>Payload of <see cref="CommandKind.RenameAccount"/>.</summary>
    [FieldOffset(PayloadOffset)] public RenameAccount RenameAccount;

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in CreateCurrency payload) =>
        new() { Header = new() { Kind = CommandKind.CreateCurrency, UserId = userId }, CreateCurrency = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in CreateInstrument payload) =>
        new() { Header = new() { Kind = CommandKind.CreateInstrument, UserId = userId }, CreateInstrument = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in UpdateInstrument payload) =>
        new() { Header = new() { Kind = CommandKind.UpdateInstrument, UserId = userId }, UpdateInstrument = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in SetHalt payload) =>
        new() { Header = new() { Kind = CommandKind.SetHalt, UserId = userId }, SetHalt = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in OpenAccount payload) =>
        new() { Header = new() { Kind = CommandKind.OpenAccount, UserId = userId }, OpenAccount = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in Deposit payload) =>
        new() { Header = new() { Kind = CommandKind.Deposit, UserId = userId }, Deposit = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in DeliverPosition payload) =>
        new() { Header = new() { Kind = CommandKind.DeliverPosition, UserId = userId }, DeliverPosition = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in PlaceOrder payload) =>
        new() { Header = new() { Kind = CommandKind.PlaceOrder, UserId = userId }, PlaceOrder = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in AmendOrder payload) =>
        new() { Header = new() { Kind = CommandKind.AmendOrder, UserId = userId }, AmendOrder = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in CancelOrder payload) =>
        new() { Header = new() { Kind = CommandKind.CancelOrder, UserId = userId }, CancelOrder = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in CancelAllOrders payload) =>
        new() { Header = new() { Kind = CommandKind.CancelAllOrders, UserId = userId }, CancelAllOrders = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in SetKillSwitch payload) =>
        new() { Header = new() { Kind = CommandKind.SetKillSwitch, UserId = userId }, SetKillSwitch = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in TransferCash payload) =>
        new() { Header = new() { Kind = CommandKind.TransferCash, UserId = userId }, TransferCash = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in ScheduleTransfer payload) =>
        new() { Header = new() { Kind = CommandKind.ScheduleTransfer, UserId = userId }, ScheduleTransfer = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in CancelTransfer payload) =>
        new() { Header = new() { Kind = CommandKind.CancelTransfer, UserId = userId }, CancelTransfer = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in CloseAccount payload) =>
        new() { Header = new() { Kind = CommandKind.CloseAccount, UserId = userId }, CloseAccount = payload };

    /// <summary>A command with this payload.</summary>
    public static Command From(long userId, in RenameAccount payload) =>
        new() { Header = new() { Kind = CommandKind.RenameAccount, UserId = userId }, RenameAccount = payload };

    /// <summary>A command that only lets time pass.</summary>
    public static Command AdvanceTime() => new() { Header = new() { Kind = CommandKind.AdvanceTime } };

    /// <summary>A command that opens a server's epoch.</summary>
    public static Command StartEpoch() => new() { Header = new() { Kind = CommandKind.StartEpoch } };
}
