namespace MyTradeX.Core;

/// <summary>What a command asks for. The numbers are written in journals: they are never reused.</summary>
public enum CommandKind : byte
{
    /// <summary>A server starts writing; commands of its earlier epochs no longer count.</summary>
    StartEpoch = 1,
    /// <summary>Time passes: sessions close, day orders expire.</summary>
    AdvanceTime = 2,
    /// <summary>See <see cref="Core.CreateCurrency"/>.</summary>
    CreateCurrency = 3,
    /// <summary>See <see cref="Core.CreateInstrument"/>.</summary>
    CreateInstrument = 4,
    /// <summary>See <see cref="Core.UpdateInstrument"/>.</summary>
    UpdateInstrument = 5,
    /// <summary>See <see cref="Core.SetHalt"/>.</summary>
    SetHalt = 6,
    /// <summary>See <see cref="Core.OpenAccount"/>.</summary>
    OpenAccount = 7,
    /// <summary>See <see cref="Core.Deposit"/>.</summary>
    Deposit = 8,
    /// <summary>See <see cref="Core.DeliverPosition"/>.</summary>
    DeliverPosition = 9,
    /// <summary>See <see cref="Core.PlaceOrder"/>.</summary>
    PlaceOrder = 10,
    /// <summary>See <see cref="Core.AmendOrder"/>.</summary>
    AmendOrder = 11,
    /// <summary>See <see cref="Core.CancelOrder"/>.</summary>
    CancelOrder = 12,
    /// <summary>See <see cref="Core.CancelAllOrders"/>.</summary>
    CancelAllOrders = 13,
    /// <summary>See <see cref="Core.SetKillSwitch"/>.</summary>
    SetKillSwitch = 14,
    /// <summary>See <see cref="Core.TransferCash"/>.</summary>
    TransferCash = 15,
    /// <summary>See <see cref="Core.ScheduleTransfer"/>.</summary>
    ScheduleTransfer = 16,
    /// <summary>See <see cref="Core.CancelTransfer"/>.</summary>
    CancelTransfer = 17,
    /// <summary>See <see cref="Core.CloseAccount"/>.</summary>
    CloseAccount = 18,
    /// <summary>See <see cref="Core.RenameAccount"/>.</summary>
    RenameAccount = 19,
}
