using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace MyTradeX.Protocols.WebSockets.Transport;

/// <summary>Bytes on their way out, in blocks of a pool: written at the back, sent from the front. For one thread at a time.</summary>
sealed class OutgoingBlocks
{
    // 256 kB of usual blocks, as much as the kernel is likely to take at once, and far below the pieces that one call may have.
    const int MaxGathered = 64;

    readonly List<Block> _blocks = [];
    List<ArraySegment<byte>>? _gathered;
    int _first;

    /// <summary>True when nothing is left to send; a block that was rented and not written to may still be there.</summary>
    public bool IsEmpty
    {
        get
        {
            for (var i = _first; i < _blocks.Count; i++)
            {
                if (_blocks[i].Length > 0) return false;
            }
            return true;
        }
    }

    /// <summary>What is next.</summary>
    public ReadOnlyMemory<byte> First => _blocks[_first].Unsent;

    /// <summary>Room behind what is written.</summary>
    public Memory<byte> Room => _blocks.Count == _first ? default : _blocks[^1].Room;

    public void Add(IMemoryOwner<byte> owner) => _blocks.Add(new(owner));

    /// <summary>So much has been written to <see cref="Room"/>.</summary>
    public void Written(int bytes)
    {
        if ((uint)bytes > (uint)Room.Length) throw new ArgumentOutOfRangeException(nameof(bytes), bytes, $"{bytes} bytes are more than the {Room.Length} that were lent.");
        if (bytes > 0) CollectionsMarshal.AsSpan(_blocks)[^1].End += bytes;
    }

    /// <summary>Gives the socket, which must not block, as much as it takes at once.</summary>
    /// <param name="socket">Where to.</param>
    /// <param name="keepsLast">The last block stays, even when it is sent, since somebody is still writing to it.</param>
    /// <returns>Whether all is sent, or why it cannot be.</returns>
    public SocketError Send(Socket socket, bool keepsLast)
    {
        while (!IsEmpty)
        {
            int offered, sent;
            SocketError fault;
            try
            {
                if (_blocks.Count - _first == 1)
                {
                    var only = First.Span;
                    offered = only.Length;
                    sent = socket.Send(only, SocketFlags.None, out fault);
                }
                else
                {
                    offered = Gather();
                    sent = socket.Send(_gathered!, SocketFlags.None, out fault);
                    _gathered!.Clear();
                }
            }
            catch (ObjectDisposedException)
            {
                // Closed meanwhile, from another thread.
                return SocketError.OperationAborted;
            }
            Sent(Math.Max(sent, 0), keepsLast);
            if (fault is not (SocketError.Success or SocketError.WouldBlock)) return fault;
            if (sent < offered) return SocketError.WouldBlock;
        }
        if (!keepsLast) Drop();
        return SocketError.Success;
    }

    /// <summary>So much from the front has been sent.</summary>
    public void Sent(int bytes, bool keepsLast = false)
    {
        var blocks = CollectionsMarshal.AsSpan(_blocks);
        while (_first < blocks.Length)
        {
            ref var block = ref blocks[_first];
            var part = Math.Min(bytes, block.Length);
            block.Start += part;
            bytes -= part;
            if (block.Length > 0 || (keepsLast && _first == blocks.Length - 1)) return;
            block.Owner.Dispose();
            _first++;
        }
        _blocks.Clear();
        _first = 0;
    }

    /// <summary>Takes over what another has, in its order, behind what is here.</summary>
    /// <param name="other">Whose.</param>
    /// <param name="lent">Of the other's last block, which stays with it, the bytes are copied to a block of this pool; null where the block may come along.</param>
    public void TakeAll(OutgoingBlocks other, MemoryPool<byte>? lent)
    {
        for (var i = other._first; i < other._blocks.Count; i++)
        {
            var block = other._blocks[i];
            if (lent is null || i < other._blocks.Count - 1)
            {
                _blocks.Add(block);
                continue;
            }
            if (block.Length > 0)
            {
                Block copy = new(lent.Rent(block.Length)) { End = block.Length };
                block.Unsent.CopyTo(copy.Owner.Memory);
                _blocks.Add(copy);
            }
            block.Start = block.End;
            other._blocks.Clear();
            other._first = 0;
            other._blocks.Add(block);
            return;
        }
        other._blocks.Clear();
        other._first = 0;
    }

    /// <summary>Gives every block back, sent or not.</summary>
    public void Drop()
    {
        for (var i = _first; i < _blocks.Count; i++) _blocks[i].Owner.Dispose();
        _blocks.Clear();
        _first = 0;
    }

    int Gather()
    {
        _gathered ??= [];
        var bytes = 0;
        for (var i = _first; i < _blocks.Count && _gathered.Count < MaxGathered; i++)
        {
            if (_blocks[i].Length == 0) continue;
            if (!MemoryMarshal.TryGetArray(_blocks[i].Unsent, out var segment)) throw new InvalidOperationException("The pool's blocks are not arrays.");
            _gathered.Add(segment);
            bytes += segment.Count;
        }
        return bytes;
    }

    struct Block(IMemoryOwner<byte> owner)
    {
        public readonly IMemoryOwner<byte> Owner = owner;
        public int Start;
        public int End;

        public readonly int Length => End - Start;

        public readonly ReadOnlyMemory<byte> Unsent => Owner.Memory[Start..End];

        public readonly Memory<byte> Room => Owner.Memory[End..];
    }
}
