using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MyTradeX.Bench.FanOut.Subscribers;

/// <summary>One connection: its handshake, its frames, and what it has had.</summary>
sealed class Subscriber : IDisposable
{
    readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    readonly Speech _speech;
    readonly Action<ReadOnlySpan<byte>, long> _onMessage;
    readonly Action<ReadOnlySpan<byte>> _say;
    byte[] _kept = [];
    bool _isOpen;

    public Subscriber(int port, Speech speech, Action<ReadOnlySpan<byte>, long> onMessage)
    {
        (_speech, _onMessage, _say) = (speech, onMessage, text => Send(0x81, text));
        _socket.SetRawSocketOption(Libc.SocketLevel, Libc.StampArrivals, BitConverter.GetBytes(1));
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Send(Encoding.ASCII.GetBytes($"GET {speech.Path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        LastBeat = Stopwatch.GetTimestamp();
    }

    public int File => (int)_socket.Handle;

    public bool IsReady { get; private set; }

    /// <summary>Why it was ended, or null while it lives.</summary>
    public string? EndedBy { get; private set; }

    public long Messages { get; private set; }

    /// <summary>Ticks of the clock at the last sign of life that was no message of the topic.</summary>
    public long LastBeat { get; private set; }

    /// <summary>Longest silence between two such signs, in ticks.</summary>
    public long LongestSilence { get; private set; }

    /// <summary>Bytes of a frame that has not come whole.</summary>
    public ReadOnlySpan<byte> Kept => _kept;

    /// <summary>Takes what came, with what was kept before it.</summary>
    public void Take(ReadOnlySpan<byte> bytes, long now)
    {
        if (!_isOpen)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                if (!bytes.StartsWith("HTTP/1.1 101"u8))
                {
                    End(Encoding.ASCII.GetString(bytes[..end]));
                    return;
                }
                (_isOpen, IsReady) = (true, _speech.IsReadyAtOnce);
                bytes = bytes[(end + 4)..];
            }
        }
        if (_isOpen)
            while (TryReadFrame(ref bytes, out var opcode, out var payload))
                Take(opcode, payload, now);
        _kept = bytes.IsEmpty ? [] : bytes.ToArray();
    }

    public void End(string why) => EndedBy ??= why;

    public void Dispose() => _socket.Dispose();

    static bool TryReadFrame(ref ReadOnlySpan<byte> bytes, out int opcode, out ReadOnlySpan<byte> payload)
    {
        opcode = 0;
        payload = default;
        if (bytes.Length < 2)
            return false;
        var (header, length) = (2, bytes[1] & 127);
        if (length == 126)
        {
            if (bytes.Length < 4)
                return false;
            (header, length) = (4, BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]));
        }
        if (bytes.Length < header + length)
            return false;
        opcode = bytes[0] & 15;
        payload = bytes.Slice(header, length);
        bytes = bytes[(header + length)..];
        return true;
    }

    void Take(int opcode, ReadOnlySpan<byte> payload, long now)
    {
        switch (opcode)
        {
            case 1:
                switch (_speech.Hear(payload, _say))
                {
                    case Heard.Message:
                        Messages++;
                        _onMessage(payload, now);
                        break;
                    case Heard.Ready:
                        (IsReady, LastBeat) = (true, now);
                        break;
                    case Heard.Beat:
                        LongestSilence = Math.Max(LongestSilence, now - LastBeat);
                        LastBeat = now;
                        break;
                }
                break;
            case 8:
                End("closed: " + (payload.Length > 2 ? Encoding.UTF8.GetString(payload[2..]) : "no reason"));
                break;
            case 9:
                Send(0x8A, payload);
                break;
        }
    }

    void Send(byte first, ReadOnlySpan<byte> payload)
    {
        // Masked with nothing but zeros, which changes no byte.
        Span<byte> frame = stackalloc byte[8 + payload.Length];
        frame.Clear();
        frame[0] = first;
        var header = 6;
        if (payload.Length <= 125)
            frame[1] = (byte)(0x80 | payload.Length);
        else
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)payload.Length);
            header = 8;
        }
        payload.CopyTo(frame[header..]);
        _socket.Send(frame[..(header + payload.Length)]);
    }
}
