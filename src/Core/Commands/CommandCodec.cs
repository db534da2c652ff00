using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MyTradeX.Core;

/// <summary>
/// Commands as journal bytes: the header, then the payload of its kind, little-endian and packed, less any zero bytes at the end.
/// A shorter record reads as if the missing bytes were zero, so a later version may append fields to a payload.
/// </summary>
public static class CommandCodec
{
    /// <summary>The most bytes a command takes.</summary>
    public static int MaxBytes => Unsafe.SizeOf<Command>();

    /// <summary>Writes the command and returns the number of bytes.</summary>
    public static int Encode(in Command command, Span<byte> target)
    {
        Invariant.Require(BitConverter.IsLittleEndian, "journals are little-endian and so must the machine be");
        var bytes = MemoryMarshal.AsBytes(new ReadOnlySpan<Command>(in command))[..SizeOf(command.Header.Kind)];
        var length = bytes.LastIndexOfAnyExcept((byte)0) + 1;
        bytes[..length].CopyTo(target);
        return length;
    }

    /// <summary>Reads a command. Throws <see cref="InvalidDataException"/> when the bytes are no command this version knows.</summary>
    public static void Decode(ReadOnlySpan<byte> bytes, out Command command)
    {
        command = default;
        if (bytes.IsEmpty) ThrowUnknown(bytes);
        var size = SizeOf((CommandKind)bytes[0]);
        if (size == 0 || bytes.Length > size) ThrowUnknown(bytes);
        bytes.CopyTo(MemoryMarshal.AsBytes(new Span<Command>(ref command)));
    }

    /// <summary>Header and payload of a kind in bytes; 0 for an unknown kind.</summary>
    static int SizeOf(CommandKind kind) => kind switch
    {
        CommandKind.StartEpoch or CommandKind.AdvanceTime => Unsafe.SizeOf<CommandHeader>(),
        CommandKind.CreateCurrency => With<CreateCurrency>(),
        CommandKind.CreateInstrument => With<CreateInstrument>(),
        CommandKind.UpdateInstrument => With<UpdateInstrument>(),
        CommandKind.SetHalt => With<SetHalt>(),
        CommandKind.OpenAccount => With<OpenAccount>(),
        CommandKind.Deposit => With<Deposit>(),
        CommandKind.DeliverPosition => With<DeliverPosition>(),
        CommandKind.PlaceOrder => With<PlaceOrder>(),
        CommandKind.AmendOrder => With<AmendOrder>(),
        CommandKind.CancelOrder => With<CancelOrder>(),
        CommandKind.CancelAllOrders => With<CancelAllOrders>(),
        CommandKind.SetKillSwitch => With<SetKillSwitch>(),
        CommandKind.TransferCash => With<TransferCash>(),
        CommandKind.ScheduleTransfer => With<ScheduleTransfer>(),
        CommandKind.CancelTransfer => With<CancelTransfer>(),
        CommandKind.CloseAccount => With<CloseAccount>(),
        CommandKind.RenameAccount => With<RenameAccount>(),
        _ => 0,
    };

    static int With<TPayload>() => Unsafe.SizeOf<CommandHeader>() + Unsafe.SizeOf<TPayload>();

    [DoesNotReturn]
    static void ThrowUnknown(ReadOnlySpan<byte> bytes) => throw new InvalidDataException(
        bytes.IsEmpty ? "An empty record is no command." : $"A record of kind {bytes[0]} and {bytes.Length} bytes is no command this version knows.");
}
